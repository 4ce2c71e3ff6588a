"""Reception days by rule: which days, moved off days off, planned once, and who is on duty in turn."""

from datetime import date, timedelta

import pytest

from accounts.actor import SYSTEM
from accounts.models import Role
from notifications.models import Notification
from stations.deadlines import days_of
from stations.models import Duty, Mandate, ReceptionDay, ReceptionRule, Station, StationEvent
from stations.transitions import reception_duties, reception_rules, receptions
from stations.transitions.reception_rules import RuleFacts
from stations.transitions.receptions import DayFacts
from stations.transitions.roster import in_turn
from tests.factory import make_actor, make_station
from tests.stations.receptions import ELEVEN, NINE, Post, announced, names
from tests.suggestions.factory import TODAY, noon
from workflow.calendars import load_calendar
from workflow.engine import Conflict, Invalid, NotAllowed, Stale

pytestmark = pytest.mark.django_db


@pytest.fixture
def post():
    with noon(TODAY):
        yield Post()


def dates(rule):
    return [day.on for day in ReceptionDay.objects.filter(rule=rule).order_by("on")]


def unsaved(**facts):
    return ReceptionRule(starts_at=NINE, ends_at=ELEVEN, since=date(2026, 1, 1), **facts)


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({"day": 10}, [(1, 10), (2, 10), (3, 10), (4, 10)]),
        ({"day": 31}, [(1, 31), (2, 28), (3, 31), (4, 30)]),
        ({"week": 1, "weekday": 4, "months": "ODD"}, [(1, 2), (3, 6)]),
        ({"week": 3, "weekday": 0, "months": "EVEN"}, [(2, 16), (4, 20)]),
        ({"day": 10, "until": date(2026, 3, 9)}, [(1, 10), (2, 10)]),
    ],
)
def test_a_rule_names_its_days(facts, expected):
    rule = unsaved(**facts)
    found = list(days_of(rule, date(2026, 1, 1), date(2026, 4, 30)))
    assert found == [date(2026, *day) for day in expected]


def test_days_are_planned_three_months_ahead_and_moved_off_days_off(post):
    announced(2026, off=(date(2026, 6, 10),))
    rule = post.rule(TODAY)
    # 10 May is a Sunday; 10 June a holiday, 11 June beyond nothing
    assert dates(rule) == [date(2026, 4, 10), date(2026, 5, 11), date(2026, 6, 11)]
    moved = {day.on: day.moved_from for day in ReceptionDay.objects.all()}
    assert moved == {
        date(2026, 4, 10): None,
        date(2026, 5, 11): date(2026, 5, 10),
        date(2026, 6, 11): date(2026, 6, 10),
    }


def test_planning_again_finds_nothing_and_leaves_no_event(post):
    post.rule(TODAY)
    before = post.version
    assert reception_rules.sweep() == 0
    assert reception_rules.plan_days(post.station, actor=SYSTEM) == []
    assert post.version == before


def test_the_sweep_goes_on_month_by_month(post):
    rule = post.rule(TODAY)
    with noon(TODAY + timedelta(31)):
        assert reception_rules.sweep() == 1
    assert dates(rule)[-1] == date(2026, 7, 10)


def test_a_day_moved_by_hand_or_cancelled_does_not_come_back(post):
    rule = post.rule(TODAY)
    first, second, *_ = ReceptionDay.objects.order_by("on")
    post.do(receptions.change_day, first, DayFacts(date(2026, 4, 14), NINE, ELEVEN))
    post.do(receptions.cancel_day, second, reason="防汛")
    assert reception_rules.sweep() == 0
    assert ReceptionDay.objects.get(pk=first.pk).moved_from == date(2026, 4, 10)
    assert len(dates(rule)) == 3


def test_two_rules_never_make_two_days_of_one(post):
    post.rule(TODAY)
    post.rule(TODAY, day=None, week=2, weekday=4)  # 10 April is the second Friday
    assert ReceptionDay.objects.filter(on=date(2026, 4, 10)).count() == 1


def test_deputies_take_turns(post):
    post.rule(TODAY)
    first, second, third = ReceptionDay.objects.order_by("on")
    assert (names(first), names(second), names(third)) == (["赵甲", "钱乙"], ["孙丙", "李丁"], ["赵甲", "钱乙"])


def test_who_served_least_and_longest_ago_comes_first(post):
    day = post.add(date(2026, 3, 20), 0)
    for mandate in (post.mandates[0], post.mandates[2]):
        post.do(reception_duties.put_on_duty, day, mandate=mandate)
    turn = in_turn(post.station, date(2026, 4, 10))
    assert [row.person.name for row in turn] == ["钱乙", "李丁", "赵甲", "孙丙"]


def test_suspended_and_former_deputies_are_skipped(post):
    Mandate.objects.filter(pk=post.mandates[0].pk).update(suspended_from=date(2026, 1, 1))
    Mandate.objects.filter(pk=post.mandates[1].pk).update(ended_on=date(2026, 4, 1))
    assert names(post.add(date(2026, 4, 10), 4)) == ["孙丙", "李丁"]


def test_who_leaves_office_is_replaced_until_the_notice_hangs(post):
    post.rule(TODAY)
    first, second, _third = ReceptionDay.objects.order_by("on")
    with noon(date(2026, 4, 7)):
        post.do(receptions.post_notice, first, on=date(2026, 4, 7))
    Mandate.objects.filter(pk__in=[post.mandates[0].pk, post.mandates[2].pk]).update(ended_on=TODAY)
    reception_rules.sweep()
    assert names(first) == ["赵甲", "钱乙"]  # as it hangs on the wall; the page warns
    assert sorted(names(second)) == ["李丁", "钱乙"]


def test_a_rule_in_the_place_of_another_takes_its_untouched_days_away(post):
    old = post.rule(TODAY)
    touched = ReceptionDay.objects.order_by("on")[1]
    post.do(reception_duties.put_on_duty, touched, mandate=post.mandates[0])
    facts = RuleFacts(NINE, ELEVEN, day=20)
    new = post.do(reception_rules.set_rule, post.station, facts, since=date(2026, 4, 1), in_place_of=old)
    assert dates(old) == [touched.on]
    assert dates(new) == [date(2026, 4, 20), date(2026, 5, 20)]
    assert ReceptionRule.objects.get(pk=old.pk).until == date(2026, 3, 31)


def test_a_rule_is_ended_and_what_comes_before_stays(post):
    rule = post.rule(TODAY)
    post.do(reception_rules.end_rule, rule, until=date(2026, 4, 30))
    assert dates(rule) == [date(2026, 4, 10)]
    assert reception_rules.sweep() == 0
    assert not Duty.objects.exclude(day__on=date(2026, 4, 10)).exists()


@pytest.mark.parametrize(
    ("facts", "since", "field", "code"),
    [
        ({"day": 10}, TODAY - timedelta(1), "since", "past"),
        ({"day": 10, "ends_at": NINE}, TODAY, "ends_at", "before_start"),
        ({"day": None}, TODAY, "day", "one_day"),
        ({"day": 10, "week": 1, "weekday": 4}, TODAY, "day", "one_day"),
        ({"day": None, "week": 1}, TODAY, "day", "one_day"),
    ],
)
def test_an_impossible_rule_is_refused(post, facts, since, field, code):
    told = RuleFacts(**({"starts_at": NINE, "ends_at": ELEVEN} | facts))
    with pytest.raises(Invalid) as refused:
        post.do(reception_rules.set_rule, post.station, told, since=since)
    assert (refused.value.field, refused.value.code) == (field, code)
    assert not ReceptionRule.objects.exists()


def test_the_same_rule_twice_is_refused(post):
    post.rule(TODAY)
    with pytest.raises(Invalid) as refused:
        post.rule(TODAY)
    assert refused.value.code == "same_rule"


def test_a_rule_does_not_end_before_it_begins(post):
    rule = post.rule(TODAY)
    with pytest.raises(Invalid) as refused:
        post.do(reception_rules.end_rule, rule, until=TODAY - timedelta(1))
    assert refused.value.code == "before_start"


def test_a_rule_does_not_end_in_the_past_and_not_twice(post):
    rule = post.rule(TODAY)
    with noon(TODAY + timedelta(10)):
        with pytest.raises(Invalid) as refused:
            post.do(reception_rules.end_rule, rule, until=TODAY + timedelta(9))
        assert refused.value.code == "past"
        post.do(reception_rules.end_rule, rule, until=TODAY + timedelta(10))
    with noon(TODAY + timedelta(11)), pytest.raises(Conflict):
        post.do(reception_rules.end_rule, rule, until=TODAY + timedelta(20))


@pytest.mark.parametrize("role", [role for role in Role if role != Role.COMMITTEE_STAFF])
def test_nobody_else_sets_a_rule(post, role):
    other = make_actor(role, station=make_station() if role == Role.STATION else None)
    with pytest.raises(NotAllowed):
        post.do(reception_rules.set_rule, post.station, RuleFacts(NINE, ELEVEN, day=10), since=TODAY, actor=other)


def test_staff_may_and_a_stale_page_may_not(post):
    facts = RuleFacts(NINE, ELEVEN, day=10)
    post.do(reception_rules.set_rule, post.station, facts, since=TODAY, actor=post.staff)
    with pytest.raises(Stale):
        reception_rules.set_rule(post.station, facts, actor=post.staff, version=0, since=TODAY)


def test_a_closed_station_plans_nothing(post):
    post.rule(TODAY)
    Station.objects.filter(pk=post.station.pk).update(status="CLOSED")
    with noon(TODAY + timedelta(60)):
        assert reception_rules.sweep() == 0
    with pytest.raises(Conflict):
        post.add(date(2026, 4, 20))
    assert not ReceptionDay.objects.upcoming(TODAY).exists()


def test_a_calendar_that_is_loaded_moves_only_what_nobody_touched(post):
    post.rule(TODAY)
    first, second, third = ReceptionDay.objects.order_by("on")
    post.do(receptions.cancel_day, second, reason="防汛")
    announced(2026, off=(first.on, second.on))
    assert reception_rules.recount(load_calendar(), actor=post.staff) == 1
    after = {day.pk: (day.on, day.moved_from) for day in ReceptionDay.objects.all()}
    assert after[first.pk] == (date(2026, 4, 13), date(2026, 4, 10))
    assert after[second.pk][0] == second.on
    assert after[third.pk][0] == third.on
    assert StationEvent.objects.filter(verb="recount_days").count() == 1
    assert reception_rules.recount(load_calendar(), actor=post.staff) == 0


def test_market_days_are_entered_and_recorded(post):
    town = post.do(reception_rules.set_market_days, post.station, digits=[8, 3, 3], lunar=True)
    assert (town.market_days, town.market_lunar) == ([3, 8], True)
    assert StationEvent.objects.filter(verb="set_market_days", station=post.station).exists()
    with pytest.raises(Invalid):
        post.do(reception_rules.set_market_days, post.station, digits=[12], lunar=True)


def test_planning_presses_nobody(post):
    post.rule(TODAY)
    assert not Notification.objects.exists()
