"""Who may do what to accounts and organs: plain functions of role and relation."""

from accounts.actor import Actor
from accounts.models import Role


def can_keep_organs(actor: Actor) -> bool:
    """Staff keep the list of organs, the system administrator may, and the county's own list is imported."""
    return actor.is_system or actor.is_staff or actor.role == Role.SYSTEM_ADMIN
