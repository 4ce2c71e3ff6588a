"""Counting time: every function returns the date *and* how it was counted, with the clause.

The day something starts is day 0 and the last day counts (law paper, ``count_rule``). A statutory date never
moves, not even off a holiday: ``act_by`` says by when to act. Limits in working days and the county's own
limits that fall on a day off move to the next working day (invariant 9).
"""

from calendar import monthrange
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from django.utils.translation import gettext_lazy as _

from workflow.calendar import Calendar


@dataclass(frozen=True)
class Step:
    """One step of a count: a code that ``describe`` knows, and its parameters."""

    code: str
    params: Mapping[str, Any]


@dataclass(frozen=True)
class Deadline:
    """A date due, the day by which to act for it, and the steps that led there."""

    due_on: date
    act_by: date
    trace: tuple[Step, ...]
    provisional: bool = False

    @property
    def rule(self) -> str:
        """The clause or parameter that set it: the first step's."""
        return str(self.trace[0].params.get("clause", self.trace[0].code))

    def as_json(self) -> list[dict[str, Any]]:
        """The trace as it is stored."""
        return [{"code": step.code, **step.params} for step in self.trace]

    @staticmethod
    def steps_from_json(rows: Sequence[Mapping[str, Any]]) -> list[Step]:
        """The steps of a stored trace."""
        return [Step(row["code"], {key: value for key, value in row.items() if key != "code"}) for row in rows]


def months_after(start: date, months: int) -> date:
    """The same day of the ``months``-th month after, or the last day of that month.

    >>> months_after(date(2026, 11, 30), 3)
    datetime.date(2027, 2, 28)
    """
    years, month = divmod(start.month - 1 + months, 12)
    year = start.year + years
    return date(year, month + 1, min(start.day, monthrange(year, month + 1)[1]))


def statutory_months(start: date, months: int, calendar: Calendar, clause: str) -> Deadline:
    """A statutory limit in months; it stays on its day, act on the last working day on or before it."""
    due_on = months_after(start, months)
    act_by = max(calendar.last_working_on_or_before(due_on), start)
    steps = [Step("months", {**_params(start, months, due_on, clause), "statutory": True})]
    if act_by != due_on:
        steps.append(Step("act_before_holiday", {"act_by": str(act_by)}))
    return _deadline(due_on, act_by, steps, calendar)


def internal_months(start: date, months: int, calendar: Calendar, clause: str) -> Deadline:
    """A limit of the county's own in months; off a holiday to the next working day."""
    end = months_after(start, months)
    return _internal(end, Step("months", _params(start, months, end, clause)), calendar)


def calendar_days(start: date, days: int, calendar: Calendar, clause: str) -> Deadline:
    """A limit of the county's own in calendar days; off a holiday to the next working day."""
    end = start + timedelta(days=days)
    return _internal(end, Step("days", _params(start, days, end, clause)), calendar)


def working_days(start: date, days: int, calendar: Calendar, clause: str) -> Deadline:
    """A limit in working days; the start is day 0."""
    end = calendar.add_working_days(start, days)
    return _internal(end, Step("working_days", _params(start, days, end, clause)), calendar)


def fixed(day: date, calendar: Calendar, clause: str) -> Deadline:
    """A day set otherwise; act on the last working day on or before it."""
    act_by = calendar.last_working_on_or_before(day)
    return _deadline(day, act_by, [Step("fixed", {"due": str(day), "clause": clause})], calendar)


def earlier_of(one: Deadline, other: Deadline) -> Deadline:
    """The earlier of two limits, with both traces."""
    winner, loser = (one, other) if one.due_on <= other.due_on else (other, one)
    step = Step("earlier", {"due": str(winner.due_on), "not": str(loser.due_on)})
    trace = (*winner.trace, *loser.trace, step)
    return Deadline(winner.due_on, winner.act_by, trace, winner.provisional)


def recount(steps: Sequence[Step], calendar: Calendar) -> Deadline:
    """Count once more what a trace counted, with a calendar that has changed since.

    Remarks that are no count stay. Raises ValueError for a trace that counts nothing.
    """
    counted: list[Deadline] = []
    remarks = []
    for step in steps:
        if step.code in _COUNTS or step.code == "fixed":
            counted.append(_count(step, calendar))
        elif step.code == "earlier":
            counted[-2:] = [earlier_of(*counted[-2:])]
        elif step.code not in _CONSEQUENCES:
            remarks.append(step)
    if len(counted) != 1:
        raise ValueError("the trace does not lead to one date")
    return replace(counted[0], trace=(*counted[0].trace, *remarks))


def _params(start: date, count: int, end: date, clause: str) -> dict[str, Any]:
    return {"start": str(start), "count": count, "due": str(end), "clause": clause}


def _internal(end: date, first: Step, calendar: Calendar) -> Deadline:
    due_on = calendar.next_working(end)
    steps = [first]
    if due_on != end:
        steps.append(Step("moved_off_holiday", {"due": str(due_on)}))
    return _deadline(due_on, due_on, steps, calendar)


def _deadline(due_on: date, act_by: date, steps: list[Step], calendar: Calendar) -> Deadline:
    provisional = calendar.is_provisional(due_on)
    if provisional:
        steps.append(Step("provisional", {"year": due_on.year}))
    return Deadline(due_on, act_by, tuple(steps), provisional)


def _count(step: Step, calendar: Calendar) -> Deadline:
    """What a counting step counted."""
    told, clause = step.params, step.params["clause"]
    if step.code == "fixed":
        return fixed(date.fromisoformat(told["due"]), calendar, clause)
    count = statutory_months if told.get("statutory") else _COUNTS[step.code]
    return count(date.fromisoformat(told["start"]), told["count"], calendar, clause)


#: How each kind of step is counted; the kinds that only follow from a count.
_COUNTS = {"months": internal_months, "days": calendar_days, "working_days": working_days}
_CONSEQUENCES = frozenset({"moved_off_holiday", "act_before_holiday", "provisional"})


#: What each clause is called where a count is shown.
CLAUSES = {
    "deputies_law_51": _("Deputies Law, article 51"),
    "extension": _("later date granted within six months, Deputies Law, article 51"),
    "rework_months": _("re-handling, county rule"),
    "receipt_days": _("receipt, county rule"),
    "objection_decision_days": _("decision on an objection, county rule"),
    "cohost_opinion_months": _("co-host's opinion, county rule"),
    "cohost_before_host": _("20 days before the host's reply is due"),
    "feedback_days": _("deputy's evaluation, county rule"),
    "release_days": _("release of the verdict, county rule"),
}

_SENTENCES = {
    "months": _("%(count)d months from %(start)s: %(due)s (%(clause)s)"),
    "days": _("%(count)d days from %(start)s: %(due)s (%(clause)s)"),
    "working_days": _("%(count)d working days from %(start)s: %(due)s (%(clause)s)"),
    "fixed": _("%(due)s (%(clause)s)"),
    "moved_off_holiday": _("a day off, so moved to %(due)s"),
    "act_before_holiday": _("a day off; the statutory date stays, act before it by %(act_by)s"),
    "provisional": _("the calendar of %(year)d is not announced yet, so the day to act by may still move"),
    "earlier": _("the earlier date, %(due)s, applies"),
    "extended": _("until then it was %(old)s; six months from the first hand-over end on %(latest)s"),
    "ledger_states": _("the former ledger states %(stated)s; the statutory date applies"),
}


def describe(step: Step) -> str:
    """The sentence of a step, in the reader's language."""
    params = dict(step.params)
    params["clause"] = CLAUSES.get(params.get("clause", ""), params.get("clause", ""))
    return str(_SENTENCES[step.code]) % params


@dataclass(frozen=True)
class Light:
    """A time light: its colour and the days left (negative when late)."""

    colour: str
    days: int


#: More than the first: green; more than the second: yellow; not yet over: orange.
BOUNDS = (30, 10)


def light(act_by: date, started_on: date, today: date, bounds: Sequence[int] = BOUNDS) -> Light:
    """Green, yellow, orange, and red when today is later; limits shorter than the first bound use thirds."""
    days = (act_by - today).days
    whole = (act_by - started_on).days
    first, second = bounds[:2] if whole >= bounds[0] else (whole * 2 // 3, whole // 3)
    if days < 0:
        return Light("red", days)
    if days > first:
        return Light("green", days)
    return Light("yellow" if days > second else "orange", days)
