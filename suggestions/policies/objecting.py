"""Who objects to handling a suggestion, and who decides on it (F4)."""

from accounts.actor import Actor
from suggestions.models import Assignment, Objection
from suggestions.policies.handling import can_sign_receipt
from suggestions.policies.key import came_through_office, is_leader_of


def can_object(actor: Actor, assignment: Assignment) -> bool:
    """The organ that received it, host or co-host."""
    return can_sign_receipt(actor, assignment)


def can_agree_objection(actor: Actor, assignment: Assignment) -> bool:
    """The government office, for what it allotted."""
    if not actor.is_government_office or assignment.status == Assignment.Status.ENDED:
        return False
    return came_through_office(assignment) and actor.acts_for(assignment.hand_over.to)


def can_reopen_objection(actor: Actor, assignment: Assignment) -> bool:
    """Staff, and the government office for what it allotted."""
    return actor.is_staff or can_agree_objection(actor, assignment)


def can_decide_objection(actor: Actor, assignment: Assignment) -> bool:
    """Staff; of a key suggestion the deputy chairperson in charge as well (R60)."""
    return actor.is_staff or is_leader_of(actor, assignment.suggestion)


def can_refuse_objection(actor: Actor, assignment: Assignment) -> bool:
    """Whoever decides, and the government office as long as it has not agreed."""
    if can_decide_objection(actor, assignment):
        return True
    waits = Objection.Status.REQUESTED
    return can_agree_objection(actor, assignment) and any(row.status == waits for row in assignment.objections.all())


def can_see_objections(actor: Actor) -> bool:
    """Deputies read in the record of the suggestion what became of it; the organs' reasons are between the offices."""
    return not actor.is_deputy
