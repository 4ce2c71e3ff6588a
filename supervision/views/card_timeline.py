"""The record of a card in the words of the reader."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.timeline import READ_ALONG, row
from supervision.models import Card
from supervision.transitions.card_machine import CardVerb

_VERBS = dict(CardVerb.choices)
_STATES = dict(Card.Status.choices)
#: What is told of an act beside its name; the rest stands in its words already, or is a digest.
_LABELS: Mapping[str, Any] = {
    "version": gettext_lazy("version"),
    "organ": gettext_lazy("responsible organ"),
    "co_organs": gettext_lazy("co-handling organs"),
    "due_on": gettext_lazy("to be completed by"),
    "signed_on": gettext_lazy("signed on"),
    "signed_by": gettext_lazy("signed by"),
    "on": gettext_lazy("date"),
}


def timeline(card: Card) -> list[dict[str, Any]]:
    """The card's events, newest first."""
    events = card.events.select_related(*READ_ALONG).order_by("-seq")
    return [row(event, _VERBS, _STATES, _told(event.detail.changes)) for event in events]


def _told(changes: dict[str, Any]) -> list[str]:
    return [_sentence(name, changes[name]) for name in _LABELS if changes.get(name)]


def _sentence(name: str, value: Any) -> str:
    told = (" → " if name == "due_on" else "、").join(value) if isinstance(value, list) else value
    return _("%(label)s: %(value)s") % {"label": _LABELS[name], "value": told}
