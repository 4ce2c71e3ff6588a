"""Pages that look across: the workbench; more in the modules beside."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from deliberations.note_words import WORDS
from supervision import workbench
from workflow import clock


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
            "note_words": WORDS,
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
