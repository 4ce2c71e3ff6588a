"""The catalogue of workbooks, and asking for one of them."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.actor import Actor
from deliberations.models import Cycle
from files.transitions import enqueue
from supervision import policies
from supervision.forms.reports import MakeReportForm
from supervision.reports import REPORTS, Report, offered
from supervision.reports.jobs import arguments
from workflow.engine import Invalid, permit


def reports(request: HttpRequest) -> HttpResponse:
    """The workbooks one may have: whose they are, what they hold, of which cycle."""
    permit(policies.can_make_reports(request.actor))  # type: ignore[attr-defined]
    return _catalogue(request)


@require_POST
def make_report(request: HttpRequest, name: str) -> HttpResponse:
    """Ask for a workbook; it is made by a job with a progress bar."""
    actor = request.actor  # type: ignore[attr-defined]
    if name not in REPORTS:
        raise Invalid("name", "unknown_report", _("There is no such report."))
    permit(policies.can_make_report(actor, name))
    form = _form(REPORTS[name], _cycles(actor), request.POST)
    if not form.is_valid():
        return _catalogue(request, {name: form}, status=422)
    cycle = form.chosen
    key = f"report:{name}:{cycle.pk if cycle else 'all'}:{actor.post.pk}"
    job = enqueue("report", key=key, args=arguments(REPORTS[name], cycle), actor=actor)
    return redirect("files:job", job.uuid)


def _catalogue(request: HttpRequest, sent: dict[str, MakeReportForm] | None = None, status: int = 200) -> HttpResponse:
    actor, sent = request.actor, sent or {}  # type: ignore[attr-defined]
    cycles = _cycles(actor)
    rows = [
        {
            "report": report,
            "form": sent.get(report.name) or _form(report, cycles),
            "is_empty": not report.rows(actor).exists(),
        }
        for report in offered(actor)
    ]
    return render(request, "supervision/reports.html", {"rows": rows}, status=status)


def _form(report: Report, cycles: list[Cycle], data: Any = None) -> MakeReportForm:
    return MakeReportForm(data, name=report.name, cycles=cycles)


def _cycles(actor: Actor) -> list[Cycle]:
    return list(Cycle.objects.visible_to(actor))
