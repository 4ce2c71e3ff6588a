"""Who nominates and designates key suggestions, moves a statutory date, and acts for the council of chairpersons."""

from accounts.actor import Actor
from accounts.models import Organ, Role
from suggestions.models import Assignment, Extension, Suggestion
from suggestions.policies.handling import can_draft_reply

#: Members of the council of chairpersons.
CHAIRS = frozenset({Role.CHAIRPERSON, Role.DEPUTY_CHAIRPERSON})


def can_see_council(actor: Actor) -> bool:
    """What is nominated and what the council has before it is the committee's matter."""
    return actor.is_committee


def can_nominate_key(actor: Actor, suggestion: Suggestion) -> bool:
    """Intake nominates."""
    return actor.is_staff


def can_record_decision(actor: Actor, suggestion: Suggestion | None = None) -> bool:
    """What the council decided is recorded by staff, or entered by one of its members."""
    return actor.is_staff or actor.role in CHAIRS


def can_put_on_agenda(actor: Actor, suggestion: Suggestion) -> bool:
    """Staff propose to the council; a member of it may at any time."""
    return can_record_decision(actor, suggestion)


def can_request_extension(actor: Actor, assignment: Assignment) -> bool:
    """The host, who must answer, asks for more time."""
    return can_draft_reply(actor, assignment)


def came_through_office(assignment: Assignment) -> bool:
    """Whether the government office allotted it, rather than the committee handing it straight to the organ (D15)."""
    given = assignment.hand_over.to
    return given.kind == Organ.Kind.GOVERNMENT_OFFICE and given.pk != assignment.organ_id


def can_agree_extension(actor: Actor, assignment: Assignment) -> bool:
    """The office that allotted the suggestion to the host."""
    if not (actor.is_government_office and assignment.is_host) or assignment.status == Assignment.Status.ENDED:
        return False
    return came_through_office(assignment) and actor.acts_for(assignment.hand_over.to)


def can_decide_extension(actor: Actor, assignment: Assignment) -> bool:
    """Staff; of a key suggestion the deputy chairperson in charge as well (R60)."""
    return assignment.is_host and (actor.is_staff or is_leader_of(actor, assignment.suggestion))


def can_refuse_extension(actor: Actor, assignment: Assignment) -> bool:
    """Whoever decides, and the office as long as it has not agreed."""
    if can_decide_extension(actor, assignment):
        return True
    waits = Extension.Status.REQUESTED
    return can_agree_extension(actor, assignment) and any(row.status == waits for row in assignment.extensions.all())


def is_leader_of(actor: Actor, suggestion: Suggestion) -> bool:
    """Whether that is the deputy chairperson in charge of the key suggestion."""
    if not suggestion.is_key or actor.role not in CHAIRS:
        return False
    return actor.person_id is not None and actor.person_id == suggestion.supervising_leader_id
