"""Asking for a job and taking it back."""

import logging
from functools import partial
from typing import Any

from celery import current_app
from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from accounts.actor import Actor
from files import kinds, policies
from files.models import Job
from workflow import clock
from workflow.engine import Conflict, permit

logger = logging.getLogger(__name__)


def enqueue(kind: str, *, key: str, args: dict[str, Any], actor: Actor) -> Job:
    """Ask for a job; what was asked for under the same key and is not finished is not asked for again.

    A worker hears of it when the transaction commits. Raises ValueError for a kind there is not.
    """
    if kind not in kinds.known():
        raise ValueError(f"no kind of job: {kind}")
    now = clock.now()
    try:
        with transaction.atomic():
            job = Job.objects.create(
                kind=kind, key=key, args=args, asked_by=actor.user, post=actor.post, issued_at=now, created_at=now
            )
    except IntegrityError:
        # finished in this very moment, it may be asked for again
        return Job.objects.open().filter(key=key).first() or enqueue(kind, key=key, args=args, actor=actor)
    transaction.on_commit(partial(send, job.pk))
    return job


def cancel(job: Job, *, actor: Actor) -> Job:
    """Take a job back; a worker that is at it notices at its next row and leaves nothing.

    Raises NotAllowed, and Conflict when the job is finished.
    """
    permit(policies.can_cancel(actor, job))
    cancelled = {"state": Job.State.CANCELLED, "finished_at": clock.now(), "lease_until": None, "message": ""}
    if not Job.objects.open().filter(pk=job.pk).update(**cancelled):
        raise Conflict("wrong_state", _("This is finished already."))
    job.refresh_from_db()
    return job


def send(pk: int) -> None:
    """Tell a worker of a job. The message is a hint only: what the broker does not take, the sweep sends again."""
    try:
        current_app.send_task("files.tasks.run_job", args=[pk], retry=False)
    # whatever a broker or its library comes up with
    except Exception as error:
        logger.warning("The broker did not take job %s: %s", pk, error)
