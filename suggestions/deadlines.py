"""When what is due: pure functions of dates, rules and the calendar, each with its trace and clause."""

from dataclasses import replace
from datetime import date, timedelta

from workflow.calendar import Calendar
from workflow.periods import (
    Deadline,
    Step,
    calendar_days,
    earlier_of,
    fixed,
    internal_months,
    months_after,
    statutory_months,
    working_days,
)
from workflow.rules import RuleValues

#: A co-host's opinion must leave the host this many days before its own date.
CO_HOST_LEAD_DAYS = 20


def reply_due(handed_over_on: date, complex_term: bool, rules: RuleValues, calendar: Calendar) -> Deadline:
    """Three months from hand-over, six when wide-ranging or difficult (Deputies Law art. 51); never moves."""
    months = rules["reply_months_complex"] if complex_term else rules["reply_months_normal"]
    return statutory_months(handed_over_on, months, calendar, "deputies_law_51")


def ledger_due(
    handed_over_on: date, stated_on: date | None, rules: RuleValues, calendar: Calendar
) -> tuple[bool, Deadline]:
    """Whether an old ledger means the complex term, and the statutory date: its six months are six months.

    Any other date that the ledger states changes nothing; the trace tells it.
    """
    normal, complex_ = (reply_due(handed_over_on, is_complex, rules, calendar) for is_complex in (False, True))
    if stated_on == complex_.due_on:
        return True, complex_
    if stated_on in (None, normal.due_on):
        return False, normal
    return False, replace(normal, trace=(*normal.trace, Step("ledger_states", {"stated": str(stated_on)})))


def rework_due(released_on: date, rules: RuleValues, calendar: Calendar) -> Deadline:
    """The next round's reply: ``rework_days`` months from the day the verdict is released."""
    return internal_months(released_on, rules["rework_months"], calendar, "rework_months")


def receipt_due(allotted_on: date, rules: RuleValues, calendar: Calendar) -> Deadline:
    """Receipt within ``receipt_days`` working days of the allotment."""
    return working_days(allotted_on, rules["receipt_days"], calendar, "receipt_days")


def objection_until(allotted_on: date, rules: RuleValues, calendar: Calendar) -> date:
    """The last day of an organ's objection (F4): ``objection_days`` working days after the allotment (scenario 9)."""
    return working_days(allotted_on, rules["objection_days"], calendar, "objection_days").due_on


def objection_decision_due(requested_on: date, rules: RuleValues, calendar: Calendar) -> Deadline:
    """An objection is decided within ``objection_decision_days`` working days."""
    return working_days(requested_on, rules["objection_decision_days"], calendar, "objection_decision_days")


def co_host_due(allotted_on: date, host_due_on: date, rules: RuleValues, calendar: Calendar) -> Deadline:
    """One month, and not later than 20 days before the host's own date; never before the day itself."""
    month = internal_months(allotted_on, rules["cohost_opinion_months"], calendar, "cohost_opinion_months")
    latest = max(host_due_on - timedelta(days=CO_HOST_LEAD_DAYS), allotted_on)
    found = earlier_of(month, fixed(latest, calendar, "cohost_before_host"))
    return replace(found, act_by=max(found.act_by, allotted_on))


def feedback_due(delivered_on: date, rules: RuleValues, calendar: Calendar) -> Deadline:
    """The deputy's evaluation: ``feedback_days`` after delivery."""
    return calendar_days(delivered_on, rules["feedback_days"], calendar, "feedback_days")


def silent_since(today: date, rules: RuleValues) -> date:
    """Whoever should have said something before this day was reminded twice in vain: when it was late, and once more.

    >>> silent_since(date(2026, 4, 14), RuleValues())
    datetime.date(2026, 4, 11)
    """
    return today - timedelta(days=rules["reminder_repeat_days"])


def release_due(evaluated_on: date, rules: RuleValues, calendar: Calendar) -> Deadline:
    """Staff release the verdict within ``release_days`` working days."""
    return working_days(evaluated_on, rules["release_days"], calendar, "release_days")


def latest_reply(handed_over_on: date, rules: RuleValues) -> date:
    """The last day that a reply may ever be given: six months from the first hand-over (Deputies Law art. 51).

    >>> latest_reply(date(2026, 8, 31), RuleValues())
    datetime.date(2027, 2, 28)
    """
    return months_after(handed_over_on, rules["reply_months_complex"])


def extended_due(new_due_on: date, old_due_on: date, latest: date, calendar: Calendar) -> Deadline:
    """The day granted, still a statutory one that stays on its day; the trace keeps the day it was before.

    Raises ValueError for a day that is not later, or beyond the six months (scenarios 11, 12).
    """
    if not old_due_on < new_due_on <= latest:
        raise ValueError(f"{new_due_on} does not lie after {old_due_on} and within {latest}")
    granted = fixed(new_due_on, calendar, "extension")
    told = Step("extended", {"old": str(old_due_on), "latest": str(latest)})
    return replace(granted, trace=(*granted.trace, told))
