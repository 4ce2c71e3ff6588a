"""Suggestions that say the same are handled together under a leading one (scenario 21); see ``groups``.

Each keeps its number, its deputies, its reply and its evaluation (invariant 5).
"""

from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.actor import SYSTEM, Actor
from suggestions.models import MergeGroup, Suggestion
from suggestions.policies import merging as policies
from suggestions.transitions.handing import require_key_decided
from suggestions.transitions.machines import SUGGESTION, Verb
from workflow import clock
from workflow.engine import Conflict, Invalid, Stale, lock_all, permit, record


@transaction.atomic
def merge(lead: Suggestion, *, actor: Actor, version: int, members: Iterable[Suggestion], reason: str) -> MergeGroup:
    """Let the members be handled together with ``lead``: one event on each, in one act.

    Raises NotAllowed, Stale, Invalid when nothing else is named, and Conflict that names the first that is handed
    over already, merged already, or waits for the council of chairpersons.
    """
    permit(policies.can_merge(actor, lead))
    others = {row.pk: row for row in members if row.pk != lead.pk}
    if not others:
        raise Invalid("members", "none_chosen", _("Choose at least one suggestion."))
    cases = _locked([lead, *others.values()], lead, version)
    for case in cases:
        _require_named(case)
    leading = next(case for case in cases if case.pk == lead.pk)
    group = MergeGroup.objects.create(lead=leading, reason=reason, since=clock.today())
    changes = {"lead": leading.number, "numbers": [case.number for case in cases]}
    for case in cases:
        fields = {"merge_group": group}
        record(case, SUGGESTION, Verb.MERGE, actor=actor, reason=reason, changes=changes, fields=fields)
    return group


@transaction.atomic
def dissolve(suggestion: Suggestion, *, actor: Actor, version: int, reason: str) -> MergeGroup:
    """Each is handled for itself again; possible until they are handed over. Raises NotAllowed, Stale, Conflict."""
    permit(policies.can_merge(actor, suggestion))
    group = require_merged(suggestion)
    cases = _locked([suggestion, *_of_group(group)], suggestion, version)
    changes = {"lead": group.lead.number, "numbers": [case.number for case in cases]}
    for case in cases:
        fields = {"merge_group": None}
        record(case, SUGGESTION, Verb.DISSOLVE, actor=actor, reason=reason, changes=changes, fields=fields)
    _end(group)
    return group


def lock_for_leaving(suggestion: Suggestion) -> None:
    """Lock the suggestion with whatever is handled together with it, so that nobody waits for another in a circle."""
    if suggestion.merge_group_id is not None:
        lock_all(Suggestion.objects.filter(merge_group=suggestion.merge_group_id))


def leave(case: Suggestion, group: MergeGroup | None) -> None:
    """What was withdrawn has left its group: the next one leads, and who is left alone is handled alone."""
    if group is None:
        return
    rest = lock_all(_of_group(group))
    if len(rest) == 1:
        _end(group)
        _regroup(rest[0], case, {"merge_group": None})
    elif group.lead_id == case.pk:
        following = min(rest, key=lambda row: (row.serial or 0, row.pk))
        MergeGroup.objects.filter(pk=group.pk).update(lead=following)
        _regroup(following, case, {})


def require_mergeable(case: Suggestion) -> None:
    """Raise Conflict for what is merged already, or waits for the council of chairpersons."""
    if case.merge_group_id is not None:
        raise Conflict("merged", _("It is handled together with others already; dissolve that first."))
    require_key_decided(case)


def require_merged(case: Suggestion) -> MergeGroup:
    """The group the suggestion is in; raises Conflict where it is handled for itself."""
    if case.merge_group is None:
        raise Conflict("not_merged", _("It is handled for itself."))
    return case.merge_group


def _locked(cases: Iterable[Suggestion], opened: Suggestion, version: int) -> list[Suggestion]:
    locked = lock_all({case.pk: case for case in cases}.values())
    if any(case.pk == opened.pk and case.version != version for case in locked):
        raise Stale
    return locked


def _require_named(case: Suggestion) -> None:
    """As the machine and ``require_mergeable``; the refusal says of which one."""
    try:
        SUGGESTION.require(case, Verb.MERGE)
        require_mergeable(case)
    except Conflict as refused:
        sentence = _("%(name)s cannot be merged: %(why)s")
        raise Conflict(refused.code, sentence, name=str(case), why=refused.sentence) from refused


def _of_group(group: MergeGroup) -> Any:
    return Suggestion.objects.filter(merge_group=group)


def _end(group: MergeGroup) -> None:
    MergeGroup.objects.filter(pk=group.pk).update(until=clock.today())


def _regroup(case: Suggestion, left: Suggestion, fields: dict[str, Any]) -> None:
    record(case, SUGGESTION, Verb.REGROUP, actor=SYSTEM, changes={"left": left.number}, fields=fields)
