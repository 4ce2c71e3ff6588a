"""The page of each act on reception days, and which acts are open."""

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse

from stations.models import Duty, ReceptionDay, ReceptionFile, ReceptionRule, Station
from stations.transitions.reception_machine import ReceptionVerb
from stations.views.reception_catalogue import DAY_ACTS, DUTY_ACTS, END_RULE, REMOVE_PAPER, STATION_ACTS
from workflow.acting import Act, act_page
from workflow.engine import Conflict


def station_act(request: HttpRequest, pk: int, verb: str) -> HttpResponse:
    """An act on the reception days of a station."""
    rows = Station.objects.visible_to(request.actor).select_related("township")  # type: ignore[attr-defined]
    station = get_object_or_404(rows, pk=pk)
    back = reverse("stations:receptions", args=[pk])
    return act_page(request, _named(STATION_ACTS, verb), station, station, back=back)


def end_rule(request: HttpRequest, pk: int) -> HttpResponse:
    """The end of a rule."""
    rows = ReceptionRule.objects.visible_to(request.actor).select_related("station")  # type: ignore[attr-defined]
    rule = get_object_or_404(rows, pk=pk)
    back = reverse("stations:receptions", args=[rule.station_id])
    return act_page(request, END_RULE, rule.station, rule, back=back)


def day_act(request: HttpRequest, pk: int, verb: str) -> HttpResponse:
    """An act on a reception day."""
    rows = ReceptionDay.objects.visible_to(request.actor).select_related("station")  # type: ignore[attr-defined]
    day = get_object_or_404(rows, pk=pk)
    return act_page(request, _named(DAY_ACTS, verb), day.station, day, back=_page_of(day))


def duty_act(request: HttpRequest, pk: int, duty: int, verb: str) -> HttpResponse:
    """An act on a duty; a deputy comes from the list of their own and goes back there."""
    actor = request.actor  # type: ignore[attr-defined]
    rows = Duty.objects.visible_to(actor).select_related("day__station", "mandate__person", "mandate__term")
    row = get_object_or_404(rows, pk=duty, day=pk)
    back = reverse("stations:my_duties") if actor.is_deputy else _page_of(row.day)
    about = f"{row.day} {row.mandate.person.name}"
    return act_page(request, _named(DUTY_ACTS, verb), row.day.station, row, back=back, lead=about)


def remove_paper(request: HttpRequest, pk: int, paper: int) -> HttpResponse:
    """A photo that does not belong there."""
    days = ReceptionDay.objects.visible_to(request.actor)  # type: ignore[attr-defined]
    rows = ReceptionFile.objects.filter(day__in=days).select_related("day__station", "file")
    row = get_object_or_404(rows, pk=paper, day=pk)
    return act_page(request, REMOVE_PAPER, row.day.station, row, back=_page_of(row.day))


def station_buttons(station: Station) -> list[dict[str, Any]]:
    """What whoever keeps the reception days of a station can do now."""
    return _open(STATION_ACTS, station, lambda act: reverse("stations:reception_of", args=[station.pk, act.verb.value]))


def day_buttons(day: ReceptionDay) -> list[dict[str, Any]]:
    """What whoever keeps a reception day can do now with it."""
    return _open(DAY_ACTS, day, lambda act: reverse("stations:reception_act", args=[day.pk, act.verb.value]))


def duty_buttons(duty: Duty, *, own: bool = False) -> list[dict[str, Any]]:
    """What whoever keeps the roster can do now with a duty, or a deputy with the ``own``."""
    acts = {verb: act for verb, act in DUTY_ACTS.items() if own == (act.verb == ReceptionVerb.ASK_SUBSTITUTE)}
    return _open(acts, duty, lambda act: reverse("stations:duty_act", args=[duty.day_id, duty.pk, act.verb.value]))


def _open(acts: dict[str, Act], subject: Any, url: Callable[[Act], str]) -> list[dict[str, Any]]:
    """The acts that are possible now; whether they are allowed was asked once for all of them."""
    return [
        {"label": act.label, "url": url(act), "style": act.style} for act in acts.values() if _is_possible(act, subject)
    ]


def _is_possible(act: Act, subject: Any) -> bool:
    try:
        act.check(subject)
    except Conflict:
        return False
    return True


def _named(acts: dict[str, Any], verb: str) -> Any:
    if verb not in acts:
        raise Http404
    return acts[verb]


def _page_of(day: ReceptionDay) -> str:
    return reverse("stations:reception", args=[day.pk])
