"""What makes a cycle known: the article to be pasted, and a poster for the wall of each station."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from accounts.actor import Actor
from deliberations.models import Cycle, Topic
from deliberations.policies.cycles import can_see_preparation
from deliberations.publishing import article as written
from deliberations.publishing import station_path
from workflow.engine import permit

SIZES = ("a3", "a4")


def article(request: HttpRequest, pk: int) -> HttpResponse:
    """The article ready to be copied, and the poster of each station."""
    cycle = _cycle(request.actor, pk)  # type: ignore[attr-defined]
    told = written(cycle)
    rows = cycle.stations.select_related("station").order_by("station__code")
    text = "\n\n".join([told["title"], *told["paragraphs"]])
    context = {"cycle": cycle, "article": told, "text": text, "rows": rows}
    return render(request, "deliberations/article.html", context)


def poster(request: HttpRequest, pk: int, part: int) -> HttpResponse:
    """The poster of one station with its code, to be printed on A3 or A4."""
    cycle = _cycle(request.actor, pk)  # type: ignore[attr-defined]
    row = get_object_or_404(cycle.stations.select_related("station__township"), pk=part)
    size = request.GET.get("size", "a3")
    context = {
        "cycle": cycle,
        "row": row,
        "day": row.planned_on or cycle.first_meeting_on,
        "topics": cycle.topics.filter(status=Topic.Status.SELECTED),
        "path": station_path(row),
        "size": size if size in SIZES else "a3",
    }
    return render(request, "deliberations/poster.html", context)


def _cycle(actor: Actor, pk: int) -> Cycle:
    cycle = get_object_or_404(Cycle.objects.visible_to(actor), pk=pk)
    permit(can_see_preparation(actor))
    return cycle
