"""Acceptance scenarios of time: reminders to the deputy, holidays, a statutory date on a day off."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.core import mail

from accounts.models import User
from notifications.models import Dispatch, Notification
from notifications.texts import sentence
from notifications.transitions import send_due
from suggestions import transitions
from supervision import reminders
from tests.suggestions.checks import clock_of, told
from tests.suggestions.factory import (
    TODAY,
    accepted,
    evaluate,
    make_county,
    noon,
    part_of,
    replied,
    version_of,
)
from workflow import clock
from workflow.models import CalendarDay, CalendarYear

pytestmark = pytest.mark.django_db


def at(day, hour):
    """Look from that hour of the day in the county."""
    return clock.at(datetime.combine(day, time(hour), ZoneInfo("Asia/Shanghai")))


def delivered(county, day):
    """Answered, and handed to the lead deputy on that day."""
    with noon(day):
        reply = replied(county)
        version = version_of(reply)
        transitions.deliver(reply, actor=county.host, version=version, mandate=county.lead, way="HAND", on=day)
    return reply.assignment.suggestion


def run(day):
    """The sweep of that day, at midnight."""
    with at(day, 0):
        return reminders.run()


def test_a_deputy_who_says_nothing_is_reminded_before_on_and_after_the_day_and_then_again():
    """Scenario 18: due after ten days; late the next day, and again three days on."""
    with noon(TODAY):
        county = make_county()
    case = delivered(county, TODAY)
    due = clock_of(case, "FEEDBACK").act_by
    assert due == TODAY + timedelta(10)
    for day in range(20):
        run(TODAY + timedelta(day))
    rungs = Notification.objects.filter(kind__startswith="reminder.feedback", recipient=county.deputy.user)
    days = [(row.created_at.astimezone(ZoneInfo("Asia/Shanghai")).date() - due).days for row in rungs.order_by("pk")]
    assert days == [-10, -7, -3, -1, 0, 1, 4, 7]
    # of what is late staff know as well, so that they can ring
    assert set(told("reminder.feedback_overdue")) == {"赵大海", county.staff.user.person.name}


def test_once_the_deputy_has_said_something_nobody_is_reminded_and_the_letter_stays_behind():
    """Scenario 18: told by the law of what holds now, in the inbox and in the letter."""
    with noon(TODAY):
        county = make_county()
        User.objects.filter(pk=county.deputy.user.pk).update(email="zhao@example.cn")
    case = delivered(county, TODAY)
    due = clock_of(case, "FEEDBACK").act_by
    run(due + timedelta(1))
    with at(due + timedelta(1), 9):
        evaluate(county, part_of(case, county.host).reply)
        send_due()
    urging = Notification.objects.filter(kind__startswith="reminder.feedback")
    assert not urging.filter(recipient=county.deputy.user).unread().exists()
    assert Dispatch.objects.get(notification__in=urging).state == Dispatch.State.DROPPED
    run(due + timedelta(2))
    assert not urging.unread().exists(), "nor in the inbox of staff"


def test_what_is_due_in_the_national_day_week_moves_to_the_first_working_day_and_so_does_its_letter():
    """Scenario 25: ten days from 24 September end on Sunday 4 October; the office opens again on Thursday the 8th."""
    with noon(date(2026, 9, 1)):
        county = make_county()
        User.objects.filter(pk=county.deputy.user.pk).update(email="zhao@example.cn")
    case = delivered(county, date(2026, 9, 24))
    limit = clock_of(case, "FEEDBACK")
    assert limit.due_on == limit.act_by == date(2026, 10, 8)
    with at(date(2026, 9, 30), 17):
        send_due()
    mail.outbox.clear()
    for day in range(1, 9):
        run(date(2026, 10, day))
        with at(date(2026, 10, day), 7):
            send_due()
    assert mail.outbox == []
    with at(date(2026, 10, 8), 8):
        send_due()
    assert [letter.to for letter in mail.outbox] == [["zhao@example.cn"]]
    assert "2026年10月8日" in mail.outbox[0].subject


def test_seven_working_days_across_swapped_weekends_are_counted_by_the_announced_calendar():
    """Scenario 25: Sunday 20 September and Saturday 10 October 2026 are worked, 25 to 27 September and 1 to 7 October off."""
    with noon(date(2026, 9, 18)):
        county = make_county()
        part = part_of(accepted(county, co_hosts=[]), county.host)
    # 20 (a Sunday), 21, 22, 23, 24, 28, 29
    assert part.objection_until == date(2026, 9, 29)
    with noon(date(2026, 9, 30)):
        part = part_of(accepted(county, co_hosts=[]), county.host)
    # 8, 9, 10 (a Saturday), 12, 13, 14, 15 October
    assert part.objection_until == date(2026, 10, 15)


def test_a_holiday_that_is_announced_late_keeps_the_letters_of_that_day_back():
    """The calendar is read anew by each run, and kept by no process."""
    with noon(TODAY):
        county = make_county()
        User.objects.filter(pk=county.deputy.user.pk).update(email="zhao@example.cn")
    due = clock_of(delivered(county, TODAY), "FEEDBACK").act_by
    with at(due - timedelta(1), 10):
        send_due()
    mail.outbox.clear()
    run(due)
    CalendarDay.objects.create(year=CalendarYear.objects.get(year=2026), date=due, kind="HOLIDAY")
    with at(due, 10):
        send_due()
    assert mail.outbox == []
    run(due + timedelta(1))
    with at(due + timedelta(1), 8):
        send_due()
    # by now it is late, and says so
    assert ["应在" in letter.subject for letter in mail.outbox] == [True]


def test_a_reminder_of_a_statutory_date_on_a_day_off_says_why_the_day_before_counts():
    """Scenario 39: 1 October stays; the reminder names it and says to finish before the holiday."""
    with noon(date(2026, 7, 1)):
        county = make_county()
        accepted(county, co_hosts=[])
    run(date(2026, 9, 29))
    said = sentence(Notification.objects.filter(kind="reminder.reply_due").latest("pk"))
    assert "2026年9月30日" in said
    assert "2026年10月1日" in said
    run(date(2026, 10, 9))
    late = sentence(Notification.objects.filter(kind="reminder.reply_overdue").latest("pk"))
    assert "2026年10月1日" not in late, "nobody can finish before a holiday that is over"
