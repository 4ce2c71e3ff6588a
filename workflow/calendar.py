"""Working days: a value loaded once per act and asked as often as needed."""

from dataclasses import dataclass
from datetime import date, timedelta

from workflow.calendar_data import FIXED

DAY = timedelta(days=1)


@dataclass(frozen=True)
class Calendar:
    """Holidays on weekdays, weekend days worked, and the years whose announcement is known.

    In any other year Monday to Friday are working days but for the fixed-date holidays, and every day is
    provisional.
    """

    holidays: frozenset[date] = frozenset()
    workdays: frozenset[date] = frozenset()
    announced_years: frozenset[int] = frozenset()

    def is_working(self, day: date) -> bool:
        """Whether offices are open on that day."""
        if day in self.holidays:
            return False
        if day in self.workdays:
            return True
        if self.is_provisional(day) and (day.month, day.day) in FIXED:
            return False
        return day.weekday() < 5

    def is_provisional(self, day: date) -> bool:
        """Whether the year of that day is not announced yet."""
        return day.year not in self.announced_years

    def next_working(self, day: date) -> date:
        """That day, or the first working day after it."""
        while not self.is_working(day):
            day += DAY
        return day

    def last_working_on_or_before(self, day: date) -> date:
        """That day, or the last working day before it."""
        while not self.is_working(day):
            day -= DAY
        return day

    def add_working_days(self, day: date, number: int) -> date:
        """The ``number``-th working day after ``day``, which itself is day 0."""
        for _ in range(number):
            day = self.next_working(day + DAY)
        return day

    def working_days_between(self, first: date, last: date) -> int:
        """Working days after ``first`` up to and including ``last``."""
        days = (last - first).days
        return sum(self.is_working(first + timedelta(days=n)) for n in range(1, days + 1))
