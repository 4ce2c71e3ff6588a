"""What the registry puts right afterwards: an entry corrected, a suggestion withdrawn by its lead."""

from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.actor import Actor
from accounts.models import How, Post
from deliberations.models import SubjectField
from files.models import Attachment
from suggestions import policies, recipients
from suggestions.models import Assignment, ClockKind, Suggestion
from suggestions.transitions import clocks, merging
from suggestions.transitions.intake import co_signers, search_text
from suggestions.transitions.machines import ASSIGNMENT, SUGGESTION, Verb
from suggestions.transitions.parts import check_day
from suggestions.transitions.telling import tell, tell_who_tells
from workflow.engine import Invalid, lock, move, permit, record


@transaction.atomic
def correct(
    suggestion: Suggestion, *, actor: Actor, version: int, title: str, publicity: str, reason: str, field: Any = None
) -> Suggestion:
    """Put a wrongly entered title, subject field or publicity right; before and after stay in the record.

    Without ``field`` (a SubjectField) the class stays. Raises NotAllowed, Conflict, Invalid when nothing differs.
    """
    case = lock(suggestion, version=version)
    permit(policies.can_correct(actor, case))
    SUGGESTION.require(case, Verb.CORRECT)
    new = {"title": title.strip(), "publicity": publicity, "field": field or case.field}
    old = {name: getattr(case, name) for name in new}
    changed = {name: value for name, value in new.items() if value != old[name]}
    if not changed:
        raise Invalid("title", "nothing_changed", _("Nothing was changed."))
    case.title = title.strip()
    changes = {name: [_plain(old[name]), _plain(value)] for name, value in changed.items()}
    fields = {**changed, "search_text": search_text(case, co_signers(case))}
    record(case, SUGGESTION, Verb.CORRECT, actor=actor, reason=reason, changes=changes, fields=fields)
    return case


@transaction.atomic
def withdraw(suggestion: Suggestion, *, actor: Actor, version: int, on: date, letter: Attachment) -> Suggestion:
    """Enter the lead's letter of withdrawal: handling ends, clocks are voided, organs are told (scenario 22).

    The number stays; what was handled together with it goes on. Raises NotAllowed, Conflict for what has ended, Invalid for a day before it came in.
    """
    merging.lock_for_leaving(suggestion)
    case = lock(suggestion, version=version)
    permit(policies.can_withdraw(actor, case))
    SUGGESTION.require(case, Verb.WITHDRAW)
    check_day(on, "on", case.received_on)
    told = [*_handlers(case), *recipients.of_signatories(case)]
    group = case.merge_group
    fields = {"withdrawn_on": on, "withdrawal_letter": letter, "merge_group": None}
    changes = {"on": on, "letter": letter.sha256, "organs": _end_assignments(case)}
    behalf = actor.recording(case.speaker.person, How.PAPER)
    record(case, SUGGESTION, Verb.WITHDRAW, actor=behalf, changes=changes, fields=fields)
    clocks.void(case, *ClockKind)
    merging.leave(case, group)
    tell(case, "withdrawn", told)
    tell_who_tells(case)
    return case


def _plain(value: Any) -> str:
    return value.code if isinstance(value, SubjectField) else str(value)


def _handlers(case: Suggestion) -> list[Post]:
    """Whoever has it in hand: the organs, or the office that has not allotted it yet."""
    if case.status == Suggestion.Status.AT_FORWARDER:
        return recipients.of_organ(case.hand_overs.latest("pk").to)
    return recipients.of_handlers(case)


def _end_assignments(case: Suggestion) -> list[str]:
    live = case.assignments.filter(round=case.round).exclude(status=Assignment.Status.ENDED)
    rows = list(live.select_related("organ"))
    for assignment in rows:
        move(assignment, ASSIGNMENT, Verb.WITHDRAW)
    return [assignment.organ.name for assignment in rows]
