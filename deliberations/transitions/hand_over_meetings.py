"""Hand-over meetings (R56, R60, F16): planned, attended, closed. What is handed over there is an act of suggestions."""

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import date

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.actor import Actor
from accounts.models import Organ, Post, Role
from deliberations.models import Attendance, Meeting
from deliberations.policies.hand_over_meetings import can_run_hand_over_meeting
from deliberations.transitions.hand_over_machine import HAND_OVER_MEETING, HandOverVerb
from notifications.transitions import notify
from stations.recipients import current_posts
from workflow import clock
from workflow.engine import Conflict, Invalid, birth, lock, permit, record


@dataclass(frozen=True)
class MeetingFacts:
    """When and where, who convenes and with whom, who chairs; whether only key suggestions are handed over (R60)."""

    held_on: date
    place: str
    convenor: str
    held_with: str = ""
    time: datetime.time | None = None
    chair: str = ""
    recorder: str = ""
    key_only: bool = False


@dataclass(frozen=True)
class Attendee:
    """Who came for an organ, or as a leader without one; who is missing, with the reason where one was given."""

    name: str = ""
    post: str = ""
    organ: Organ | None = None
    state: str = Attendance.State.PRESENT
    leave_reason: str = ""


@transaction.atomic
def plan(facts: MeetingFacts, *, actor: Actor) -> Meeting:
    """A meeting to come, or one that was held and is written down afterwards. Raises NotAllowed, Invalid."""
    permit(can_run_hand_over_meeting(actor))
    _check(facts)
    meeting = Meeting.objects.create(kind=Meeting.Kind.HAND_OVER, created_at=clock.now(), **asdict(facts))
    birth(meeting, HandOverVerb.PLAN, actor=actor, changes=_told(facts))
    _tell(meeting, "planned")
    return meeting


@transaction.atomic
def update(meeting: Meeting, facts: MeetingFacts, *, actor: Actor, version: int) -> Meeting:
    """Change the plan until it begins. Raises NotAllowed, Conflict, Stale, Invalid."""
    case = _opened(meeting, HandOverVerb.UPDATE, actor, version)
    _check(facts)
    moved = case.held_on != facts.held_on
    record(case, HAND_OVER_MEETING, HandOverVerb.UPDATE, actor=actor, changes=_told(facts), fields=asdict(facts))
    if moved:
        _tell(case, "planned")
    return case


@transaction.atomic
def open_meeting(meeting: Meeting, *, actor: Actor, version: int) -> Meeting:
    """Begin to record it, on its day or later. Raises NotAllowed, Conflict, Stale."""
    case = _opened(meeting, HandOverVerb.OPEN, actor, version)
    require_its_day(case)
    record(case, HAND_OVER_MEETING, HandOverVerb.OPEN, actor=actor)
    return case


@transaction.atomic
def note_attendance(meeting: Meeting, *, actor: Actor, version: int, attendees: Sequence[Attendee]) -> Meeting:
    """Who was there and who was missing, the whole list in place of the one before.

    Raises NotAllowed, Conflict, Stale, and Invalid for an organ named as both present and missing.
    """
    case = _opened(meeting, HandOverVerb.NOTE_ATTENDANCE, actor, version)
    _check_missing(attendees)
    case.attendance.all().delete()
    Attendance.objects.bulk_create(_row(case, attendee) for attendee in attendees)
    changes = {"present": _organs(attendees, missing=False), "missing": _organs(attendees, missing=True)}
    record(case, HAND_OVER_MEETING, HandOverVerb.NOTE_ATTENDANCE, actor=actor, changes=changes)
    return case


@transaction.atomic
def close_meeting(meeting: Meeting, *, actor: Actor, version: int) -> Meeting:
    """The record is complete. Raises NotAllowed, Stale, and Conflict while no organ is noted as present."""
    case = _opened(meeting, HandOverVerb.CLOSE, actor, version)
    require_attendance(case)
    record(case, HAND_OVER_MEETING, HandOverVerb.CLOSE, actor=actor)
    return case


@transaction.atomic
def reopen_meeting(meeting: Meeting, *, actor: Actor, version: int, reason: str) -> Meeting:
    """Open a closed record again, with the reason. Raises NotAllowed, Conflict, Stale, Invalid."""
    case = _opened(meeting, HandOverVerb.REOPEN, actor, version)
    record(case, HAND_OVER_MEETING, HandOverVerb.REOPEN, actor=actor, reason=_reason(reason))
    return case


@transaction.atomic
def cancel_meeting(meeting: Meeting, *, actor: Actor, version: int, reason: str) -> Meeting:
    """It does not take place. Raises NotAllowed, Stale, Invalid, and Conflict once something was handed over there."""
    case = _opened(meeting, HandOverVerb.CANCEL, actor, version)
    require_nothing_handed_over(case)
    record(case, HAND_OVER_MEETING, HandOverVerb.CANCEL, actor=actor, reason=_reason(reason))
    _tell(case, "cancelled")
    return case


def require_its_day(meeting: Meeting) -> None:
    """Raise Conflict before the day of the meeting."""
    if meeting.held_on > clock.today():
        raise Conflict("not_yet", _("The meeting is planned for %(day)s."), day=meeting.held_on.isoformat())


def require_attendance(meeting: Meeting) -> None:
    """Raise Conflict while no organ is noted as present."""
    present = {"part": Attendance.Part.ORGAN, "state": Attendance.State.PRESENT}
    if not meeting.attendance.filter(**present).exists():
        raise Conflict("nobody_noted", _("Note first which organs were there."))


def require_nothing_handed_over(meeting: Meeting) -> None:
    """Raise Conflict once suggestions were handed over at the meeting."""
    if meeting.events.filter(verb=HandOverVerb.HAND_OVER).exists():
        raise Conflict("handed_over", _("Suggestions were handed over at this meeting; it cannot be cancelled."))


def _opened(meeting: Meeting, verb: HandOverVerb, actor: Actor, version: int) -> Meeting:
    case = lock(meeting, version=version)
    permit(can_run_hand_over_meeting(actor))
    HAND_OVER_MEETING.require(case, verb)
    return case


def _check(facts: MeetingFacts) -> None:
    for name in ("place", "convenor"):
        if not getattr(facts, name).strip():
            raise Invalid(name, "words_missing", _("This is needed."))


def _check_missing(attendees: Iterable[Attendee]) -> None:
    rows = list(attendees)
    came = {row.organ for row in rows if row.organ and row.state == Attendance.State.PRESENT}
    for row in rows:
        if row.organ in came and row.state != Attendance.State.PRESENT:
            raise Invalid("missing", "both", _("%(name)s is named as present and as missing."), name=str(row.organ))


def _row(meeting: Meeting, attendee: Attendee) -> Attendance:
    part = Attendance.Part.ORGAN if attendee.organ else Attendance.Part.LEADER
    return Attendance(meeting=meeting, part=part, **{name: getattr(attendee, name) for name in _COLUMNS})


_COLUMNS = ("organ", "name", "post", "state", "leave_reason")


def _organs(attendees: Iterable[Attendee], *, missing: bool) -> list[str]:
    rows = [row for row in attendees if row.organ and (row.state != Attendance.State.PRESENT) == missing]
    return list(dict.fromkeys(str(row.organ) for row in rows))


def _told(facts: MeetingFacts) -> dict[str, object]:
    return {name: getattr(facts, name) for name in ("held_on", "place", "convenor", "held_with", "key_only")}


def _reason(reason: str) -> str:
    if not reason.strip():
        raise Invalid("reason", "words_missing", _("Say why."))
    return reason.strip()


def _tell(meeting: Meeting, kind: str) -> None:
    """The government office, with which it is held."""
    offices: list[Post] = list(current_posts().filter(role=Role.GOVERNMENT_OFFICE))
    notify(
        offices,
        fact=f"hand_over_{kind}:meeting:{meeting.pk}:{meeting.version}",
        kind=f"meeting.hand_over_{kind}",
        params={"title": f"{meeting.held_on.isoformat()} {meeting.place}", "number": ""},
        url=reverse("deliberations:hand_over_meeting", args=[meeting.pk]),
    )
