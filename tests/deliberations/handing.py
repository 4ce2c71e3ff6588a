"""Hand-over meetings at every point of their life, brought there by the verbs."""

from deliberations.models import Attendance, Meeting
from deliberations.transitions import hand_over_meetings as verbs
from deliberations.transitions.hand_over_meetings import Attendee, MeetingFacts
from workflow import clock

S = Attendance.State


def facts(**options) -> MeetingFacts:
    """Of today, with the government."""
    return MeetingFacts(
        **{"held_on": clock.today(), "place": "县政府三楼会议室", "convenor": "县人民政府", "chair": "王副县长"}
        | options
    )


def planned(staff, **options) -> Meeting:
    """By staff."""
    return verbs.plan(facts(**options), actor=staff)


def opened(staff, meeting: Meeting | None = None, **options) -> Meeting:
    """On its day."""
    meeting = meeting or planned(staff, **options)
    return verbs.open_meeting(meeting, actor=staff, version=fresh(meeting).version)


def attended(staff, meeting: Meeting, *organs, missing=(), leaders=("王强",)) -> Meeting:
    """Each organ sent somebody; whoever is missing asked for leave."""
    rows = [Attendee(organ=organ, name="李明", post="副局长") for organ in organs]
    rows += [Attendee(organ=organ, state=S.LEAVE, leave_reason="防汛") for organ in missing]
    rows += [Attendee(name=leader, post="副县长") for leader in leaders]
    return verbs.note_attendance(meeting, actor=staff, version=fresh(meeting).version, attendees=rows)


def closed(staff, meeting: Meeting) -> Meeting:
    """The record is complete."""
    return verbs.close_meeting(meeting, actor=staff, version=fresh(meeting).version)


def fresh(meeting: Meeting) -> Meeting:
    """As the database has it."""
    return Meeting.objects.get(pk=meeting.pk)
