"""Starting, meeting and voiding the time limits of a suggestion, in the transaction of the act."""

from collections.abc import Callable
from datetime import date
from functools import cached_property

from suggestions.models import Assignment, ClockKind, Suggestion, SuggestionClock
from workflow import clock
from workflow.calendar import Calendar
from workflow.calendars import load_calendar
from workflow.models import RuleSet
from workflow.periods import Deadline
from workflow.rules import RuleValues, rules_in_force

Count = Callable[[RuleValues, Calendar], Deadline]


class Basis:
    """What the limits of one act are counted by: calendar and rules, each read once and kept no longer than the act."""

    def __init__(self) -> None:
        self._rules: dict[date, tuple[RuleSet | None, RuleValues]] = {}

    @cached_property
    def calendar(self) -> Calendar:
        """The calendar as it is now."""
        return load_calendar()

    def rules(self, on: date) -> tuple[RuleSet | None, RuleValues]:
        """The rule set in force on a day, and its values."""
        if on not in self._rules:
            self._rules[on] = rules_in_force(on)
        return self._rules[on]


def start(
    suggestion: Suggestion,
    kind: str,
    start_on: date,
    count: Count,
    *,
    assignment: Assignment | None = None,
    basis: Basis | None = None,
) -> SuggestionClock:
    """Start one clock by the rules in force on its first day, and remember which rules those were.

    An act that starts several hands the same ``basis`` to each.
    """
    basis = basis or Basis()
    rule_set, rules = basis.rules(start_on)
    fresh = new(suggestion, kind, start_on, count(rules, basis.calendar), rule_set, assignment)
    fresh.save(force_insert=True)
    return fresh


def new(
    suggestion: Suggestion,
    kind: str,
    start_on: date,
    deadline: Deadline,
    rule_set: RuleSet | None,
    assignment: Assignment | None = None,
) -> SuggestionClock:
    """A clock of the present round, still to be saved."""
    return SuggestionClock(
        suggestion=suggestion,
        assignment=assignment,
        kind=kind,
        round=suggestion.round,
        start_on=start_on,
        due_on=deadline.due_on,
        act_by=deadline.act_by,
        original_due_on=deadline.due_on,
        rule_key=deadline.rule,
        trace=deadline.as_json(),
        provisional=deadline.provisional,
        rule_set=rule_set,
    )


def meet(suggestion: Suggestion, kind: str, on: date | None = None, assignment: Assignment | None = None) -> None:
    """The clock is met: on ``on``, today unless said otherwise."""
    running = suggestion.clocks.running().filter(kind=kind)
    if assignment is not None:
        running = running.filter(assignment=assignment)
    running.update(met_on=on or clock.today())


def void(suggestion: Suggestion, *kinds: str) -> None:
    """The clocks of these kinds no longer matter (the case moved on without them)."""
    suggestion.clocks.running().filter(kind__in=kinds).update(voided_on=clock.today())


def void_of(assignment: Assignment, *kinds: str) -> None:
    """This organ's clocks of these kinds no longer matter."""
    assignment.clocks.running().filter(kind__in=kinds).update(voided_on=clock.today())


def clear_of(assignment: Assignment, kind: str) -> None:
    """Make room for a new clock of the kind, which an organ has once at a time; one that was met stays told as met."""
    assignment.clocks.filter(kind=kind, voided_on=None).update(voided_on=clock.today())


def reply_clock(suggestion: Suggestion) -> SuggestionClock | None:
    """The reply clock of the present round; reads the clocks where they were prefetched."""
    rows = (row for row in suggestion.clocks.all() if row.kind == ClockKind.REPLY and row.voided_on is None)
    return next((row for row in rows if row.round == suggestion.round), None)
