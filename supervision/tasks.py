"""Celery shells of what runs by the clock."""

from celery import shared_task

from supervision import reminders


@shared_task(name="supervision.tasks.run_reminders")
def run_reminders() -> None:
    """Write the reminders that are due; the command of the same name does the same."""
    reminders.run()
