"""Reception days by hand: added, changed, cancelled, announced on the wall, held, with their photos and news."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, time
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.actor import Actor
from files.pictures import store_picture
from stations import policies
from stations.models import Duty, Mandate, ReceptionDay, ReceptionFile, Station
from stations.transitions.reception_machine import OF_STATION, RECEPTION, ReceptionVerb
from stations.transitions.reception_telling import on_duty, tell
from stations.transitions.roster import fill
from workflow import clock
from workflow.calendars import load_calendar
from workflow.engine import Conflict, Invalid, Moved, born, lock, move, permit, record
from workflow.taken import unless_taken

_State = Duty.State


@dataclass(frozen=True)
class DayFacts:
    """When, where, and for whom and what voters are received."""

    on: date
    starts_at: time
    ends_at: time
    place: str = ""
    scope: str = ""


@transaction.atomic
def add_day(
    station: Station, facts: DayFacts, *, actor: Actor, version: int, deputies: int = 0, day_off: bool = False
) -> ReceptionDay:
    """One more reception day, with so many deputies in turn; ``day_off`` when it is meant to be held on a day off.

    Raises NotAllowed, Conflict, Stale, and Invalid for a day that is over, a day off, a day on which the station
    receives already, and impossible hours.
    """
    case = lock(station, version=version)
    permit(policies.can_keep_receptions(actor, case))
    OF_STATION.require(case, ReceptionVerb.ADD_DAY)
    _check(case, facts, day_off)
    with unless_taken(_taken(facts.on)):
        day = ReceptionDay.objects.create(station=case, **asdict(facts))
    added = fill(day, deputies)
    told = {"day": facts.on, "hours": _hours(facts), "on_duty": _names(added)}
    record(case, OF_STATION, ReceptionVerb.ADD_DAY, actor=actor, part=born(day, RECEPTION), changes=told)
    tell(day, "on_duty", on_duty(day), case)
    return day


@transaction.atomic
def change_day(
    day: ReceptionDay, facts: DayFacts, *, actor: Actor, version: int, day_off: bool = False
) -> ReceptionDay:
    """Another day, hour, place or scope; whoever is on duty is told, and a notice on the wall is to be posted anew.

    Raises like ``add_day``.
    """
    case, row = begin(day, ReceptionVerb.CHANGE_DAY, actor, version)
    before = DayFacts(row.on, row.starts_at, row.ends_at, row.place, row.scope)
    _check(case, facts, day_off or facts.on == row.on, row)
    changes = {
        {"on": "day"}.get(name, name): [str(old), str(new)]
        for (name, old), new in zip(asdict(before).items(), asdict(facts).values(), strict=True)
        if old != new
    }
    if not changes:
        return row
    fields: dict[str, Any] = {**asdict(facts), "posted_on": None}
    if facts.on != row.on and row.rule_id:
        fields["moved_from"] = row.moved_from or row.on
    with unless_taken(_taken(facts.on)):
        moved = move(row, RECEPTION, ReceptionVerb.CHANGE_DAY, **fields)
    record(case, OF_STATION, ReceptionVerb.CHANGE_DAY, actor=actor, part=moved, changes=changes)
    tell(row, "changed", on_duty(row), case)
    return row


@transaction.atomic
def cancel_day(day: ReceptionDay, *, actor: Actor, version: int, reason: str) -> ReceptionDay:
    """Cancel a reception day; whoever is on duty is told. Raises NotAllowed, Conflict, Stale."""
    case, row = begin(day, ReceptionVerb.CANCEL_DAY, actor, version)
    moved = move(row, RECEPTION, ReceptionVerb.CANCEL_DAY, cancel_reason=reason)
    record(case, OF_STATION, ReceptionVerb.CANCEL_DAY, actor=actor, part=moved, reason=reason, changes={"day": row.on})
    tell(row, "cancelled", on_duty(row), case)
    return row


@transaction.atomic
def post_notice(
    day: ReceptionDay, *, actor: Actor, version: int, on: date, photo: UploadedFile | None = None
) -> ReceptionDay:
    """The public notice hangs on the wall since that day, with a photo of it where there is one.

    Raises NotAllowed, Conflict, Stale, and Invalid for a day still to come or after the reception, or for what is no
    picture.
    """
    case, row = begin(day, ReceptionVerb.POST_NOTICE, actor, version)
    if on > clock.today():
        raise Invalid("on", "future", _("This day is still to come."))
    if on > row.on:
        raise Invalid("on", "too_late", _("The reception was on %(day)s already."), day=row.on)
    if photo is not None:
        _keep(row, [photo], ReceptionFile.Kind.NOTICE, actor, "photo")
    moved = move(row, RECEPTION, ReceptionVerb.POST_NOTICE, posted_on=on)
    told = {"posted_on": on, "photo": photo is not None, "days_ahead": (row.on - on).days}
    record(case, OF_STATION, ReceptionVerb.POST_NOTICE, actor=actor, part=moved, changes=told)
    return row


@transaction.atomic
def note_attendance(
    day: ReceptionDay, *, actor: Actor, version: int, found: Mapping[int, tuple[str, str]]
) -> ReceptionDay:
    """The reception was held: who was there, on leave (with the reason) or absent, by the key of the duty.

    Raises NotAllowed, Conflict before its day, Stale, and Invalid when a duty is left out, or leave has no reason.
    """
    case, row = begin(day, ReceptionVerb.NOTE_ATTENDANCE, actor, version)
    if row.on > clock.today():
        raise Conflict("too_early", _("The reception is on %(day)s only."), day=row.on)
    rows = list(row.duties.exclude(state=_State.REPLACED).select_related("mandate__person"))
    if {duty.pk for duty in rows} != set(found):
        raise Invalid("", "incomplete", _("Say of everybody on duty whether they were there."))
    for duty in rows:
        duty.state, duty.reason = found[duty.pk]
        if duty.state == _State.LEAVE and not duty.reason:
            raise Invalid(f"reason_{duty.pk}", "no_reason", _("Say why %(name)s was on leave."), name=duty.mandate)
    Duty.objects.bulk_update(rows, ["state", "reason"])
    told = {
        name: _names(duty.mandate for duty in rows if duty.state == state)
        for name, state in (("present", _State.PRESENT), ("on_leave", _State.LEAVE), ("absent", _State.ABSENT))
    }
    moved = move(row, RECEPTION, ReceptionVerb.NOTE_ATTENDANCE)
    record(case, OF_STATION, ReceptionVerb.NOTE_ATTENDANCE, actor=actor, part=moved, changes=told)
    return row


@transaction.atomic
def add_papers(
    day: ReceptionDay, *, actor: Actor, version: int, kind: str, photos: Sequence[UploadedFile]
) -> ReceptionDay:
    """Photos of the sheets or of the reception, newly drawn. Raises NotAllowed, Conflict, Stale, Invalid (``photos``)."""
    case, row = begin(day, ReceptionVerb.ADD_PAPERS, actor, version)
    if row.on > clock.today() and kind != ReceptionFile.Kind.NOTICE:
        raise Conflict("too_early", _("The reception is on %(day)s only."), day=row.on)
    _keep(row, photos, kind, actor, "photos")
    told = {"paper": ReceptionFile.Kind(kind).value, "photos": len(photos)}
    moved = move(row, RECEPTION, ReceptionVerb.ADD_PAPERS)
    record(case, OF_STATION, ReceptionVerb.ADD_PAPERS, actor=actor, part=moved, changes=told)
    return row


@transaction.atomic
def remove_paper(paper: ReceptionFile, *, actor: Actor, version: int) -> ReceptionDay:
    """A photo that does not belong here goes; the file itself with the next sweep. Raises NotAllowed, Conflict, Stale."""
    case, row = begin(paper.day, ReceptionVerb.REMOVE_PAPER, actor, version)
    if not ReceptionFile.objects.filter(pk=paper.pk, day=row).delete()[0]:
        raise Conflict("paper_gone", _("This photo is not there any more."))
    moved = move(row, RECEPTION, ReceptionVerb.REMOVE_PAPER)
    told = {"paper": ReceptionFile.Kind(paper.kind).value}
    record(case, OF_STATION, ReceptionVerb.REMOVE_PAPER, actor=actor, part=moved, changes=told)
    return row


@transaction.atomic
def write_news(day: ReceptionDay, *, actor: Actor, version: int, news: str) -> ReceptionDay:
    """The short news of a reception that was held. Raises NotAllowed, Conflict, Stale."""
    case, row = begin(day, ReceptionVerb.WRITE_NEWS, actor, version)
    moved = move(row, RECEPTION, ReceptionVerb.WRITE_NEWS, news=news)
    told = {"characters": len(news)}
    record(case, OF_STATION, ReceptionVerb.WRITE_NEWS, actor=actor, part=moved, changes=told)
    return row


def begin(
    day: ReceptionDay, verb: str, actor: Actor, version: int | None, *, allowed: bool | None = None
) -> tuple[Station, ReceptionDay]:
    """The station, locked, and the day as it stands; ``allowed`` is what another policy said.

    Raises NotAllowed, Conflict, Stale.
    """
    case = lock(day.station, version=version)
    permit(policies.can_keep_receptions(actor, case) if allowed is None else allowed)
    row = ReceptionDay.objects.get(pk=day.pk)
    row.station = case
    RECEPTION.require(row, verb)
    OF_STATION.require(case, verb)
    return case, row


def stayed(row: ReceptionDay) -> Moved:
    """How the event tells of an act that leaves the day as it is."""
    return Moved(RECEPTION.name, row.uuid, row.status, row.status)


def _check(case: Station, facts: DayFacts, day_off: bool, row: ReceptionDay | None = None) -> None:
    if facts.on < clock.today():
        raise Invalid("on", "past", _("This day is over."))
    if facts.ends_at <= facts.starts_at:
        raise Invalid("ends_at", "before_start", _("It cannot end before it begins."))
    others = case.reception_days.standing().filter(on=facts.on)
    if (others.exclude(pk=row.pk) if row else others).exists():
        raise _taken(facts.on)
    if not day_off and not load_calendar().is_working(facts.on):
        sentence = _("%(day)s is a day off. Tick below that it is meant so, or choose another day.")
        raise Invalid("day_off", "day_off", sentence, day=facts.on)


def _taken(on: date) -> Invalid:
    return Invalid("on", "taken", _("The station receives voters on %(day)s already."), day=on)


def _keep(row: ReceptionDay, photos: Sequence[UploadedFile], kind: str, actor: Actor, field: str) -> None:
    for photo in photos:
        try:
            stored = store_picture(photo, user=actor.user)
        except Invalid as refused:
            raise Invalid(field, refused.code, refused.sentence) from refused
        ReceptionFile.objects.create(day=row, file=stored, kind=kind)


def _names(mandates: Iterable[Mandate]) -> str:
    return "、".join(mandate.person.name for mandate in mandates)


def _hours(facts: DayFacts) -> str:
    return f"{facts.starts_at:%H:%M}–{facts.ends_at:%H:%M}"
