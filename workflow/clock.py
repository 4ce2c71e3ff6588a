"""The clock of the house: everything that asks for the time asks here.

Tests, ``--now`` and the builder of the demo county look from another moment by ``at``.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime

from django.utils import timezone

_moment: ContextVar[datetime | None] = ContextVar("moment", default=None)


def now() -> datetime:
    """The present moment, aware."""
    return _moment.get() or timezone.now()


def today() -> date:
    """The present day in the county's time zone, whatever the machine's zone is."""
    return timezone.localdate(now(), timezone.get_default_timezone())


@contextmanager
def at(moment: datetime) -> Iterator[None]:
    """Look from an aware ``moment`` inside the block; raises ValueError for a naive one."""
    if timezone.is_naive(moment):
        raise ValueError("the moment must be aware")
    token = _moment.set(moment)
    try:
        yield
    finally:
        _moment.reset(token)
