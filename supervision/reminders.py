"""One run over everything that has a time limit: told once, voided when no longer true."""

from django.db import transaction

from notifications.transitions import notify_many, void
from notifications.transitions.telling import batched
from suggestions import reminders
from workflow import clock

#: Facts voided by one statement.
CHUNK = 500


def run() -> dict[str, int]:
    """Tell what should have been told by now and has not; void what is no longer true; say how many of each.

    Works from state: any set of missed days, a double run or two workers change nothing.
    """
    with transaction.atomic():
        voided = sum(void(facts, "settled") for facts in batched(reminders.void_facts(), CHUNK))
    created = notify_many(reminders.tellings(clock.today()))
    return {"created": created, "voided": voided}
