"""From the page of a suggestion the voter behind it is told what came of it; it is written down with the visit."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.actor import Actor
from deliberations.models import Opinion
from deliberations.policies import visits as policies
from deliberations.transitions import settling
from deliberations.transitions.visit_machine import VISIT, VisitVerb
from suggestions.forms.telling import MOST_IN_MESSAGE, TellResultForm, proposed
from suggestions.models import Suggestion
from suggestions.voices import voices_of
from workflow.acting import Act, act_page


def _require(opinion: Opinion, verb: str) -> None:
    VISIT.require(opinion.visit, verb)


def _may_tell(actor: Actor, opinion: Opinion) -> bool:
    return policies.can_tell(actor, opinion.visit)


TELL = Act(
    VisitVerb.TELL,
    _("Tell the voter"),
    settling.tell_voter,
    _may_tell,
    TellResultForm,
    subject=Opinion,
    require=_require,
    ready=settling.require_untold,
    note=_("It is written down with the visit. Say it in words of your own; the voter's name does not belong here."),
    submit=_("Voter told"),
    style="primary",
)


def tell_voter(request: HttpRequest, pk: int, opinion: int) -> HttpResponse:
    """Tell one of the voters behind a suggestion; who may is decided by the visit."""
    actor = request.actor  # type: ignore[attr-defined]
    case = get_object_or_404(Suggestion.objects.visible_to(actor).select_related("lead__person"), pk=pk)
    rows = voices_of(case).visible_to(actor).select_related("visit__station", "voter")
    voice = get_object_or_404(rows, pk=opinion)
    voice.suggestion = case  # type: ignore[attr-defined]
    named = voice.voter is not None and voice.voter.is_named
    context: dict[str, Any] = {
        "suggestion": case,
        "opinion": voice,
        "may_reveal": named and policies.can_reveal(actor, voice.visit),
        "asks_reason": policies.needs_reason(actor),
        "message": proposed(case, voice, MOST_IN_MESSAGE),
    }
    back = reverse("suggestions:detail", args=[case.pk])
    return act_page(request, TELL, voice.visit, voice, back=back, template="suggestions/tell.html", **context)
