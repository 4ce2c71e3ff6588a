"""Who is on duty next: whoever served least this year, and of those whoever served longest ago."""

from collections.abc import Collection
from datetime import date

from django.db.models import Count, Max, Q

from stations.models import Duty, Mandate, ReceptionDay, Station


def in_turn(station: Station, on: date, leave_out: Collection[int] = ()) -> list[Mandate]:
    """The station's deputies in the order of their turn on that day, without the persons left out.

    Suspended and former deputies are skipped; who holds two mandates is one person.
    """
    rows = Mandate.objects.active(on).filter(station=station).exclude(person__in=leave_out)
    people: dict[int, Mandate] = {}
    for row in rows.select_related("person").order_by("level", "pk"):
        people.setdefault(row.person_id, row)
    served = _served(people, on)
    never = date.min
    return sorted(
        people.values(),
        key=lambda row: (*served.get(row.person_id, (0, never)), row.certificate_no, row.pk),
    )


def fill(day: ReceptionDay, wanted: int) -> list[Mandate]:
    """Put deputies on duty in turn until there are as many as are wanted; whoever was added."""
    there = list(day.duties.values_list("mandate__person", "state"))
    coming = sum(state == Duty.State.DUE for _person, state in there)
    turn = in_turn(day.station, day.on, {person for person, _state in there})
    added = turn[: max(wanted - coming, 0)]
    Duty.objects.bulk_create([Duty(day=day, mandate=mandate) for mandate in added])
    return added


def _served(people: Collection[int], on: date) -> dict[int, tuple[int, date]]:
    """By person: how often in the year of that day, and when last before it or planned."""
    rows = Duty.objects.counting().filter(mandate__person__in=people).values("mandate__person").order_by()
    rows = rows.annotate(times=Count("pk", filter=Q(day__on__year=on.year)), last=Max("day__on"))
    return {row["mandate__person"]: (row["times"], row["last"]) for row in rows}
