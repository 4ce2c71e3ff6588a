"""When letters that urge somebody go out: on working days, in the hours in which an office reads them."""

from datetime import datetime, time, timedelta

from django.utils import timezone

from workflow.calendar import Calendar

OPENS, CLOSES = time(8), time(18)


def next_open(moment: datetime, calendar: Calendar) -> datetime:
    """That moment if offices are open then, else the next time that they open, in the county's time zone."""
    here = timezone.localtime(moment, timezone.get_default_timezone())
    if calendar.is_working(here.date()) and here.time() < CLOSES:
        return max(moment, _opening(here))
    return _opening(datetime.combine(calendar.next_working(here.date() + timedelta(1)), OPENS, here.tzinfo))


def _opening(here: datetime) -> datetime:
    return here.replace(hour=OPENS.hour, minute=0, second=0, microsecond=0)
