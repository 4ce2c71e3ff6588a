"""Celery shells of what runs by the clock."""

from celery import shared_task

from workflow import heartbeats


@shared_task(name="workflow.tasks.beat")
def beat() -> None:
    """The scheduler sent this and a worker runs it: both are alive. Sent with an expiry, so an old one proves nothing."""
    heartbeats.seen(heartbeats.BEAT, heartbeats.WORKER)
