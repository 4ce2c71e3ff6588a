"""What must hold for jobs to be done."""

from datetime import timedelta

from django.utils.translation import gettext as _

from files.models import Job
from workflow import clock
from workflow.health import Unwell

#: A job that waits longer says that no worker takes any.
PATIENCE = timedelta(minutes=10)


def queue() -> None:
    """No job has been waiting for more than ten minutes. Raises Unwell."""
    waiting = Job.objects.filter(state=Job.State.QUEUED, created_at__lt=clock.now() - PATIENCE).count()
    if waiting:
        raise Unwell(_("%(count)d jobs have been waiting for more than ten minutes.") % {"count": waiting})
