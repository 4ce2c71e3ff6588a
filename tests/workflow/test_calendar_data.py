"""The announced years are there as the State Council announced them, and an edit is seen at once."""

from datetime import date, timedelta

import pytest
from django.apps import apps
from django.utils.timezone import datetime, make_aware

from workflow import clock, defaults
from workflow.calendar_data import FIXED, SOURCES
from workflow.calendars import load_calendar
from workflow.models import CalendarDay, CalendarYear

pytestmark = pytest.mark.django_db

#: The announcements: first and last day of each break, and the weekend days worked.
BREAKS = {
    2024: "0101-0101 0210-0217 0404-0406 0501-0505 0608-0610 0915-0917 1001-1007",
    2025: "0101-0101 0128-0204 0404-0406 0501-0505 0531-0602 1001-1008",
    2026: "0101-0103 0215-0223 0404-0406 0501-0505 0619-0621 0925-0927 1001-1007",
}
WORKED = {
    2024: "0204 0218 0407 0428 0511 0914 0929 1012",
    2025: "0126 0208 0427 0928 1011",
    2026: "0104 0214 0228 0509 0920 1010",
}
#: Days of all breaks together, and working days of the year.
LENGTHS = {2024: (30, 251), 2025: (28, 248), 2026: (33, 248)}


def on(year, text):
    return date.fromisoformat(f"{year}{text}")


def span(year, text):
    first, last = (on(year, part) for part in text.split("-"))
    return [first + timedelta(days=n) for n in range((last - first).days + 1)]


def year_of(year):
    first = date(year, 1, 1)
    return [first + timedelta(days=n) for n in range((date(year + 1, 1, 1) - first).days)]


@pytest.mark.parametrize("year", BREAKS)
def test_a_year_is_as_it_was_announced(year):
    calendar = load_calendar()
    off = [day for text in BREAKS[year].split() for day in span(year, text)]
    worked = [on(year, text) for text in WORKED[year].split()]
    assert len(off) == LENGTHS[year][0]
    for day in year_of(year):
        expected = day in worked or (day.weekday() < 5 and day not in off)
        assert calendar.is_working(day) == expected, day


@pytest.mark.parametrize("year", LENGTHS)
def test_the_working_days_of_a_year(year):
    calendar = load_calendar()
    assert sum(map(calendar.is_working, year_of(year))) == LENGTHS[year][1]


def test_only_exceptions_are_stored():
    for day in CalendarDay.objects.all():
        assert (day.date.weekday() < 5) == (day.kind == CalendarDay.Kind.HOLIDAY), day
        assert bool(day.name) == (day.kind == CalendarDay.Kind.HOLIDAY)


def test_every_year_names_its_announcement():
    assert {row.year: row.source for row in CalendarYear.objects.all()} == SOURCES
    assert all(str(year) in source for year, source in SOURCES.items())


def test_a_year_not_announced_is_assumed_with_the_fixed_holidays_only():
    calendar = load_calendar()
    off = {(day.month, day.day) for day in year_of(2027) if day.weekday() < 5 and not calendar.is_working(day)}
    assert off == {pair for pair in FIXED if date(2027, *pair).weekday() < 5}
    assert all(calendar.is_provisional(day) for day in year_of(2027))
    assert not any(calendar.is_working(day) for day in year_of(2027) if day.weekday() >= 5)


def test_an_edit_is_seen_by_a_process_that_runs():
    day = date(2026, 11, 25)
    assert load_calendar().is_working(day)
    CalendarDay.objects.create(
        year=CalendarYear.objects.get(year=2026), date=day, kind=CalendarDay.Kind.HOLIDAY, name="放假"
    )
    assert not load_calendar().is_working(day)


def test_the_calendar_is_read_in_two_queries(django_assert_num_queries):
    with django_assert_num_queries(2):
        load_calendar()


def test_defaults_can_be_installed_again_and_keep_what_the_county_changed():
    CalendarYear.objects.filter(year=2026).update(source="更正后的通知")
    CalendarDay.objects.filter(date=date(2026, 10, 7)).delete()
    before = CalendarDay.objects.count()
    defaults.install(apps)
    assert CalendarDay.objects.count() == before
    assert CalendarYear.objects.get(year=2026).source == "更正后的通知"


def test_the_day_of_the_county_does_not_depend_on_greenwich():
    with clock.at(make_aware(datetime(2026, 12, 31, 23, 59, 59))):
        assert clock.today() == date(2026, 12, 31)
    with clock.at(make_aware(datetime(2027, 1, 1, 0, 0))):
        assert clock.today() == date(2027, 1, 1)
