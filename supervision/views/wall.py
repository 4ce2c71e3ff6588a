"""What hangs on a station's wall (上墙件), on A3: the deputies' board, the rules of reception, the flow, the roster."""

from collections.abc import Callable
from typing import Any, NamedTuple

from django.core.files.storage import default_storage
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from files.documents import pdf
from files.downloads import content_response, picture_response
from files.pictures import small
from stations.models import DeputyPage, Duty, Level, Mandate, ReceptionDay, Station
from stations.policies import can_see_record
from supervision.folders.contents import LEVELS
from workflow import clock
from workflow.engine import permit

#: The highest congress first, as boards have it.
_LEVELS = (Level.NATION, Level.PROVINCE, Level.CITY, Level.COUNTY, Level.TOWNSHIP)


class Wall(NamedTuple):
    """A sheet: its title, its template, what it shows."""

    title: str
    template: str
    contents: Callable[[Station], dict[str, Any]]


def _board(station: Station) -> dict[str, Any]:
    """Active deputies with photo, level, district and the code of their public page; no number of anybody."""
    rows = Mandate.objects.active(clock.today()).filter(station=station)
    rows = rows.select_related("person", "term", "district", "page__photo")
    deputies = sorted(rows, key=lambda row: (_LEVELS.index(Level(row.level)), row.certificate_no))
    for row in deputies:
        page = getattr(row, "page", None)
        shown: Any = row
        shown.level_words = LEVELS[Level(row.level)]
        shown.has_photo = bool(page and page.photo_id)
        shown.path = reverse("public:deputy", args=[page.qr_token]) if page else _public(station)
    return {"deputies": deputies, "path": _public(station)}


def _roster(station: Station) -> dict[str, Any]:
    """The reception days of the year that stand, each with who is on duty."""
    year = clock.today().year
    rows = ReceptionDay.objects.standing().filter(station=station, on__year=year).order_by("on", "starts_at")
    days = list(rows.prefetch_related("duties__mandate__person"))
    for day in days:
        out = (Duty.State.REPLACED, Duty.State.LEAVE)
        day.names = [duty.mandate.person.name for duty in day.duties.all() if duty.state not in out]  # type: ignore[attr-defined]
    return {"days": days, "year": year}


def _with_code(station: Station) -> dict[str, Any]:
    return {"path": _public(station)}


SHEETS: dict[str, Wall] = {
    "board": Wall("代表公示栏", "supervision/wall_board.html", _board),
    "rules": Wall("接待制度", "supervision/wall_rules.html", _with_code),
    "flow": Wall("接待流程图", "supervision/wall_flow.html", _with_code),
    "roster": Wall("值班表", "supervision/wall_roster.html", _roster),
}


def overview(request: HttpRequest, pk: int) -> HttpResponse:
    """The four sheets of a station."""
    station = _station(request, pk)
    context = {"station": station, "sheets": SHEETS, "pdf": pdf.is_possible()}
    return render(request, "supervision/wall.html", context)


def sheet(request: HttpRequest, pk: int, name: str) -> HttpResponse:
    """One sheet to print."""
    station, wall = _station(request, pk), _wall(name)
    context = {"station": station, "wall": wall, **wall.contents(station)}
    if pdf.is_possible():
        context["pdf_url"] = reverse("supervision:wall_pdf", args=[pk, name])
    return render(request, wall.template, context)


def as_pdf(request: HttpRequest, pk: int, name: str) -> HttpResponse:
    """The same as PDF. Raises Conflict where the machine cannot make one."""
    station, wall = _station(request, pk), _wall(name)
    context = {"station": station, "wall": wall, **wall.contents(station)}
    photos = {
        reverse("supervision:wall_photo", args=[pk, row.pk]): _content(row)
        for row in context.get("deputies", [])
        if row.has_photo
    }
    drawn = pdf.drawn(wall.template, context, {url: content for url, content in photos.items() if content})
    return content_response(drawn, f"{station.name}{wall.title}.pdf", pdf.PDF)


def photo(request: HttpRequest, pk: int, mandate: int) -> HttpResponse:
    """The photo of a deputy on the board."""
    station = _station(request, pk)
    rows = DeputyPage.objects.exclude(photo=None).select_related("photo")
    page = get_object_or_404(rows, mandate=mandate, mandate__station=station)
    assert page.photo is not None
    return picture_response(page.photo)  # type: ignore[return-value]


def _content(row: Mandate) -> bytes:
    try:
        with default_storage.open(row.page.photo.path, "rb") as stream:  # type: ignore[union-attr]
            return small(stream.read(), 800)
    except OSError:
        return b""


def _public(station: Station) -> str:
    return reverse("public:station", args=[station.qr_token])


def _wall(name: str) -> Wall:
    if name not in SHEETS:
        raise Http404
    return SHEETS[name]


def _station(request: HttpRequest, pk: int) -> Station:
    """The station, for whoever runs it and for the committee."""
    actor = request.actor  # type: ignore[attr-defined]
    station = get_object_or_404(Station.objects.visible_to(actor).select_related("township"), pk=pk)
    permit(can_see_record(actor, station))
    return station
