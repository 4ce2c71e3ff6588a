"""The way from the list of suggestions to what is still being written."""

from typing import Any

from django import template

from suggestions import draft_lists
from suggestions.policies import drafting as policies

register = template.Library()


@register.simple_tag(takes_context=True)
def draft_tabs(context: template.Context, current: str = draft_lists.MINE) -> list[dict[str, Any]]:
    """The tabs of a deputy's lists; none for others, whose drafts have a page of their own."""
    actor = context["actor"]
    return draft_lists.tabs(actor, current) if actor.is_deputy else []


@register.simple_tag(takes_context=True)
def sees_drafts(context: template.Context) -> bool:
    """Whether drafts are written or kept under this post."""
    return policies.can_see_drafts(context["actor"])
