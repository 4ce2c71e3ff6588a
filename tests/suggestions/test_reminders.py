"""Reminders: each due fact once, whatever runs, late, twice or side by side; void once it is no longer true."""

import json
from datetime import date, timedelta
from io import StringIO
from threading import Thread

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, connections
from django.test.utils import CaptureQueriesContext

from accounts.models import Organ, Role
from notifications.models import Notification
from notifications.reminders import tell
from suggestions import deadlines, transitions
from suggestions.reminders import Clocks
from suggestions.transitions import clocks
from supervision import reminders
from tests.factory import make_actor, make_mandate, make_organ, make_person
from tests.suggestions.checks import clock_of, name, told
from tests.suggestions.factory import (
    TODAY,
    accepted,
    assigned,
    at_office,
    evaluate,
    fresh,
    in_review,
    make_county,
    make_scan,
    noon,
    registered,
    replied,
    sign,
    version_of,
)
from workflow.ladder import Ladder
from workflow.models import RuleSet, RuleValue

#: When the reply of a suggestion handed over on TODAY is due.
DUE = date(2026, 6, 16)


def run(day):
    """One run on that day."""
    with noon(day):
        return reminders.run()


def answered_but_for_the_reply(county):
    """Nothing runs but the clock of the reply."""
    case = accepted(county, co_hosts=[])
    assert clock_of(case, "REPLY").due_on == DUE
    return case


@pytest.mark.parametrize(
    ("days_left", "reached"),
    [(31, ""), (30, "30"), (16, "30"), (15, "15"), (8, "15"), (7, "7"), (1, "1"), (0, "0"),
     (-1, "over0"), (-3, "over0"), (-4, "over1"), (-6, "over1"), (-7, "over2")],
)  # fmt: skip
def test_the_rungs_of_the_ladder(days_left, reached):
    assert Ladder((30, 15, 7, 3, 1, 0), 3).rung(days_left) == reached


def test_nothing_is_told_above_the_ladder(county):
    answered_but_for_the_reply(county)
    assert run(DUE - timedelta(days=31)) == {"created": 0, "voided": 0}


def test_each_rung_is_told_to_the_handler_once(county):
    answered_but_for_the_reply(county)
    days = [DUE - timedelta(days=left) for left in (30, 29, 15, 7, 3, 1, 0)]
    assert [run(day)["created"] for day in days] == [1, 0, 1, 1, 1, 1, 1]
    assert told("reminder.reply_due") == [name(county.host)] * 6


def test_once_late_staff_are_told_too_and_again_every_third_day(county):
    answered_but_for_the_reply(county)
    days = [DUE + timedelta(days=late) for late in (1, 2, 3, 4, 5, 7)]
    assert [run(day)["created"] for day in days] == [2, 0, 0, 2, 0, 2]
    assert set(told("reminder.reply_overdue")) == {name(county.host), name(county.staff)}


def test_heads_are_never_pressed(county):
    answered_but_for_the_reply(county)
    run(DUE + timedelta(days=10))
    assert name(county.head) not in told("reminder.reply_overdue")


def test_missed_days_bring_one_reminder_and_not_all_that_were_missed(county):
    answered_but_for_the_reply(county)
    assert run(DUE - timedelta(days=2))["created"] == 1
    assert Notification.objects.get(kind="reminder.reply_due").fact.endswith(":3")


def test_a_second_run_tells_nothing_new(county):
    answered_but_for_the_reply(county)
    assert [run(DUE)["created"] for _ in range(2)] == [1, 0]


def test_the_reminder_tells_what_by_when_and_where(county):
    case = answered_but_for_the_reply(county)
    run(DUE)
    row = Notification.objects.get(kind="reminder.reply_due")
    assert row.params == {
        "number": case.number, "title": case.title, "organ": "", "due_on": "2026-06-16", "act_by": "2026-06-16",
        "days": 0,
    }  # fmt: skip
    assert (row.due_on, row.url) == (DUE, f"/suggestions/{case.pk}/")


def test_a_date_on_a_holiday_is_told_by_the_day_before_it(county):
    with noon(date(2026, 7, 1)):
        accepted(county, co_hosts=[])
    assert run(date(2026, 9, 30))["created"] == 1
    assert Notification.objects.get(kind="reminder.reply_due").fact.endswith("2026-09-30:0")
    assert run(date(2026, 10, 1))["created"] == 2


def test_receipt_and_opinion_are_asked_of_their_own_organ(county):
    assigned(county)
    run(TODAY + timedelta(days=3))
    assert told("reminder.receipt_due") == sorted([name(county.host), name(county.co_host)])
    run(date(2026, 4, 16))
    assert set(told("reminder.co_host_due")) == {name(county.co_host)}


def test_until_it_has_allotted_the_office_is_reminded(county):
    at_office(county)
    run(DUE)
    assert told("reminder.reply_due") == [name(county.office)]


def test_what_the_office_sent_back_is_with_staff(county):
    case = at_office(county)
    transitions.send_back(case, actor=county.office, version=version_of(case), reason="属于法院职权")
    run(DUE)
    assert told("reminder.reply_due") == [name(county.staff)]


def test_the_court_is_reminded_itself(county):
    court = make_organ("县人民法院", Organ.Kind.COURT)
    clerk = make_actor(Role.ORGAN_HANDLER, organ=court)
    case = registered(county)
    transitions.hand_over(case, actor=county.staff, version=version_of(case), to=court, on=TODAY)
    run(DUE)
    assert told("reminder.reply_due") == [name(clerk)]


def delivered(county):
    reply = replied(county)
    transitions.deliver(reply, actor=county.host, version=version_of(reply), mandate=county.lead, way="HAND", on=TODAY)
    return reply


def test_the_deputy_is_reminded_of_the_evaluation(county):
    delivered(county)
    run(TODAY + timedelta(days=10))
    assert told("reminder.feedback_due") == ["赵大海"]


def test_for_a_deputy_without_an_account_the_liaison_is(county):
    other = make_mandate(make_person("孙大山"), station=county.station)
    county.lead = other
    delivered(county)
    run(TODAY + timedelta(days=10))
    assert told("reminder.feedback_due") == [name(county.liaison)]


def test_staff_are_reminded_of_a_verdict_once_each(county):
    evaluate(county, replied(county))
    assert run(TODAY + timedelta(days=8))["created"] == 1
    assert told("reminder.release_overdue") == [name(county.staff)]


def test_a_met_limit_takes_its_unread_reminders_back(county):
    reply = in_review(county, co_hosts=[])
    run(DUE)
    with noon(DUE):
        sign(county, reply)
    assert run(DUE) == {"created": 0, "voided": 1}
    assert Notification.objects.get(kind="reminder.reply_due").void_reason == "settled"
    assert run(DUE) == {"created": 0, "voided": 0}


def test_a_withdrawal_takes_them_back_too(county):
    case = answered_but_for_the_reply(county)
    run(DUE + timedelta(days=1))
    with noon(DUE + timedelta(days=1)):
        transitions.withdraw(case, actor=county.staff, version=version_of(case), on=TODAY, letter=make_scan())
    assert run(DUE + timedelta(days=1)) == {"created": 0, "voided": 2}


def test_a_reminder_that_was_read_stays_what_it_was(county):
    reply = in_review(county, co_hosts=[])
    run(DUE)
    with noon(DUE):
        Notification.objects.filter(kind="reminder.reply_due").update(read_at=reply.assignment.suggestion.created_at)
        sign(county, reply)
    assert run(DUE)["voided"] == 0


def test_a_day_that_moved_takes_its_reminders_along(county):
    case = answered_but_for_the_reply(county)
    run(DUE)
    case.clocks.filter(kind="REPLY").update(act_by=DUE + timedelta(days=1))
    assert run(DUE + timedelta(days=1)) == {"created": 1, "voided": 1}


def test_a_new_rule_leaves_running_and_finished_limits_alone(county):
    reply = delivered(county)
    case = reply.assignment.suggestion
    before = list(case.clocks.order_by("pk").values())
    rules = RuleSet.objects.create(valid_from=TODAY + timedelta(days=1))
    RuleValue.objects.create(rule_set=rules, key="feedback_days", value=20)
    run(TODAY + timedelta(days=5))
    assert list(case.clocks.order_by("pk").values()) == before
    with noon(TODAY + timedelta(days=1)):
        later = delivered_again(county)
    assert later.due_on == date(2026, 4, 7)
    assert later.rule_set == rules


def delivered_again(county):
    """A clock begun under the new rule."""
    case = fresh(registered(county))
    day = TODAY + timedelta(days=1)
    return clocks.start(case, "FEEDBACK", day, lambda rules, calendar: deadlines.feedback_due(day, rules, calendar))


def statements(day):
    with noon(day), CaptureQueriesContext(connection) as seen:
        found = tell(Clocks(), day)
    return found, len(seen)


def test_a_sweep_takes_as_many_statements_for_many_limits_as_for_few(county):
    county.lead = make_mandate(station=county.station)
    assigned(county)
    delivered(county)
    few = statements(DUE + timedelta(days=1))
    for number in range(4):
        county.lead = make_mandate(station=county.station)
        bureau = make_organ(f"县第{number}局", forwards_through=county.office.post.organ)
        county.host = make_actor(Role.ORGAN_HANDLER, organ=bureau)
        assigned(county)
        delivered(county)
    many = statements(DUE + timedelta(days=1))
    assert few[0] < many[0]
    assert few[1] == many[1] <= 17
    # who told it once only looks
    again = statements(DUE + timedelta(days=1))
    assert again[0] == 0
    assert again[1] <= 12


def test_the_command_looks_from_another_day_and_prints_one_object(county):
    answered_but_for_the_reply(county)
    printed = StringIO()
    call_command("run_reminders", "--now", "2026-06-17", "--json", stdout=printed)
    assert json.loads(printed.getvalue()) == {"created": 2, "voided": 0}
    assert Notification.objects.filter(kind="reminder.reply_overdue").count() == 2


def test_the_command_takes_a_moment_and_refuses_what_is_none(county):
    call_command("run_reminders", "--now", "2026-06-17T08:00:00+08:00", stdout=StringIO())
    with pytest.raises(CommandError):
        call_command("run_reminders", "--now", "明天")


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once_tell_each_fact_once():
    with noon(TODAY):
        county = make_county()
        for _ in range(5):
            accepted(county, co_hosts=[])
    failed = []

    def work():
        try:
            run(DUE + timedelta(days=1))
        except Exception as error:  # the thread must not die unseen
            failed.append(error)
        finally:
            connections.close_all()

    workers = [Thread(target=work) for _ in range(4)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert failed == []
    assert Notification.objects.filter(kind="reminder.reply_overdue").count() == 10


def test_the_part_of_an_organ_without_anybody_is_told_to_staff(county):
    empty = make_organ("县供销社")
    case = at_office(county)
    transitions.allot(case, actor=county.office, version=version_of(case), host=empty)
    run(TODAY + timedelta(days=3))
    assert told("reminder.receipt_due") == [name(county.staff)]
