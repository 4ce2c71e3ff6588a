"""The ladder of reminders and the hours in which letters that urge somebody go out."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workflow.calendars import load_calendar
from workflow.ladder import Ladder, Ladders
from workflow.models import CalendarDay, CalendarYear, RuleSet, RuleValue
from workflow.office_hours import next_open

HERE = ZoneInfo("Asia/Shanghai")


@pytest.mark.parametrize(
    ("days_left", "reached"),
    [(31, ""), (30, "30"), (16, "30"), (15, "15"), (8, "15"), (7, "7"), (1, "1"), (0, "0"),
     (-1, "over0"), (-3, "over0"), (-4, "over1"), (-6, "over1"), (-7, "over2")],
)  # fmt: skip
def test_the_rungs_of_the_ladder(days_left, reached):
    assert Ladder((30, 15, 7, 3, 1, 0), 3).rung(days_left) == reached


@given(st.sets(st.integers(0, 90), min_size=1), st.integers(1, 15), st.integers(-400, 90))
def test_a_rung_once_left_never_comes_back(days, repeat, days_left):
    ladder = Ladder(tuple(sorted(days, reverse=True)), repeat)
    seen = [ladder.rung(left) for left in range(days_left + 30, days_left - 30, -1)]
    changes = [rung for number, rung in enumerate(seen) if number == 0 or rung != seen[number - 1]]
    assert len(changes) == len(set(changes))


@pytest.mark.django_db
class TestLadders:
    def test_without_a_rule_set_the_defaults_hold(self):
        assert Ladders().on(date(2026, 3, 16)) == Ladder((30, 15, 7, 3, 1, 0), 3)

    def test_what_began_under_a_ladder_keeps_it(self):
        before = Ladders().on(date(2026, 3, 31))
        rules = RuleSet.objects.create(valid_from=date(2026, 4, 1))
        RuleValue.objects.create(rule_set=rules, key="reminder_days", value=[60, 5])
        RuleValue.objects.create(rule_set=rules, key="reminder_repeat_days", value=7)
        ladders = Ladders()
        assert ladders.on(date(2026, 3, 31)) == before
        assert ladders.on(date(2026, 4, 1)) == Ladder((60, 5), 7)
        assert ladders.longest == 60


def at(day, hour, minute=0):
    return datetime(2026, day[0], day[1], hour, minute, tzinfo=HERE)


@pytest.mark.django_db
class TestOfficeHours:
    @pytest.mark.parametrize(
        ("moment", "opens"),
        [
            (at((3, 16), 8), at((3, 16), 8)),
            (at((3, 16), 17, 59), at((3, 16), 17, 59)),
            (at((3, 16), 7, 59), at((3, 16), 8)),
            (at((3, 16), 18), at((3, 17), 8)),
            (at((3, 20), 18), at((3, 23), 8)),
            (at((3, 21), 12), at((3, 23), 8)),
            # National Day of 2026: off from 1 to 7 October, Saturday the 10th is worked
            (at((9, 30), 20), at((10, 8), 8)),
            (at((10, 4), 12), at((10, 8), 8)),
            (at((10, 10), 12), at((10, 10), 12)),
        ],
    )
    def test_offices_are_open_on_working_days_from_eight_to_six(self, moment, opens):
        assert next_open(moment, load_calendar()) == opens

    def test_a_moment_of_another_zone_is_looked_at_in_the_county(self):
        assert next_open(at((3, 16), 7).astimezone(ZoneInfo("UTC")), load_calendar()) == at((3, 16), 8)

    def test_an_edit_of_the_calendar_is_seen_at_once(self):
        moment = at((3, 16), 9)
        assert next_open(moment, load_calendar()) == moment
        CalendarDay.objects.create(year=CalendarYear.objects.get(year=2026), date=moment.date(), kind="HOLIDAY")
        assert next_open(moment, load_calendar()) == moment + timedelta(hours=23)
