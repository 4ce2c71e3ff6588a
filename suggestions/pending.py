"""Suggestions in which somebody has still to decide on a later date (F5) or an objection (F4)."""

from typing import Any

from django.db.models import Exists, F, OuterRef, Q

from accounts.actor import Actor
from accounts.models import Organ, Role
from accounts.querysets import acting_for
from suggestions.models import Assignment, Extension, Objection

E = Extension.Status


def with_extension_to_decide(suggestions: Any, actor: Actor) -> Any:
    """Of these suggestions those whose request waits for this person.

    For the government office what it has not agreed to; for staff what the office agreed to or need not; for a
    deputy chairperson the key suggestions in their charge.
    """
    return _waiting_for(suggestions, actor, Extension.objects.all())


def with_objection_to_decide(suggestions: Any, actor: Actor) -> Any:
    """Of these suggestions those in which an organ's objection waits for this person, by the same way.

    What is handled together counts at its leading suggestion, where it is decided for all.
    """
    leading = suggestions.filter(Q(merge_group=None) | Q(merge_group__lead=F("pk")))
    open_ones = Objection.objects.filter(assignment__status=Assignment.Status.OBJECTED)
    return _waiting_for(leading, actor, open_ones)


def _waiting_for(suggestions: Any, actor: Actor, requests: Any) -> Any:
    """Both kinds of request have the same states, and go the same way."""
    waiting = requests.filter(assignment__suggestion=OuterRef("pk"))
    if actor.is_government_office:
        return suggestions.filter(Exists(waiting.filter(_given(actor), status=E.REQUESTED).exclude(_direct())))
    agreed = waiting.filter(status=E.OFFICE_AGREED)
    direct = waiting.filter(_direct(), status=E.REQUESTED)
    due = suggestions.filter(Exists(agreed) | Exists(direct))
    if actor.role in (Role.CHAIRPERSON, Role.DEPUTY_CHAIRPERSON):
        return due.filter(is_key=True, supervising_leader=actor.person_id)
    return due if actor.is_staff else due.none()


def _given(actor: Actor) -> Any:
    """Handed over to the actor's office, or to one that went over into it."""
    return acting_for(actor.organ_id, "assignment__hand_over__to")


def _direct() -> Any:
    """Handed straight to the organs, past the government office (D15); see ``policies.key.came_through_office``."""
    kept = Q(assignment__hand_over__to=F("assignment__organ"))
    return kept | ~Q(assignment__hand_over__to__kind=Organ.Kind.GOVERNMENT_OFFICE)
