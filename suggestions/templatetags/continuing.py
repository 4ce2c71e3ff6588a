"""What a deputy who has left office leaves behind, shown on the deputy's page."""

from typing import Any

from django import template

from stations.models import Mandate
from suggestions.models import Suggestion
from workflow import clock

register = template.Library()


@register.inclusion_tag("suggestions/left_behind.html", takes_context=True)
def left_behind(context: template.Context, mandate: Mandate) -> dict[str, Any]:
    """The open suggestions that somebody has to continue, for staff; one query once the mandate has ended."""
    actor = context["actor"]
    found: list[Suggestion] = []
    if actor.is_staff and mandate.status == Mandate.Status.ENDED:
        rows = Suggestion.objects.visible_to(actor).without_speaker(clock.today())
        found = list(rows.spoken_for(mandate.pk).order_by("pk"))
    return {"left_behind": found, "mandate": mandate}
