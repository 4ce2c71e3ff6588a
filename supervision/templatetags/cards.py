"""The supervision card of a suggestion on its page."""

from typing import Any

from django import template

from suggestions.models import Suggestion
from supervision import policies
from supervision.deadlines import card_light, has_ended
from supervision.models import Card
from supervision.transitions.card_facts import is_supervised

register = template.Library()


@register.inclusion_tag("supervision/card_of.html", takes_context=True)
def card_of(context: template.Context, suggestion: Suggestion) -> dict[str, Any]:
    """The card as far as the reader may see it; for the committee that it is lacking. One query, none for others."""
    if not suggestion.is_key:
        return {}
    actor = context["actor"]
    card: Any = Card.objects.visible_to(actor).with_last_version().filter(suggestion=suggestion).first()
    if card is None:
        lacking = actor.is_committee and is_supervised(suggestion)
        return {"lacking": lacking, "may_fill": policies.can_fill_card(actor, suggestion), "suggestion": suggestion}
    light = card_light(card.status, card.due_on, card.issued_on, has_ended=has_ended(suggestion))
    return {"card": card, "light": light}
