"""Within what a card's date must lie, and how much time it leaves."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from suggestions import deadlines
from suggestions.models import Suggestion
from suggestions.transitions.clocks import reply_clock
from workflow import clock
from workflow.calendars import load_calendar
from workflow.periods import Light, light
from workflow.rules import rules_in_force


@dataclass(frozen=True)
class Frame:
    """The first and the last day that a card may name, and the one that is proposed."""

    earliest: date
    latest: date
    proposed: date


def frame(suggestion: Suggestion) -> Frame:
    """The card may be stricter than the reply term of the present round, never wider.

    Before the hand-over no term runs: then the term is counted as if it were handed over today. Handed over later
    it ends later, so that the card's date stays within it whatever happens.
    """
    running = reply_clock(suggestion)
    if running is not None:
        return Frame(running.start_on, running.due_on, running.act_by)
    today = clock.today()
    rules = rules_in_force(today)[1]
    complex_term = suggestion.reply_term == Suggestion.ReplyTerm.COMPLEX
    due = deadlines.reply_due(today, complex_term, rules, load_calendar())
    return Frame(today, due.due_on, due.act_by)


def card_light(status: str, due_on: date | None, issued_on: date | None, *, has_ended: bool) -> Light | None:
    """The time light of an issued card whose organ has not reported; none once its suggestion has ended otherwise."""
    if status != "ISSUED" or due_on is None or issued_on is None or has_ended:
        return None
    return light(due_on, min(issued_on, due_on), clock.today())


def has_ended(suggestion: Any) -> bool:
    """Withdrawn, or ended by resolution: the card presses nobody any more."""
    by_resolution = suggestion.closing_basis in Suggestion.BY_RESOLUTION
    return suggestion.status == Suggestion.Status.WITHDRAWN or by_resolution
