"""Who may write by the public page."""

from accounts.actor import Actor


def can_send(actor: Actor) -> bool:
    """A voter, who is nobody to the portal; whoever has a post notes a visit under it instead."""
    return actor.user is None and actor.post is None and not actor.is_system
