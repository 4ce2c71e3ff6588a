"""Supervision cards: the list, one card, the sheet that is signed on paper, and the signed sheet itself."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _

from accounts.actor import Actor
from files.documents import writing
from files.downloads import attachment_response, content_response
from suggestions.models import Suggestion
from supervision import documents, policies
from supervision.card_contents import told
from supervision.deadlines import card_light, has_ended
from supervision.filters import CardFilter
from supervision.models import Card, CardVersion
from supervision.querysets import without_card
from supervision.transitions.card_facts import host_of
from supervision.views.card_acts import acts_for
from supervision.views.card_timeline import timeline
from workflow.paging import listing

#: One's own first, those struck off last, the most pressing before the others.
ORDER = (("own", "asc"), ("over", "asc"), ("due_on", "asc"), ("pk", "desc"))


def card_list(request: HttpRequest) -> HttpResponse:
    """The cards one may see, above them the key suggestions that have none yet."""
    actor = request.actor  # type: ignore[attr-defined]
    rows = Card.objects.visible_to(actor).with_last_version().own_first(actor)
    context = listing(request, rows, CardFilter, ORDER, counted=_("%(count)s cards"))
    for row in context["rows"]:
        row.light = _light(row)
    context["lacking"] = _lacking(actor)
    return render(request, "supervision/cards.html", context)


def detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One card: who supervises, who is responsible, by when, what came of it, and every version of it."""
    actor = request.actor  # type: ignore[attr-defined]
    card = _card(actor, pk)
    context = told(card, actor)
    host = host_of(card.suggestion)
    context |= {
        "light": _light(card),
        "ended": has_ended(card.suggestion),
        "other_host": host.organ if host and host.organ_id != context["version"].organ_id else None,
        "acts": acts_for(actor, card),
        "events": timeline(card),
    }
    return render(request, "supervision/card.html", context)


def sheet(request: HttpRequest, pk: int) -> HttpResponse:
    """The card as it is printed and signed by hand."""
    actor = request.actor  # type: ignore[attr-defined]
    card = _card(actor, pk)
    return render(request, "supervision/card_sheet.html", told(card, actor))


def card_document(request: HttpRequest, pk: int) -> HttpResponse:
    """The card as a Word document."""
    actor = request.actor  # type: ignore[attr-defined]
    card = _card(actor, pk)
    content = writing.render(documents.CARD, [documents.card(card, actor)])
    return content_response(content, documents.card_name(card), writing.WORD)


def signed_sheet(request: HttpRequest, pk: int, version: int) -> HttpResponseBase:
    """The signed sheet of a version of a card that one may see."""
    visible = Card.objects.visible_to(request.actor)  # type: ignore[attr-defined]
    rows = CardVersion.objects.filter(card__in=visible).exclude(signed_sheet=None).select_related("signed_sheet")
    found: Any = get_object_or_404(rows, card=pk, version=version)
    return attachment_response(request, found.signed_sheet)


def _card(actor: Actor, pk: int) -> Card:
    rows = Card.objects.visible_to(actor).with_last_version()
    return get_object_or_404(
        rows.select_related("suggestion__key_resolution", "suggestion__lead__station", "suggestion__cycle"), pk=pk
    )


def _light(card: Any) -> Any:
    return card_light(card.status, card.due_on, card.issued_on, has_ended=has_ended(card.suggestion))


def _lacking(actor: Actor) -> list[Suggestion]:
    """For the committee: the key suggestions without a card."""
    if not actor.is_committee:
        return []
    rows = list(without_card(Suggestion.objects.visible_to(actor)))
    for row in rows:
        row.may_fill = policies.can_fill_card(actor, row)  # type: ignore[attr-defined]
    return rows
