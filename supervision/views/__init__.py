"""Pages that look across: the workbench and the reports."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from files.transitions import enqueue
from supervision import policies, workbench
from supervision.reports import REPORTS
from workflow import clock
from workflow.engine import Invalid, permit


def workbench_page(request: HttpRequest) -> HttpResponse:
    """What waits for me today, what is late, what comes next."""
    actor = request.actor  # type: ignore[attr-defined]
    context = {
        "tiles": workbench.tiles(request),
        "urgent": workbench.urgent(actor),
        "handles": workbench.handles(actor),
        "today": clock.today(),
    }
    return render(request, "supervision/workbench.html", context)


def reports(request: HttpRequest) -> HttpResponse:
    """The catalogue of workbooks."""
    permit(policies.can_make_report(request.actor))  # type: ignore[attr-defined]
    return render(request, "supervision/reports.html", {"reports": REPORTS.values()})


@require_POST
def make_report(request: HttpRequest, name: str) -> HttpResponse:
    """Ask for a workbook; it is made by a job with a progress bar."""
    actor = request.actor  # type: ignore[attr-defined]
    permit(policies.can_make_report(actor))
    if name not in REPORTS:
        raise Invalid("name", "unknown_report", _("There is no such report."))
    job = enqueue("report", key=f"report:{name}:{actor.post.pk}", args={"name": name}, actor=actor)
    messages.info(request, _("The workbook is being made; you can leave this page."))
    return redirect("files:job", job.uuid)
