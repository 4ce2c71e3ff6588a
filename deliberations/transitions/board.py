"""The board of what townships and villages have to settle: given on, postponed, settled.

A task has no record of its own; its acts stand in that of the meeting or of the visit at which it was said.
"""

from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.actor import Actor
from accounts.models import How
from deliberations.models import Meeting, Opinion, TownshipTask, Visit
from deliberations.policies import meetings as policies
from deliberations.transitions import meeting_telling, visit_telling
from deliberations.transitions.meeting_machines import MEETING, MeetingVerb
from deliberations.transitions.visit_machine import VISIT, VisitVerb
from stations.recipients import by_deputy
from workflow import clock
from workflow.engine import Conflict, Invalid, Moved, lock, permit, record
from workflow.rules import rules_in_force

#: The ways on which a voter's opinion comes to the board.
ROUTES = (Opinion.Route.VILLAGE, Opinion.Route.TOWNSHIP)


@transaction.atomic
def assign_task(
    task: TownshipTask, *, actor: Actor, version: int, assignee: str, on: date, due_on: date, handler: str = ""
) -> TownshipTask:
    """Which office of the township, or which village, sees to it, from when and until when; said again, corrected.

    Raises NotAllowed, Stale, Conflict when it is settled, Invalid without anybody, or for impossible days.
    """
    row = _opened(task, MeetingVerb.ASSIGN_TASK, actor, version)
    if not assignee.strip():
        raise Invalid("assignee", "assignee_missing", _("Say to which office or village it was given."))
    if not row.said_on <= on <= clock.today():
        raise Invalid("on", "not_since", _("The day lies between the day on which it was said and today."))
    if due_on < on:
        raise Invalid("due_on", "before_given", _("It cannot be due before it was given on."))
    columns = {"assignee": assignee.strip(), "assigned_on": on, "due_on": due_on, "handler": handler.strip()}
    _write(row, MeetingVerb.ASSIGN_TASK, actor, columns, {"on": on, "due_on": due_on})
    return row


@transaction.atomic
def postpone_task(task: TownshipTask, *, actor: Actor, version: int, due_on: date, reason: str) -> TownshipTask:
    """It needs longer, and why. Raises NotAllowed, Stale, Conflict when settled, Invalid for no later day or reason."""
    row = _opened(task, MeetingVerb.POSTPONE_TASK, actor, version)
    if due_on <= row.due_on or due_on < clock.today():
        raise Invalid("due_on", "not_later", _("The new day lies after the present one, and not in the past."))
    if not reason.strip():
        raise Invalid("reason", "reason_missing", _("Say why it needs longer."))
    told = {"due_on": [row.due_on.isoformat(), due_on.isoformat()]}
    _write(row, MeetingVerb.POSTPONE_TASK, actor, {"due_on": due_on}, told, reason.strip())
    return row


@transaction.atomic
def finish_task(task: TownshipTask, *, actor: Actor, version: int, result: str, on: date, handler: str) -> TownshipTask:
    """What came of it; the deputy who spoke is told, or whoever is to tell the voter.

    Raises NotAllowed, Stale, Conflict when it is settled or its meeting is not closed, Invalid without a result, or
    for a day before it was said or to come.
    """
    row = _opened(task, MeetingVerb.FINISH_TASK, actor, version)
    if not result.strip():
        raise Invalid("result", "words_missing", _("Say what came of it."))
    if not row.said_on <= on <= clock.today():
        sentence = _("The day lies between the meeting and today.")
        if row.opinion is not None:
            sentence = _("The day lies between the day on which it was said and today.")
        raise Invalid("on", "not_since", sentence)
    columns = {"result": result.strip(), "done_on": on, "handler": handler.strip()}
    _write(row, MeetingVerb.FINISH_TASK, actor, columns, {"on": on})
    _tell_done(row)
    return row


def require(task: TownshipTask, verb: str) -> None:
    """Raise Conflict unless the record in which it stands lets the act begin."""
    if isinstance(task.case, Meeting):
        MEETING.require(task.case, MeetingVerb(verb))
    else:
        VISIT.require(task.case, VisitVerb(verb))


def require_undone(task: TownshipTask) -> None:
    """Raise Conflict for a task that has its result."""
    if task.done_on is not None:
        raise Conflict("done", _("This is settled already."))


def place(case: Visit, opinion: Opinion) -> TownshipTask | None:
    """Put a voter's opinion on the board, or take it off, as its route says; the task if it is new.

    Raises Invalid where another route is chosen for what the township has settled.
    """
    task = TownshipTask.objects.filter(opinion=opinion).first()
    if opinion.route not in ROUTES:
        if task is not None and task.done_on is not None:
            raise Invalid("route", "settled", _("The township has already settled this."))
        if task is not None:
            task.delete()
        return None
    if task is not None:
        return None
    days = rules_in_force(clock.today())[1]["township_task_days"]
    due_on = clock.today() + timedelta(days)
    return TownshipTask.objects.create(opinion=opinion, township=case.station.township, due_on=due_on)


def tell_placed(case: Visit, task: TownshipTask | None) -> None:
    """Tell the presidium of a new task; said once the act is in the record."""
    if task is not None:
        posts = meeting_telling.presidiums([task.township_id])[task.township_id]
        visit_telling.tell_of_task(case, "task", posts, task)


def _opened(task: TownshipTask, verb: MeetingVerb, actor: Actor, version: int) -> TownshipTask:
    """The task as it is under the lock of its case."""
    known = TownshipTask.objects.for_list().get(pk=task.pk)
    case = lock(known.case, version=version)
    row = TownshipTask.objects.for_list().get(pk=task.pk)
    if row.meeting_opinion is not None:
        row.meeting_opinion.meeting = case  # type: ignore[assignment]
    elif row.opinion is not None:
        row.opinion.visit = case  # type: ignore[assignment]
    permit(policies.can_work_on(actor, row))
    require(row, verb)
    require_undone(row)
    return row


def _write(
    row: TownshipTask,
    verb: MeetingVerb,
    actor: Actor,
    columns: dict[str, Any],
    told: dict[str, Any],
    reason: str = "",
) -> None:
    for name, value in columns.items():
        setattr(row, name, value)
    row.save(update_fields=list(columns))
    if not policies.presides_over(actor, row.township_id):
        actor = actor.recording(None, How.TELEPHONE)
    if row.meeting_opinion is not None:
        part = Moved("meeting_opinion", row.meeting_opinion.uuid, "", "")
        told = {"order": row.meeting_opinion.order, **told}
        record(row.case, MEETING, verb, actor=actor, part=part, changes=told, reason=reason)
    elif row.opinion is not None:
        part = Moved("opinion", row.opinion.uuid, "", "")
        record(row.case, VISIT, VisitVerb(verb.value), actor=actor, part=part, changes=told, reason=reason)


def _tell_done(row: TownshipTask) -> None:
    if row.meeting_opinion is not None:
        speaker = row.meeting_opinion.speaker
        posts = by_deputy([speaker])[speaker.pk]
        meeting_telling.tell(row.meeting_opinion.meeting, "task_done", posts, part=row.pk)
    elif row.opinion is not None:
        case = row.opinion.visit
        posts = [*visit_telling.keepers(case), *visit_telling.visitors(case)]
        visit_telling.tell(case, "visit.task_done", posts)
