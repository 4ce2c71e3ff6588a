"""Every act of a cycle that has a page: its verb, the row it is about, what it asks and what it does."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.actor import Actor
from deliberations.forms import cycles as forms
from deliberations.models import Cycle, CycleStation, Notice, NoticeReceipt, Topic
from deliberations.policies import cycles as policies
from deliberations.transitions import cycles, notices, preparation, topics
from deliberations.transitions.machines import CYCLE, NOTICE, RECEIPT, TOPIC, Verb
from files.uploads import store_upload
from stations.forms import ActForm, ReasonForm
from workflow.engine import Conflict, Machine

Subject = Cycle | CycleStation | Topic | Notice | NoticeReceipt


def _by_staff(actor: Actor, _subject: Any) -> bool:
    return policies.can_run_cycle(actor)


@dataclass(frozen=True)
class Act:
    """A verb with its page. ``subject`` is the model of the row the verb takes; ``ready`` raises Conflict.

    What many do at the same moment is not ``versioned``: nobody is told that another was faster.
    """

    verb: Verb
    label: Any
    subject: type[Subject]
    perform: Callable[..., Any]
    form: type[ActForm] = ActForm
    allowed: Callable[[Any, Any], bool] = _by_staff
    style: str = "secondary"
    note: Any = ""
    versioned: bool = True
    ready: Callable[[Any], Any] = lambda _subject: None

    def require(self, cycle: Cycle, subject: Any) -> None:
        """Raise Conflict unless the verb is possible now."""
        CYCLE.require(cycle, self.verb)
        if self.subject in _PARTS:
            _PARTS[self.subject].require(subject, self.verb)
        self.ready(subject)

    def is_open_to(self, actor: Actor, cycle: Cycle, subject: Any) -> bool:
        """Whether this person can do it now; what costs a query is asked last."""
        if not CYCLE.allows(cycle, self.verb) or not self.allowed(actor, subject):
            return False
        try:
            self.require(cycle, subject)
        except Conflict:
            return False
        return True


_PARTS: dict[Any, Machine] = {Topic: TOPIC, Notice: NOTICE, NoticeReceipt: RECEIPT}


def _has_pool(cycle: Cycle) -> None:
    if not cycle.topics.filter(status=Topic.Status.POOL).exists():
        raise Conflict("no_topic", _("No topic is proposed."))


def _has_waiting(cycle: Cycle) -> None:
    if not notices.waiting_meetings(cycle):
        raise Conflict("all_notified", _("Every station of this cycle has the notice."))


def _paper(actor: Any, data: dict[str, Any]) -> topics.Paper:
    scan = data.pop("scan")
    stored = store_upload(scan, user=actor.user) if scan else None
    return topics.Paper(data.pop("number"), data.pop("on"), scan=stored)


def _add_topic(cycle: Cycle, *, actor: Any, version: int, **data: Any) -> None:
    topics.add_topic(cycle, topics.TopicFacts(**data), actor=actor, version=version)


def _correct_topic(topic: Topic, *, actor: Any, version: int, **data: Any) -> None:
    topics.correct_topic(topic, topics.TopicFacts(**data), actor=actor, version=version)


@transaction.atomic
def _select_topics(cycle: Cycle, *, actor: Any, version: int, **data: Any) -> None:
    topics.select_topics(cycle, list(data["topics"]), _paper(actor, data), actor=actor, version=version)


@transaction.atomic
def _drop_topic(topic: Topic, *, actor: Any, version: int, **data: Any) -> None:
    topics.drop_topic(topic, _paper(actor, data), actor=actor, version=version, reason=data["reason"])


@transaction.atomic
def _issue_notice(cycle: Cycle, *, actor: Any, version: int, guidance: Any, **data: Any) -> None:
    stored = store_upload(guidance, user=actor.user) if guidance else None
    notices.issue_notice(cycle, actor=actor, version=version, guidance=stored, **data)


@transaction.atomic
def _record_publicity(cycle: Cycle, *, actor: Any, version: int, picture: Any, **data: Any) -> None:
    stored = store_upload(picture, user=actor.user) if picture else None
    preparation.record_publicity(cycle, actor=actor, version=version, picture=stored, **data)


def _record_training(cycle: Cycle, *, actor: Any, version: int, **data: Any) -> None:
    preparation.record_training(cycle, preparation.TrainingFacts(**data), actor=actor, version=version)


def _receive_notice(receipt: NoticeReceipt, *, actor: Any, version: int) -> None:
    notices.receive_notice(receipt, actor=actor)


def _record_receipt(receipt: NoticeReceipt, *, actor: Any, version: int, by: Any) -> None:
    notices.record_receipt(receipt, actor=actor, by=by.person)


def _convey_notice(receipt: NoticeReceipt, *, actor: Any, version: int, on: Any) -> None:
    notices.convey_notice(receipt, actor=actor, on=on)


def _may_record_receipt(actor: Actor, _receipt: Any) -> bool:
    return policies.can_record_receipt(actor)


_WITHDRAW_NOTE = _("The stations wait for a new notice; what they confirmed stays in the record.")
_RETURN_NOTE = _("The decision stays in the record; the topic is proposed once more.")

_ALL = (
    Act(Verb.MOVE_ON, _("Begin the next step"), Cycle, cycles.move_on, style="primary", ready=cycles.require_gate),
    Act(Verb.ADD_TOPIC, _("Propose a topic"), Cycle, _add_topic, forms.TopicForm),
    Act(
        Verb.SELECT_TOPICS,
        _("Record the selection of topics"),
        Cycle,
        _select_topics,
        forms.SelectTopicsForm,
        ready=_has_pool,
    ),
    Act(Verb.ISSUE_NOTICE, _("Issue the notice"), Cycle, _issue_notice, forms.NoticeForm, ready=_has_waiting),
    Act(Verb.RECORD_TRAINING, _("Record a training"), Cycle, _record_training, forms.TrainingForm),
    Act(Verb.RECORD_PUBLICITY, _("Record publicity"), Cycle, _record_publicity, forms.PublicityForm),
    Act(Verb.TAKE_IN, _("Take in stations"), Cycle, cycles.take_in, forms.TakeInForm),
    Act(Verb.UPDATE, _("Change the plan"), Cycle, cycles.update, forms.UpdateForm),
    Act(Verb.PLAN_MEETING, _("Set the day"), CycleStation, cycles.plan_meeting, forms.PlanMeetingForm),
    Act(Verb.CORRECT_TOPIC, _("Correct"), Topic, _correct_topic, forms.TopicForm),
    Act(Verb.DROP_TOPIC, _("Not selected"), Topic, _drop_topic, forms.DropTopicForm),
    Act(Verb.RETURN_TOPIC, _("Propose again"), Topic, topics.return_topic, ReasonForm, note=_RETURN_NOTE),
    Act(
        Verb.WITHDRAW_NOTICE,
        _("Withdraw"),
        Notice,
        notices.withdraw_notice,
        ReasonForm,
        style="danger",
        note=_WITHDRAW_NOTE,
    ),
    Act(
        Verb.RECEIVE_NOTICE,
        _("Notice received"),
        NoticeReceipt,
        _receive_notice,
        allowed=policies.can_receive_notice,
        style="primary",
        versioned=False,
    ),
    Act(
        Verb.RECORD_RECEIPT,
        _("Confirmed by telephone"),
        NoticeReceipt,
        _record_receipt,
        forms.RecordReceiptForm,
        _may_record_receipt,
        versioned=False,
    ),
    Act(
        Verb.CONVEY_NOTICE,
        _("Conveyed to the deputies"),
        NoticeReceipt,
        _convey_notice,
        forms.ConveyForm,
        policies.can_convey_notice,
        style="primary",
        versioned=False,
    ),
)

ACTS: dict[str, Act] = {act.verb.value: act for act in _ALL}
