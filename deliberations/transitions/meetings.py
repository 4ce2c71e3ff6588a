"""A deliberation meeting of a station: convened, opened, attended, written down, closed (R47–R53, F12, F14)."""

import datetime
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from accounts.actor import Actor
from accounts.models import Organ
from deliberations.models import Attendance, Cycle, Meeting, MeetingOpinion, Opinion, Promise, SubjectField, Topic
from deliberations.policies import meetings as policies
from deliberations.transitions import promise_telling
from deliberations.transitions.meeting_machines import MEETING, MeetingVerb
from deliberations.transitions.meeting_telling import invited, of_station, speakers, tell, tell_collecting, tell_tasks
from deliberations.transitions.outcomes import part_of, require_not_taken_up
from stations.models import Mandate, Station
from workflow import clock, sealing
from workflow.engine import Conflict, Invalid, birth, lock, permit, record

#: States of a cycle in which its stations meet.
MEETING_CYCLES = (Cycle.Status.VISITING, Cycle.Status.DELIBERATING)


@dataclass(frozen=True)
class Presence:
    """A line of the attendance sheet: who, as what, and whether they came."""

    part: str
    name: str
    post: str = ""
    state: str = Attendance.State.PRESENT
    leave_reason: str = ""
    mandate: Mandate | None = None
    organ: Organ | None = None


@transaction.atomic
def convene(
    *,
    actor: Actor,
    cycle: Cycle,
    station: Station,
    held_on: datetime.date,
    place: str,
    time: datetime.time | None = None,
    chair: str = "",
) -> Meeting:
    """Plan the meeting of a station in a cycle, and tell its deputies.

    Raises NotAllowed, Conflict when the cycle is not at its meetings or the station has one, and Invalid for a
    station that takes no part, a day before the cycle's first meeting, or no place.
    """
    permit(policies.can_convene(actor, station.pk))
    # two who convene at once come one after the other
    cycle = Cycle.objects.select_for_update().get(pk=cycle.pk)
    require_convenable(cycle, station)
    _check_plan(cycle, held_on, place)
    meeting = Meeting.objects.create(
        kind=Meeting.Kind.DELIBERATION, cycle=cycle, station=station, held_on=held_on, time=time,
        place=place.strip(), chair=chair.strip(), created_at=clock.now(),
    )  # fmt: skip
    birth(meeting, MeetingVerb.CONVENE, actor=actor, changes={"held_on": held_on})
    tell(meeting, "convened", invited(meeting, actor))
    return meeting


def require_convenable(cycle: Cycle, station: Station) -> None:
    """Raise Conflict unless the cycle is at its meetings and the station has none; Invalid if it takes no part."""
    if cycle.status not in MEETING_CYCLES:
        raise Conflict("not_meeting", _("The cycle is not at its meetings: its state is “%(state)s”."),
                       state=cycle.get_status_display())  # fmt: skip
    if not cycle.stations.filter(station=station).exists():
        raise Invalid("station", "not_taking_part", _("This station takes no part in the cycle."))
    if cycle.meetings.filter(station=station).exclude(status=Meeting.Status.CANCELLED).exists():
        raise Conflict("has_one", _("%(station)s already has its meeting in this cycle."), station=station.name)


@transaction.atomic
def change_plan(
    meeting: Meeting,
    *,
    actor: Actor,
    version: int,
    held_on: datetime.date,
    place: str,
    time: datetime.time | None = None,
    chair: str = "",
) -> Meeting:
    """Another day, hour, place or chair; whoever was invited is told. Raises NotAllowed, Conflict, Stale, Invalid."""
    case = _opened(meeting, MeetingVerb.CHANGE_PLAN, actor, version)
    _check_plan(_cycle(case), held_on, place)
    new: dict[str, Any] = {"held_on": held_on, "time": time, "place": place.strip(), "chair": chair.strip()}
    told = {
        name: [_plain(getattr(case, name)), _plain(value)]
        for name, value in new.items()
        if getattr(case, name) != value
    }
    if not told:
        raise Invalid("held_on", "nothing_changed", _("Nothing was changed."))
    record(case, MEETING, MeetingVerb.CHANGE_PLAN, actor=actor, changes=told, fields=new)
    tell(case, "changed", invited(case, actor))
    return case


@transaction.atomic
def open_meeting(meeting: Meeting, *, actor: Actor, version: int) -> Meeting:
    """Begin to write it down. Raises NotAllowed, Stale, and Conflict before its day or in another state."""
    case = _opened(meeting, MeetingVerb.OPEN_MEETING, actor, version)
    require_day(case)
    if _cycle(case).status not in MEETING_CYCLES:
        raise Conflict("not_meeting", _("The cycle is not at its meetings: its state is “%(state)s”."),
                       state=_cycle(case).get_status_display())  # fmt: skip
    record(case, MEETING, MeetingVerb.OPEN_MEETING, actor=actor)
    return case


def require_day(meeting: Meeting) -> None:
    """Raise Conflict before the day of the meeting."""
    if clock.today() < meeting.held_on:
        raise Conflict(
            "too_early", _("The meeting is on %(day)s; it can be opened from that day on."), day=meeting.held_on
        )


@transaction.atomic
def note_attendance(
    meeting: Meeting, *, actor: Actor, version: int, rows: Sequence[Presence], recorder: str = ""
) -> Meeting:
    """The attendance sheet as a whole (F12); what was noted before is replaced.

    Raises NotAllowed, Conflict, Stale, and Invalid for somebody named twice, a leave without its reason, or anybody
    present before the day.
    """
    case = _opened(meeting, MeetingVerb.NOTE_ATTENDANCE, actor, version)
    _check_rows(case, rows)
    case.attendance.all().delete()
    Attendance.objects.bulk_create(Attendance(meeting=case, **vars(row)) for row in rows)
    states = [row.state for row in rows if row.part == Attendance.Part.DEPUTY]
    told = {state.lower(): states.count(state) for state in Attendance.FOUND}
    fields = {"recorder": recorder.strip()}
    record(case, MEETING, MeetingVerb.NOTE_ATTENDANCE, actor=actor, changes=told, fields=fields)
    return case


@transaction.atomic
def add_opinion(
    meeting: Meeting,
    *,
    actor: Actor,
    version: int,
    speaker: Mandate,
    text: str,
    topic: Topic | None = None,
    field: SubjectField | None = None,
    basis: Collection[Opinion] = (),
) -> MeetingOpinion:
    """Write down what a deputy put forward, with the voters' opinions behind it (R49).

    Raises NotAllowed, Conflict, Stale, and Invalid without words, for a deputy who has no part in the meeting, a
    topic not selected for the cycle, or a voter's opinion that was not to come before this meeting.
    """
    case = _opened(meeting, MeetingVerb.ADD_OPINION, actor, version)
    _check_opinion(case, speaker, text, topic)
    _check_basis(case, actor, basis)
    last = case.opinions.aggregate(last=Max("order"))["last"] or 0
    row = MeetingOpinion.objects.create(
        meeting=case, order=last + 1, speaker=speaker, text=text.strip(), topic=topic, field=field
    )
    row.basis.set(basis)
    told = {"order": row.order, "basis": len(basis)}
    record(case, MEETING, MeetingVerb.ADD_OPINION, actor=actor, part=part_of(row), changes=told)
    return row


@transaction.atomic
def correct_opinion(
    opinion: MeetingOpinion,
    *,
    actor: Actor,
    version: int,
    speaker: Mandate,
    text: str,
    topic: Topic | None = None,
    field: SubjectField | None = None,
    basis: Collection[Opinion] = (),
) -> MeetingOpinion:
    """Put right what was written down; the record keeps digests of the words before and after.

    Raises as ``add_opinion``, Conflict once it became a suggestion, and Invalid when nothing differs.
    """
    case = _opened(opinion.meeting, MeetingVerb.CORRECT_OPINION, actor, version)
    row = case.opinions.select_related("speaker", "topic", "field").get(pk=opinion.pk)
    require_not_taken_up(row)
    _check_opinion(case, speaker, text, topic)
    _check_basis(case, actor, basis)
    new = {"speaker": speaker, "text": text.strip(), "topic": topic, "field": field}
    told: dict[str, Any] = {name: _pair(row, name, value) for name, value in new.items() if getattr(row, name) != value}
    if {found.pk for found in basis} != set(row.basis.values_list("pk", flat=True)):
        told["basis"] = [row.basis.count(), len(basis)]
    if not told:
        raise Invalid("text", "nothing_changed", _("Nothing was changed."))
    for name, value in new.items():
        setattr(row, name, value)
    row.save(update_fields=list(new))
    row.basis.set(basis)
    told["order"] = row.order
    record(case, MEETING, MeetingVerb.CORRECT_OPINION, actor=actor, part=part_of(row), changes=told)
    return row


@transaction.atomic
def close_meeting(meeting: Meeting, *, actor: Actor, version: int, chair: str = "", recorder: str = "") -> Meeting:
    """End it once every opinion has an outcome, and tell everybody what is theirs now (scenario 3).

    Who chaired it and who kept the record stand on the minutes (F14); left empty, what was noted before holds.

    Staff hear how many opinions wait to be collected, organs what they promised, the presidium its tasks, and the
    deputies who spoke that the outcome can be read. Raises NotAllowed, Stale, and Conflict with how many lack one.
    """
    case = _opened(meeting, MeetingVerb.CLOSE_MEETING, actor, version)
    require_decided(case)
    counts = Meeting.objects.with_counts().get(pk=case.pk)
    told = {name: getattr(counts, name) for name in ("counted", "explained", "promised", "forwarded")}
    heads = {"chair": chair.strip() or case.chair, "recorder": recorder.strip() or case.recorder}
    record(case, MEETING, MeetingVerb.CLOSE_MEETING, actor=actor, changes=told, fields=heads)
    tell_collecting(case)
    tell_tasks(case)
    for promise in Promise.objects.open().filter(meeting_opinion__meeting=case).select_related("organ"):
        promise_telling.tell_made(promise)
    tell(case, "closed", speakers(case))
    return case


def require_decided(meeting: Meeting) -> None:
    """Raise Conflict while an opinion lacks its outcome (invariant 3)."""
    left = meeting.opinions.undecided().count()
    if left:
        sentence = _("%(count)s opinions have no outcome yet. Each needs one before the meeting can be closed.")
        raise Conflict("undecided", sentence, count=left)


@transaction.atomic
def reopen_meeting(meeting: Meeting, *, actor: Actor, version: int, reason: str) -> Meeting:
    """Staff open again what was closed; what became a suggestion by then stays as it is.

    Raises NotAllowed, Stale, Invalid without a reason, and Conflict once the cycle follows up.
    """
    case = lock(meeting, version=version)
    permit(policies.can_reopen(actor, case))
    MEETING.require(case, MeetingVerb.REOPEN_MEETING)
    require_deliberating(case)
    _require_reason(reason)
    record(case, MEETING, MeetingVerb.REOPEN_MEETING, actor=actor, reason=reason.strip())
    tell(case, "reopened", of_station(case))
    return case


def require_deliberating(meeting: Meeting) -> None:
    """Raise Conflict once the cycle counts on its meetings being closed."""
    if _cycle(meeting).status not in MEETING_CYCLES:
        raise Conflict("not_meeting", _("The cycle is not at its meetings: its state is “%(state)s”."),
                       state=_cycle(meeting).get_status_display())  # fmt: skip


@transaction.atomic
def cancel_meeting(meeting: Meeting, *, actor: Actor, version: int, reason: str) -> Meeting:
    """Say that it will not be held, and why; another may be convened. Raises NotAllowed, Conflict, Stale, Invalid."""
    case = _opened(meeting, MeetingVerb.CANCEL_MEETING, actor, version)
    _require_reason(reason)
    record(case, MEETING, MeetingVerb.CANCEL_MEETING, actor=actor, reason=reason.strip())
    tell(case, "cancelled", invited(case, actor))
    return case


def deputies_of(meeting: Meeting) -> Any:
    """Deputies who are due at the meeting, and those of elsewhere who were noted as there."""
    own = Mandate.objects.active(meeting.held_on).filter(station=meeting.station_id)
    guests = Mandate.objects.filter(attended__meeting=meeting)
    found = Mandate.objects.filter(pk__in=own.values("pk")) | Mandate.objects.filter(pk__in=guests.values("pk"))
    return found.select_related("person", "term").order_by("level", "certificate_no")


def _opened(meeting: Meeting, verb: MeetingVerb, actor: Actor, version: int) -> Meeting:
    case = lock(meeting, version=version)
    permit(policies.can_keep(actor, case))
    MEETING.require(case, verb)
    return case


def _cycle(meeting: Meeting) -> Cycle:
    """The cycle, which every deliberation meeting has."""
    assert meeting.cycle is not None
    return meeting.cycle


def _check_plan(cycle: Cycle, held_on: datetime.date, place: str) -> None:
    if held_on < cycle.first_meeting_on:
        sentence = _("The cycle's first meeting is on %(day)s; no station meets earlier.")
        raise Invalid("held_on", "before_first", sentence, day=cycle.first_meeting_on)
    if not place.strip():
        raise Invalid("place", "place_missing", _("Say where it is."))


def _check_rows(case: Meeting, rows: Iterable[Presence]) -> None:
    seen: set[int] = set()
    for row in rows:
        if row.mandate is not None:
            if row.mandate.pk in seen:
                raise Invalid("guests", "twice", _("%(name)s is named twice."), name=row.name)
            seen.add(row.mandate.pk)
        if row.state == Attendance.State.LEAVE and not row.leave_reason.strip():
            field = f"reason_{row.mandate.pk}" if row.mandate else "others"
            raise Invalid(field, "reason_missing", _("Say why %(name)s is on leave."), name=row.name)
        if row.state != Attendance.State.LEAVE and clock.today() < case.held_on:
            sentence = _("Before the day of the meeting only leave can be noted.")
            raise Invalid("others", "too_early", sentence)


def _check_opinion(case: Meeting, speaker: Mandate, text: str, topic: Topic | None) -> None:
    if not text.strip():
        raise Invalid("text", "words_missing", _("Write down what was put forward."))
    if not deputies_of(case).filter(pk=speaker.pk).exists():
        sentence = _("%(name)s is neither a deputy of this station nor on the attendance sheet.")
        raise Invalid("speaker", "not_there", sentence, name=speaker.person.name)
    if topic is not None and (topic.cycle_id != case.cycle_id or topic.status != Topic.Status.SELECTED):
        raise Invalid("topic", "not_selected", _("This topic was not selected for the cycle."))


def _check_basis(case: Meeting, actor: Actor, basis: Collection[Opinion]) -> None:
    offered = Opinion.objects.to_meeting(case).shown_in_meeting(actor)
    if offered.filter(pk__in=[row.pk for row in basis]).count() != len({row.pk for row in basis}):
        raise Invalid(
            "basis", "not_to_meeting", _("One of these voters' opinions was not to come before this meeting.")
        )


def _require_reason(reason: str) -> None:
    if not reason.strip():
        raise Invalid("reason", "reason_missing", _("Say why."))


def _pair(row: MeetingOpinion, name: str, value: Any) -> list[Any]:
    """Before and after; of words only their digests."""
    pair = (getattr(row, name), value)
    if name == "text":
        return [sealing.mark(text, f"{row.uuid}:text") for text in pair]
    return [str(getattr(one, "code", None) or getattr(one, "uuid", "")) for one in pair]


def _plain(value: Any) -> str:
    if isinstance(value, datetime.time):
        return value.strftime("%H:%M")
    return str(value or "")
