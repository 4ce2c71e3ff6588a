"""The staff of stations: who took up a duty and who left it."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from accounts.models import Person
from accounts.transitions.people import PersonFacts, enter_people
from stations.models import Station, StationStaff
from workflow import clock

Wanted = Sequence[tuple[str, PersonFacts]]


def names_on_duty(station: Station) -> list[str]:
    """The names of who serves today."""
    serving = StationStaff.objects.on_duty(clock.today()).filter(station=station)
    return list(serving.values_list("person__name", flat=True))


def staff_changes(serving: Sequence[StationStaff], wanted: Wanted) -> dict[str, Any]:
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


def bring_up_to_date(station: Station, serving: Sequence[StationStaff], wanted: Wanted) -> bool:
    """Let the duties named be held by exactly the people named; whether anything changed.

    Within one station the same name is the same person.
    """
    today = clock.today()
    keep = {(duty, person.name) for duty, person in wanted}
    leaving = [row.pk for row in serving if row.duty in dict(wanted) and (row.duty, row.person.name) not in keep]
    StationStaff.objects.filter(pk__in=leaving).update(until=today - timedelta(days=1))
    held = {(row.duty, row.person.name): row for row in serving}
    fresh = [(duty, facts) for duty, facts in wanted if (duty, facts.name) not in held]
    _take_up(station, serving, fresh, today)
    staying = [(held[duty, facts.name], facts.phone) for duty, facts in wanted if (duty, facts.name) in held]
    renumbered = [_renumber(row, phone) for row, phone in staying]
    return bool(leaving or fresh or any(renumbered))


def take_up(station: Station, duty: str, facts: PersonFacts, since: date) -> StationStaff:
    """One more person on the staff."""
    return _begin(station, duty, _person_here(station, facts), facts.phone, since)


def _take_up(station: Station, serving: Sequence[StationStaff], fresh: Wanted, today: date) -> None:
    here = {row.person.name: row.person for row in station.staff.select_related("person")} if serving else {}
    # who holds two duties is told twice; the telling with a number tells more
    told = sorted((facts for _duty, facts in fresh), key=lambda facts: bool(facts.phone))
    strangers = {facts.name: facts for facts in told if facts.name not in here}
    here.update(zip(strangers, enter_people(list(strangers.values())), strict=True))
    for duty, facts in fresh:
        _begin(station, duty, here[facts.name], facts.phone, today)


def _person_here(station: Station, facts: PersonFacts) -> Person:
    known = station.staff.select_related("person").filter(person__name=facts.name).first()
    return known.person if known else enter_people([facts])[0]


def _begin(station: Station, duty: str, person: Person, phone: str, since: date) -> StationStaff:
    terms = {"phone": phone, "since": since, "until": None}
    return StationStaff.objects.update_or_create(station=station, person=person, duty=duty, defaults=terms)[0]


def _renumber(row: StationStaff, phone: str) -> bool:
    if not phone or phone == row.phone:
        return False
    return bool(StationStaff.objects.filter(pk=row.pk).update(phone=phone))
