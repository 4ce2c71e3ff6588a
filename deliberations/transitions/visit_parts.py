"""What hangs on a visit beside its columns: who else went, leaders, papers, what was told, who came (F10, F13)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from accounts.models import Person
from deliberations.models import ConveyedMatter, Guests, Material, Visit, VisitDeputy, VoterCategory
from deliberations.transitions.visit_facts import check_active
from stations.models import Mandate
from workflow.engine import Invalid


@dataclass(frozen=True)
class Conveyed:
    """One matter that was told: of which of the four kinds, in words or by a paper (R44)."""

    kind: str
    text: str = ""
    material: Material | None = None


@dataclass(frozen=True)
class Parts:
    """All of it as it shall be; ``further`` are the deputies beside the one who noted it."""

    further: Sequence[Mandate] = ()
    leaders: Sequence[Person] = ()
    materials: Sequence[Material] = ()
    conveyed: Sequence[Conveyed] = ()
    #: How many of each kind of invitee came (R43).
    guests: Mapping[str, int] = field(default_factory=dict)


def check_parts(parts: Parts, case: Visit, on: date, deputies: Sequence[Mandate]) -> None:
    """Raise Invalid for a deputy of another station, named twice or not in office; for impossible guests."""
    for mandate in parts.further:
        if mandate.station_id != case.station_id:
            sentence = _("%(name)s belongs to another station.")
            raise Invalid("further", "other_station", sentence, name=mandate.person.name)
    people = [mandate.pk for mandate in (*deputies, *parts.further)]
    if len(set(people)) != len(people):
        raise Invalid("further", "twice", _("Someone is named twice."))
    for mandate in parts.further:
        try:
            check_active(mandate, on)
        except Invalid as refused:
            raise Invalid("further", refused.code, refused.sentence) from refused
    if any(kind not in VoterCategory or number < 0 for kind, number in parts.guests.items()):
        raise Invalid("guests", "impossible", _("Say how many of each kind came."))


def save_parts(case: Visit, parts: Parts) -> dict[str, Any]:
    """Write them down; what differs is returned as the record tells it, without any name."""
    before = _told(case)
    first = case.visitors.first()
    kept = [first.mandate_id] if first else []
    case.visitors.exclude(mandate__in=[*kept, *(row.pk for row in parts.further)]).delete()
    there = set(case.visitors.values_list("mandate_id", flat=True))
    VisitDeputy.objects.bulk_create(
        VisitDeputy(visit=case, mandate=row) for row in parts.further if row.pk not in there
    )
    case.leaders.set(parts.leaders)
    case.materials.set(parts.materials)
    _save_rows(case, parts)
    after = _told(case)
    return {name: [before[name], after[name]] for name in before if before[name] != after[name]}


def _save_rows(case: Visit, parts: Parts) -> None:
    told = [(row.kind, row.text.strip(), row.material) for row in parts.conveyed if row.text.strip() or row.material]
    before = [(row.kind, row.text, row.material) for row in case.conveyed.select_related("material")]
    if told != before:
        case.conveyed.all().delete()
        ConveyedMatter.objects.bulk_create(
            ConveyedMatter(visit=case, kind=kind, text=text, material=paper) for kind, text, paper in told
        )
    case.guests.all().delete()
    Guests.objects.bulk_create(
        Guests(visit=case, category=kind, number=number) for kind, number in parts.guests.items() if number
    )


def _told(case: Visit) -> dict[str, Any]:
    """In keys and numbers, of what is there now."""
    return {
        "deputies": [str(uuid) for uuid in case.visitors.values_list("mandate__uuid", flat=True)],
        "leaders": sorted(case.leaders.values_list("pk", flat=True)),
        "materials": sorted(str(uuid) for uuid in case.materials.values_list("uuid", flat=True)),
        "conveyed": sorted(f"{row.kind}:{row.pk}" for row in case.conveyed.all()),
        "guests": {row.category: row.number for row in case.guests.order_by("category")},
    }


def parts_of(case: Visit) -> Parts:
    """As it stands."""
    rows = list(case.visitors.select_related("mandate__person"))
    return Parts(
        further=[row.mandate for row in rows[1:]],
        leaders=list(case.leaders.all()),
        materials=list(case.materials.all()),
        conveyed=[Conveyed(row.kind, row.text, row.material) for row in case.conveyed.select_related("material")],
        guests={row.category: row.number for row in case.guests.all()},
    )


def missing(case: Visit) -> list[Any]:
    """Which of the five kinds of invitees did not come to a voters' meeting (scenario 2)."""
    if case.kind != Visit.Kind.VOTER_MEETING:
        return []
    there = {row.category for row in case.guests.all()}
    return [kind.label for kind in VoterCategory if kind not in there]
