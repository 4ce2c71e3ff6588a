"""Sheets with the codes of a station and its deputies, to be printed; and what the public page of a deputy says."""

from functools import partial
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.actor import Actor
from stations import policies
from stations.forms.pages import PageForm
from stations.models import Mandate, Station
from stations.transitions import pages
from stations.transitions.machines import MANDATE, STATION, Verb
from workflow import clock
from workflow.acting import Act, act_page, catalogue, offered
from workflow.engine import permit
from workflow.forms import ReasonForm


def _of_mandate(actor: Actor, mandate: Mandate) -> bool:
    """Without a station there is no record to write in; then it is staff who assign one."""
    return actor.is_staff if mandate.station is None else policies.can_keep_pages(actor, mandate.station)


_on_station = partial(Act, allowed=policies.can_keep_pages, subject=Station, require=STATION.require)
_on_mandate = partial(Act, allowed=_of_mandate, subject=Mandate, require=MANDATE.require)

_OPEN_NOTE = _("Every deputy in office gets a public page with name, level, district and station, and a code.")
_RENEW_NOTE = _("The old code leads nowhere from now on: print the new one and take the old one down.")

STATION_ACTS = catalogue(
    _on_station(
        Verb.OPEN_PAGES,
        _("Open pages for all deputies"),
        pages.open_pages,
        note=_OPEN_NOTE,
        style="primary",
        ready=pages.require_lacking,
    ),
    _on_station(Verb.RENEW_CODE, _("Renew the code"), pages.renew_code, form=ReasonForm, note=_RENEW_NOTE),
)
PAGE_ACTS = catalogue(
    _on_mandate(
        Verb.WRITE_PAGE, _("Write the page"), pages.write_page, form=PageForm, submit=_("Save"), style="primary"
    ),
    _on_mandate(
        Verb.RENEW_DEPUTY_CODE,
        _("Renew the code"),
        pages.renew_deputy_code,
        form=ReasonForm,
        note=_RENEW_NOTE,
        ready=pages.require_page,
    ),
)


def station_code(request: HttpRequest, pk: int) -> HttpResponse:
    """The station's code on a sheet for the door."""
    station = _station(request, pk)
    acts = [act for act in _station_buttons(request, station) if act["verb"] == Verb.RENEW_CODE.value]
    return render(request, "stations/code.html", {"station": station, "acts": acts})


def deputy_codes(request: HttpRequest, pk: int) -> HttpResponse:
    """The codes of the station's deputies, as cards for wall and pocket."""
    station = _station(request, pk)
    rows = Mandate.objects.public(clock.today()).filter(station=station, page__isnull=False)
    context = {
        "station": station,
        "deputies": rows.select_related("person", "page", "district").order_by("person__pinyin", "pk"),
        "lacking": pages.without_page(station).count(),
        "acts": [act for act in _station_buttons(request, station) if act["verb"] == Verb.OPEN_PAGES.value],
    }
    return render(request, "stations/codes.html", context)


def deputy_page(request: HttpRequest, pk: int) -> HttpResponse:
    """What the public sees of a deputy, the code that leads there, and what can be changed."""
    mandate = _mandate(request, pk)
    permit(_of_mandate(request.actor, mandate))  # type: ignore[attr-defined]
    context = {
        "mandate": mandate,
        "page": getattr(mandate, "page", None),
        "is_public": mandate.is_active(clock.today()),
        "acts": _page_buttons(request, mandate),
    }
    return render(request, "stations/deputy_page.html", context)


def station_act(request: HttpRequest, pk: int, verb: str) -> HttpResponse:
    """An act on the codes of a station."""
    station = get_object_or_404(Station.objects.visible_to(request.actor), pk=pk)  # type: ignore[attr-defined]
    name = "codes" if verb == Verb.OPEN_PAGES.value else "code"
    return act_page(request, STATION_ACTS[verb], station, station, back=reverse(f"stations:{name}", args=[pk]))


def page_act(request: HttpRequest, pk: int, verb: str) -> HttpResponse:
    """An act on a deputy's public page; its case is the station where it is recorded."""
    mandate = _mandate(request, pk)
    back = reverse("stations:deputy_page", args=[pk])
    return act_page(request, PAGE_ACTS[verb], mandate.station, mandate, back=back)


def _station(request: HttpRequest, pk: int) -> Station:
    """The station, for whoever keeps its codes."""
    actor = request.actor  # type: ignore[attr-defined]
    station = get_object_or_404(Station.objects.visible_to(actor).select_related("township"), pk=pk)
    permit(policies.can_keep_pages(actor, station))
    return station


def _mandate(request: HttpRequest, pk: int) -> Mandate:
    rows = Mandate.objects.visible_to(request.actor)  # type: ignore[attr-defined]
    return get_object_or_404(rows.select_related("person", "term", "station", "district", "page__photo"), pk=pk)


def _station_buttons(request: HttpRequest, station: Station) -> list[dict[str, Any]]:
    actor = request.actor  # type: ignore[attr-defined]
    address = partial(_address, "stations:code_act", station.pk)
    return offered(STATION_ACTS.values(), actor, station, address)


def _page_buttons(request: HttpRequest, mandate: Mandate) -> list[dict[str, Any]]:
    if mandate.station is None:
        return []
    actor = request.actor  # type: ignore[attr-defined]
    return offered(PAGE_ACTS.values(), actor, mandate, partial(_address, "stations:page_act", mandate.pk))


def _address(name: str, pk: int, act: Act) -> str:
    return reverse(name, args=[pk, act.verb.value])
