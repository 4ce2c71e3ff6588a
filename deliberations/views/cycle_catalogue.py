"""Every act of a cycle that has a page: its verb, the row it is about, what it asks and what it does."""

from dataclasses import replace
from functools import partial
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.actor import Actor
from deliberations.forms import cycles as forms
from deliberations.forms import planning as planning_forms
from deliberations.models import Cycle, CycleStation, Notice, NoticeReceipt, PublicityRecord, Topic, Training
from deliberations.policies import cycles as policies
from deliberations.transitions import cycles, leaving, notices, planning, preparation, topics
from deliberations.transitions.machines import CYCLE, NOTICE, RECEIPT, TOPIC, Verb
from deliberations.transitions.resolutions import Paper
from deliberations.views.papers import on_paper
from files.pictures import store_picture
from files.uploads import store_upload
from workflow.acting import Act, catalogue
from workflow.engine import Conflict, Machine
from workflow.forms import ReasonForm

Subject = Cycle | CycleStation | Topic | Notice | NoticeReceipt | Training | PublicityRecord
_PARTS: dict[Any, Machine] = {Topic: TOPIC, Notice: NOTICE, NoticeReceipt: RECEIPT}


def _require(subject: Subject, verb: str) -> None:
    """Raise Conflict unless the cycle, and the part that it is about, let the verb start."""
    CYCLE.require(cycle_of(subject), verb)
    if type(subject) in _PARTS:
        _PARTS[type(subject)].require(subject, verb)


def cycle_of(subject: Any) -> Cycle:
    """The cycle that a row belongs to."""
    if isinstance(subject, Cycle):
        return subject
    found: Cycle = subject.notice.cycle if isinstance(subject, NoticeReceipt) else subject.cycle
    return found


def _has_pool(cycle: Cycle) -> None:
    if not cycle.topics.filter(status=Topic.Status.POOL).exists():
        raise Conflict("no_topic", _("No topic is proposed."))


def _has_waiting(cycle: Cycle) -> None:
    if not notices.waiting_meetings(cycle):
        raise Conflict("all_notified", _("Every station of this cycle has the notice."))


def _add_topic(cycle: Cycle, *, actor: Any, version: int, **data: Any) -> None:
    topics.add_topic(cycle, topics.TopicFacts(**data), actor=actor, version=version)


def _correct_topic(topic: Topic, *, actor: Any, version: int, **data: Any) -> None:
    topics.correct_topic(topic, topics.TopicFacts(**data), actor=actor, version=version)


def _select_topics(cycle: Cycle, *, paper: Paper, actor: Any, version: int, **data: Any) -> None:
    topics.select_topics(cycle, list(data["topics"]), paper, actor=actor, version=version)


def _drop_topic(topic: Topic, *, paper: Paper, **data: Any) -> None:
    topics.drop_topic(topic, paper, **data)


@transaction.atomic
def _issue_notice(cycle: Cycle, *, actor: Any, version: int, guidance: Any, **data: Any) -> None:
    stored = store_upload(guidance, user=actor.user) if guidance else None
    notices.issue_notice(cycle, actor=actor, version=version, guidance=stored, **data)


@transaction.atomic
def _record_publicity(cycle: Cycle, *, actor: Any, version: int, picture: Any, **data: Any) -> None:
    stored = store_picture(picture, user=actor.user) if picture else None
    preparation.record_publicity(cycle, actor=actor, version=version, picture=stored, **data)


def _record_training(cycle: Cycle, *, actor: Any, version: int, **data: Any) -> None:
    preparation.record_training(cycle, preparation.TrainingFacts(**data), actor=actor, version=version)


def _correct_training(training: Training, *, actor: Any, version: int, **data: Any) -> None:
    preparation.correct_training(training, preparation.TrainingFacts(**data), actor=actor, version=version)


@transaction.atomic
def _correct_publicity(row: PublicityRecord, *, actor: Any, version: int, picture: Any, **data: Any) -> None:
    stored = store_picture(picture, user=actor.user) if picture else None
    preparation.correct_publicity(row, actor=actor, version=version, picture=stored, **data)


def _record_approval(cycle: Cycle, *, paper: Paper, body: str, actor: Any, version: int) -> None:
    planning.record_approval(cycle, replace(paper, body=body), actor=actor, version=version)


def _drop_approval(cycle: Cycle, *, approval: Any, **data: Any) -> None:
    planning.drop_approval(approval, cycle, **data)


def _has_body_left(cycle: Cycle) -> None:
    if set(planning.APPROVING) <= set(cycle.approvals.values_list("body", flat=True)):
        raise Conflict("all_approved", _("All three approvals are recorded."))


def _has_approval(cycle: Cycle) -> None:
    if not cycle.approvals.exists():
        raise Conflict("none_approved", _("No approval is recorded."))


def _has_stations(cycle: Cycle) -> None:
    if not cycle.stations.exists():
        raise Conflict("no_station", _("No station takes part yet."))


def _record_receipt(receipt: NoticeReceipt, *, actor: Any, by: Any) -> None:
    notices.record_receipt(receipt, actor=actor, by=by.person)


def _is_staff(actor: Actor, _subject: Any) -> bool:
    return policies.can_run_cycle(actor)


def _may_record_receipt(actor: Actor, _receipt: Any) -> bool:
    return policies.can_record_receipt(actor)


_by_staff = partial(Act, allowed=_is_staff, require=_require)
_on_cycle = partial(_by_staff, subject=Cycle)
_on_topic = partial(_by_staff, subject=Topic)
_on_receipt = partial(Act, subject=NoticeReceipt, require=_require, versioned=False)

_WITHDRAW_NOTE = _("The stations wait for a new notice; what they confirmed stays in the record.")
_LEAVE_NOTE = _("The station takes no part any more; a notice that it has not confirmed is taken back from it.")
_RETURN_NOTE = _("The decision stays in the record; the topic is proposed once more.")

ACTS = catalogue(
    _on_cycle(Verb.MOVE_ON, _("Begin the next step"), cycles.move_on, style="primary", ready=cycles.require_gate),
    _on_cycle(Verb.ADD_TOPIC, _("Propose a topic"), _add_topic, form=forms.TopicForm),
    _on_cycle(
        Verb.SELECT_TOPICS,
        _("Record the selection of topics"),
        on_paper(_select_topics),
        form=forms.SelectTopicsForm,
        ready=_has_pool,
    ),
    _on_cycle(Verb.ISSUE_NOTICE, _("Issue the notice"), _issue_notice, form=forms.NoticeForm, ready=_has_waiting),
    _on_cycle(Verb.RECORD_TRAINING, _("Record a training"), _record_training, form=forms.TrainingForm),
    _on_cycle(Verb.RECORD_PUBLICITY, _("Record publicity"), _record_publicity, form=forms.PublicityForm),
    _on_cycle(Verb.WRITE_REVIEW, _("Write the review"), cycles.write_review, form=forms.ReviewForm),
    _on_cycle(Verb.TAKE_IN, _("Take in stations"), cycles.take_in, form=forms.TakeInForm),
    _on_cycle(Verb.UPDATE, _("Change the plan"), cycles.update, form=forms.UpdateForm),
    _on_cycle(
        Verb.ARRANGE,
        _("Grouping table"),
        planning.arrange,
        form=planning_forms.ArrangeForm,
        ready=_has_stations,
        submit=_("Save the grouping table"),
    ),
    _on_cycle(Verb.PLAN_STEPS, _("Plan the four steps"), planning.plan_steps, form=planning_forms.StepsForm),
    _on_cycle(Verb.WRITE_PLAN, _("Purpose and requirements"), planning.write_plan, form=planning_forms.PlanWordsForm),
    _on_cycle(
        Verb.RECORD_APPROVAL,
        _("Record an approval"),
        on_paper(_record_approval),
        form=planning_forms.ApprovalForm,
        ready=_has_body_left,
    ),
    _on_cycle(
        Verb.DROP_APPROVAL,
        _("Take back an approval"),
        _drop_approval,
        form=planning_forms.DropApprovalForm,
        ready=_has_approval,
    ),
    _by_staff(
        Verb.PLAN_MEETING, _("Set the day"), cycles.plan_meeting, form=forms.PlanMeetingForm, subject=CycleStation
    ),
    _by_staff(
        Verb.LEAVE_OUT,
        _("Leave out"),
        leaving.leave_out,
        form=ReasonForm,
        subject=CycleStation,
        ready=leaving.require_untied,
        style="danger",
        note=_LEAVE_NOTE,
    ),
    _by_staff(Verb.CORRECT_TRAINING, _("Correct"), _correct_training, form=forms.CorrectTrainingForm, subject=Training),
    _by_staff(
        Verb.CORRECT_PUBLICITY,
        _("Correct"),
        _correct_publicity,
        form=forms.CorrectPublicityForm,
        subject=PublicityRecord,
    ),
    _on_topic(Verb.CORRECT_TOPIC, _("Correct"), _correct_topic, form=forms.TopicForm),
    _on_topic(Verb.DROP_TOPIC, _("Not selected"), on_paper(_drop_topic), form=forms.DropTopicForm),
    _on_topic(Verb.RETURN_TOPIC, _("Propose again"), topics.return_topic, form=ReasonForm, note=_RETURN_NOTE),
    _by_staff(
        Verb.WITHDRAW_NOTICE,
        _("Withdraw"),
        notices.withdraw_notice,
        form=ReasonForm,
        subject=Notice,
        style="danger",
        note=_WITHDRAW_NOTE,
    ),
    _on_receipt(
        Verb.RECEIVE_NOTICE, _("Notice received"), notices.receive_notice, policies.can_receive_notice, style="primary"
    ),
    _on_receipt(
        Verb.RECORD_RECEIPT,
        _("Confirmed by telephone"),
        _record_receipt,
        _may_record_receipt,
        forms.RecordReceiptForm,
    ),
    _on_receipt(
        Verb.CONVEY_NOTICE,
        _("Conveyed to the deputies"),
        notices.convey_notice,
        policies.can_convey_notice,
        forms.ConveyForm,
        style="primary",
    ),
)
