"""The two ledgers of stations on screen (tables 11 and 12): what was done, and what voters said and what came of it."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.actor import Actor
from accounts.models import Role
from supervision import policies
from supervision.forms.ledgers import ActivityLedgerForm, OpinionLedgerFilter
from supervision.reports import activities, station_ledger
from workflow.chips import chips
from workflow.engine import permit
from workflow.paging import SIZE, Page, listing
from workflow.text import number

_ORDER = (("visit__on", "desc"), ("pk", "desc"))
#: Further than this nobody turns pages; days narrow the ledger.
_FARTHEST = 100_000


def opinions(request: HttpRequest) -> HttpResponse:
    """A row per voter's opinion, newest first."""
    actor = request.actor  # type: ignore[attr-defined]
    permit(policies.can_make_report(actor, "station_ledger"))
    rows = station_ledger.opinions(actor)
    context = listing(
        request,
        rows,
        OpinionLedgerFilter,
        _ORDER,
        counted=_("%(count)s opinions"),
        shown=lambda found: station_ledger.with_all(found, actor),
    )
    several = actor.role != Role.STATION
    told = station_ledger.told(context["rows"], actor, False) if context["rows"] else []
    for row, cells in zip(context["rows"], told, strict=True):
        names = ("on", "deputies", "voter", "village", "words", "field", "route", "handler", "result", "told")
        row.shown = dict(zip(names, cells, strict=True))
    return render(request, "supervision/opinion_ledger.html", context | {"several": several, "tabs": _tabs(actor, 12)})


def activity_list(request: HttpRequest) -> HttpResponse:
    """A row per activity, newest first."""
    actor = request.actor  # type: ignore[attr-defined]
    permit(policies.can_make_report(actor, "activities"))
    form = ActivityLedgerForm(request.GET)
    page, rows = _page(request, actor, form) if form.is_valid() else (Page([], 0, False), [])
    context = {
        "page": page,
        "rows": rows,
        "filter_form": form,
        "chips": chips(form, request.GET),
        "counted": _("%(count)s activities") % {"count": page.counted},
        "several": actor.role != Role.STATION,
        "tabs": _tabs(actor, 11),
    }
    return render(request, "supervision/activity_ledger.html", context)


def _page(request: HttpRequest, actor: Actor, form: ActivityLedgerForm) -> tuple[Page, list[activities.Activity]]:
    """A page by its place in the list; the rows stand in four tables, so no key leads from one to the next."""
    found = activities.keys(actor, activities.Wanted(**form.cleaned_data))
    place = _place(request)
    keys = list(found.order_by("-day", "source", "-key")[place : place + SIZE + 1])
    newer = str(max(place - SIZE, 0)) if place else ""
    older = str(place + SIZE) if len(keys) > SIZE else ""
    rows = activities.activities(keys[:SIZE])
    return Page(rows, found.count(), False, newer, older), rows


def _place(request: HttpRequest) -> int:
    asked = number(request.GET.get("after", "") or request.GET.get("before", "")) or 0
    return min(asked, _FARTHEST)


def _tabs(actor: Actor, table: int) -> list[dict[str, Any]]:
    """Both ledgers where one may read both."""
    found = [
        (11, _("Activities"), "activities", "supervision:activity_ledger"),
        (12, _("Visits and receptions"), "station_ledger", "supervision:opinion_ledger"),
    ]
    return [
        {"label": label, "url": reverse(path), "current": which == table, "count": None}
        for which, label, name, path in found
        if policies.can_make_report(actor, name)
    ]
