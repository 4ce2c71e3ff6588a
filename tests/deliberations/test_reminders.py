"""Of what somebody is reminded in deliberation: promises, township tasks, notices, meetings, visits, voters to tell."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import Role
from deliberations.models import MeetingOpinion, Notice, NoticeReceipt, Promise, Visit
from deliberations.reminders import SOURCES, Notices, PromisesToKeep
from deliberations.transitions import meetings, notices
from notifications.models import Notification
from notifications.reminders import tell, void_untrue
from notifications.texts import sentence
from stations.models import StationStaff
from tests.deliberations.cycle_factory import issue, mobilised, receipt_of
from tests.deliberations.meeting_factory import (
    House,
    attended,
    cancelled,
    closed,
    convened,
    forwarded,
    fresh,
    opened,
    said,
)
from tests.deliberations.promising import denied, kept, made, reported
from tests.deliberations.visiting import Village, completed, logged, recorded
from tests.deliberations.visiting import told as tell_voter
from tests.factory import make_actor, make_organ, make_station
from tests.suggestions.checks import name, told
from tests.suggestions.factory import TODAY, noon
from workflow import clock


@pytest.fixture
def house(db):
    with noon(TODAY):
        found = House()
        # of its notice other tests speak
        Notice.objects.update(status=Notice.Status.WITHDRAWN)
        yield found


@pytest.fixture
def village(db):
    with noon(TODAY):
        yield Village()


def run(days=0):
    """Every source of deliberation, so many days after the first; how many are new."""
    with noon(TODAY + timedelta(days)):
        void_untrue(SOURCES, clock.today())
        return sum(tell(source, clock.today()) for source in SOURCES)


def unread(kind):
    """Who still has a reminder of that kind in the inbox unread."""
    rows = Notification.objects.filter(kind=kind).unread().select_related("recipient__person")
    return sorted(row.recipient.person.name for row in rows)


def test_who_promised_is_reminded_on_each_rung(house):
    made(house, days=15)
    assert [run(day) for day in (0, 1, 8, 12, 14, 15)] == [1, 0, 1, 1, 1, 1]
    assert set(told("reminder.promise_due")) == {name(house.handler)}


def test_of_what_is_late_staff_are_told_too(house):
    made(house, days=15)
    assert [run(day) for day in (16, 17, 19)] == [2, 0, 2]
    assert set(told("reminder.promise_overdue")) == {name(house.handler), name(house.staff)}


def test_heads_are_never_pressed_for_a_promise(house):
    head = make_actor(Role.ORGAN_HEAD, organ=house.bureau)
    made(house)
    run(30)
    assert not Notification.objects.filter(recipient=head.user, kind__startswith="reminder.").exists()


def test_while_the_meeting_is_being_recorded_nobody_is_reminded_of_a_promise(house):
    made(house, is_closed=False)
    assert run(15) == 0


def test_a_reported_promise_reminds_the_deputy_until_it_is_answered(house):
    promise = reported(house)
    assert run(0) == 0
    assert [run(day) for day in (1, 2, 4)] == [1, 0, 1]
    assert set(told("reminder.promise_report_overdue")) == {"周大爷"}
    kept(house, promise)
    run(5)
    assert unread("reminder.promise_report_overdue") == []


def test_what_only_waits_has_no_date_due(house):
    reported(house)
    run(1)
    assert Notification.objects.get(kind="reminder.promise_report_overdue").due_on is None


def test_a_denied_promise_is_the_organs_again(house):
    promise = made(house, days=15)
    run(14)
    with noon(TODAY + timedelta(14)):
        reported(house, promise)
    run(15)
    assert unread("reminder.promise_due") == []
    with noon(TODAY + timedelta(15)):
        denied(house, promise)
    run(15)
    assert unread("reminder.promise_due") == [name(house.handler)]


def tasked(house):
    """A forwarded opinion that the township takes, of a closed meeting."""
    meeting = attended(house, opened(house))
    forwarded(house, said(house, meeting), "TOWNSHIP")
    closed(house, meeting)


def test_the_presidium_is_reminded_of_its_task_and_station_and_staff_once_it_is_late(house):
    tasked(house)
    assert [run(day) for day in (0, 15, 30, 31)] == [1, 1, 1, 3]
    assert set(told("reminder.task_due")) == {name(house.presidium)}
    late = {name(house.presidium), name(house.liaison), name(house.staff)}
    assert set(told("reminder.task_overdue")) == late


@pytest.fixture
def notice(db):
    with noon(TODAY):
        round_ = mobilised()
        yield round_, issue(round_)


def test_a_station_that_has_not_confirmed_is_reminded_and_after_three_days_staff_know(notice):
    round_, _issued = notice
    assert [run(day) for day in (0, 1, 3, 4)] == [0, 2, 0, 4]
    assert sorted(told("reminder.notice_overdue")) == sorted(
        [name(round_.liaison), name(round_.other_liaison)] * 2 + [name(round_.staff)] * 2
    )


def test_who_confirms_is_not_reminded(notice):
    round_, issued = notice
    notices.receive_notice(receipt_of(round_.station, issued), actor=round_.liaison)
    run(1)
    assert told("reminder.notice_overdue") == [name(round_.other_liaison)]


def test_a_notice_of_a_meeting_that_is_over_or_one_withdrawn_reminds_nobody(notice):
    _round, _issued = notice
    assert run(61) == 0
    Notice.objects.update(status=Notice.Status.WITHDRAWN)
    assert run(1) == 0


def test_for_a_station_without_an_account_staff_are_told_at_once(notice):
    round_, _issued = notice
    StationStaff.objects.filter(person=round_.liaison.user.person).update(until=TODAY - timedelta(1))
    run(1)
    assert sorted(told("reminder.notice_overdue")) == sorted([name(round_.other_liaison), name(round_.staff)])


def planned(house, days=10):
    return convened(house, held_on=TODAY + timedelta(days))


def test_of_a_meeting_the_station_is_told_two_days_before_and_the_deputies_the_day_before(house):
    planned(house)
    assert run(7) == 0
    assert run(8) == 1
    assert told("reminder.meeting_due") == [name(house.liaison)]
    run(9)
    deputies = {name(house.deputy), name(house.local_deputy)}
    assert set(unread("reminder.meeting_due")) == {name(house.liaison)} | deputies
    assert run(10) == 0


def test_a_meeting_whose_day_moved_is_told_for_the_new_day_only(house):
    meeting = planned(house)
    run(9)
    with noon(TODAY + timedelta(9)):
        meetings.change_plan(
            meeting,
            actor=house.liaison,
            version=fresh(meeting).version,
            held_on=TODAY + timedelta(20),
            place="镇会议室",
        )
    run(9)
    assert unread("reminder.meeting_due") == []
    run(19)
    assert len(unread("reminder.meeting_due")) == 3


def test_a_cancelled_meeting_reminds_nobody(house):
    meeting = planned(house)
    run(9)
    with noon(TODAY + timedelta(9)):
        cancelled(house, meeting)
    assert run(10) == 0
    assert unread("reminder.meeting_due") == []


def test_a_meeting_that_nobody_began_is_asked_about_afterwards(house):
    planned(house)
    run(11)
    assert set(told("reminder.meeting_overdue")) == {name(house.liaison), name(house.staff)}


def test_a_station_is_reminded_of_the_oldest_of_its_visits_with_how_many_wait(village):
    for words in ("灯不亮。", "水不清。", "路不平。"):
        logged(village, words=words)
    assert run(0) == 0
    assert run(1) == 1
    note = Notification.objects.get(kind="reminder.visit_to_complete_overdue")
    assert note.recipient == village.liaison.user
    assert note.url == f"/deliberations/visits/{Visit.objects.earliest('pk').pk}/"
    assert "3" in sentence(note)
    assert "灯不亮" not in str(note.params)


def test_once_the_oldest_is_completed_the_next_is_told(village):
    first, second = logged(village), logged(village)
    run(1)
    completed(village, first)
    run(1)
    assert [note.url for note in Notification.objects.filter(kind="reminder.visit_to_complete_overdue").unread()] == [
        f"/deliberations/visits/{second.pk}/"
    ]


def answered(village):
    return recorded(village, opinion={"route": "ANSWERED", "on_the_spot_answer": "下周就修。"})


def test_who_went_and_who_keeps_the_record_are_reminded_to_tell_the_voter(village):
    case = answered(village)
    run(1)
    assert set(unread("reminder.voter_to_tell_overdue")) == {name(village.deputy), name(village.liaison)}
    with noon(TODAY + timedelta(1)):
        tell_voter(village, case)
    run(1)
    assert unread("reminder.voter_to_tell_overdue") == []


def test_nobody_is_pressed_over_what_a_register_left_out(village):
    Visit.objects.filter(pk=answered(village).pk).update(imported_from="台账.xlsx 走访登记 4")
    assert run(30) == 0


def test_nobody_is_reminded_to_tell_what_is_not_known_yet(village):
    recorded(village, opinion={"route": "TO_MEETING"})
    assert run(30) == 0


def statements(source):
    with noon(TODAY + timedelta(16)), CaptureQueriesContext(connection) as seen:
        found = tell(source, clock.today())
    return found, len(seen)


def copied(promise, organ):
    """The same promise once more, by another organ."""
    opinion = MeetingOpinion.objects.get(pk=promise.meeting_opinion_id)
    opinion.pk, opinion.uuid, opinion.order = None, uuid4(), MeetingOpinion.objects.count() + 1
    opinion.save()
    Promise(
        meeting_opinion=opinion, status="MADE", text=promise.text, organ=organ, person="钱局长",
        made_on=promise.made_on, due_on=promise.due_on, created_at=clock.now(),
    ).save()  # fmt: skip


def test_many_promises_cost_as_many_statements_as_few(house):
    promise = made(house)
    few = statements(PromisesToKeep())
    for number in range(20):
        copied(promise, make_actor(Role.ORGAN_HANDLER, organ=make_organ(f"县第{number}局")).post.organ)
    many = statements(PromisesToKeep())
    assert (few[0], many[0]) == (2, 40)
    assert many[1] == few[1] <= 13
    assert statements(PromisesToKeep())[0] == 0


def test_the_notices_of_many_stations_cost_as_many_statements_as_those_of_few(notice):
    round_, issued = notice
    few = statements(Notices())
    for _number in range(20):
        station = make_station()
        make_actor(Role.STATION, station=station)
        NoticeReceipt.objects.create(notice=issued, station=station, meeting_on=round_.cycle.first_meeting_on)
    many = statements(Notices())
    assert (few[0], many[0]) == (4, 40)
    assert many[1] == few[1] <= 13
