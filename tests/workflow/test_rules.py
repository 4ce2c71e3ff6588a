"""The county's parameters: bounds, sets with dates, and clocks that keep the set they were born under."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from workflow.calendars import load_calendar
from workflow.models import RuleSet, RuleValue
from workflow.periods import calendar_days
from workflow.rules import RULES, RuleValues, rules_in_force


@pytest.mark.parametrize("rule", RULES.values(), ids=RULES)
def test_every_default_is_allowed(rule):
    assert rule.check(rule.default) == rule.default


@pytest.mark.parametrize("rule", RULES.values(), ids=RULES)
def test_bounds_hold(rule):
    def shaped(number):
        return [number] if rule.is_list else number

    for number in (rule.minimum, rule.maximum):
        assert rule.check(shaped(number)) == ((number,) if rule.is_list else number)
    for number in (rule.minimum - 1, rule.maximum + 1):
        with pytest.raises(ValidationError, match=str(rule.maximum)):
            rule.check(shaped(number))


@pytest.mark.parametrize("value", ["3", 3.0, None, True, [3], {}])
def test_a_number_is_a_whole_number(value):
    with pytest.raises(ValidationError):
        RULES["receipt_days"].check(value)


@pytest.mark.parametrize("value", [7, [], ["7"], [7, 7], [3, 7], "7", [7, None]])
def test_a_ladder_is_a_list_of_falling_numbers(value):
    with pytest.raises(ValidationError):
        RULES["reminder_days"].check(value)


@pytest.mark.parametrize(("key", "months"), [("reply_months_normal", 3), ("reply_months_complex", 6)])
def test_no_county_can_move_the_statute(key, months):
    assert RULES[key].is_fixed and RULES[key].default == months
    for other in (months - 1, months + 1):
        with pytest.raises(ValidationError):
            RULES[key].check(other)


def test_a_key_that_is_not_set_has_its_default():
    values = RuleValues({"feedback_days": 20, "of_an_older_version": 1})
    assert values["feedback_days"] == 20
    assert values["receipt_days"] == RULES["receipt_days"].default
    assert set(values) == set(RULES) and len(values) == len(RULES)


@pytest.mark.django_db
class TestSets:
    def make(self, valid_from, **values):
        rule_set = RuleSet.objects.create(valid_from=valid_from)
        RuleValue.objects.bulk_create(
            RuleValue(rule_set=rule_set, key=key, value=value) for key, value in values.items()
        )
        return rule_set

    def test_the_first_set_is_there_after_migrate(self):
        rule_set, values = rules_in_force(date(2026, 11, 24))
        assert rule_set.valid_from == date(2000, 1, 1)
        assert dict(values) == {key: rule.default for key, rule in RULES.items()}

    def test_a_set_holds_from_its_day_until_the_next(self):
        first = rules_in_force(date(2026, 1, 1))[0]
        spring, autumn = self.make(date(2026, 3, 1), feedback_days=20), self.make(date(2026, 9, 1), receipt_days=5)
        found = [rules_in_force(date(2026, *day)) for day in ((2, 28), (3, 1), (8, 31), (9, 1))]
        assert [rule_set for rule_set, _values in found] == [first, spring, spring, autumn]
        assert [values["feedback_days"] for _set, values in found] == [10, 20, 20, 10]

    def test_nothing_is_remembered_between_two_questions(self):
        on = date(2026, 5, 1)
        assert rules_in_force(on)[1]["feedback_days"] == 10
        self.make(date(2026, 4, 1), feedback_days=15)
        assert rules_in_force(on)[1]["feedback_days"] == 15

    def test_before_every_set_there_are_the_defaults(self):
        rule_set, values = rules_in_force(date(1999, 12, 31))
        assert rule_set is None and values["receipt_days"] == 3

    def test_one_query_whatever_the_set_holds(self, django_assert_num_queries):
        self.make(date(2026, 4, 1), feedback_days=15, receipt_days=4, reminder_days=[7, 1])
        with django_assert_num_queries(1):
            assert rules_in_force(date(2026, 5, 1))[1]["reminder_days"] == (7, 1)

    def test_a_limit_counts_by_the_set_of_its_first_day(self):
        self.make(date(2026, 5, 1), feedback_days=20)
        due = [
            calendar_days(start, rules_in_force(start)[1]["feedback_days"], load_calendar(), "feedback_days").due_on
            for start in (date(2026, 4, 30), date(2026, 5, 1))
        ]
        assert due == [date(2026, 5, 11), date(2026, 5, 21)]
