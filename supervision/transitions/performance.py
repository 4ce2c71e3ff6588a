"""What the portal does not know of a deputy's work is entered by hand, and declared void with its reason.

The act stands in the record of the deputy's station.
"""

from datetime import date
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.actor import Actor
from stations.models import Mandate, Station
from stations.transitions.machines import STATION, Verb
from supervision import policies
from supervision.models import PerformanceEntry
from workflow import clock
from workflow.engine import Conflict, Invalid, lock, permit, record

#: No activity of one entry lasts longer.
MOST_DAYS = 30


@transaction.atomic
def enter(
    mandate: Mandate, *, actor: Actor, kind: str, on: date, text: str, days: Decimal = Decimal(0)
) -> PerformanceEntry:
    """Enter what a deputy did. Raises NotAllowed, Conflict without a station, or Invalid for a day out of office."""
    permit(policies.can_enter_performance(actor, mandate))
    station = _locked_station(mandate)
    _check_day(mandate, on)
    if not text.strip():
        raise Invalid("text", "words_missing", _("Say what it was."))
    if not 0 <= days <= MOST_DAYS:
        raise Invalid("days", "too_many_days", _("At most %(most)d days."), most=MOST_DAYS)
    if _stands_there(mandate, kind, on, text.strip()):
        raise Invalid("text", "twice", _("This stands in the file already."))
    by = actor.user
    assert by is not None
    given = {"kind": kind, "on": on, "text": text.strip(), "days": days}
    entry = PerformanceEntry.objects.create(mandate=mandate, by=by, at=clock.now(), **given)
    record(station, STATION, Verb.ENTER_PERFORMANCE, actor=actor, changes=_told(entry))
    return entry


@transaction.atomic
def void(entry: PerformanceEntry, *, actor: Actor, reason: str) -> None:
    """The entry counts no longer and stays readable. Raises NotAllowed, Conflict when it is void already, Invalid."""
    permit(policies.can_enter_performance(actor, entry.mandate))
    station = _locked_station(entry.mandate)
    if not reason.strip():
        raise Invalid("reason", "reason_missing", _("Say why."))
    fields = {"voided_at": clock.now(), "voided_by": actor.user, "void_reason": reason.strip()}
    if not PerformanceEntry.objects.filter(pk=entry.pk, voided_at=None).update(**fields):
        raise Conflict("void_already", _("This entry is void already."))
    record(station, STATION, Verb.VOID_PERFORMANCE, actor=actor, reason=reason.strip(), changes=_told(entry))


def _locked_station(mandate: Mandate) -> Station:
    if mandate.station is None:
        raise Conflict("no_station", _("The deputy belongs to no station, which keeps the record. Assign one first."))
    return lock(mandate.station)


def _check_day(mandate: Mandate, on: date) -> None:
    if on > clock.today():
        raise Invalid("on", "future", _("This day is still to come."))
    first = mandate.started_on or mandate.term.starts_on
    if first is not None and on < first:
        raise Invalid("on", "before_office", _("The deputy is in office since %(since)s."), since=first)
    if mandate.ended_on is not None and on >= mandate.ended_on:
        raise Invalid("on", "after_office", _("The deputy is out of office from %(until)s."), until=mandate.ended_on)


def _stands_there(mandate: Mandate, kind: str, on: date, text: str) -> bool:
    """The same form sent twice is one entry."""
    return PerformanceEntry.objects.filter(mandate=mandate, kind=kind, on=on, text=text, voided_at=None).exists()


def _told(entry: PerformanceEntry) -> dict[str, str]:
    return {
        "deputy": entry.mandate.person.name,
        "day": entry.on.isoformat(),
        "performance_text": entry.text,
    }
