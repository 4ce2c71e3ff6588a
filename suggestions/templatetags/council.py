"""What the council of chairpersons decided on suggestions, shown beside its other decisions."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from django import template
from django.db.models import QuerySet

from deliberations.models import Resolution
from suggestions.models import Suggestion

register = template.Library()


@register.simple_tag(takes_context=True)
def decided_suggestions(context: template.Context, resolutions: Sequence[Any]) -> Sequence[Any]:
    """The resolutions, each with the suggestions that it made key or ended, as far as the reader may see them."""
    visible = Suggestion.objects.visible_to(context["actor"])
    made_key = _by_resolution(visible, "key_resolution", resolutions)
    ended = _by_resolution(visible, "closing_resolution", resolutions)
    for row in resolutions:
        row.made_key, row.ended = made_key[row.pk], ended[row.pk]
    return resolutions


def _by_resolution(
    visible: QuerySet[Suggestion], relation: str, resolutions: Sequence[Resolution]
) -> dict[int, list[Suggestion]]:
    found: dict[int, list[Suggestion]] = defaultdict(list)
    for case in visible.filter(**{f"{relation}__in": resolutions}).order_by("pk"):
        found[getattr(case, f"{relation}_id")].append(case)
    return found
