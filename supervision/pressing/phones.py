"""Under which number somebody is reached: read by staff alone, who ring up."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from accounts.models import Officer, Organ
from stations.models import Mandate, Station, StationStaff
from supervision.pressing.late import Late, relation
from workflow import clock


@dataclass(frozen=True)
class Contact:
    """Whom to ask for, and the number."""

    name: str
    number: str


def book(owing: Iterable[Sequence[Late]]) -> dict[tuple[str, int], list[Contact]]:
    """The numbers of each party, the best first, by kind and key; empty where none is known."""
    parties = {(relation(lates[0].party), lates[0].party.pk): lates for lates in owing}
    officers = _officers([key for kind, key in parties if kind == "organ"])
    staff = _staff({station for lates in parties.values() if (station := _station_of(lates[0].party)) is not None})
    found = {key: _once(_contacts(lates, officers, staff)) for key, lates in parties.items()}
    return defaultdict(list, found)


def _contacts(
    lates: Sequence[Late], officers: dict[int, list[Contact]], staff: dict[int, list[Contact]]
) -> list[Contact]:
    party = lates[0].party
    if isinstance(party, Organ):
        # whoever was named on the receipt has it on the table; then the liaison officer; then the organ's desk
        return [*(Contact(late.handler, late.phone) for late in lates), *officers[party.pk], Contact("", party.phone)]
    if isinstance(party, Mandate):
        return [Contact(party.person.name, party.person.phone), *staff[party.station_id or 0]]
    return staff[party.pk]


def _once(contacts: Iterable[Contact]) -> list[Contact]:
    """Each number once, whoever has none left out."""
    known: dict[str, Contact] = {}
    for contact in contacts:
        if contact.number:
            known.setdefault(contact.number, contact)
    return list(known.values())


def _station_of(party: Any) -> int | None:
    if isinstance(party, Station):
        return party.pk
    return party.station_id if isinstance(party, Mandate) else None


def _officers(organs: list[int]) -> dict[int, list[Contact]]:
    rows = Officer.objects.current(clock.today()).filter(organ__in=organs, duty=Officer.Duty.LIAISON)
    found = defaultdict(list)
    for row in rows.select_related("person"):
        found[row.organ_id].append(Contact(row.person.name, row.phone or row.person.phone))
    return found


def _staff(stations: set[int]) -> dict[int, list[Contact]]:
    """The liaison officers before the heads."""
    rows = StationStaff.objects.on_duty(clock.today()).filter(station__in=stations).select_related("person")
    found = defaultdict(list)
    for row in sorted(rows, key=lambda row: (row.duty != StationStaff.Duty.LIAISON, row.pk)):
        found[row.station_id].append(Contact(row.person.name, row.phone or row.person.phone))
    return found
