"""How far each station has come in each step, with the leader responsible: on screen and as a workbook."""

from io import BytesIO

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from accounts.actor import Actor
from deliberations.coverage import by_leader, coverage, step_days
from deliberations.models import Cycle
from deliberations.policies.cycles import can_see_coverage
from deliberations.reports.coverage import file_name, sheets
from files import workbooks
from files.downloads import content_response
from files.signatures import BY_ENDING
from workflow.engine import permit


def matrix(request: HttpRequest, pk: int) -> HttpResponse:
    """Stations by steps; an unvisited station stands out weeks ahead."""
    actor = request.actor  # type: ignore[attr-defined]
    cycle = _cycle(actor, pk)
    rows = coverage(cycle)
    context = {
        "own": [row for row in rows if any(person.pk == actor.person_id for person in row.leaders)],
        "cycle": cycle,
        "rows": rows,
        "steps": step_days(cycle),
        "leaders": by_leader(rows),
        "unvisited": sum(row.is_unvisited for row in rows),
    }
    return render(request, "deliberations/coverage.html", context)


def workbook(request: HttpRequest, pk: int) -> HttpResponse:
    """The same as a workbook."""
    cycle = _cycle(request.actor, pk)  # type: ignore[attr-defined]
    out = BytesIO()
    workbooks.write(out, sheets(cycle))
    return content_response(out.getvalue(), file_name(cycle), BY_ENDING[".xlsx"].content_type)


def _cycle(actor: Actor, pk: int) -> Cycle:
    cycle = get_object_or_404(Cycle.objects.visible_to(actor), pk=pk)
    permit(can_see_coverage(actor))
    return cycle
