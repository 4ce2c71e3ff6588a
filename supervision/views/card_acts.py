"""The page of each act on a supervision card."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from files.models import Attachment
from files.uploads import store_upload
from suggestions.models import Suggestion
from supervision import policies
from supervision.card_contents import reports_on
from supervision.forms import cards as forms
from supervision.models import Card
from supervision.transitions import cards as transitions
from supervision.transitions.card_facts import require_designated
from supervision.transitions.card_machine import CARD, CardVerb
from workflow.acting import Act, act_page, catalogue, offered

_on_card = partial(Act, subject=Card, require=CARD.require)


def _in_hand(card: Card) -> None:
    require_designated(card.suggestion)


def _no_card(suggestion: Suggestion, _verb: str) -> None:
    transitions.require_no_card(suggestion)


def _to_card(request: HttpRequest, _suggestion: Suggestion, card: Card) -> HttpResponse:
    messages.success(request, _("Filled in. Print it, let it be signed, then enter the signed sheet."))
    return redirect("supervision:card", card.pk)


def _with_sheet(verb: Callable[..., Any]) -> Callable[..., Any]:
    """The verb, with the sheet that came along stored in its transaction."""

    @transaction.atomic
    def perform(card: Card, *, actor: Any, sheet: Any = None, **told: Any) -> Any:
        return verb(card, actor=actor, sheet=_stored(sheet, actor), **told)

    return perform


def _stored(sheet: Any, actor: Any) -> Attachment | None:
    return store_upload(sheet, user=actor.user) if sheet else None


FILL = Act(
    CardVerb.FILL,
    gettext_lazy("Fill in the supervision card"),
    transitions.fill_card,
    policies.can_fill_card,
    forms.CardForm,
    subject=Suggestion,
    require=_no_card,
    note=gettext_lazy("Taken from the case; change what is different. It is binding once it is signed."),
    style="primary",
    versioned=False,
    answer=_to_card,
)

ACTS = catalogue(
    _on_card(
        CardVerb.SIGN,
        gettext_lazy("Sign and issue"),
        _with_sheet(transitions.sign_card),
        policies.can_sign_card,
        forms.SignForm,
        ready=_in_hand,
        note=gettext_lazy("The organs, the deputies and the supervising body are told."),
        style="primary",
    ),
    _on_card(
        CardVerb.REPORT,
        gettext_lazy("Report completion"),
        transitions.report_completion,
        policies.can_report_completion,
        forms.ReportForm,
        ready=transitions.require_reply,
        style="primary",
    ),
    _on_card(
        CardVerb.CONCLUDE,
        gettext_lazy("Conclude"),
        transitions.conclude,
        policies.can_sign_card,
        forms.ConcludeForm,
        ready=transitions.refuse_withdrawn,
        note=gettext_lazy("A card is struck off only when the deputy is satisfied, or basically satisfied."),
        style="primary",
    ),
    _on_card(
        CardVerb.WRITE,
        gettext_lazy("Write on it"),
        transitions.write_card,
        policies.can_sign_card,
        forms.CardForm,
        ready=_in_hand,
    ),
    _on_card(
        CardVerb.AMEND,
        gettext_lazy("Amend"),
        _with_sheet(transitions.amend_card),
        policies.can_sign_card,
        forms.AmendForm,
        ready=_in_hand,
        note=gettext_lazy("The card as it stands remains readable. A later date needs an extension that was granted."),
    ),
)


def fill(request: HttpRequest, suggestion: int) -> HttpResponse:
    """Fill in the card of a key suggestion."""
    visible = Suggestion.objects.visible_to(request.actor)  # type: ignore[attr-defined]
    case = get_object_or_404(visible.select_related("key_resolution", "supervising_leader"), pk=suggestion)
    return act_page(request, FILL, None, case, back=reverse("suggestions:detail", args=[case.pk]))


def act(request: HttpRequest, pk: int, verb: str) -> HttpResponse:
    """One act on a card."""
    visible = Card.objects.visible_to(request.actor)  # type: ignore[attr-defined]
    card = get_object_or_404(visible.select_related("suggestion", "leader", "body"), pk=pk)
    actor = request.actor  # type: ignore[attr-defined]
    about = {"reported": reports_on(card, actor)[:1]} if verb == CardVerb.CONCLUDE else {}
    back = reverse("supervision:card", args=[card.pk])
    return act_page(request, ACTS[verb], card, card, back=back, template="supervision/card_act.html", **about)


def acts_for(actor: Any, card: Card) -> list[dict[str, Any]]:
    """The acts that this person can do now, as buttons."""
    return offered(ACTS.values(), actor, card, _url(card))


def _url(card: Card) -> Callable[[Act], str]:
    return lambda act: reverse("supervision:card_act", args=[card.pk, act.verb.value])
