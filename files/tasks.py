"""Celery shells; ``manage.py run_jobs`` and ``manage.py sweep_files`` do the same."""

from celery import shared_task

from files import transitions


@shared_task(name="files.tasks.run_job")
def run_job(pk: int) -> None:
    """Run one job, if it is still to be run."""
    transitions.run_job(pk)


@shared_task(name="files.tasks.sweep_jobs")
def sweep_jobs() -> None:
    """Send again what is due."""
    transitions.sweep_jobs()


@shared_task(name="files.tasks.sweep_files")
def sweep_files() -> None:
    """Delete what nobody owns."""
    transitions.sweep_files()
