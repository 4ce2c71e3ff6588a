"""Celery shells of what runs by the clock."""

from celery import shared_task

from suggestions.transitions import collecting


@shared_task(name="suggestions.tasks.collect_waiting")
def collect_waiting() -> None:
    """Make drafts of what closed meetings forwarded; ``manage.py collect_opinions`` does the same."""
    collecting.collect_waiting()
