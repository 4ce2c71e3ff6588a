"""Celery shells of what runs by the clock."""

from celery import shared_task

from deliberations.transitions import erasing


@shared_task(name="deliberations.tasks.erase_voters")
def erase_voters() -> None:
    """Erase voters whose visit was settled long enough ago; ``manage.py erase_voters`` does the same."""
    erasing.sweep()
