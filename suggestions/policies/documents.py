"""Who may have the reply letter and the opinion forms of a host's part as Word documents."""

from accounts.actor import Actor
from suggestions.models import Assignment
from suggestions.policies.handling import can_draft_reply


def can_have_letter(actor: Actor, assignment: Assignment) -> bool:
    """The host from receipt on; others with the reply, which must have been read through ``Reply.objects.visible_to``."""
    if not assignment.is_host or assignment.status == Assignment.Status.ASSIGNED:
        return False
    return can_draft_reply(actor, assignment) or getattr(assignment, "reply", None) is not None


def can_have_slips(actor: Actor) -> bool:
    """A slip passes between the committee and the organs, and names the lead deputy's telephone (F2)."""
    return actor.is_committee or actor.is_organ or actor.is_government_office
