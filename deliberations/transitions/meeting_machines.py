"""The lives of a meeting and of a promise made there, each readable in one table."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from deliberations.models import Meeting, Promise
from workflow.engine import Machine, Transition


class MeetingVerb(models.TextChoices):
    """Every act in a meeting, as the timeline tells it."""

    CONVENE = "convene", _("meeting convened")
    CHANGE_PLAN = "change_plan", _("plan of the meeting changed")
    OPEN_MEETING = "open_meeting", _("meeting opened")
    NOTE_ATTENDANCE = "note_attendance", _("attendance noted")
    ADD_OPINION = "add_opinion", _("opinion recorded")
    CORRECT_OPINION = "correct_opinion", _("opinion corrected")
    EXPLAIN = "explain", _("explained on the spot")
    PROMISE = "promise", _("promised on the spot")
    FORWARD = "forward", _("forwarded")
    ASSIGN_TASK = "assign_task", _("township task given on")
    POSTPONE_TASK = "postpone_task", _("township task postponed")
    FINISH_TASK = "finish_task", _("township task settled")
    CLOSE_MEETING = "close_meeting", _("meeting closed")
    REOPEN_MEETING = "reopen_meeting", _("meeting reopened")
    CANCEL_MEETING = "cancel_meeting", _("meeting cancelled")


class PromiseVerb(models.TextChoices):
    """Every act on a promise, as the timeline tells it."""

    MAKE = "make", _("promised on the spot")
    CORRECT = "correct", _("promise corrected")
    REPORT_DONE = "report_done", _("reported as done")
    CONFIRM_KEPT = "confirm_kept", _("found kept")
    DENY = "deny", _("found not done as reported")
    DECLARE_NOT_KEPT = "declare_not_kept", _("recorded as not kept")
    TAKE_UP = "take_up", _("taken up as a suggestion")


M, P = Meeting.Status, Promise.Status

MEETING = Machine(
    "meeting",
    M,
    (
        Transition(MeetingVerb.CONVENE, (), (M.PLANNED,)),
        Transition(MeetingVerb.CHANGE_PLAN, (M.PLANNED,)),
        Transition(MeetingVerb.OPEN_MEETING, (M.PLANNED,), (M.OPEN,)),
        Transition(MeetingVerb.NOTE_ATTENDANCE, (M.PLANNED, M.OPEN)),
        Transition(MeetingVerb.ADD_OPINION, (M.OPEN,)),
        Transition(MeetingVerb.CORRECT_OPINION, (M.OPEN,)),
        Transition(MeetingVerb.EXPLAIN, (M.OPEN,)),
        Transition(MeetingVerb.PROMISE, (M.OPEN,)),
        Transition(MeetingVerb.FORWARD, (M.OPEN,)),
        Transition(MeetingVerb.ASSIGN_TASK, (M.CLOSED,)),
        Transition(MeetingVerb.POSTPONE_TASK, (M.CLOSED,)),
        Transition(MeetingVerb.FINISH_TASK, (M.CLOSED,)),
        Transition(MeetingVerb.CLOSE_MEETING, (M.OPEN,), (M.CLOSED,)),
        Transition(MeetingVerb.REOPEN_MEETING, (M.CLOSED,), (M.OPEN,)),
        Transition(MeetingVerb.CANCEL_MEETING, (M.PLANNED,), (M.CANCELLED,)),
    ),
)

PROMISE = Machine(
    "promise",
    P,
    (
        Transition(PromiseVerb.MAKE, (), (P.MADE,)),
        Transition(PromiseVerb.CORRECT, (P.MADE,)),
        Transition(PromiseVerb.REPORT_DONE, (P.MADE,), (P.REPORTED_DONE,)),
        Transition(PromiseVerb.CONFIRM_KEPT, (P.REPORTED_DONE,), (P.KEPT,)),
        Transition(PromiseVerb.DENY, (P.REPORTED_DONE,), (P.MADE,)),
        Transition(PromiseVerb.DECLARE_NOT_KEPT, (P.MADE, P.REPORTED_DONE), (P.NOT_KEPT,)),
        Transition(PromiseVerb.TAKE_UP, (P.NOT_KEPT,), (P.TAKEN_UP,)),
    ),
)

MACHINES = (MEETING, PROMISE)
