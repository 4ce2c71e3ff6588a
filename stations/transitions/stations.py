"""Stations: established, brought up to date, with an event for every real change."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from accounts.actor import Actor
from accounts.models import Person
from accounts.transitions.people import PersonFacts, enter_people
from stations import policies
from stations.models import Station, StationStaff, Township
from stations.transitions.mandates import refresh_search
from workflow import clock
from workflow.engine import Machine, Transition, birth, lock, permit, record
from workflow.text import fold, pinyin, typed


class Verb(models.TextChoices):
    """Every act on a station, as the timeline tells it."""

    ESTABLISH = "establish", _("entered")
    UPDATE = "update", _("brought up to date")


S = Station.Status

STATION = Machine(
    "station",
    S,
    (
        Transition(Verb.ESTABLISH, (), (S.ACTIVE,)),
        Transition(Verb.UPDATE, (S.ACTIVE, S.CLOSED)),
    ),
)
MACHINES = (STATION,)


@dataclass(frozen=True)
class StationFacts:
    """What a list tells of a station. ``staff`` are pairs of duty and person; no pair leaves a duty as it is."""

    code: str
    name: str
    kind: str
    township: Township
    address: str = ""
    is_key: bool = False
    staff: tuple[tuple[str, PersonFacts], ...] = ()
    source: Mapping[str, Any] = field(default_factory=dict)


@transaction.atomic
def enter_station(facts: StationFacts, *, actor: Actor) -> tuple[Station, bool]:
    """The station of this code, established or brought up to date, and whether anything changed.

    ``facts.source`` (sheet and row, for instance) is told in the event. Raises NotAllowed.
    """
    permit(policies.can_keep_roster(actor))
    station = Station.objects.select_related("township").filter(code=facts.code).first()
    return (_establish(facts, actor), True) if station is None else (station, _update(station, facts, actor))


def enter_townships(kinds: Mapping[str, str], *, actor: Actor) -> dict[str, Township]:
    """All townships by name; those of ``kinds`` (name → kind) that are not known yet are made."""
    permit(policies.can_keep_roster(actor))
    known = {township.name: township for township in Township.objects.all()}
    for name, kind in kinds.items():
        if name not in known:
            known[name] = Township.objects.create(name=name, kind=kind, pinyin=pinyin(name))
    return known


def station_text(station: Station, staff: Iterable[str]) -> str:
    """What a search looks through: code, name, place and the names of the staff; no telephone numbers."""
    place = f"{station.township.name} {station.address}"
    return fold(station.code, station.name, typed(pinyin(station.name)), place, " ".join(staff))


def _establish(facts: StationFacts, actor: Actor) -> Station:
    station = Station(status=S.ACTIVE, code=facts.code, created_at=clock.now(), **_columns(facts))
    station.search_text = station_text(station, [person.name for _duty, person in facts.staff])
    station.save(force_insert=True)
    _staff(station, [], facts.staff)
    told = {"code": station.code, "name": station.name, "source": dict(facts.source)}
    birth(station, Verb.ESTABLISH, actor=actor, changes=told)
    return station


def _update(station: Station, facts: StationFacts, actor: Actor) -> bool:
    columns = _columns(facts)
    before = {name: getattr(station, name) for name in columns}
    serving = list(StationStaff.objects.on_duty(clock.today()).filter(station=station).select_related("person"))
    staff = _staff_changes(serving, facts.staff)
    new = {name: value for name, value in columns.items() if value != before[name]}
    moved = _staff(station, serving, facts.staff)
    if not (new or moved):
        return False
    changes = {name: [str(before[name]), str(value)] for name, value in new.items()} | staff
    _record_update(station, new, {**changes, "source": dict(facts.source)}, actor)
    return True


def _record_update(station: Station, new: dict[str, Any], changes: dict[str, Any], actor: Actor) -> None:
    case = lock(station)
    for name, value in new.items():
        setattr(case, name, value)
    serving = StationStaff.objects.on_duty(clock.today()).filter(station=case).select_related("person")
    text = station_text(case, [row.person.name for row in serving])
    record(case, STATION, Verb.UPDATE, actor=actor, changes=changes, fields={**new, "search_text": text})
    if "name" in new:
        refresh_search(case.mandates.all())


def _columns(facts: StationFacts) -> dict[str, Any]:
    return {name: getattr(facts, name) for name in ("name", "kind", "township", "address", "is_key")}


def _staff_changes(serving: Sequence[StationStaff], wanted: Sequence[tuple[str, PersonFacts]]) -> dict[str, Any]:
    """Who left and who came, by duty; a new telephone number is told without the number."""
    changes: dict[str, Any] = {}
    for duty in dict(wanted):
        before = {row.person.name: row.phone for row in serving if row.duty == duty}
        after = {person.name: person.phone for told, person in wanted if told == duty}
        if before.keys() != after.keys():
            changes[duty] = [sorted(before), sorted(after)]
        elif any(phone and phone != before[name] for name, phone in after.items()):
            changes[f"{duty}_phone"] = True
    return changes


def _staff(station: Station, serving: Sequence[StationStaff], wanted: Sequence[tuple[str, PersonFacts]]) -> bool:
    """Bring the staff of the duties named up to date; within one station the same name is the same person."""
    today = clock.today()
    keep = {(duty, person.name) for duty, person in wanted}
    leaving = [row.pk for row in serving if row.duty in dict(wanted) and (row.duty, row.person.name) not in keep]
    StationStaff.objects.filter(pk__in=leaving).update(until=today - timedelta(days=1))
    held = {(row.duty, row.person.name): row for row in serving}
    fresh = [(duty, facts) for duty, facts in wanted if (duty, facts.name) not in held]
    _take_up(station, serving, fresh, today)
    renumbered = [
        _renumber(held[duty, facts.name], facts.phone) for duty, facts in wanted if (duty, facts.name) in held
    ]
    return bool(leaving or fresh or any(renumbered))


def _take_up(
    station: Station, serving: Sequence[StationStaff], fresh: Sequence[tuple[str, PersonFacts]], today: date
) -> None:
    here = {row.person.name: row.person for row in station.staff.select_related("person")} if serving else {}
    strangers = list(dict.fromkeys(facts for _duty, facts in fresh if facts.name not in here))
    here.update(zip([facts.name for facts in strangers], enter_people(strangers), strict=True))
    for duty, facts in fresh:
        _begin(station, duty, here[facts.name], facts.phone, today)


def _begin(station: Station, duty: str, person: Person, phone: str, today: date) -> None:
    terms = {"phone": phone, "since": today, "until": None}
    StationStaff.objects.update_or_create(station=station, person=person, duty=duty, defaults=terms)


def _renumber(row: StationStaff, phone: str) -> bool:
    if not phone or phone == row.phone:
        return False
    return bool(StationStaff.objects.filter(pk=row.pk).update(phone=phone))
