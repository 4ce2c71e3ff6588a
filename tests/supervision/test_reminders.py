"""One run over everything: supervision cards, and that no letter tells what is no longer true."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.core import mail

from accounts.models import User
from notifications.models import Dispatch, Notification
from notifications.transitions import mark_read, send_due
from supervision import reminders
from supervision.models import Card
from tests.suggestions.checks import clock_of, name, told
from tests.suggestions.factory import TODAY, accepted, in_review, make_county, noon, replied, sign
from tests.supervision.card_factory import DUE, amended, issued, make_body, make_leader, reported, words
from workflow import clock

State = Dispatch.State


@pytest.fixture
def county(db):
    with noon(TODAY):
        yield make_county()


def run(day):
    with noon(day):
        return reminders.run()


def unread(kind):
    rows = Notification.objects.filter(kind=kind).unread().select_related("recipient__person")
    return sorted(row.recipient.person.name for row in rows)


def test_the_responsible_organ_is_reminded_of_the_card_and_the_body_and_staff_once_it_is_late(county):
    leader, body = make_leader(), make_body()
    issued(county, leader, body)
    run(DUE)
    assert set(told("reminder.card_due")) == {name(county.host)}
    run(DUE + timedelta(1))
    assert set(told("reminder.card_overdue")) == {name(county.host), name(body), name(county.staff)}
    assert name(leader) not in told("reminder.card_overdue")
    assert name(county.head) not in told("reminder.card_overdue")


def test_a_card_not_signed_yet_reminds_nobody(county):
    issued(county, make_leader())
    Card.objects.update(status="DRAFT")
    run(DUE)
    assert told("reminder.card_due") == []


def test_an_amended_card_reminds_of_its_new_day_only(county):
    card = issued(county, make_leader())
    run(date(2026, 5, 22))
    with noon(date(2026, 5, 22)):
        amended(county, card, words=words(county, due_on=date(2026, 5, 26)))
    run(date(2026, 5, 22))
    facts = Notification.objects.filter(kind="reminder.card_due").unread().values_list("fact", flat=True)
    assert [fact.split(":")[3] for fact in facts] == ["2026-05-26"]


def test_who_has_reported_completion_is_not_reminded(county):
    card = issued(county, make_leader())
    run(DUE)
    with noon(DUE):
        replied(county, card.suggestion)
        reported(county, card)
    run(DUE + timedelta(1))
    assert unread("reminder.card_due") == []
    assert told("reminder.card_overdue") == []


REPLY_DUE = date(2026, 6, 16)


@pytest.fixture
def reply(county):
    """Everything is ready but the signature; the host reads letters."""
    User.objects.filter(pk=county.host.user.pk).update(email="zhou@example.cn")
    return in_review(county, co_hosts=[])


def letters():
    return [letter.to[0] for letter in mail.outbox]


def test_a_letter_whose_matter_was_settled_meanwhile_is_dropped_and_leaves_the_inbox(county, reply):
    run(REPLY_DUE)
    with noon(REPLY_DUE):
        sign(county, reply)
        Dispatch.objects.exclude(notification__kind__startswith="reminder.").delete()
        assert send_due()["dropped"] == 1
    assert letters() == []
    assert Dispatch.objects.get().state == State.DROPPED
    assert unread("reminder.reply_due") == []


def test_what_is_still_true_is_sent(county, reply):
    run(REPLY_DUE)
    with noon(REPLY_DUE):
        send_due()
    assert "zhou@example.cn" in letters()


def test_of_several_rungs_that_could_not_be_sent_only_the_last_goes_out(county, reply):
    Dispatch.objects.all().delete()
    for left in (15, 7, 1):
        run(REPLY_DUE - timedelta(left))
    with noon(REPLY_DUE - timedelta(1)):
        assert send_due()["sent"] == 1
    assert len(letters()) == 1


def test_without_the_sweep_a_rung_that_is_over_is_dropped_at_delivery(county, reply):
    Dispatch.objects.all().delete()
    run(REPLY_DUE - timedelta(7))
    with noon(REPLY_DUE - timedelta(1)):
        assert send_due()["dropped"] == 1
    assert run(REPLY_DUE - timedelta(1))["created"] == 1
    with noon(REPLY_DUE - timedelta(1)):
        assert send_due()["sent"] == 1


def test_what_was_taken_back_and_is_true_again_goes_out_again(county, reply):
    Dispatch.objects.all().delete()
    case = reply.assignment.suggestion
    run(REPLY_DUE)
    case.clocks.filter(kind="REPLY").update(act_by=REPLY_DUE + timedelta(40))
    assert run(REPLY_DUE) == {"created": 0, "voided": 1}
    case.clocks.filter(kind="REPLY").update(act_by=REPLY_DUE)
    assert run(REPLY_DUE) == {"created": 1, "voided": 0}
    with noon(REPLY_DUE):
        assert send_due()["sent"] == 1
    assert unread("reminder.reply_due") == [name(county.host)]


def test_what_was_read_is_told_once_whatever_happens(county, reply):
    run(REPLY_DUE)
    note = Notification.objects.get(kind="reminder.reply_due")
    mark_read(note, user=note.recipient)
    clocks = reply.assignment.suggestion.clocks.filter(kind="REPLY")
    for day in (REPLY_DUE + timedelta(40), REPLY_DUE):
        clocks.update(act_by=day)
        assert run(REPLY_DUE)["created"] == 0


def test_letters_that_urge_wait_for_office_hours_and_letters_of_acts_do_not(county, reply):
    saturday, monday = date(2026, 6, 13), date(2026, 6, 15)
    Dispatch.objects.all().delete()
    run(saturday)
    User.objects.filter(pk=county.deputy.user.pk).update(email="zhao@example.cn")
    with noon(saturday):
        assert send_due()["sent"] == 0
        assert Dispatch.objects.get().not_before == clock.now() + timedelta(days=1, hours=20)
        sign(county, reply)
        send_due()
        assert letters() == ["zhao@example.cn"], "of the act, at once"
    # the reply is out meanwhile
    with noon(monday):
        assert send_due()["dropped"] == 1


def test_a_letter_that_an_outage_kept_until_the_evening_waits_for_the_morning(county, reply):
    Dispatch.objects.all().delete()
    run(REPLY_DUE)
    evening = datetime(2026, 6, 16, 21, 30, tzinfo=ZoneInfo("Asia/Shanghai"))
    with clock.at(evening):
        assert send_due()["sent"] == 0
    assert Dispatch.objects.get().attempts == 0
    with clock.at(evening + timedelta(hours=10, minutes=31)):
        # by then it is late, and the letter that said so is another
        assert (reminders.run()["created"], send_due()["sent"]) == (2, 1)


def test_over_the_national_day_only_the_newest_reminder_goes_out_on_the_first_working_day(county):
    User.objects.filter(pk=county.host.user.pk).update(email="zhou@example.cn")
    with noon(date(2026, 7, 9)):
        case = accepted(county, co_hosts=[])
    assert clock_of(case, "REPLY").act_by == date(2026, 10, 9)
    Dispatch.objects.all().delete()
    for day in range(1, 8):
        run(date(2026, 10, day))
        with noon(date(2026, 10, day)):
            assert send_due()["sent"] == 0
    run(date(2026, 10, 8))
    with noon(date(2026, 10, 8)):
        assert send_due()["sent"] == 1
    assert "2026年10月9日" in mail.outbox[-1].subject
