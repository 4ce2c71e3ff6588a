"""Stations: entered, brought up to date, closed and opened again, with an event for every real change."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.actor import Actor
from accounts.transitions.people import PersonFacts
from stations import policies
from stations.models import Station, StationStaff, Township
from stations.transitions.machines import STATION, Verb
from stations.transitions.mandates import refresh_search
from stations.transitions.staff import bring_up_to_date, names_on_duty, staff_changes
from stations.transitions.taking_back import was_closed_by_taking_back
from workflow import clock
from workflow.engine import Invalid, birth, lock, permit, record
from workflow.taken import unless_taken
from workflow.text import fold, pinyin, typed


@dataclass(frozen=True)
class StationFacts:
    """What a list tells of a station.

    ``staff`` are pairs of duty and person; a duty without a pair stays as it is, and so do an empty address
    and a ``is_key`` of None.
    """

    code: str
    name: str
    kind: str
    township: Township
    address: str = ""
    is_key: bool | None = None
    staff: tuple[tuple[str, PersonFacts], ...] = ()
    source: Mapping[str, Any] = field(default_factory=dict)

    def columns(self) -> dict[str, Any]:
        """What the list tells of the station's own columns."""
        told = {name: getattr(self, name) for name in ("name", "kind", "township", "address", "is_key")}
        return {name: value for name, value in told.items() if value not in ("", None)}


@transaction.atomic
def enter_station(facts: StationFacts, *, actor: Actor) -> tuple[Station, bool]:
    """The station of this code, established or brought up to date, and whether anything changed.

    ``facts.source`` (sheet and row, for instance) is told in the event. Raises NotAllowed, and Invalid when
    another station of the township has the name.
    """
    permit(policies.can_keep_roster(actor))
    station = Station.objects.select_related("township").filter(code=facts.code).first()
    _refuse_same_name(facts.name, facts.township, station)
    return (_establish(facts, actor), True) if station is None else (station, _enter_again(station, facts, actor))


@transaction.atomic
def establish(facts: StationFacts, *, actor: Actor) -> Station:
    """A new station. Raises NotAllowed, and Invalid when its code or, in the township, its name is taken."""
    permit(policies.can_keep_roster(actor))
    if Station.objects.filter(code=facts.code).exists():
        raise _code_taken()
    _refuse_same_name(facts.name, facts.township, None)
    return _establish(facts, actor)


@transaction.atomic
def update(station: Station, *, actor: Actor, version: int, **columns: Any) -> bool:
    """Correct the station's own columns; whether anything changed. Nothing changed leaves no event.

    Raises NotAllowed, Stale, and Invalid when another station of the township has the name.
    """
    case = lock(station, version=version)
    permit(policies.can_keep_roster(actor))
    _refuse_same_name(columns["name"], columns["township"], case)
    new, changes = _differences(case, columns)
    if new:
        _record_update(case, new, changes, actor)
    return bool(new)


@transaction.atomic
def close(station: Station, *, actor: Actor, version: int, reason: str) -> Station:
    """Close a station; its deputies and its record stay. Raises NotAllowed, Conflict, Stale."""
    return _turn(station, Verb.CLOSE, actor, version, reason)


@transaction.atomic
def reopen(station: Station, *, actor: Actor, version: int, reason: str) -> Station:
    """Open a closed station again. Raises NotAllowed, Conflict, Stale."""
    return _turn(station, Verb.REOPEN, actor, version, reason)


def enter_townships(kinds: Mapping[str, str], *, actor: Actor) -> dict[str, Township]:
    """All townships by name; those of ``kinds`` (name → kind) that are not known yet are made."""
    permit(policies.can_keep_roster(actor))
    known = {township.name: township for township in Township.objects.all()}
    for name, kind in kinds.items():
        if name not in known:
            known[name] = Township.objects.create(name=name, kind=kind, pinyin=pinyin(name, 120))
    return known


def station_text(station: Station, staff: Iterable[str]) -> str:
    """What a search looks through: code, name, place and the names of the staff; no telephone numbers."""
    place = f"{station.township.name} {station.address}"
    return fold(station.code, station.name, typed(pinyin(station.name)), place, " ".join(staff))


def refresh_station_search(station: Station) -> None:
    """Rewrite the search column of a station whose staff changed."""
    Station.objects.filter(pk=station.pk).update(search_text=station_text(station, names_on_duty(station)))


def _turn(station: Station, verb: str, actor: Actor, version: int, reason: str) -> Station:
    case = lock(station, version=version)
    permit(policies.can_keep_roster(actor))
    record(case, STATION, verb, actor=actor, reason=reason)
    return case


def _establish(facts: StationFacts, actor: Actor) -> Station:
    station = Station(status=Station.Status.ACTIVE, code=facts.code, created_at=clock.now(), **facts.columns())
    station.search_text = station_text(station, [person.name for _duty, person in facts.staff])
    _save_new(station)
    bring_up_to_date(station, [], facts.staff)
    told = {"code": station.code, "name": station.name, "source": dict(facts.source)}
    birth(station, Verb.ESTABLISH, actor=actor, changes=told)
    return station


def _save_new(station: Station) -> None:
    """Raises Invalid where another was given the code, or in the township the name, at the same moment."""
    try:
        with unless_taken(_code_taken()), transaction.atomic():
            station.save(force_insert=True)
    except Invalid:
        if not Station.objects.filter(code=station.code).exists():
            _refuse_same_name(station.name, station.township, None)
        raise


def _code_taken() -> Invalid:
    return Invalid("code", "code_taken", _("This code belongs to another station."))


def _enter_again(station: Station, facts: StationFacts, actor: Actor) -> bool:
    if was_closed_by_taking_back(station):
        station = lock(station)
        record(station, STATION, Verb.REOPEN, actor=actor, changes={"source": dict(facts.source)})
    serving = list(StationStaff.objects.on_duty(clock.today()).filter(station=station).select_related("person"))
    new, changes = _differences(station, facts.columns())
    changes |= staff_changes(serving, facts.staff)
    moved = bring_up_to_date(station, serving, facts.staff)
    if not (new or moved):
        return False
    _record_update(lock(station, version=station.version), new, {**changes, "source": dict(facts.source)}, actor)
    return True


def _differences(station: Station, columns: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, Sequence[str]]]:
    """The columns that would change, and how the event tells of them."""
    before = {name: getattr(station, name) for name in columns}
    new = {name: value for name, value in columns.items() if value != before[name]}
    return new, {name: [str(before[name]), str(value)] for name, value in new.items()}


def _record_update(case: Station, new: dict[str, Any], changes: Mapping[str, Any], actor: Actor) -> None:
    for name, value in new.items():
        setattr(case, name, value)
    text = station_text(case, names_on_duty(case))
    with unless_taken(_name_taken(_("another station"))):
        record(case, STATION, Verb.UPDATE, actor=actor, changes=changes, fields={**new, "search_text": text})
    if "name" in new:
        refresh_search(case.mandates.all())


def _refuse_same_name(name: str, township: Township, station: Station | None) -> None:
    other = Station.objects.filter(name=name, township=township).first()
    if other and other != station:
        raise _name_taken(other.code)


def _name_taken(other: Any) -> Invalid:
    return Invalid("name", "name_taken", _("In this township, %(other)s already has this name."), other=other)
