"""Who may do what with jobs and imports."""

from accounts.actor import Actor
from files.models import Job


def can_cancel(actor: Actor, job: Job) -> bool:
    """Whoever asked for it, under the post they asked under."""
    return actor.user is not None and (actor.user.pk, getattr(actor.post, "pk", 0)) == (job.asked_by_id, job.post_id)


def can_import(actor: Actor) -> bool:
    """The staff, who run the registry; each importer asks its own policies besides."""
    return actor.is_staff


def can_see_imports(actor: Actor) -> bool:
    """The staff, who run the registry."""
    return actor.is_staff
