"""What the public reads without sign-in: the stations, one of them, a deputy, the topics of the running cycle."""

from itertools import groupby
from typing import Any

from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _

from accounts.public import open_page
from deliberations.forms.messages import StationSearchForm
from deliberations.models import Topic
from files.downloads import picture_response
from stations.models import Duty, Level, Mandate, ReceptionDay, Station
from stations.public import deputy_of, station_of
from workflow import clock
from workflow.text import fold

#: Reception days that a page announces.
AHEAD = 3


@open_page
def stations(request: HttpRequest) -> HttpResponse:
    """The county's stations by township, or those that a word finds."""
    form = StationSearchForm(request.GET)
    words = form.cleaned_data["q"] if form.is_valid() else ""
    rows = Station.objects.public().select_related("township").order_by("township__pinyin", "township", "code")
    if words:
        rows = rows.filter(search_text__contains=fold(words))
    groups = [(township, list(found)) for township, found in groupby(rows, lambda row: row.township)]
    return render(request, "deliberations/public/stations.html", {"form": form, "groups": groups, "words": words})


@open_page
def station(request: HttpRequest, code: str) -> HttpResponse:
    """One station: where it is, its deputies, when they receive, what is deliberated, how to write."""
    row = station_of(code)
    if row is None:
        return no_such_code(request)
    context = {
        "station": row,
        "deputies": _deputies(row),
        "days": _days(row),
        "topics": Topic.objects.public().filter(cycle__stations__station=row).order_by("pk"),
    }
    return _not_listed(render(request, "deliberations/public/station.html", context))


@open_page
def deputy(request: HttpRequest, code: str) -> HttpResponse:
    """One deputy: name, level, district, station, when on duty, how to write. No number stands here."""
    mandate = deputy_of(code)
    if mandate is None:
        return no_such_code(request)
    open_station = mandate.station if mandate.station and mandate.station.status == Station.Status.ACTIVE else None
    context = {"mandate": mandate, "station": open_station, "days": _duties(mandate) if open_station else []}
    return _not_listed(render(request, "deliberations/public/deputy.html", context))


@open_page
def photo(request: HttpRequest, code: str) -> HttpResponseBase:
    """The deputy's photo, as the pages show it."""
    mandate = deputy_of(code)
    if mandate is None or mandate.page.photo is None:
        return no_such_code(request)
    return _not_listed(picture_response(mandate.page.photo))


@open_page
def topics(request: HttpRequest) -> HttpResponse:
    """What the county deliberates now, and how to have a say."""
    rows = Topic.objects.public().select_related("cycle").order_by("-cycle__year", "cycle", "pk")
    groups = [(cycle, list(found)) for cycle, found in groupby(rows, lambda row: row.cycle)]
    return render(request, "deliberations/public/topics.html", {"groups": groups})


def no_such_code(request: HttpRequest) -> HttpResponse:
    """404: the code was renewed, mistyped or made up, which all look the same; with the way to the stations."""
    context = {"sentence": _("This code is no longer valid. Please scan the new one at the station.")}
    return render(request, "deliberations/public/no_such_code.html", context, status=404)


def _deputies(row: Station) -> list[Mandate]:
    """Of the county first, since it is the county's page; then by name."""
    found = Mandate.objects.public(clock.today()).filter(station=row)
    rows = found.select_related("person", "district", "page", "term")
    first = [Level.COUNTY, Level.TOWNSHIP, Level.CITY, Level.PROVINCE, Level.NATION]
    return sorted(rows, key=lambda mandate: (first.index(Level(mandate.level)), mandate.person.pinyin, mandate.pk))


def _days(row: Station) -> list[ReceptionDay]:
    on_duty = Duty.objects.filter(state__in=[Duty.State.DUE, Duty.State.PRESENT]).select_related("mandate__person")
    days = ReceptionDay.objects.filter(station=row, status=ReceptionDay.Status.PLANNED, on__gte=clock.today())
    return list(days.prefetch_related(Prefetch("duties", on_duty, "on_duty"))[:AHEAD])


def _duties(mandate: Mandate) -> list[ReceptionDay]:
    days = ReceptionDay.objects.filter(status=ReceptionDay.Status.PLANNED, on__gte=clock.today())
    due = days.filter(duties__mandate=mandate, duties__state=Duty.State.DUE, station=mandate.station)
    return list(due.select_related("station")[:AHEAD])


def _not_listed(response: Any) -> Any:
    """For whoever scans the code, not for collectors of names."""
    response["X-Robots-Tag"] = "noindex"
    return response
