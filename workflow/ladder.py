"""The ladder of reminders: so many days before a date, on the day itself, then every few days."""

from dataclasses import dataclass
from datetime import date

from workflow.models import RuleSet
from workflow.rules import RuleValues


@dataclass(frozen=True)
class Ladder:
    """The days before a date on which somebody is reminded of it, falling, and the step in days once it is over."""

    days: tuple[int, ...]
    repeat: int

    def rung(self, days_left: int) -> str:
        """The rung reached with so many days left; empty above the ladder.

        Only one holds on a day, so that whoever was not told for a week is told once and not seven times.

        >>> ladder = Ladder((30, 15, 7), 3)
        >>> ladder.rung(8), ladder.rung(7), ladder.rung(-1), ladder.rung(-4), ladder.rung(40)
        ('15', '7', 'over0', 'over1', '')
        """
        if days_left < 0:
            return f"over{(-days_left - 1) // self.repeat}"
        reached = [step for step in self.days if step >= days_left]
        return str(min(reached)) if reached else ""


class Ladders:
    """The county's ladders, each from a day on; what began under one keeps it (D13)."""

    def __init__(self) -> None:
        sets = RuleSet.objects.order_by("-valid_from").prefetch_related("values")
        values = [(row.valid_from, {value.key: value.value for value in row.values.all()}) for row in sets]
        self._since = [(day, _ladder(RuleValues(found))) for day, found in values]
        self._since.append((date.min, _ladder(RuleValues())))
        self.longest = max(max(ladder.days) for _day, ladder in self._since)

    def on(self, day: date) -> Ladder:
        """The ladder of what began on that day."""
        return next(ladder for since, ladder in self._since if since <= day)


def _ladder(rules: RuleValues) -> Ladder:
    return Ladder(rules["reminder_days"], rules["reminder_repeat_days"])
