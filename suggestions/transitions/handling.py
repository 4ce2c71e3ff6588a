"""What an organ does with a suggestion before it answers: contact with the deputy, the co-host's opinion."""

from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.actor import Actor
from accounts.models import How
from suggestions import policies, recipients
from suggestions.models import Assignment, ClockKind, CoHostOpinion, ContactRecord, Suggestion
from suggestions.transitions import clocks, groups
from suggestions.transitions.machines import ASSIGNMENT, SUGGESTION, Verb
from suggestions.transitions.parts import check_day, open_part
from suggestions.transitions.telling import tell
from workflow import clock
from workflow.engine import Conflict, Invalid, move, record


@transaction.atomic
def record_contact(
    assignment: Assignment,
    *,
    actor: Actor,
    version: int,
    stage: str,
    on: date,
    manner: str,
    people: str,
    points: str,
    no_personal_reason: str = "",
    deputy_opinion: str = "",
) -> ContactRecord:
    """Note a contact with the deputy (F6). A telephone call counts, with the reason why not in person.

    It holds for what the suggestion leads too; what the deputy said of it stays with the suggestion itself.
    """
    together = groups.parts_with(assignment, Verb.RECORD_CONTACT)
    case = open_part(assignment, Verb.RECORD_CONTACT, policies.can_record_contact, actor=actor, version=version)
    check_day(on, "on", case.first_handed_over_on)
    if manner not in ContactRecord.PERSONAL and not no_personal_reason:
        sentence = _("Say why it was not in person, for example “works away from home”.")
        raise Invalid("no_personal_reason", "reason_missing", sentence)
    words = {"stage": stage, "on": on, "manner": manner, "no_personal_reason": no_personal_reason}
    words |= {"people": people, "points": points}
    contact = _contact(assignment, actor, {**words, "deputy_opinion": deputy_opinion})
    for part in together:
        _contact(part, actor, words)
    return contact


@transaction.atomic
def give_opinion(
    assignment: Assignment, *, actor: Actor, version: int, text: str, on: date, signed_by: str
) -> CoHostOpinion:
    """A co-host's opinion to the host (F7); the host may record the one it received on paper.

    It holds for what the suggestion leads too.
    """
    together = groups.parts_with(assignment, Verb.GIVE_OPINION)
    case = open_part(assignment, Verb.GIVE_OPINION, policies.can_give_opinion, actor=actor, version=version)
    check_day(on, "on", case.first_handed_over_on)
    if not actor.acts_for(assignment.organ):
        actor = actor.recording(None, How.PAPER)
    words: dict[str, Any] = {"text": text, "on": on, "signed_by": signed_by}
    given = [_opinion(part, Verb.GIVE_OPINION, actor, **words) for part in (assignment, *together)]
    return given[0]


@transaction.atomic
def waive_opinion(assignment: Assignment, *, actor: Actor, version: int, waive_reason: str) -> CoHostOpinion:
    """Staff let the host answer without a co-host that does not come forward (scenario 10), in all that it leads."""
    together = groups.parts_with(assignment, Verb.WAIVE_OPINION)
    open_part(assignment, Verb.WAIVE_OPINION, policies.can_waive_opinion, actor=actor, version=version)
    words: dict[str, Any] = {"reason": waive_reason, "on": clock.today(), "waive_reason": waive_reason}
    waived = [_opinion(part, Verb.WAIVE_OPINION, actor, **words) for part in (assignment, *together)]
    return waived[0]


def _contact(assignment: Assignment, actor: Actor, words: dict[str, Any]) -> ContactRecord:
    contact = ContactRecord.objects.create(assignment=assignment, **words)
    told = {name: words[name] for name in ("stage", "manner", "on")}
    changes = {"organ": assignment.organ.name, **told}
    record(assignment.suggestion, SUGGESTION, Verb.RECORD_CONTACT, actor=actor, changes=changes)
    return contact


def _opinion(assignment: Assignment, verb: str, actor: Actor, reason: str = "", **fields: Any) -> CoHostOpinion:
    case = assignment.suggestion
    moved = move(assignment, ASSIGNMENT, verb)
    opinion = CoHostOpinion.objects.create(assignment=assignment, **fields)
    changes = {"organ": assignment.organ.name, "on": fields["on"]}
    record(case, SUGGESTION, verb, actor=actor, part=moved, reason=reason, changes=changes)
    clocks.meet(case, ClockKind.CO_HOST, assignment=assignment)
    clocks.meet(case, ClockKind.RECEIPT, assignment=assignment)
    tell(case, verb, recipients.of_host(case), organ=assignment.organ.name)
    return opinion


def missing_opinions(case: Suggestion) -> list[str]:
    """Names of the co-hosts of the present round whose opinion is still out; reads what was prefetched."""
    helping = (row for row in case.assignments.all() if row.part == Assignment.Part.CO_HOST and row.status != "ENDED")
    return [row.organ.name for row in helping if row.round == case.round and not hasattr(row, "opinion")]


def require_contact_and_opinions(case: Suggestion, assignment: Assignment) -> None:
    """No reply without a contact in this round and every co-host's opinion (scenarios 10, 14)."""
    if not assignment.contacts.exists():
        raise Conflict("contact_missing", _("Record the contact with the deputy first; a reply needs at least one."))
    missing = missing_opinions(case)
    if missing:
        sentence = _("The opinion of %(organs)s is still missing. It can be recorded from paper, or staff waive it.")
        raise Conflict("opinion_missing", sentence, organs="、".join(missing))
