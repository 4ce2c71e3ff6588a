"""What a register's words are looked up in: stations, deputies and fields, each read once."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from deliberations.importers import sentences
from deliberations.importers.words import DEPUTIES, STATION
from deliberations.models import SubjectField
from deliberations.transitions.visit_facts import check_active
from files.workbooks import CellError
from stations.models import Level, Mandate, Station
from workflow.engine import Invalid
from workflow.text import key

_HIGHEST = {Level.COUNTY: 0, Level.TOWNSHIP: 1}


@dataclass
class Known:
    """Everything that a row may name, by the name it may use."""

    stations: dict[str, list[Station]] = field(default_factory=dict)
    deputies: dict[str, list[Mandate]] = field(default_factory=dict)
    fields: dict[str, SubjectField] = field(default_factory=dict)

    def station(self, name: str) -> Station:
        """The station of this name or number. Raises CellError."""
        found = self.stations.get(key(name), [])
        if not found:
            raise CellError(STATION, "unknown_station", sentences.UNKNOWN_STATION, name=name[:60])
        if len(found) > 1:
            codes = "、".join(station.code for station in found)
            raise CellError(STATION, "ambiguous_station", sentences.AMBIGUOUS_STATION, name=name[:60], codes=codes)
        return found[0]

    def visitors(self, names: Sequence[str], station: Station, on: date) -> tuple[Mandate, ...]:
        """The deputies of these names, in office on that day. Raises CellError."""
        if not names:
            raise CellError(DEPUTIES, "deputies_missing", sentences.MISSING_DEPUTIES)
        found = tuple(self._deputy(name[:40], station) for name in names)
        people: set[int] = set()
        for mandate in found:
            _require_active(mandate, on)
            if mandate.person_id in people:
                raise CellError(DEPUTIES, "person_twice", sentences.DEPUTY_TWICE, name=mandate.person.name)
            people.add(mandate.person_id)
        return found

    def _deputy(self, name: str, station: Station) -> Mandate:
        """The one person of this name at the station or, if it has none, in its township, then in the county."""
        named = self.deputies.get(name, [])
        if not named:
            raise CellError(DEPUTIES, "unknown_deputy", sentences.UNKNOWN_DEPUTY, name=name)
        own = [mandate for mandate in named if mandate.station_id == station.pk]
        near = [m for m in named if m.station is not None and m.station.township_id == station.township_id]
        found = own or near or named
        if len({mandate.person_id for mandate in found}) > 1:
            told = {"name": name, "candidates": _listed(named), "station": station.name}
            raise CellError(DEPUTIES, "ambiguous_deputy", sentences.AMBIGUOUS_DEPUTY, **told)
        return min(found, key=lambda mandate: (_HIGHEST.get(Level(mandate.level), 2), mandate.pk))


def load() -> Known:
    """What the roster of the present terms and the list of fields hold, in three queries."""
    known = Known()
    for station in Station.objects.order_by("code"):
        for word in {key(station.name), key(station.code)}:
            known.stations.setdefault(word, []).append(station)
    mandates = Mandate.objects.filter(term__is_current=True)
    for mandate in mandates.select_related("person", "term", "station"):
        known.deputies.setdefault(mandate.person.name, []).append(mandate)
    for row in SubjectField.objects.all():
        known.fields.update((key(name), row) for name in (row.name, *row.aliases))
    return known


def _require_active(mandate: Mandate, on: date) -> None:
    try:
        check_active(mandate, on)
    except Invalid as refused:
        raise CellError(DEPUTIES, refused.code, sentences.NOT_ACTIVE, name=mandate.person.name) from refused


def _listed(mandates: Iterable[Mandate]) -> str:
    return "、".join(f"{m.person.name}({m.certificate_no} {m.station or ''})".replace(" )", ")") for m in mandates)
