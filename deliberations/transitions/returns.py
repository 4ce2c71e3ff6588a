"""The monthly return of a station, handed in by one click; it stands in the station's record."""

from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.actor import Actor
from deliberations.figures import Month, figures
from deliberations.models import MonthlyReturn
from deliberations.policies import returns as policies
from stations.figures import FIGURES
from stations.models import Station
from stations.transitions.machines import STATION
from stations.transitions.machines import Verb as StationVerb
from workflow import clock
from workflow.engine import Conflict, Invalid, lock, permit, record

#: Until this day of the next month a return may be handed in anew.
LAST_DAY = 10


@transaction.atomic
def hand_in(station: Station, *, actor: Actor, month: Month, remark: str = "") -> MonthlyReturn:
    """Hand in what the station did in a month as it is counted now, nought included; anew until the 10th after it.

    The same figures once more change nothing. Raises NotAllowed, Conflict for a closed station or a return that
    stands, and Invalid for a month that has not begun.
    """
    case = lock(station)
    permit(policies.can_hand_in_return(actor, case))
    if month.first > clock.today():
        raise Invalid("month", "in_future", _("This month has not begun."))
    known = MonthlyReturn.objects.filter(station=case, month=month.first).first()
    told = {"figures": figures(case, month), "remark": remark.strip()}
    if known is not None and told == {"figures": known.figures, "remark": known.remark}:
        return known
    if known is not None:
        require_open(known)
    assert actor.user is not None  # whoever holds a post has an account
    by = {"by": actor.user, "handed_in_at": clock.now()}
    row, _created = MonthlyReturn.objects.update_or_create(station=case, month=month.first, defaults={**told, **by})
    changes = _changes(known, row)
    record(case, STATION, StationVerb.HAND_IN_RETURN, actor=actor, reason=row.remark, changes=changes)
    return row


def require_open(row: MonthlyReturn) -> None:
    """Raise Conflict once a return stands."""
    if not is_open(row.month):
        sentence = _("The return of this month was handed in and stands since the %(day)sth of the month after it.")
        raise Conflict("return_stands", sentence, day=LAST_DAY)


def is_open(month: date) -> bool:
    """Whether a return of that month may still be handed in anew."""
    return clock.today() <= Month.of(month).next.first.replace(day=LAST_DAY)


def _changes(known: MonthlyReturn | None, row: MonthlyReturn) -> dict[str, Any]:
    """Every figure the first time; afterwards before and after of those that are others."""
    told: dict[str, Any] = {"month": f"{row.month:%Y-%m}"}
    if known is None:
        return told | {name: row.figures[name] for name in FIGURES if row.figures[name]}
    pairs = {name: [known.figures.get(name, 0), row.figures[name]] for name in FIGURES}
    return told | {name: pair for name, pair in pairs.items() if pair[0] != pair[1]}
