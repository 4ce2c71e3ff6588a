"""On which days voters are received by a rule, before and after days off have moved them."""

from calendar import monthrange
from collections.abc import Iterator
from datetime import date, timedelta

from stations.models import ReceptionRule
from workflow.calendar import Calendar

#: So many days ahead reception days are planned: three months.
AHEAD = timedelta(days=92)
#: So many days before a reception day its notice hangs on the wall.
NOTICE_DAYS = 3
#: So many days before a reception day the deputies on duty are reminded of it.
DUTY_DAYS = 2


def days_of(rule: ReceptionRule, first: date, last: date) -> Iterator[date]:
    """The days that the rule names from one day to another, in their order; a 31st is the last of a shorter month."""
    month = first.replace(day=1)
    while month <= last:
        if _is_of(rule, month):
            day = _day_in(rule, month)
            if max(first, rule.since) <= day <= min(last, rule.until or last):
                yield day
        month = (month + timedelta(days=31)).replace(day=1)


def moved(day: date, calendar: Calendar) -> date:
    """The day on which it is held: the next working day where the rule's own is a day off."""
    return calendar.next_working(day)


def _is_of(rule: ReceptionRule, month: date) -> bool:
    odd = month.month % 2 == 1
    return rule.months == ReceptionRule.Months.ALL or odd == (rule.months == ReceptionRule.Months.ODD)


def _day_in(rule: ReceptionRule, month: date) -> date:
    if rule.day is not None:
        return month.replace(day=min(rule.day, monthrange(month.year, month.month)[1]))
    assert rule.weekday is not None and rule.week is not None  # the table's own check
    ahead = (rule.weekday - month.weekday()) % 7
    return month + timedelta(days=ahead + 7 * (rule.week - 1))
