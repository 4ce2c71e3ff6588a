"""One run over everything that has a time limit: told once, voided when no longer true."""

from django.db import transaction

from notifications.transitions import notify_many, void
from suggestions import reminders
from workflow import clock


def run() -> dict[str, int]:
    """Tell what should have been told by now and has not; void what is no longer true; say how many of each.

    Works from state: any set of missed days, a double run or two workers change nothing.
    """
    with transaction.atomic():
        voided = sum(void(fact, "settled") for fact in reminders.void_facts())
    created = notify_many(reminders.tellings(clock.today()))
    return {"created": created, "voided": voided}
