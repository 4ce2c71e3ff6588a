"""The duty-allowance sheet of a station: on screen to tick who receives it, on paper to sign, as Excel."""

from io import BytesIO
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from deliberations.models import Cycle
from files import signatures, workbooks
from files.downloads import content_response
from stations.models import Station
from stations.policies import can_see_record
from supervision import allowance
from supervision.forms.allowance import SpanForm
from workflow.engine import permit

XLSX = signatures.BY_ENDING[".xlsx"].content_type


def page(request: HttpRequest, pk: int) -> HttpResponse:
    """Who was found somewhere in the time chosen, on how many days; and whether the county pays at all."""
    context = _context(request, pk)
    return render(request, "supervision/allowance.html", context, status=200 if context["span"] else 422)


def sheet(request: HttpRequest, pk: int) -> HttpResponse:
    """To print and sign."""
    return render(request, "supervision/allowance_sheet.html", _context(request, pk))


def workbook(request: HttpRequest, pk: int) -> HttpResponse:
    """As Excel."""
    told = _context(request, pk)
    out = BytesIO()
    if told["span"] is None:
        return render(request, "supervision/allowance.html", told, status=422)
    workbooks.write(out, allowance.sheets(told["station"], told["span"], told["paid"], told["per_day"]))
    return content_response(out.getvalue(), f"{told['station'].name}{told['span'].title}补助发放表.xlsx", XLSX)


def _context(request: HttpRequest, pk: int) -> dict[str, Any]:
    actor = request.actor  # type: ignore[attr-defined]
    station = get_object_or_404(Station.objects.visible_to(actor), pk=pk)
    permit(can_see_record(actor, station))
    cycles = Cycle.objects.visible_to(actor).filter(stations__station=station).order_by("-year", "-pk")
    form = SpanForm(request.GET, cycles=cycles)
    span = form.span if form.is_valid() else None
    per_day = allowance.standard(span) if span else 0
    rows = allowance.earned(station, span) if span and per_day else []
    chosen = set(request.GET.getlist("who"))
    # nobody is ticked on a page that was just opened; then everybody is proposed
    ticked = [row for row in rows if str(row.person) in chosen] if "chosen" in request.GET else rows
    days = sum(row.count for row in ticked)
    for row in rows:
        row.is_paid, row.amount = row in ticked, row.count * per_day  # type: ignore[attr-defined]
    return {
        "station": station, "form": form, "span": span, "per_day": per_day, "rows": rows, "paid": ticked,
        "days": days, "amount": days * per_day, "asked": request.GET.urlencode(),
    }  # fmt: skip
