"""Suggestions that are handled together (scenario 21): what is done on the leading one is done on each.

The organ handles one case; each keeps its number, its reply and its evaluation (invariant 5).
"""

from collections.abc import Iterable

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from suggestions.models import Assignment, Reply, Suggestion
from suggestions.transitions.machines import ASSIGNMENT, SUGGESTION
from workflow.engine import Conflict, lock_all


def members_with(suggestion: Suggestion) -> list[Suggestion]:
    """The others that the suggestion leads, all locked with it in the order of their keys; none where it leads none."""
    if suggestion.merge_group_id is None:
        return []
    rows = Suggestion.objects.filter(merge_group=suggestion.merge_group_id, merge_group__lead=suggestion)
    return [row for row in lock_all(rows) if row.pk != suggestion.pk]


def with_members(suggestions: Iterable[Suggestion]) -> list[Suggestion]:
    """These and whatever is handled together with one of them, locked in the order of their keys."""
    chosen = list(suggestions)
    groups = {row.merge_group_id for row in chosen} - {None}
    keys = Q(pk__in=[row.pk for row in chosen])
    return lock_all(Suggestion.objects.filter(keys | Q(merge_group__in=groups) if groups else keys))


def parts_with(assignment: Assignment, verb: str) -> list[Assignment]:
    """The same organ's parts in the others that the suggestion leads, locked, as far as the verb is possible there."""
    members = {row.pk: row for row in members_with(assignment.suggestion)}
    if not members:
        return []
    rows = Assignment.objects.filter(suggestion__in=members, organ=assignment.organ_id).exclude(status="ENDED")
    found = list(rows.select_related("organ", "hand_over__to").order_by("suggestion"))
    for row in found:
        row.suggestion = members[row.suggestion_id]
    return [row for row in found if row.round == row.suggestion.round and _allows(row, verb)]


def require_leading(case: Suggestion) -> None:
    """Raise Conflict for what is handled together with a leading suggestion: the act is done there, for all."""
    if case.merge_group_id is None or case.merge_group is None or case.merge_group.lead_id == case.pk:
        return
    sentence = _("It is handled together with %(lead)s; please do it there, it then holds for all of them.")
    raise Conflict("handled_together", sentence, lead=str(case.merge_group.lead))


def leading_reply(assignment: Assignment) -> Reply | None:
    """What the same organ writes to the leading suggestion in this round: the others may be answered likewise."""
    group = assignment.suggestion.merge_group
    if group is None:
        return None
    same = {"assignment__suggestion": group.lead_id, "assignment__round": assignment.round}
    return Reply.objects.filter(assignment__organ=assignment.organ_id, **same).last()


def _allows(assignment: Assignment, verb: str) -> bool:
    return SUGGESTION.allows(assignment.suggestion, verb) and ASSIGNMENT.allows(assignment, verb)
