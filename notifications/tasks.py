"""Celery shells of what runs by the clock."""

from celery import shared_task

from notifications import transitions


@shared_task(name="notifications.tasks.send_notifications")
def send_notifications() -> None:
    """Send what is due; the command of the same name does the same."""
    transitions.send_due()
