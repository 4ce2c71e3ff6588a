"""Of what stations and deputies are reminded: the notice three days ahead, the duty two days ahead, the record after."""

from datetime import date, timedelta

import pytest

from notifications.models import Notification
from notifications.reminders import tell, void_untrue
from notifications.texts import sentence
from stations.reminders import SOURCES
from stations.transitions import reception_duties, receptions
from tests.stations.receptions import Post
from tests.suggestions.factory import TODAY, noon
from workflow import clock

pytestmark = pytest.mark.django_db

DAY = date(2026, 4, 10)


@pytest.fixture
def post():
    with noon(TODAY):
        yield Post()


def run(days_before):
    """Every source so many days before the reception; how many are new."""
    with noon(DAY - timedelta(days_before)):
        void_untrue(SOURCES, clock.today())
        return sum(tell(source, clock.today()) for source in SOURCES)


def unread(kind):
    rows = Notification.objects.filter(kind=kind).unread().select_related("recipient__person")
    return sorted(row.recipient.person.name for row in rows)


def test_a_notice_not_posted_is_asked_for_within_three_days(post):
    day = post.add(DAY, 0)
    assert [run(days) for days in (10, 4, 3, 3)] == [0, 0, 1, 0]
    assert unread("reminder.reception_due") == [post.liaison.user.person.name]
    with noon(DAY - timedelta(3)):
        post.do(receptions.post_notice, day, on=clock.today())
    assert run(2) == 0
    assert unread("reminder.reception_due") == []


def test_staff_are_reminded_where_nobody_at_the_station_has_an_account(post):
    post.add(DAY, 0)
    post.station.staff.update(until=TODAY)
    run(3)
    assert unread("reminder.reception_due") == [post.staff.user.person.name]


def test_deputies_are_told_two_days_ahead_when_and_with_whom(post):
    day = post.add(DAY, 2)
    post.do(receptions.post_notice, day, on=TODAY)
    assert [run(days) for days in (5, 3, 2, 1)] == [0, 0, 2, 0]
    note = Notification.objects.get(kind="reminder.duty_due", recipient=post.deputies[0].user)
    assert all(word in sentence(note) for word in ("钱乙", "09:00–11:00", post.station.name))


def test_who_is_alone_is_told_so_and_who_is_replaced_no_more(post):
    day = post.add(DAY, 1)
    post.do(receptions.post_notice, day, on=TODAY)
    run(2)
    assert unread("reminder.duty_alone_due") == ["赵甲"]
    with noon(DAY - timedelta(2)):
        row = day.duties.select_related("day__station").get()
        post.do(reception_duties.substitute, row, mandate=post.mandates[1])
    run(1)
    assert unread("reminder.duty_alone_due") == ["钱乙"]


def test_a_reception_that_is_over_is_to_be_recorded_or_cancelled(post):
    day = post.add(DAY, 1)
    post.do(receptions.post_notice, day, on=TODAY)
    run(-1)
    assert unread("reminder.reception_overdue") == [post.liaison.user.person.name]
    with noon(DAY + timedelta(1)):
        found = {row.pk: ("PRESENT", "") for row in day.duties.all()}
        post.do(receptions.note_attendance, day, found=found)
    assert run(-2) == 0
    assert unread("reminder.reception_overdue") == []


def test_a_cancelled_day_reminds_nobody(post):
    day = post.add(DAY)
    post.do(receptions.cancel_day, day, reason="防汛")
    assert [run(days) for days in (3, 2, 0, -1)] == [0, 0, 0, 0]
