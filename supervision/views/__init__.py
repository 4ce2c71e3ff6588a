"""Pages that look across: the workbench and the reports."""

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
        "heaps": workbench.heaps(actor),
        "handles": workbench.handles(actor),
        "today": clock.today(),
        "in_chair": actor.role in workbench.CHAIRS,
    }
    if actor.is_deputy:
        context |= {
            "waiting": workbench.waiting(actor),
            "liaison": workbench.liaison(actor),
            "own": workbench.own_suggestions(actor),
        }
    elif context["in_chair"]:
        context |= {"sections": workbench.today(actor), "greeting": workbench.greeting(actor)}
    elif actor.is_organ:
        rows = workbench.organ_rows(actor)
        hosted = sum(row.is_host for row in rows)
        context |= {"organ_rows": rows, "hosted": hosted, "co_hosted": len(rows) - hosted}
    else:
        pressing = workbench.urgent(actor)
        context |= {"urgent": pressing.rows, "rest": pressing.rest}
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
    return redirect("files:job", job.uuid)
