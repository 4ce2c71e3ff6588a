"""Trainings on the pages of others."""

from typing import Any

from django import template

from deliberations.readiness import readiness, summed

register = template.Library()


@register.inclusion_tag("deliberations/readiness_line.html")
def readiness_line(cycle: Any, actor: Any) -> dict[str, Any]:
    """How ready the deputies of a cycle are, in one line; for the committee and stations."""
    if not (actor.is_committee or actor.role == "STATION"):
        return {}
    stations = readiness(cycle, actor)
    return {"cycle": cycle, "sum": summed(stations) if stations else None}
