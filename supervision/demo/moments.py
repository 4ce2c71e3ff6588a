"""When the acts of the demo county were done: true moments before today, in office hours, one after another."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta
from typing import Any

from django.utils import timezone

from workflow import clock
from workflow.calendar import Calendar

#: The first act of a day is done at this hour, the next of the same case so much later.
OPENS, PAUSE = time(9, 10), timedelta(minutes=12)


class Moments:
    """Days before and after today, all of them working days."""

    def __init__(self, calendar: Calendar) -> None:
        self.calendar = calendar
        #: The day from which all are counted, whatever moment is looked from.
        self.today = clock.today()

    def day(self, ago: int) -> date:
        """So many days before today, moved back to a working day."""
        return self.calendar.last_working_on_or_before(self.today - timedelta(days=ago))

    def ahead(self, days: int) -> date:
        """So many days after today, moved on to a working day."""
        return self.calendar.next_working(self.today + timedelta(days=days))

    @contextmanager
    def at(self, ago: int, *cases: Any) -> Iterator[None]:
        """So many days before today, after the last act on each of the cases, never later than now."""
        moment = timezone.make_aware(datetime.combine(self.day(ago), OPENS), timezone.get_default_timezone())
        for case in cases:
            last = case.events.order_by("seq").values_list("at", flat=True).last()
            if last is not None:
                moment = max(moment, last + PAUSE)
        with clock.at(min(moment, clock.now())):
            yield
