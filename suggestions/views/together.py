"""What a case page says of objections, and of the suggestions that are handled together with the case."""

from typing import Any

from django.db.models import Exists, OuterRef

from accounts.actor import Actor
from suggestions.models import Assignment, Objection, Suggestion
from suggestions.policies.objecting import can_see_objections


def objections_of(rows: list[Assignment], actor: Actor) -> list[Objection]:
    """The objections to these assignments, in their order, as far as the reader may see them."""
    if not can_see_objections(actor):
        return []
    return sorted((row for part in rows for row in part.objections.all()), key=lambda row: row.pk)


def merged_with(case: Suggestion, actor: Actor) -> dict[str, Any] | None:
    """The other suggestions of the group, those that the reader may see by name, and how many there are beside."""
    if case.merge_group is None:
        return None
    visible = Suggestion.objects.visible_to(actor).filter(pk=OuterRef("pk"))
    others = Suggestion.objects.filter(merge_group=case.merge_group_id).exclude(pk=case.pk)
    rows = list(others.annotate(is_seen=Exists(visible)).order_by("series", "scope", "serial", "pk"))
    seen = [row for row in rows if row.is_seen]
    return {
        "lead": case.merge_group.lead,
        "leads": case.merge_group.lead_id == case.pk,
        "reason": case.merge_group.reason,
        "seen": seen,
        "others": len(rows),
        "beside": len(rows) - len(seen),
    }
