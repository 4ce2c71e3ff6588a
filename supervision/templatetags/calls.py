"""The telephone calls about a suggestion, on its page."""

from typing import Any

from django import template
from django.db.models import Q

from suggestions.models import Suggestion
from supervision import policies
from supervision.models import Call, CallItem

register = template.Library()


@register.inclusion_tag("supervision/calls_about.html", takes_context=True)
def calls_about(context: template.Context, suggestion: Suggestion) -> dict[str, Any]:
    """Who was rung up about it or its commitments, and what was answered; for the committee. One query, none for others."""
    actor = context["actor"]
    if not actor.is_committee:
        return {}
    committed = Q(commitment__reply__assignment__suggestion=suggestion)
    about = CallItem.objects.filter(Q(suggestion=suggestion) | committed).values("call")
    rows = Call.objects.visible_to(actor).made().filter(pk__in=about)
    calls = list(rows.select_related("organ", "mandate__person", "by__person"))
    return {"calls": calls, "may_open": policies.can_call(actor)}
