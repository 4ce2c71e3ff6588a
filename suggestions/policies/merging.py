"""Who lets suggestions be handled together (scenario 21)."""

from accounts.actor import Actor
from suggestions.models import Suggestion


def can_merge(actor: Actor, suggestion: Suggestion) -> bool:
    """Intake examines what says the same."""
    return actor.is_staff
