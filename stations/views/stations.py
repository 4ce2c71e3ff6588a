"""The list of stations and the page of one."""

from typing import Any

from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _

from stations import policies
from stations.filters import StationFilter
from stations.models import Level, Mandate, StandardItem, Station, StationStaff
from stations.transitions.standards import latest
from stations.views import acts, timeline
from workflow import clock
from workflow.paging import listing

_DEPUTIES = Count("mandates", filter=Q(mandates__term__is_current=True, mandates__ended_on=None))


def station_list(request: HttpRequest) -> HttpResponse:
    """The county's stations in the order of their codes."""
    actor = request.actor  # type: ignore[attr-defined]
    rows = Station.objects.visible_to(actor).select_related("township").annotate(deputies=_DEPUTIES)
    context = listing(request, rows, StationFilter, (("code", "asc"),), counted=_("%(count)s stations"))
    context["may_add"] = policies.can_keep_roster(actor)
    return render(request, "stations/list.html", context)


def detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One station: where it is, who runs it, who its deputies are, what happened."""
    actor = request.actor  # type: ignore[attr-defined]
    station = get_object_or_404(Station.objects.visible_to(actor).select_related("township"), pk=pk)
    sees_record = policies.can_see_record(actor, station)
    deputies = list(_deputies(station))
    context = {
        "station": station,
        "levels": _levels(deputies),
        "standard": _standard(station) if sees_record else None,
        "staff": StationStaff.objects.on_duty(clock.today()).filter(station=station).select_related("person"),
        "deputies": deputies,
        "may_keep": policies.can_keep_roster(actor),
        "sees_staff_phones": policies.can_see_staff_phones(actor, station),
        "sees_phones": actor.is_staff or policies.runs_station(actor, station.pk),
        "acts": acts.station_buttons(actor, station),
        "sees_record": sees_record,
        "events": timeline.of_station(station, actor) if sees_record else [],
    }
    return render(request, "stations/detail.html", context)


def _levels(deputies: list[Mandate]) -> list[dict[str, Any]]:
    """How many deputies of each of the five levels."""
    counts = [(label, sum(row.level == level for row in deputies)) for level, label in Level.choices]
    return [{"label": label, "count": count} for label, count in counts if count]


def _standard(station: Station) -> dict[str, int]:
    """How much of the county's standard is there, and how much there must be."""
    asked, found = StandardItem.objects.in_use().values_list("pk", flat=True), latest(station)
    return {"there": sum(pk in found and found[pk].met for pk in asked), "all": len(asked)}


def _deputies(station: Station) -> Any:
    """Who belongs to the station and is not out of office."""
    rows = Mandate.objects.in_office(clock.today()).filter(station=station)
    return rows.select_related("person", "term", "delegation").order_by("certificate_no", "pk")
