"""The way to a deputy's performance file."""

from typing import Any

from django import template

from stations.models import Mandate
from supervision import policies
from workflow import clock

register = template.Library()


@register.inclusion_tag("supervision/performance_of.html", takes_context=True)
def performance_of(context: template.Context, mandate: Mandate) -> dict[str, Any]:
    """The link on the deputy's page, for whoever reads the file."""
    return {"mandate": mandate, "may_see": policies.can_see_performance(context["actor"], mandate)}


@register.inclusion_tag("supervision/performance_own.html", takes_context=True)
def performance_own(context: template.Context) -> dict[str, Any]:
    """「我这一年」 for each mandate that a deputy holds; one query."""
    actor = context["actor"]
    rows = Mandate.objects.in_office(clock.today()).filter(person=actor.person_id).order_by("pk")
    return {"mandates": list(rows) if actor.is_deputy else []}
