"""The list of stations and the page of one."""

from typing import Any

from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _

from stations import policies
from stations.filters import StationFilter
from stations.models import Mandate, Station, StationStaff
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
    context = {
        "station": station,
        "staff": StationStaff.objects.on_duty(clock.today()).filter(station=station).select_related("person"),
        "deputies": _deputies(station),
        "may_keep": policies.can_keep_roster(actor),
        "sees_staff_phones": policies.can_see_staff_phones(actor, station),
        "sees_phones": actor.is_staff or policies.runs_station(actor, station.pk),
        "acts": acts.station_buttons(actor, station),
        "events": timeline.of_station(station, actor) if sees_record else [],
    }
    return render(request, "stations/detail.html", context)


def _deputies(station: Station) -> Any:
    """Who belongs to the station and is not out of office."""
    rows = Mandate.objects.in_office(clock.today()).filter(station=station)
    return rows.select_related("person", "term", "delegation").order_by("certificate_no", "pk")
