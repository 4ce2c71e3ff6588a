"""When what is due, with the clause: the statute never moves, the county's own limits move off a day off."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from suggestions import deadlines
from workflow.calendar import Calendar
from workflow.rules import RuleValues

# announced: 2026, with the week of National Day and the Saturday worked for it
YEAR = Calendar(
    holidays=frozenset(date(2026, 10, day) for day in (1, 2, 5, 6, 7)),
    workdays=frozenset({date(2026, 10, 10)}),
    announced_years=frozenset({2026}),
)
RULES = RuleValues()


@pytest.mark.parametrize(
    ("handed_over_on", "is_complex", "due_on"),
    [
        (date(2026, 3, 18), False, date(2026, 6, 18)),
        (date(2026, 3, 18), True, date(2026, 9, 18)),
        (date(2026, 11, 30), False, date(2027, 2, 28)),
        (date(2027, 11, 30), False, date(2028, 2, 29)),
        (date(2026, 8, 31), True, date(2027, 2, 28)),
        (date(2026, 4, 1), True, date(2026, 10, 1)),
    ],
)
def test_a_reply_is_due_three_or_six_months_after_hand_over_to_the_day(handed_over_on, is_complex, due_on):
    found = deadlines.reply_due(handed_over_on, is_complex, RULES, YEAR)
    assert (found.due_on, found.rule) == (due_on, "deputies_law_51")


def test_a_statutory_date_on_a_holiday_stays_and_says_by_when_to_act():
    found = deadlines.reply_due(date(2026, 7, 1), False, RULES, YEAR)
    assert (found.due_on, found.act_by) == (date(2026, 10, 1), date(2026, 9, 30))
    assert [step.code for step in found.trace] == ["months", "act_before_holiday"]


def test_the_statute_cannot_be_set_to_more_months():
    with pytest.raises(ValidationError):
        RuleValues({"reply_months_normal": 4})


def test_handling_again_is_due_in_a_month_moved_off_a_holiday():
    found = deadlines.rework_due(date(2026, 9, 1), RULES, YEAR)
    assert found.due_on == found.act_by == date(2026, 10, 8)
    assert [step.code for step in found.trace] == ["months", "moved_off_holiday"]
    assert found.rule == "rework_months"


def test_receipt_counts_working_days_over_holidays_and_a_saturday_worked():
    found = deadlines.receipt_due(date(2026, 9, 30), RULES, YEAR)
    assert (found.due_on, found.rule) == (date(2026, 10, 10), "receipt_days")


def test_a_co_host_has_a_month():
    found = deadlines.co_host_due(date(2026, 3, 2), date(2026, 6, 2), RULES, YEAR)
    assert found.due_on == date(2026, 4, 2)


def test_a_co_host_must_leave_the_host_twenty_days():
    found = deadlines.co_host_due(date(2026, 3, 2), date(2026, 4, 10), RULES, YEAR)
    assert found.due_on == date(2026, 3, 21)
    assert "cohost_before_host" in [step.params.get("clause") for step in found.trace]


def test_a_co_host_asked_too_late_is_due_at_once_and_never_before_it_was_asked():
    found = deadlines.co_host_due(date(2026, 4, 8), date(2026, 4, 10), RULES, YEAR)
    assert found.due_on == date(2026, 4, 8)


def test_a_co_host_asked_on_a_saturday_is_not_asked_to_act_before_it():
    found = deadlines.co_host_due(date(2026, 4, 11), date(2026, 4, 20), RULES, YEAR)
    assert found.act_by == date(2026, 4, 11)


def test_an_evaluation_is_due_in_ten_days_moved_off_a_holiday():
    found = deadlines.feedback_due(date(2026, 9, 25), RULES, YEAR)
    assert (found.due_on, found.rule) == (date(2026, 10, 8), "feedback_days")


def test_a_verdict_is_released_within_three_working_days():
    found = deadlines.release_due(date(2026, 9, 30), RULES, YEAR)
    assert (found.due_on, found.rule) == (date(2026, 10, 10), "release_days")


def test_a_year_not_announced_makes_the_count_provisional():
    assert deadlines.receipt_due(date(2027, 3, 1), RULES, YEAR).provisional
    assert not deadlines.receipt_due(date(2026, 3, 2), RULES, YEAR).provisional
