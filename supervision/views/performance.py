"""Performance files: on screen, read out, printed, as a workbook; and what is entered by hand."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.actor import Actor
from deliberations.models import Cycle
from files.downloads import content_response
from stations.filters import MandateFilter
from stations.models import Mandate
from stations.transitions.machines import Verb
from supervision import policies
from supervision.forms.performance import EntryForm, PrintForm
from supervision.models import PerformanceEntry
from supervision.performance import periods, sheets
from supervision.performance.activities import ACTIVITIES
from supervision.performance.items import counts, items_of
from supervision.performance.points import Points
from supervision.transitions import performance
from workflow import clock
from workflow.acting import Act, act_page
from workflow.engine import permit
from workflow.forms import ReasonForm
from workflow.paging import listing

EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_ORDER = (("certificate_no", "asc"), ("pk", "asc"))
#: Files printed at once: a large delegation.
MOST_FILES = 200


def _anything(_subject: Any, _verb: str) -> None:
    """The verb itself asks whether the deputy has a station."""


ENTER = Act(
    Verb.ENTER_PERFORMANCE,
    _("Enter an activity"),
    performance.enter,
    policies.can_enter_performance,
    EntryForm,
    subject=Mandate,
    require=_anything,
    versioned=False,
)
VOID = Act(
    Verb.VOID_PERFORMANCE,
    _("Declare void"),
    performance.void,
    lambda actor, entry: policies.can_enter_performance(actor, entry.mandate),
    ReasonForm,
    subject=PerformanceEntry,
    require=_anything,
    versioned=False,
    style="danger",
)


def files(request: HttpRequest) -> HttpResponse:
    """The deputies whose files one may read, and a print of many at once. In the order of certificates: no ranking."""
    actor = request.actor  # type: ignore[attr-defined]
    permit(policies.can_print_performance(actor))
    rows = _readable(actor)
    context = listing(request, rows, MandateFilter, _ORDER, counted=_("%(count)s deputies"))
    context["print_form"] = PrintForm(mandates=rows)
    return render(request, "supervision/performance_files.html", context)


def detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One deputy's file of a year, a cycle or the term."""
    actor, mandate = _mandate(request, pk)
    cycles = list(Cycle.objects.visible_to(actor))
    period = periods.chosen(mandate, request.GET, cycles)
    items = items_of([mandate], period, actor)[pk]
    counted = counts(items)
    context = {
        "mandate": mandate,
        "period": period,
        "choices": _choices(mandate, cycles),
        "chosen": request.GET.get("period", "") or f"year-{clock.today().year}",
        "tiles": [{"label": row.label, "number": counted[code]} for code, row in ACTIVITIES.items() if counted[code]],
        "parts": sheets.parts_of(items),
        "points": _points(actor, mandate, items),
        "void": PerformanceEntry.objects.visible_to(actor).filter(mandate=mandate).exclude(voided_at=None),
        "may_enter": policies.can_enter_performance(actor, mandate),
    }
    return render(request, "supervision/performance.html", context)


def mine(request: HttpRequest) -> HttpResponse:
    """A deputy's way to the own year, of the mandate held now, else of the last."""
    actor = request.actor  # type: ignore[attr-defined]
    permit(actor.is_deputy)
    rows = list(_readable(actor).order_by("pk"))
    if not rows:
        raise Http404
    held = [row for row in rows if row.status != Mandate.Status.ENDED]
    return my_year(request, (held or rows)[0].pk)


def my_year(request: HttpRequest, pk: int) -> HttpResponse:
    """我这一年: one large page that the deputy reads out before the voters."""
    actor, mandate = _mandate(request, pk)
    years = periods.years_of(mandate)
    period = periods.chosen(mandate, request.GET, [])
    items = items_of([mandate], period, actor)[pk]
    context = {"mandate": mandate, "year": period.since.year, "years": years, "said": sheets.said_of(items)}
    context["led"] = [item for item in items if item.activity.code == "LED"]
    return render(request, "supervision/performance_year.html", context)


def print_one(request: HttpRequest, pk: int) -> HttpResponse:
    """The file of the term on A4: a summary, then a page for each year."""
    actor, mandate = _mandate(request, pk)
    context = {"files": sheets.files_of([mandate], actor), "back": reverse("supervision:performance", args=[pk])}
    return render(request, "supervision/performance_sheet.html", context)


def print_many(request: HttpRequest) -> HttpResponse:
    """The files of a station or a delegation in one print."""
    actor = request.actor  # type: ignore[attr-defined]
    permit(policies.can_print_performance(actor))
    if not request.GET:
        return redirect("supervision:performance_files")
    rows = _readable(actor)
    form = PrintForm(request.GET, mandates=rows)
    if not form.is_valid():
        context = listing(request, rows, None, _ORDER, counted=_("%(count)s deputies")) | {"print_form": form}
        return render(request, "supervision/performance_files.html", context, status=422)
    chosen = {name: value for name, value in form.cleaned_data.items() if value}
    mandates = list(rows.filter(**chosen).order_by("certificate_no", "pk")[:MOST_FILES])
    context = {"files": sheets.files_of(mandates, actor), "back": reverse("supervision:performance_files")}
    return render(request, "supervision/performance_sheet.html", context)


def workbook(request: HttpRequest, pk: int) -> HttpResponse:
    """The same as Excel."""
    actor, mandate = _mandate(request, pk)
    period = periods.chosen(mandate, request.GET, list(Cycle.objects.visible_to(actor)))
    content = sheets.workbook_of(mandate, period, items_of([mandate], period, actor)[pk])
    return content_response(content, f"{mandate.person.name}履职档案({period.label}).xlsx", EXCEL)


def enter(request: HttpRequest, pk: int) -> HttpResponse:
    """What the portal does not know."""
    _actor, mandate = _mandate(request, pk)
    return act_page(request, ENTER, mandate.station, mandate, back=reverse("supervision:performance", args=[pk]))


def void(request: HttpRequest, pk: int) -> HttpResponse:
    """An entry that was wrong."""
    actor = request.actor  # type: ignore[attr-defined]
    rows = PerformanceEntry.objects.visible_to(actor).select_related("mandate__person", "mandate__station")
    entry = get_object_or_404(rows, pk=pk)
    back = reverse("supervision:performance", args=[entry.mandate_id])
    return act_page(request, VOID, entry.mandate.station, entry, back=back)


def _mandate(request: HttpRequest, pk: int) -> tuple[Actor, Mandate]:
    """The deputy whose file may be read; to others there is none (404)."""
    actor = request.actor  # type: ignore[attr-defined]
    return actor, get_object_or_404(_readable(actor), pk=pk)


def _readable(actor: Actor) -> Any:
    rows = Mandate.objects.with_readable_file(actor, clock.today())
    return rows.select_related("person", "term__township", "delegation", "station__township", "district")


def _choices(mandate: Mandate, cycles: list[Cycle]) -> list[tuple[str, Any]]:
    years = [(f"year-{number}", str(number)) for number in reversed(periods.years_of(mandate))]
    return [*years, ("term", _("The term")), *((f"cycle-{row.pk}", row.title) for row in cycles)]


def _points(actor: Actor, mandate: Mandate, items: list[Any]) -> int | None:
    """The points, for whom they are and where the county has any; None otherwise."""
    if not policies.can_see_points(actor, mandate):
        return None
    points = Points()
    return points.total(items) if points.are_on else None
