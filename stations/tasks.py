"""Celery shells; ``manage.py plan_receptions`` does the same."""

from celery import shared_task

from stations.transitions import reception_rules


@shared_task(name="stations.tasks.plan_receptions")
def plan_receptions() -> None:
    """Plan what the rules of reception days give for the next three months."""
    reception_rules.sweep()
