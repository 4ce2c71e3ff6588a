"""When the processes behind the pages were last seen alive."""

from workflow import clock
from workflow.models import Heartbeat

WORKER = "worker"
BEAT = "beat"


def seen(*names: str) -> None:
    """Note that these processes are alive now."""
    for name in names:
        Heartbeat.objects.update_or_create(name=name, defaults={"at": clock.now()})
