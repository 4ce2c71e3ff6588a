"""Deputies who were asked what they think of an answer, and reminded twice in vain (scenario 18).

Computed from the limit for the evaluation and the rules of today; never stored, never counted as satisfied.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from suggestions.deadlines import silent_since
from suggestions.models import ClockKind, Suggestion, SuggestionClock
from workflow import clock
from workflow.rules import rules_in_force


def without_feedback(suggestions: Any) -> Any:
    """Of these suggestions those that were answered and whose deputy has said nothing."""
    return suggestions.without_feedback(_day())


def mark_silent(rows: Sequence[Any]) -> None:
    """Say of each row of ``for_list`` whether its deputy ``is_silent``; asks for the rules only where one is late."""
    late = [row for row in rows if _is_late(row)]
    day = _day() if late else date.min
    for row in rows:
        row.is_silent = False
    for row in late:
        row.is_silent = row.feedback_by < day


def is_silent(case: Any, clocks: Iterable[SuggestionClock]) -> bool:
    """Whether the deputy of a case with ``is_judged`` was asked in vain."""
    asked = next((row for row in clocks if row.kind == ClockKind.FEEDBACK and row.is_running), None)
    if asked is None or case.is_judged or case.status != Suggestion.Status.REPLIED or asked.act_by >= clock.today():
        return False
    return asked.act_by < _day()


def _is_late(row: Any) -> bool:
    waits = row.status == Suggestion.Status.REPLIED and not row.verdict_value
    return waits and row.feedback_by is not None and row.feedback_by < clock.today()


def _day() -> date:
    today = clock.today()
    return silent_since(today, rules_in_force(today)[1])
