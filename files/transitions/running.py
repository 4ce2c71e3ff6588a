"""Running a job: claimed by one conditional update, kept by a lease, settled only by who still holds the claim."""

import logging
import time
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import OperationalError, transaction
from django.db.models import F
from django.utils import translation
from django.utils.translation import gettext as _

from files import kinds, storage, uploads
from files.models import Job
from files.signatures import BY_ENDING
from workflow import clock
from workflow.engine import Refused

logger = logging.getLogger(__name__)

#: How long a worker that is not heard of keeps a job.
LEASE = timedelta(seconds=120)
#: Seconds between two notes of progress; each renews the lease.
EVERY = 1.0
#: How often a job is tried that no worker brings to an end.
ATTEMPTS = 5

State = Job.State


class Lost(Exception):
    """The job was cancelled, or went to another worker after the lease ran out."""


class Claim:
    """A job in the hands of this worker, and how far it is."""

    def __init__(self, job: Job) -> None:
        self.job = job
        self.done, self.total = 0, 0
        self._noted = 0.0

    def __call__(self, done: int, total: int = 0) -> None:
        """Tell how far it is (``files.kinds.Progress``). Raises Lost."""
        self.done, self.total = done, max(total, self.total, done if self.total else 0)
        if time.monotonic() - self._noted >= EVERY:
            self._noted = time.monotonic()
            self.settle(done=self.done, total=self.total, lease_until=clock.now() + LEASE)

    def settle(self, **fields: Any) -> None:
        """Write what became of the job, if it is still ours. Raises Lost."""
        mine = Job.objects.filter(pk=self.job.pk, state=State.RUNNING, attempts=self.job.attempts)
        if not mine.update(**fields):
            raise Lost

    def finish(self, state: str, **fields: Any) -> None:
        """The job is at its end. Raises Lost."""
        self.settle(state=state, lease_until=None, finished_at=clock.now(), **fields)


def run_job(pk: int) -> bool:
    """Run a job unless another worker has it or it is finished; whether it was ours to run.

    What the job's function refuses, and any fault of it, becomes a sentence on the failed job. After a fault of
    the database or the disk the job waits for another attempt.
    """
    job = _claimed(pk)
    if job is None:
        return False
    claim = Claim(job)
    with translation.override(getattr(job.asked_by, "language", "") or settings.LANGUAGE_CODE):
        try:
            _run(claim)
        except Lost:
            logger.info("Job %s was cancelled or went to another worker", pk)
    return True


def run_due() -> int:
    """Run every job that waits, here and now (the command's twin of the tasks); how many."""
    due = Job.objects.free(clock.now()).filter(attempts__lt=ATTEMPTS).order_by("pk").values_list("pk", flat=True)
    return sum(run_job(pk) for pk in list(due))


def _claimed(pk: int) -> Job | None:
    now = clock.now()
    claim = {"state": State.RUNNING, "lease_until": now + LEASE, "attempts": F("attempts") + 1}
    if not Job.objects.free(now).filter(pk=pk, attempts__lt=ATTEMPTS).update(**claim, done=0, total=0, message=""):
        return None
    return Job.objects.select_related("asked_by__person", "post__user", "post__organ").get(pk=pk)


def _run(claim: Claim) -> None:
    try:
        _make(claim)
    except Lost:
        raise
    except Refused as refused:
        claim.finish(State.FAILED, message=refused.sentence[:200])
    except (OperationalError, OSError):
        logger.exception("Job %s waits for another attempt", claim.job.pk)
        claim.settle(state=State.QUEUED, lease_until=None, issued_at=clock.now())
    except Exception:
        logger.exception("Job %s failed", claim.job.pk)
        claim.finish(
            State.FAILED, message=_("This did not succeed. The fault has been noted; please tell the help line.")
        )


def _make(claim: Claim) -> None:
    """Write the file beside its place, put it there whole, then say so in one transaction with its row."""
    job = claim.job
    kind = kinds.known()[job.kind]
    path = storage.new_path(kind.ending)
    with storage.writing(path) as stream:
        name = kind.make(job, stream, claim)
    try:
        with transaction.atomic():
            result = uploads.attach(path, uploads.clean_name(name), BY_ENDING[kind.ending].content_type, job.asked_by)
            total = max(claim.done, claim.total)
            claim.finish(State.DONE, result=result, done=total, total=total)
    except Lost:
        storage.local(path).unlink(missing_ok=True)
        raise
