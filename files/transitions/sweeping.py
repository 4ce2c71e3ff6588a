"""The sweep that makes messages unnecessary: what is due goes out again, what never ends is given up."""

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from files.models import Job
from files.transitions.asking import send
from files.transitions.running import ATTEMPTS
from workflow import clock


def sweep_jobs() -> dict[str, int]:
    """Send again what no worker took or a dead one left; say how many were sent and how many given up.

    Works from state, so that a double run or a lost one changes nothing.
    """
    given_up = give_up()
    now = clock.now()
    again = [pk for pk in Job.objects.to_be_reissued(now).values_list("pk", flat=True) if _requeue(pk)]
    for pk in again:
        send(pk)
    return {"reissued": len(again), "given_up": given_up}


def give_up() -> int:
    """Fail what was tried often enough and is in nobody's hands; how many."""
    now = clock.now()
    with translation.override(settings.LANGUAGE_CODE):
        sentence = _("This was tried several times without success. Please tell the help line.")
    failed = {"state": Job.State.FAILED, "finished_at": now, "lease_until": None, "message": sentence}
    return Job.objects.free(now).filter(attempts__gte=ATTEMPTS).update(**failed)


def _requeue(pk: int) -> bool:
    """Back into the queue, unless another sweep was faster."""
    now = clock.now()
    queued = {"state": Job.State.QUEUED, "issued_at": now, "lease_until": None}
    return bool(Job.objects.to_be_reissued(now).filter(pk=pk).update(**queued))
