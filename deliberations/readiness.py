"""How ready deputies are before they go to voters: trained, papers read, notice conveyed. Computed, never stored."""

from collections import defaultdict
from dataclasses import dataclass, field

from accounts.actor import Actor
from accounts.models import Role
from deliberations.models import Attendance, Cycle, Material, MaterialRead, NoticeReceipt, Training
from stations.models import Mandate, Station, StationStaff
from workflow import clock


@dataclass
class Ready:
    """One deputy. ``trained`` is None where only figures were recorded, since those name nobody."""

    mandate: Mandate
    trained: bool | None
    read: int
    materials: int

    @property
    def is_ready(self) -> bool:
        """Trained, and every key paper opened."""
        return bool(self.trained) and self.read >= self.materials


@dataclass
class StationReady:
    """A station of the cycle with its deputies."""

    station: Station
    #: A notice in force was conveyed to the deputies.
    conveyed: bool
    deputies: list[Ready] = field(default_factory=list)

    @property
    def trained(self) -> int:
        """How many were found at a training."""
        return sum(1 for row in self.deputies if row.trained)

    @property
    def ready(self) -> int:
        """How many are ready, the notice apart."""
        return sum(1 for row in self.deputies if row.is_ready)


def readiness(cycle: Cycle, actor: Actor) -> list[StationReady]:
    """The stations of the cycle, of a liaison the own ones, in a fixed number of queries."""
    rows = cycle.stations.select_related("station").order_by("station__code")
    if actor.role == Role.STATION:
        duties = StationStaff.objects.on_duty(clock.today()).filter(person=actor.person_id)
        rows = rows.filter(station__in=duties.values("station"))
    stations = [row.station for row in rows]
    conveyed = set(
        NoticeReceipt.objects.in_force(cycle)
        .filter(status=NoticeReceipt.Status.CONVEYED)
        .values_list("station", flat=True)
    )
    found = {station.pk: StationReady(station, station.pk in conveyed) for station in stations}
    known = _Known(cycle)
    deputies = Mandate.objects.active(clock.today()).filter(station__in=found)
    for mandate in deputies.select_related("person", "term").order_by("certificate_no"):
        found[mandate.station_id or 0].deputies.append(known.of(mandate))
    return list(found.values())


def summed(stations: list[StationReady]) -> dict[str, int]:
    """The figures of all stations together."""
    return {
        "stations": len(stations),
        "conveyed": sum(1 for row in stations if row.conveyed),
        "deputies": sum(len(row.deputies) for row in stations),
        "trained": sum(row.trained for row in stations),
        "ready": sum(row.ready for row in stations),
    }


class _Known:
    """What is recorded of the cycle, by person: in whichever mandate somebody was there, they were there."""

    def __init__(self, cycle: Cycle) -> None:
        rows = Attendance.objects.filter(training__cycle=cycle)
        self.present = set(rows.filter(state=Attendance.State.PRESENT).values_list("mandate__person", flat=True))
        self.named = not Training.objects.filter(cycle=cycle, attendance=None).exists()
        papers = Material.objects.filter(cycle=cycle, is_key=True, withdrawn_at=None)
        self.materials = papers.count()
        self.read: dict[int, int] = defaultdict(int)
        opened = MaterialRead.objects.filter(material__in=papers.values("pk"))
        for person in opened.values_list("user__person", flat=True):
            self.read[person] += 1

    def of(self, mandate: Mandate) -> Ready:
        """One deputy."""
        there = mandate.person_id in self.present
        trained = True if there else (False if self.named else None)
        return Ready(mandate, trained, self.read[mandate.person_id], self.materials)
