"""A station's month on one page (screen 8), for whoever runs it and for the committee."""

from datetime import timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from accounts.models import Role
from stations import policies as stations_policies
from stations.models import Station, StationStaff
from stations.views.receptions import month_asked
from supervision import policies
from supervision.workbench import month as page
from workflow import clock
from workflow.engine import permit


def own_month(request: HttpRequest) -> HttpResponse:
    """The month of the station that one runs; of others the list of stations leads there."""
    actor = request.actor  # type: ignore[attr-defined]
    permit(policies.can_see_months(actor))
    duties = StationStaff.objects.on_duty(clock.today()).filter(person=actor.person_id)
    own = duties.order_by("station__code").first() if actor.role == Role.STATION else None
    return redirect("supervision:station_month", own.station_id) if own else redirect("stations:list")


def station_month(request: HttpRequest, pk: int) -> HttpResponse:
    """What is held in the month and what of it is done; what waits, and for whom."""
    actor = request.actor  # type: ignore[attr-defined]
    station = get_object_or_404(Station.objects.visible_to(actor).select_related("township"), pk=pk)
    permit(policies.can_see_month(actor, station))
    month = month_asked(request)
    duties = StationStaff.objects.on_duty(clock.today()).filter(person=actor.person_id)
    own = Station.objects.filter(pk__in=duties.values("station")) if actor.role == Role.STATION else []
    context = {
        "station": station,
        "month": month,
        "before": (month - timedelta(days=1)).replace(day=1),
        "after": (month + timedelta(days=31)).replace(day=1),
        "others": [row for row in own if row.pk != station.pk],
        "entries": page.entries(actor, station, month),
        "tiles": page.numbers(actor, station),
        "notices": page.notices(actor, station),
        "unanswered": page.unanswered(actor, station),
        "substitutes": page.substitutes(station),
        "next": page.next_reception(station),
        "keeps": stations_policies.can_keep_receptions(actor, station),
        "today": clock.today(),
    }
    return render(request, "supervision/month.html", context)
