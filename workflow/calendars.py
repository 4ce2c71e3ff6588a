"""The calendar as the tables hold it."""

from workflow.calendar import Calendar
from workflow.models import CalendarDay, CalendarYear


def load_calendar() -> Calendar:
    """The whole calendar in two queries; never kept, so that an edit is seen by a running worker."""
    days = list(CalendarDay.objects.values_list("date", "kind"))
    announced = CalendarYear.objects.filter(standing=CalendarYear.Standing.ANNOUNCED).values_list("year", flat=True)
    return Calendar(
        holidays=frozenset(day for day, kind in days if kind == CalendarDay.Kind.HOLIDAY),
        workdays=frozenset(day for day, kind in days if kind == CalendarDay.Kind.WORKDAY),
        announced_years=frozenset(announced),
    )
