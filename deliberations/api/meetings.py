"""Meetings, what was put forward at them, and what came of it."""

from typing import Any

from django.db.models import Prefetch

from deliberations.filters.meetings import MeetingFilter, TaskFilter
from deliberations.filters.promises import PromiseFilter
from deliberations.models import Attendance, Meeting, MeetingOpinion, Opinion, Promise, TownshipTask
from deliberations.policies.meetings import can_see_meetings, can_see_tasks
from deliberations.policies.promises import can_see_promises
from deliberations.serializers import AttendanceRow, MeetingOpinionRow, MeetingRow, PromiseRow, TownshipTaskRow
from workflow.api.reading import Reading
from workflow.filters import Key, one_of, since, until


class Meetings(Reading):
    """Deliberation and hand-over meetings, the latest first."""

    model, row = Meeting, MeetingRow
    order = (("held_on", "desc"), ("pk", "desc"))
    may = staticmethod(can_see_meetings)
    filterset = MeetingFilter
    filters = {
        "cycle": Key(),
        "station": Key(),
        "kind": one_of(Meeting.Kind),
        "since": since("held_on"),
        "until": until("held_on"),
    }


class Attendances(Reading):
    """Who was at meetings, or why not."""

    model, row, through = Attendance, AttendanceRow, ("meeting", Meeting)
    filters = {"meeting": Key(), "mandate": Key(), "organ": Key(), "part": one_of(Attendance.Part)}


class MeetingOpinions(Reading):
    """What deputies put forward, each with its outcome."""

    model, row = MeetingOpinion, MeetingOpinionRow
    filters = {
        "meeting": Key(),
        "speaker": Key(),
        "topic": Key(),
        "field": Key(),
        "outcome": one_of(MeetingOpinion.Outcome),
        "way": one_of(MeetingOpinion.Way),
    }

    def _joined(self) -> Any:
        actor = self.request.actor  # type: ignore[attr-defined]
        basis = Opinion.objects.shown_in_meeting(actor).order_by("pk")
        return super()._joined().prefetch_related(Prefetch("basis", basis, "shown"))


class Promises(Reading):
    """What organs promised on the spot."""

    model, row = Promise, PromiseRow
    may = staticmethod(can_see_promises)
    order = (("due_on", "desc"), ("pk", "desc"))
    filterset = PromiseFilter
    filters = {
        "organ": Key(),
        "cycle": Key(field_name="meeting_opinion__meeting__cycle"),
        "meeting": Key(field_name="meeting_opinion__meeting"),
    }


class TownshipTasks(Reading):
    """What townships and villages have to settle: put forward at meetings, or said by voters."""

    model, row = TownshipTask, TownshipTaskRow
    may = staticmethod(can_see_tasks)
    filterset = TaskFilter
    filters = {"township": Key()}

    def visible(self, actor: Any) -> Any:
        """While a meeting is being recorded its outcomes may still change."""
        return super().visible(actor).in_force()
