"""The standard of the stations: the county's list, the county at a glance, one station, and the findings."""

from functools import partial
from io import BytesIO
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.actor import Actor
from accounts.transitions.accounts import Verb as AccountVerb
from files import workbooks
from files.downloads import content_response, picture_response
from files.signatures import BY_ENDING
from stations import policies
from stations.filters import StationFilter
from stations.forms.standards import CheckForm, CheckItemForm, ItemForm, NewItemForm
from stations.models import StandardCheck, StandardItem, Station
from stations.reports import standards as report
from stations.transitions import standards
from stations.transitions.machines import STATION, Verb
from workflow.acting import Act, act_page
from workflow.engine import Invalid, permit
from workflow.paging import listing


def _may_set(actor: Actor, _subject: Any) -> bool:
    return policies.can_set_standards(actor)


def _require(_subject: Any, _verb: str) -> None:
    """An item has no state."""


EDIT = Act(
    AccountVerb.SET_STANDARD, _("Edit"), standards.set_item, _may_set, ItemForm,
    subject=StandardItem, require=_require, versioned=False, submit=_("Save"),
)  # fmt: skip
_on_station = partial(
    Act,
    allowed=policies.can_check_standards,
    subject=Station,
    require=STATION.require,
    versioned=False,
    submit=_("Save"),
)
CHECK = _on_station(Verb.CHECK_STANDARD, _("Look what is there"), standards.check_items, form=CheckForm)
CHECK_ITEM = _on_station(Verb.CHECK_STANDARD, _("Look with a photo"), standards.check_item, form=CheckItemForm)


def overview(request: HttpRequest) -> HttpResponse:
    """Stations by items: what is there, what lacks, what nobody looked at; for the committee."""
    actor = request.actor  # type: ignore[attr-defined]
    permit(policies.can_see_standards_of_all(actor))
    items = list(StandardItem.objects.in_use())
    rows = Station.objects.visible_to(actor).select_related("township").filter(status=Station.Status.ACTIVE)
    context = listing(request, rows, StationFilter, (("code", "asc"),), counted=_("%(count)s stations"))
    found = report.findings(context["rows"])
    for row in context["rows"]:
        row.cells = [found.get((row.pk, item.pk)) for item in items]
        row.there = sum(cell is not None and cell.met for cell in row.cells)
    context |= {"items": items, "may_set": policies.can_set_standards(actor)}
    return render(request, "stations/standards.html", context)


def workbook(request: HttpRequest) -> HttpResponse:
    """The same of the whole county as a workbook."""
    actor = request.actor  # type: ignore[attr-defined]
    permit(policies.can_see_standards_of_all(actor))
    out = BytesIO()
    rows = Station.objects.visible_to(actor).select_related("township").filter(status=Station.Status.ACTIVE)
    workbooks.write(out, report.sheets(list(rows), list(StandardItem.objects.in_use())))
    return content_response(out.getvalue(), report.FILE_NAME, BY_ENDING[".xlsx"].content_type)


def item_list(request: HttpRequest) -> HttpResponse:
    """The county's list, with what is out of use; staff add to it here."""
    actor = request.actor  # type: ignore[attr-defined]
    permit(policies.can_set_standards(actor))
    form = NewItemForm(request.POST if request.method == "POST" else None, actor=actor, subject=None)
    if form.is_valid():
        try:
            standards.add_item(actor=actor, **form.told())
        except Invalid as refused:
            form.add_error(refused.field, refused.sentence)
        else:
            messages.success(request, _("Added to the list."))
            return redirect("stations:standard_items")
    context = {"items": StandardItem.objects.all(), "form": form, "submit_label": _("Add")}
    return render(request, "stations/standard_items.html", context, status=422 if form.is_bound else 200)


def edit_item(request: HttpRequest, pk: int) -> HttpResponse:
    """Rename, move, put out of use."""
    permit(policies.can_set_standards(request.actor))  # type: ignore[attr-defined]
    item = get_object_or_404(StandardItem, pk=pk)
    return act_page(request, EDIT, None, item, back=reverse("stations:standard_items"))


def of_station(request: HttpRequest, pk: int) -> HttpResponse:
    """One station: N of M, each item with what was found last, by whom and when."""
    actor = request.actor  # type: ignore[attr-defined]
    station = _station(request, pk)
    context = {
        "station": station,
        "pairs": station.standard,  # type: ignore[attr-defined]
        "there": sum(last is not None and last.met for _item, last in station.standard),  # type: ignore[attr-defined]
        "may_check": policies.can_check_standards(actor, station) and station.status == Station.Status.ACTIVE,
    }
    return render(request, "stations/station_standard.html", context)


def check(request: HttpRequest, pk: int) -> HttpResponse:
    """Note what is there and what lacks, all items on one page."""
    station = _station(request, pk)
    return act_page(request, CHECK, None, station, back=reverse("stations:standard", args=[pk]))


def check_item(request: HttpRequest, pk: int, item: int) -> HttpResponse:
    """Note one item with a photo."""
    station = _station(request, pk)
    found = {row.pk: (row, last) for row, last in station.standard}  # type: ignore[attr-defined]
    if item not in found:
        raise Http404
    station.item, station.last = found[item]  # type: ignore[attr-defined]
    back = reverse("stations:standard", args=[pk])
    return act_page(request, CHECK_ITEM, None, station, back=back, heading=station.item.name)  # type: ignore[attr-defined]


def photo(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The photo of a finding, for whoever sees the finding."""
    rows = StandardCheck.objects.visible_to(request.actor).exclude(photo=None)  # type: ignore[attr-defined]
    return picture_response(get_object_or_404(rows.select_related("photo"), pk=pk).photo)


def _station(request: HttpRequest, pk: int) -> Station:
    """With ``standard``, the items in use and the last finding of each; 403 for whom it is not for."""
    station = get_object_or_404(Station.objects.visible_to(request.actor), pk=pk)  # type: ignore[attr-defined]
    permit(policies.can_see_record(request.actor, station))  # type: ignore[attr-defined]
    last = standards.latest(station)
    station.standard = [(item, last.get(item.pk)) for item in StandardItem.objects.in_use()]  # type: ignore[attr-defined]
    return station
