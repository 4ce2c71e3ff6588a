"""What was written down wrongly is put right; before and after stay in the record, texts as digests only."""

from collections.abc import Iterator, Sequence
from typing import Any

from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from accounts.actor import Actor
from deliberations.models import Opinion, Topic, Visit, Voter
from deliberations.policies import visits as policies
from deliberations.transitions import board
from deliberations.transitions.visit_facts import (
    OpinionFacts,
    VisitFacts,
    VoterFacts,
    check_kind,
    check_opinion,
    check_visit,
    check_words,
    cycle_of,
    save_voter,
)
from deliberations.transitions.visit_machine import VISIT, VisitVerb
from deliberations.transitions.visit_parts import Parts, check_parts, save_parts
from deliberations.transitions.visit_telling import tell, visitors
from deliberations.transitions.visiting import deputies_of, part_of
from workflow import sealing
from workflow.engine import Invalid, lock, permit, record

#: What may hold a name, a number or words of a voter, and so is told in the record by its digest.
_DIGESTED = frozenset(
    {
        "words",
        "wish",
        "recorder_view",
        "on_the_spot_answer",
        "route_reason",
        "place",
        "policies_conveyed",
        "companions",
        "name",
        "phone",
        "village",
        "chair",
        "recorder",
        "responsible",
    }
)


@transaction.atomic
def correct(
    row: Opinion,
    *,
    actor: Actor,
    version: int,
    words: str,
    visit: VisitFacts,
    topics: Sequence[Topic],
    opinion: OpinionFacts,
    voter: VoterFacts,
) -> Opinion:
    """Put an opinion and its visit right. What others than its deputy change waits to be confirmed anew.

    Raises NotAllowed, Conflict, Stale, and Invalid also when nothing differs.
    """
    case, row = _open(row, actor, version)
    check_kind(case, visit)
    check_visit(visit, topics, list(case.deputies.select_related("person", "term")), case.station)
    check_opinion(opinion, topics)
    _check_topics_used(case, row, topics)
    words = check_words(words)
    changes = {
        **_changes(case, visit.columns(), row),
        **_changes(row, {"words": words, **opinion.columns()}, row),
        **_voter_changes(row, voter),
        **_topic_changes(case, topics),
    }
    _require_changes(changes)
    _update(row, {"words": words, **opinion.columns()}, voter)
    case.topics.set(topics)
    task = board.place(case, row)
    _record(case, row, actor, changes, {**visit.columns(), "cycle_id": cycle_of(topics)})
    board.tell_placed(case, task)
    return row


@transaction.atomic
def correct_visit(
    case: Visit, *, actor: Actor, version: int, visit: VisitFacts, topics: Sequence[Topic], parts: Parts
) -> Visit:
    """Put right or add to what a visit or voters' meeting is told of beside its opinions.

    Raises NotAllowed, Conflict, Stale, and Invalid also when nothing differs.
    """
    case = lock(case, version=version)
    permit(policies.can_keep(actor, case))
    VISIT.require(case, VisitVerb.CORRECT_VISIT)
    deputies = deputies_of(case)
    check_kind(case, visit)
    check_visit(visit, topics, deputies[:1], case.station)
    check_parts(parts, case, visit.on, deputies[:1])
    if case.opinions.exclude(topic=None).exclude(topic__in=topics).exists():
        raise Invalid("topics", "topic_used", _("An opinion of this visit belongs to a topic that is left out."))
    pairs = ((name, getattr(case, name), value) for name, value in visit.columns().items())
    changes = {**dict(_told(pairs, case)), **_topic_changes(case, topics), **save_parts(case, parts)}
    if not changes:
        raise Invalid("", "nothing_changed", _("Nothing was changed."))
    case.topics.set(topics)
    fields = {**visit.columns(), "cycle_id": cycle_of(topics), "confirmed_at": None}
    record(case, VISIT, VisitVerb.CORRECT_VISIT, actor=actor, changes=changes, fields=fields)
    tell(case, "visit.to_confirm", visitors(case))
    return case


@transaction.atomic
def reword(row: Opinion, *, actor: Actor, version: int, words: str, wish: str) -> Opinion:
    """Put only the words right, as a deputy does who sees that it was not what was meant. Raises like ``correct``."""
    case, row = _open(row, actor, version)
    columns = {"words": check_words(words), "wish": wish.strip()}
    changes = _changes(row, columns, row)
    _require_changes(changes)
    Opinion.objects.filter(pk=row.pk).update(**columns)
    _record(case, row, actor, changes, {})
    return row


def _open(row: Opinion, actor: Actor, version: int) -> tuple[Visit, Opinion]:
    case = lock(row.visit, version=version)
    permit(policies.can_correct(actor, case))
    VISIT.require(case, VisitVerb.CORRECT)
    fresh = Opinion.objects.select_related("voter", "field", "topic").get(pk=row.pk)
    fresh.visit = case
    return case, fresh


def _check_topics_used(case: Visit, row: Opinion, topics: Sequence[Topic]) -> None:
    used = case.opinions.exclude(pk=row.pk).exclude(topic=None).exclude(topic__in=topics)
    if used.exists():
        raise Invalid("topics", "topic_used", _("Another opinion of this visit belongs to a topic that is left out."))


def _require_changes(changes: dict[str, Any]) -> None:
    if not changes:
        raise Invalid("words", "nothing_changed", _("Nothing was changed."))


def _update(row: Opinion, columns: dict[str, Any], voter: VoterFacts) -> None:
    for name, value in columns.items():
        setattr(row, name, value)
    save_voter(row, voter)
    row.save()


def _record(case: Visit, row: Opinion, actor: Actor, changes: dict[str, Any], fields: dict[str, Any]) -> None:
    own = policies.took_part(actor, case)
    if not own:
        fields = {**fields, "confirmed_at": None}
    record(case, VISIT, VisitVerb.CORRECT, actor=actor, part=part_of(row), changes=changes, fields=fields)
    if not own:
        tell(case, "visit.to_confirm", visitors(case))


def _changes(row: models.Model, columns: dict[str, Any], opinion: Opinion) -> dict[str, Any]:
    pairs = ((name, getattr(row, name), value) for name, value in columns.items())
    return dict(_told(pairs, opinion))


def _voter_changes(row: Opinion, facts: VoterFacts) -> dict[str, Any]:
    """An empty name or number is no change; neither is ever told but as a digest."""
    before, told = row.voter or Voter(), facts.columns()
    name, phone = _unsealed(before)
    pairs = [(column, getattr(before, column), told[column]) for column in ("village", "category", "sex")]
    pairs += [("name", name, told["name"] or name), ("phone", phone, told["phone"] or phone)]
    return dict(_told(iter(pairs), row))


def _unsealed(voter: Voter) -> tuple[str, str]:
    """Name and number as they were; empty when the key is gone, since they can then only be entered anew."""
    try:
        return voter.unseal()
    except sealing.Broken:
        return "", ""


def _topic_changes(case: Visit, topics: Sequence[Topic]) -> dict[str, Any]:
    before, after = (sorted(str(topic.uuid) for topic in some) for some in (case.topics.all(), topics))
    return {"topics": [before, after]} if before != after else {}


def _told(pairs: Iterator[tuple[str, Any, Any]], owner: Opinion | Visit) -> Iterator[tuple[str, list[Any]]]:
    """Before and after of what differs."""
    for name, before, after in pairs:
        if before != after:
            yield name, [_plain(name, value, owner) for value in (before, after)]


def _plain(name: str, value: Any, owner: Opinion | Visit) -> Any:
    if name in _DIGESTED:
        return sealing.mark(value, f"{owner.uuid}:{name}")
    if isinstance(value, models.Model):
        return str(getattr(value, "code", None) or getattr(value, "uuid", value.pk))
    return value
