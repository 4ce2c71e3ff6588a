"""Topics: proposed, and selected or dropped as the council of chairpersons resolved on paper."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.actor import Actor
from accounts.models import How
from deliberations.models import Cycle, Resolution, Topic
from deliberations.policies.cycles import can_run_cycle
from deliberations.transitions.machines import CYCLE, TOPIC, Verb
from deliberations.transitions.resolutions import Paper, resolve, told
from workflow.engine import Invalid, born, lock, move, permit, record


@dataclass(frozen=True)
class TopicFacts:
    """What is told of a topic: what, where from, why (R25, R26)."""

    title: str
    source: str
    reasons: str
    proposing_body: str
    text: str = ""
    criteria: str = ""


@transaction.atomic
def add_topic(cycle: Cycle, facts: TopicFacts, *, actor: Actor, version: int) -> Topic:
    """Propose a topic. Raises NotAllowed, Conflict, Stale, and Invalid for a title the cycle has."""
    case = lock(cycle, version=version)
    permit(can_run_cycle(actor))
    CYCLE.require(case, Verb.ADD_TOPIC)
    _refuse_same_title(case, facts.title)
    topic = Topic.objects.create(cycle=case, **asdict(facts))
    record(case, CYCLE, Verb.ADD_TOPIC, actor=actor, part=born(topic, TOPIC), changes={"topic": topic.title})
    return topic


@transaction.atomic
def correct_topic(topic: Topic, facts: TopicFacts, *, actor: Actor, version: int) -> Topic:
    """Correct a topic that is still only proposed. Raises as ``add_topic``."""
    case = lock(topic.cycle, version=version)
    permit(can_run_cycle(actor))
    CYCLE.require(case, Verb.CORRECT_TOPIC)
    _refuse_same_title(case, facts.title, topic)
    moved = move(topic, TOPIC, Verb.CORRECT_TOPIC, **asdict(facts))
    record(case, CYCLE, Verb.CORRECT_TOPIC, actor=actor, part=moved, changes={"topic": topic.title})
    return topic


@transaction.atomic
def select_topics(cycle: Cycle, topics: Sequence[Topic], paper: Paper, *, actor: Actor, version: int) -> None:
    """Record that these topics were selected, each with an event of its own (R24).

    Raises NotAllowed, Conflict when one is not among the proposed, Stale, and Invalid for the paper.
    """
    case = lock(cycle, version=version)
    permit(can_run_cycle(actor))
    CYCLE.require(case, Verb.SELECT_TOPICS)
    resolution = resolve(paper)
    for topic in topics:
        _decide(case, topic, resolution, Verb.SELECT_TOPICS, actor)


@transaction.atomic
def drop_topic(topic: Topic, paper: Paper, *, actor: Actor, version: int, reason: str) -> None:
    """Record that a topic was not selected, and why. Raises as ``select_topics``."""
    case = lock(topic.cycle, version=version)
    permit(can_run_cycle(actor))
    CYCLE.require(case, Verb.DROP_TOPIC)
    _decide(case, topic, resolve(paper), Verb.DROP_TOPIC, actor, reason)


@transaction.atomic
def return_topic(topic: Topic, *, actor: Actor, version: int, reason: str) -> None:
    """Propose a decided topic again; the former decision stays in the record. Raises NotAllowed, Conflict, Stale."""
    case = lock(topic.cycle, version=version)
    permit(can_run_cycle(actor))
    CYCLE.require(case, Verb.RETURN_TOPIC)
    moved = move(topic, TOPIC, Verb.RETURN_TOPIC, resolution=None)
    record(case, CYCLE, Verb.RETURN_TOPIC, actor=actor, part=moved, reason=reason, changes={"topic": topic.title})


def _decide(case: Cycle, topic: Topic, resolution: Resolution, verb: Verb, actor: Actor, reason: str = "") -> None:
    moved = move(topic, TOPIC, verb, resolution=resolution)
    changes = {"topic": topic.title, **told(resolution)}
    record(case, CYCLE, verb, actor=actor.recording(None, How.PAPER), part=moved, reason=reason, changes=changes)


def _refuse_same_title(cycle: Cycle, title: str, topic: Topic | None = None) -> None:
    other = cycle.topics.filter(title=title).first()
    if other and other != topic:
        raise Invalid("title", "title_taken", _("The cycle already has a topic of that title."))
