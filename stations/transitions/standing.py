"""How a mandate stands: suspended, resumed, ended; and at which station the deputy is.

A mandate has no chain of its own: as deputies are met at their station, each of these acts is one event of the
station, in which the mandate is the part that moved. Whoever belongs to no station is put to one first
(``take_in``), so that no act is without its record; a list of the county may still enter a deputy without one.
"""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.actor import Actor
from stations import policies
from stations.models import Mandate, Station
from stations.transitions.machines import MANDATE, STATION, Verb
from stations.transitions.mandates import mandate_text, station_of
from workflow import clock
from workflow.engine import Invalid, Moved, Stale, lock, lock_all, permit, record

_DATES = ("started_on", "ended_on", "suspended_from", "suspended_to", "station_id")


@transaction.atomic
def suspend(mandate: Mandate, *, actor: Actor, version: int, on: date, reason: str) -> Mandate:
    """Suspend a deputy from the exercise of the mandate, from a day on; ``version`` is that of the station.

    Raises NotAllowed, Conflict, Stale, and Invalid for an impossible day.
    """
    case, row = _begin(mandate, Verb.SUSPEND, actor, version)
    _check_day(on, row.started_on)
    return _finish(case, row, Verb.SUSPEND, actor, on, reason, suspended_from=on, suspended_to=None)


@transaction.atomic
def resume(mandate: Mandate, *, actor: Actor, version: int, on: date, reason: str) -> Mandate:
    """Let a suspended deputy act again, from a day on. Raises like ``suspend``."""
    case, row = _begin(mandate, Verb.RESUME, actor, version)
    _check_day(on, row.suspended_from)
    return _finish(case, row, Verb.RESUME, actor, on, reason, suspended_to=on - timedelta(days=1))


@transaction.atomic
def end(mandate: Mandate, *, actor: Actor, version: int, on: date, end_reason: str, reason: str = "") -> Mandate:
    """End a mandate before or with its term; ``on`` is the first day out of office. Raises like ``suspend``."""
    case, row = _begin(mandate, Verb.END, actor, version)
    _check_day(on, row.started_on)
    return _finish(case, row, Verb.END, actor, on, reason, ended_on=on, end_reason=end_reason)


@transaction.atomic
def take_in(mandate: Mandate, *, actor: Actor, version: int, station: Station) -> Mandate:
    """Put a deputy to a station; the one they leave records it too. ``version`` is that of the present station, or 0.

    Raises NotAllowed, Conflict, Stale, and Invalid when they belong there already.
    """
    permit(policies.can_keep_mandates(actor))
    row = _fresh(mandate)
    if row.station_id == station.pk:
        raise Invalid("station", "same_station", _("The deputy belongs to this station already."))
    cases = {case.pk: case for case in lock_all(filter(None, (row.station, station)))}
    MANDATE.require(row, Verb.TAKE_IN)
    left, joined = cases[row.station_id] if row.station_id else None, cases[station.pk]
    if (left.version if left else 0) != version:
        raise Stale
    changes = {**_deputy(row), "station": [left.name if left else "", joined.name]}
    moved = _set(row, row.status, station_id=joined.pk)
    record(joined, STATION, Verb.TAKE_IN, actor=actor, part=moved, changes=changes)
    if left:
        record(left, STATION, Verb.GIVE_UP, actor=actor, part=moved, changes=changes)
    Mandate.objects.filter(pk=row.pk).update(search_text=mandate_text(_fresh(row)))
    return row


def _begin(mandate: Mandate, verb: str, actor: Actor, version: int) -> tuple[Station, Mandate]:
    permit(policies.can_keep_mandates(actor))
    row = _fresh(mandate)
    case = lock(station_of(row), version=version)
    MANDATE.require(row, verb)
    return case, row


def _fresh(mandate: Mandate) -> Mandate:
    return Mandate.objects.select_related("person", "term", "station", "delegation").get(pk=mandate.pk)


def _check_day(on: date, earliest: date | None) -> None:
    if on > clock.today():
        raise Invalid("on", "in_future", _("This day is still to come."))
    if earliest and on < earliest:
        raise Invalid("on", "before_start", _("This is before %(day)s, when it began."), day=earliest)


def _finish(case: Station, row: Mandate, verb: str, actor: Actor, on: date, reason: str, **dates: Any) -> Mandate:
    moved = _set(row, row.status, **dates)
    record(case, STATION, verb, actor=actor, part=moved, reason=reason, changes={**_deputy(row), "on": on})
    return row


def _set(row: Mandate, before: str, **columns: Any) -> Moved:
    """One UPDATE on the condition that the mandate is still as it was read; raises Stale otherwise."""
    read = {name: getattr(row, name) for name in _DATES}
    if Mandate.objects.filter(pk=row.pk, **read).update(**columns) != 1:
        raise Stale
    for name, value in columns.items():
        setattr(row, name, value)
    return Moved(MANDATE.name, row.uuid, before, row.status)


def _deputy(row: Mandate) -> Mapping[str, Any]:
    return {"deputy": row.person.name, "certificate_no": row.certificate_no}
