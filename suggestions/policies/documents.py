"""Who may have the reply letter and the opinion forms of a host's part as Word documents."""

from collections.abc import Iterable

from accounts.actor import Actor
from suggestions.models import Assignment, HandOver
from suggestions.policies.handling import can_draft_reply


def can_have_letter(actor: Actor, assignment: Assignment) -> bool:
    """The host from receipt on; others with the reply, which must have been read through ``Reply.objects.visible_to``."""
    if not assignment.is_host or assignment.status == Assignment.Status.ASSIGNED:
        return False
    return can_draft_reply(actor, assignment) or getattr(assignment, "reply", None) is not None


def can_have_slips(actor: Actor) -> bool:
    """A slip passes between the committee and the organs, and names the lead deputy's telephone (F2)."""
    return actor.is_committee or actor.is_organ or actor.is_government_office


def can_have_slip(actor: Actor, given: HandOver, parts: Iterable[Assignment]) -> bool:
    """An organ has only the slips by which something came to it; ``parts`` are the assignments of the suggestion."""
    if actor.is_committee or not can_have_slips(actor):
        return actor.is_committee
    had = (part for part in parts if part.hand_over_id == given.pk and part.status != Assignment.Status.ENDED)
    return actor.acts_for(given.to) or any(actor.acts_for(part.organ) for part in had)
