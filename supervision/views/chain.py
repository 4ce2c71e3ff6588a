"""The chain page of a suggestion."""

from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from suggestions.models import CoSignature, Suggestion
from supervision.chain import chain_of


def chain(request: HttpRequest, pk: int) -> HttpResponse:
    """From the voter's words to the voter's being told, and back, on one page (scenario 5)."""
    actor = request.actor  # type: ignore[attr-defined]
    rows = Suggestion.objects.visible_to(actor).with_judged().select_related(
        "lead__person", "continued_by__person", "raised_by__person", "field", "key_resolution", "closing_resolution",
        "supervising_leader", "supervising_body",
    )  # fmt: skip
    signed = CoSignature.objects.select_related("mandate__person")
    case = get_object_or_404(rows.prefetch_related(Prefetch("cosignatures", signed)), pk=pk)
    return render(request, "supervision/chain.html", {"suggestion": case, "parts": chain_of(case, actor)})
