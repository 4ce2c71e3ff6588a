"""The Word documents that a case page offers to its reader."""

from typing import Any

from django import template
from django.urls import reverse
from django.utils.translation import gettext as _

from suggestions.models import Assignment, Suggestion
from suggestions.policies.documents import can_have_letter, can_have_slip

register = template.Library()


@register.inclusion_tag("suggestions/documents.html", takes_context=True)
def documents_of(context: template.Context, suggestion: Suggestion, rounds: list[Assignment]) -> dict[str, Any]:
    """Slips, letter and opinion forms, of what the page has read; no query."""
    actor = context["actor"]
    present = [part for part in rounds if part.round == suggestion.round]
    links = [link for part in present if can_have_letter(actor, part) for link in _of_part(suggestion, part)]
    given = [row for row in suggestion.hand_overs.all() if can_have_slip(actor, row, rounds)]
    return {"links": [*links, *(_slip(suggestion, row) for row in given)]}


def _of_part(suggestion: Suggestion, part: Assignment) -> list[dict[str, Any]]:
    of_part = [suggestion.pk, part.pk]
    return [
        {"label": label, "url": reverse(f"suggestions:{name}", args=[*of_part, *kind])}
        for label, name, kind in (
            (_("Reply letter with red head"), "letter_document", ["headed"]),
            (_("Reply letter without head"), "letter_document", ["plain"]),
            (_("Opinion forms"), "opinion_forms", []),
        )
    ]


def _slip(suggestion: Suggestion, row: Any) -> dict[str, Any]:
    label = _("Hand-over slip %(number)s") % {"number": row.slip_no}
    return {"label": label.strip(), "url": reverse("suggestions:slip", args=[suggestion.pk, row.pk])}
