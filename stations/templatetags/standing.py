"""What a suspended deputy is told, on the first page and wherever something is refused."""

from typing import Any

from django import template

from stations.policies import suspended_since

register = template.Library()


@register.inclusion_tag("stations/suspended.html", takes_context=True)
def suspended_note(context: template.Context) -> dict[str, Any]:
    """Since when the deputy who reads is suspended, and what that means; nothing for anybody else."""
    actor = context.get("actor")
    return {"since": suspended_since(actor) if actor else None}
