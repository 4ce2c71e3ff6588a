"""Sending by e-mail: claimed, sent, settled; a process that dies in between costs a repeat, never a loss.

A letter is sent between two conditional updates, outside of any transaction. Whoever dies there leaves a lease
that runs out; the letter then goes again under the same Message-ID, by which mail systems know a repeat.
``attempts`` is the claim's number: who comes back after the lease ran out settles nothing any more.
"""

import random
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.core.mail import get_connection
from django.db.models import F
from django.utils.module_loading import import_string

from notifications.letters import letter
from notifications.models import Dispatch, Notification
from notifications.transitions.telling import void_rows
from workflow import clock
from workflow.calendars import load_calendar
from workflow.office_hours import next_open

#: Longer than a sending can take: every step of it ends after ``TIMEOUT`` seconds.
LEASE = timedelta(minutes=5)
TIMEOUT = 10
#: How long to wait after each failed attempt; after the last one it is given up.
BACK_OFF = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 15, 60, 240, 720))
ATTEMPTS = len(BACK_OFF) + 1
#: So many letters in one run, and so many failures in a row after which the mail server is left alone until the next.
BATCH, PATIENCE = 500, 3
#: How the kinds begin that urge somebody, and wait for office hours.
URGING = "reminder."

State = Dispatch.State


def send_due() -> dict[str, Any]:
    """Send what is due and say how many became what; safe to repeat and to run beside another.

    ``stopped`` says why nothing, or not everything, was tried: ``paused`` by the operator, or the mail server
    is ``unreachable``. What was read or voided meanwhile is dropped.
    """
    if settings.OUTGOING_PAUSED:
        return _told(Counter(), "paused")
    told: Counter[str] = Counter({State.UNKNOWN: _give_up_the_undecided()})
    _put_off()
    connection = get_connection(timeout=TIMEOUT)
    in_a_row = 0
    try:
        for dispatch in _claims():
            outcome = _deliver(dispatch, connection)
            told[outcome] += 1
            in_a_row = in_a_row + 1 if outcome == State.DUE else 0
            if in_a_row == PATIENCE:
                return _told(told, "unreachable")
    finally:
        connection.close()
    return _told(told, "")


def _told(told: Counter, stopped: str) -> dict[str, Any]:
    names = {State.SENT: "sent", State.DUE: "postponed", State.FAILED: "failed", State.UNKNOWN: "unknown"}
    names[State.DROPPED] = "dropped"
    return {**{name: told[state] for state, name in names.items()}, "stopped": stopped}


def _put_off() -> None:
    """What urges somebody waits for the hours in which offices work; what tells of an act goes at once."""
    now = clock.now()
    opens = next_open(now, load_calendar())
    if opens > now:
        urging = Dispatch.objects.due(now).filter(notification__kind__startswith=URGING)
        urging.update(state=State.DUE, lease_until=None, not_before=opens)


def _claims() -> Iterator[Dispatch]:
    """Those this process may send, each claimed just before; none that another process has."""
    due = Dispatch.objects.due(clock.now()).order_by("not_before", "pk").values_list("pk", flat=True)
    for pk in list(due[:BATCH]):
        now = clock.now()
        lease = {"state": State.SENDING, "lease_until": now + LEASE, "attempts": F("attempts") + 1}
        if Dispatch.objects.due(now).filter(pk=pk).update(**lease):
            yield Dispatch.objects.select_related("notification__recipient__person", "notification__post").get(pk=pk)


def _deliver(dispatch: Dispatch, connection: Any) -> str:
    if not (_still_wanted(dispatch) and _still_true(dispatch.notification)):
        return _settle(dispatch, State.DROPPED)
    try:
        # open already for all but the first letter, and the one after a failure
        connection.open()
        letter(dispatch, connection).send()
    # whatever a mail server or its library comes up with is a failure of this letter and of no other
    except Exception as error:
        with suppress(Exception):
            connection.close()
        return _failed(dispatch, error)
    return _settle(dispatch, State.SENT)


def _still_wanted(dispatch: Dispatch) -> bool:
    """Unread, still true, and its recipient still at the post, in service, with an address."""
    notification = dispatch.notification
    if notification.read_at or notification.void_reason:
        return False
    recipient, post = notification.recipient, notification.post
    left = post is not None and post.until is not None and post.until < clock.today()
    return bool(recipient.is_active and recipient.email and not left)


def _still_true(notification: Notification) -> bool:
    """Whether the apps above still say so; what they no longer say leaves the inbox as well."""
    for name in settings.FACTS_NO_LONGER_TRUE:
        for pk, reason in import_string(name)([notification]).items():
            void_rows([pk], reason)
            return False
    return True


def _failed(dispatch: Dispatch, error: Exception) -> str:
    said = f"{type(error).__name__}: {error}"[:200]
    if dispatch.attempts >= ATTEMPTS:
        return _settle(dispatch, State.FAILED, error=said)
    # jitter, so that many letters refused together do not come back together
    wait = BACK_OFF[dispatch.attempts - 1] * random.uniform(1, 1.25)  # noqa: S311
    return _settle(dispatch, State.DUE, error=said, not_before=clock.now() + wait)


def _settle(dispatch: Dispatch, state: str, **fields: Any) -> str:
    """Write what came of this claim, unless the lease ran out and another process claimed it since."""
    mine = Dispatch.objects.filter(pk=dispatch.pk, state=State.SENDING, attempts=dispatch.attempts)
    mine.update(**{"state": state, "lease_until": None, "error": "", **fields})
    return state


def _give_up_the_undecided() -> int:
    """The last attempt died before it could say what came of it: nobody knows, and nobody tries again."""
    dead = Dispatch.objects.filter(state=State.SENDING, lease_until__lt=clock.now(), attempts__gte=ATTEMPTS)
    return dead.update(state=State.UNKNOWN, lease_until=None)
