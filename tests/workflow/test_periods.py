"""Counting time, against an oracle that knows nothing but to look at one day after the other."""

import os
import subprocess
import sys
from datetime import date, timedelta

import pytest
from django.conf import settings
from hypothesis import example, given
from hypothesis import strategies as st

from workflow.calendar import Calendar
from workflow.calendar_data import FIXED, HOLIDAYS, WORKDAYS
from workflow.periods import (
    BOUNDS,
    CLAUSES,
    Deadline,
    Step,
    calendar_days,
    describe,
    earlier_of,
    fixed,
    internal_months,
    light,
    months_after,
    recount,
    statutory_months,
    working_days,
)

CLAUSE = "receipt_days"


def days_of(year, text):
    return {date.fromisoformat(f"{year}{day}") for day in text.split()}


OFF = frozenset(day for year, names in HOLIDAYS.items() for text in names.values() for day in days_of(year, text))
WORKED = frozenset(day for year, text in WORKDAYS.items() for day in days_of(year, text))
KNOWN = Calendar(OFF, WORKED, frozenset(HOLIDAYS))

days = st.dates(date(2024, 1, 1), date(2027, 12, 31))
calendars = st.builds(
    Calendar,
    holidays=st.frozensets(st.dates(date(2024, 1, 1), date(2028, 12, 31)), max_size=40),
    workdays=st.frozensets(st.dates(date(2024, 1, 1), date(2028, 12, 31)), max_size=20),
    announced_years=st.frozensets(st.integers(2024, 2028)),
)
COUNTS = [
    lambda start, number, calendar: internal_months(start, number, calendar, CLAUSE),
    lambda start, number, calendar: calendar_days(start, number, calendar, CLAUSE),
    lambda start, number, calendar: working_days(start, number, calendar, CLAUSE),
]
counts = st.sampled_from(COUNTS)


def is_open(day, calendar):
    """The oracle's own opinion of a day."""
    if day in calendar.holidays or day in calendar.workdays:
        return day not in calendar.holidays
    if day.year not in calendar.announced_years and (day.month, day.day) in FIXED:
        return False
    return day.strftime("%a") not in ("Sat", "Sun")


def walk(day, number, calendar):
    """The number-th open day after a day, by crossing off one day after the other."""
    left = number
    while left:
        day += timedelta(days=1)
        left -= is_open(day, calendar)
    return day


class TestCalendar:
    @given(day=days, calendar=calendars)
    def test_a_day_is_open_or_not_as_the_oracle_says(self, day, calendar):
        assert calendar.is_working(day) == is_open(day, calendar)

    def test_every_day_of_the_announced_years(self):
        day = date(2024, 1, 1)
        while day < date(2027, 1, 1):
            assert KNOWN.is_working(day) == is_open(day, KNOWN)
            assert not KNOWN.is_provisional(day)
            day += timedelta(days=1)

    @given(day=days, number=st.integers(0, 60), calendar=calendars)
    def test_working_days_are_counted_as_the_oracle_walks(self, day, number, calendar):
        assert calendar.add_working_days(day, number) == walk(day, number, calendar)

    @given(day=days, number=st.integers(0, 60), calendar=calendars)
    def test_counting_back_gives_the_number(self, day, number, calendar):
        assert calendar.working_days_between(day, calendar.add_working_days(day, number)) == number

    @given(day=days, calendar=calendars)
    def test_the_nearest_open_days_enclose_the_day(self, day, calendar):
        last, following = calendar.last_working_on_or_before(day), calendar.next_working(day)
        assert last <= day <= following
        assert calendar.is_working(last) and calendar.is_working(following)
        assert (last == day) == (following == day) == calendar.is_working(day)


class TestMonths:
    @pytest.mark.parametrize(
        ("start", "months", "end"),
        [
            (date(2026, 11, 30), 3, date(2027, 2, 28)),
            (date(2027, 11, 30), 3, date(2028, 2, 29)),
            (date(2028, 2, 29), 3, date(2028, 5, 29)),
            (date(2028, 2, 29), 12, date(2029, 2, 28)),
            (date(2026, 8, 31), 6, date(2027, 2, 28)),
            (date(2026, 10, 31), 1, date(2026, 11, 30)),
            (date(2026, 12, 31), 6, date(2027, 6, 30)),
            (date(2026, 9, 15), 3, date(2026, 12, 15)),
            (date(2026, 10, 1), 3, date(2027, 1, 1)),
            (date(2026, 5, 5), 0, date(2026, 5, 5)),
        ],
    )
    def test_ends_of_months_and_years(self, start, months, end):
        assert months_after(start, months) == end

    @given(start=days, months=st.integers(0, 30))
    @example(start=date(2024, 2, 29), months=12)
    def test_the_same_day_or_the_last_of_that_month(self, start, months):
        end = months_after(start, months)
        assert (end.year - start.year) * 12 + end.month - start.month == months
        if end.day != start.day:
            assert end.day < start.day and (end + timedelta(days=1)).day == 1


class TestLimits:
    @given(start=days, months=st.sampled_from([3, 6]), one=calendars, other=calendars)
    def test_a_statutory_date_never_moves(self, start, months, one, other):
        found = [statutory_months(start, months, calendar, "deputies_law_51") for calendar in (one, other, KNOWN)]
        assert {deadline.due_on for deadline in found} == {months_after(start, months)}

    @given(start=days, months=st.sampled_from([3, 6]), calendar=calendars)
    def test_one_acts_on_the_last_open_day_on_or_before_a_statutory_date(self, start, months, calendar):
        found = statutory_months(start, months, calendar, "deputies_law_51")
        assert start <= found.act_by <= found.due_on
        assert is_open(found.act_by, calendar) or found.act_by == start
        assert not any(
            is_open(found.due_on - timedelta(days=n), calendar) for n in range((found.due_on - found.act_by).days)
        )

    @given(start=days, number=st.integers(1, 40), calendar=calendars, count=counts)
    def test_a_limit_of_the_county_ends_on_an_open_day(self, start, number, calendar, count):
        found = count(start, number, calendar)
        assert found.act_by == found.due_on > start
        assert is_open(found.due_on, calendar)

    @given(
        start=days, number=st.integers(0, 20), calendar=calendars, count=counts, more=st.frozensets(days, max_size=20)
    )
    def test_more_holidays_never_make_a_limit_earlier(self, start, number, calendar, count, more):
        fuller = Calendar(calendar.holidays | more, calendar.workdays, calendar.announced_years)
        assert count(start, number, fuller).due_on >= count(start, number, calendar).due_on

    @given(start=days, number=st.integers(0, 20), calendar=calendars, count=counts)
    def test_longer_limits_are_never_earlier(self, start, number, calendar, count):
        assert count(start, number + 1, calendar).due_on >= count(start, number, calendar).due_on

    @given(day=days, calendar=calendars)
    def test_a_day_set_otherwise_stays(self, day, calendar):
        found = fixed(day, calendar, "cohost_before_host")
        assert found.due_on == day and found.act_by <= day
        assert is_open(found.act_by, calendar)

    @given(start=days, number=st.integers(1, 30), day=days, calendar=calendars)
    def test_the_earlier_of_two_limits_has_both_traces(self, start, number, day, calendar):
        one, other = working_days(start, number, calendar, CLAUSE), fixed(day, calendar, "cohost_before_host")
        found = earlier_of(one, other)
        assert found.due_on == min(one.due_on, other.due_on)
        assert found.trace[:-1] in (one.trace + other.trace, other.trace + one.trace)

    def test_known_dates_around_the_national_day_of_2026(self):
        """30 September is followed by seven days off; 10 October, a Saturday, is worked."""
        assert working_days(date(2026, 9, 30), 3, KNOWN, CLAUSE).due_on == date(2026, 10, 10)
        assert calendar_days(date(2026, 9, 25), 10, KNOWN, CLAUSE).due_on == date(2026, 10, 8)
        found = statutory_months(date(2026, 7, 1), 3, KNOWN, "deputies_law_51")
        assert (found.due_on, found.act_by) == (date(2026, 10, 1), date(2026, 9, 30))


class TestTrace:
    @given(start=days, number=st.integers(1, 12), calendar=calendars, count=counts)
    def test_a_trace_survives_storing(self, start, number, calendar, count):
        found = count(start, number, calendar)
        assert tuple(Deadline.steps_from_json(found.as_json())) == found.trace

    @given(start=days, number=st.integers(1, 12), calendar=calendars, count=counts)
    def test_every_step_has_a_sentence(self, start, number, calendar, count):
        found = earlier_of(count(start, number, calendar), fixed(start, calendar, "cohost_before_host"))
        sentences = [describe(step) for step in found.trace]
        assert all(sentences) and not any("%(" in sentence for sentence in sentences)

    def test_the_clause_is_told_by_its_name(self):
        found = statutory_months(date(2026, 3, 2), 3, KNOWN, "deputies_law_51")
        assert found.rule == "deputies_law_51"
        assert str(CLAUSES["deputies_law_51"]) in describe(found.trace[0])

    def test_a_year_not_announced_is_told(self):
        found = working_days(date(2027, 3, 1), 3, KNOWN, CLAUSE)
        assert found.provisional
        assert Step("provisional", {"year": 2027}) in found.trace
        assert not working_days(date(2026, 3, 2), 3, KNOWN, CLAUSE).provisional

    @given(start=days, number=st.integers(1, 12), before=calendars, after=calendars, count=counts)
    def test_counting_once_more_gives_what_the_new_calendar_would_have_given(self, start, number, before, after, count):
        assert recount(count(start, number, before).trace, after) == count(start, number, after)

    @given(start=days, before=calendars, after=calendars)
    def test_counting_once_more_keeps_a_statutory_date(self, start, before, after):
        trace = statutory_months(start, 3, before, "deputies_law_51").trace
        assert recount(trace, after) == statutory_months(start, 3, after, "deputies_law_51")

    @given(start=days, day=days, before=calendars, after=calendars)
    def test_counting_once_more_chooses_the_earlier_again(self, start, day, before, after):
        def count(calendar):
            month = internal_months(start, 1, calendar, "cohost_opinion_months")
            return earlier_of(month, fixed(day, calendar, "cohost_before_host"))

        again = recount(count(before).trace, after)
        assert (again.due_on, again.act_by) == (count(after).due_on, count(after).act_by)

    def test_remarks_stay_when_counting_once_more(self):
        trace = (
            *working_days(date(2026, 3, 2), 3, KNOWN, CLAUSE).trace,
            Step("ledger_states", {"stated": "2026-03-09"}),
        )
        assert recount(trace, KNOWN).trace == trace

    @pytest.mark.parametrize("trace", [(), (Step("ledger_states", {"stated": "2026-03-09"}),)])
    def test_a_trace_that_counts_nothing_is_refused(self, trace):
        with pytest.raises(ValueError, match="does not lead"):
            recount(trace, KNOWN)


class TestLights:
    @pytest.mark.parametrize(
        ("left", "colour"), [(31, "green"), (30, "yellow"), (11, "yellow"), (10, "orange"), (0, "orange"), (-1, "red")]
    )
    def test_bounds_of_long_limits(self, left, colour):
        today = date(2026, 6, 1)
        found = light(today + timedelta(days=left), today - timedelta(days=90), today)
        assert (found.colour, found.days) == (colour, left)

    @pytest.mark.parametrize(
        ("left", "colour"), [(9, "green"), (7, "green"), (6, "yellow"), (4, "yellow"), (3, "orange"), (-1, "red")]
    )
    def test_short_limits_use_thirds(self, left, colour):
        act_by = date(2026, 6, 10)
        assert light(act_by, date(2026, 6, 1), act_by - timedelta(days=left)).colour == colour

    @given(length=st.integers(0, 200), left=st.integers(-30, 200))
    def test_a_light_never_turns_back(self, length, left):
        order = ["green", "yellow", "orange", "red"]
        act_by = date(2026, 6, 1)
        started = act_by - timedelta(days=length)
        now, tomorrow = (light(act_by, started, act_by - timedelta(days=n)).colour for n in (left, left - 1))
        assert order.index(now) <= order.index(tomorrow)
        assert (now == "red") == (left < 0)

    def test_the_default_bounds_fall(self):
        assert BOUNDS[0] > BOUNDS[1] > 0


PROGRAM = """
import django
django.setup()
from datetime import datetime, UTC
from workflow import clock, periods
from workflow.calendar import Calendar
with clock.at(datetime(2026, 9, 30, 16, 30, tzinfo=UTC)):
    today = clock.today()
    made = [periods.working_days(today, 3, Calendar(), ""), periods.statutory_months(today, 3, Calendar(), "")]
    print(today, *(f"{d.due_on} {d.act_by}" for d in made))
"""


@pytest.mark.parametrize("zone", ["UTC", "Asia/Shanghai", "America/New_York"])
def test_deadlines_do_not_depend_on_the_zone_of_the_machine(zone):
    """Half past midnight of 1 October in the county is still September elsewhere."""
    environment = os.environ | {"TZ": zone, "DJANGO_SETTINGS_MODULE": "config.settings"}
    told = subprocess.run(
        [sys.executable, "-c", PROGRAM],
        env=environment,
        cwd=settings.BASE_DIR,
        capture_output=True,
        text=True,
        check=True,
    )
    assert told.stdout.split() == ["2026-10-01", "2026-10-07", "2026-10-07", "2027-01-01", "2026-12-31"]
