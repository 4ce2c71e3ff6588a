"""Running time limits counted once more after the calendar changed, in one act on each suggestion concerned."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from django.db import transaction

from accounts.actor import Actor
from suggestions.models import SuggestionClock
from suggestions.transitions.machines import SUGGESTION, Verb
from workflow.calendar import Calendar
from workflow.engine import Stale, lock, record
from workflow.periods import Deadline, recount


@dataclass(frozen=True)
class Shift:
    """A running limit whose count changes with the calendar, and what it becomes."""

    clock: SuggestionClock
    deadline: Deadline

    @property
    def moves(self) -> bool:
        """Whether a date changes, and not only how sure it is."""
        return (self.clock.due_on, self.clock.act_by) != (self.deadline.due_on, self.deadline.act_by)


def shifts(calendar: Calendar) -> Iterator[Shift]:
    """Every running limit that the calendar counts otherwise than it stands, by suggestion."""
    rows = SuggestionClock.objects.running().select_related("suggestion__lead__person", "assignment__organ")
    for row in rows.order_by("suggestion_id", "pk").iterator(chunk_size=500):
        try:
            deadline = recount(Deadline.steps_from_json(row.trace), calendar)
        except ValueError:
            # a date that was not counted, such as one taken over from a ledger, does not follow a calendar
            continue
        if deadline.as_json() != row.trace or deadline.act_by != row.act_by:
            yield Shift(row, deadline)


@transaction.atomic
def apply_calendar(calendar: Calendar, *, actor: Actor) -> list[Shift]:
    """Set the limits to what the calendar says, and tell it on each suggestion whose dates move.

    Raises Stale when a limit was met meanwhile. The caller has asked the policy.
    """
    changed = list(shifts(calendar))
    for _pk, group in groupby(changed, key=lambda shift: shift.clock.suggestion_id):
        _apply(list(group), actor)
    return changed


def _apply(changed: list[Shift], actor: Actor) -> None:
    case = lock(changed[0].clock.suggestion)
    for shift in changed:
        _store(shift)
    if told := [_told(shift) for shift in changed if shift.moves]:
        record(case, SUGGESTION, Verb.RECOUNT, actor=actor, changes={"clocks": told})


def _store(shift: Shift) -> None:
    new = shift.deadline
    running = SuggestionClock.objects.running().filter(pk=shift.clock.pk, act_by=shift.clock.act_by)
    dates = {"due_on": new.due_on, "act_by": new.act_by, "trace": new.as_json(), "provisional": new.provisional}
    if running.update(**dates) != 1:
        raise Stale


def _told(shift: Shift) -> dict[str, str]:
    before, after = shift.clock, shift.deadline
    return {
        "kind": before.kind,
        "due_on": f"{before.due_on} → {after.due_on}",
        "act_by": f"{before.act_by} → {after.act_by}",
    }
