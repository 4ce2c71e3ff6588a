"""Letters: each goes once, whatever dies, fails or runs twice."""

import json
from datetime import timedelta
from io import StringIO
from smtplib import SMTPServerDisconnected
from threading import Barrier, Thread

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend as Memory
from django.core.management import call_command
from django.db import connection

from accounts.models import Post, User
from notifications.models import Dispatch
from notifications.transitions import mark_read, send_due, void
from notifications.transitions import sending as the
from tests.notifications.factory import make_dispatch
from workflow import clock

pytestmark = pytest.mark.django_db
State = Dispatch.State
HERE = "tests.notifications.test_sending."


class Killed(BaseException):
    """What kill -9 looks like from inside: nothing after it runs."""


class Refusing(Memory):
    """A mail server that takes nothing."""

    def send_messages(self, messages):
        raise SMTPServerDisconnected("try again later")


class DyingAfter(Memory):
    """The letter is out, and the process dies before it can say so."""

    def send_messages(self, messages):
        super().send_messages(messages)
        raise Killed


class Slow(Memory):
    """So slow that meanwhile the lease runs out and another process sends the letter."""

    inside = False

    def send_messages(self, messages):
        if not Slow.inside:
            Slow.inside = True
            with clock.at(clock.now() + the.LEASE + timedelta(seconds=1)):
                send_due()
            Slow.inside = False
        return super().send_messages(messages)


def after(*, minutes):
    return clock.at(clock.now() + timedelta(minutes=minutes))


def test_a_due_letter_goes_out_once_with_a_link_and_no_more_than_the_title():
    dispatch = make_dispatch()
    assert send_due()["sent"] == 1
    assert send_due()["sent"] == 0
    (letter,) = mail.outbox
    assert letter.to == ["li@example.cn"]
    assert f"http://127.0.0.1:8000/inbox/{dispatch.notification_id}/" in letter.body
    assert "关于修路的建议" in letter.subject
    assert letter.extra_headers["Auto-Submitted"] == "auto-generated"
    dispatch.refresh_from_db()
    assert (dispatch.state, dispatch.attempts, dispatch.lease_until) == (State.SENT, 1, None)


def test_the_letter_is_in_the_recipients_language():
    dispatch = make_dispatch()
    User.objects.filter(pk=dispatch.notification.recipient_id).update(language="en")
    send_due()
    assert "please sign for receipt" in mail.outbox[0].subject


@pytest.mark.parametrize("turn", ["read", "void", "locked", "without address", "left the post"])
def test_what_is_no_longer_wanted_is_dropped_at_delivery(turn):
    dispatch = make_dispatch()
    note, user = dispatch.notification, User.objects.filter(pk=dispatch.notification.recipient_id)
    if turn == "read":
        mark_read(note, user=note.recipient)
    elif turn == "void":
        type(note).objects.filter(pk=note.pk).update(void_reason="settled")
    elif turn == "locked":
        user.update(status="LOCKED")
    elif turn == "without address":
        user.update(email="")
    else:
        Post.objects.filter(user=user.get()).update(until=clock.today() - timedelta(days=1))
    assert send_due() == {"sent": 0, "postponed": 0, "failed": 0, "unknown": 0, "dropped": 1, "stopped": ""}
    assert mail.outbox == []
    dispatch.refresh_from_db()
    assert dispatch.state == State.DROPPED


def test_a_voided_fact_is_never_claimed():
    dispatch = make_dispatch()
    void([dispatch.notification.fact], "settled")
    assert send_due()["dropped"] == 0
    dispatch.refresh_from_db()
    assert dispatch.state == State.DROPPED


def test_nothing_goes_out_while_paused(settings):
    settings.OUTGOING_PAUSED = True
    dispatch = make_dispatch()
    assert send_due()["stopped"] == "paused"
    assert mail.outbox == []
    dispatch.refresh_from_db()
    assert (dispatch.state, dispatch.attempts) == (State.DUE, 0)
    settings.OUTGOING_PAUSED = False
    assert send_due()["sent"] == 1


def test_a_refused_letter_waits_longer_each_time_and_is_given_up_after_the_last(settings):
    settings.EMAIL_BACKEND = HERE + "Refusing"
    dispatch, waits = make_dispatch(), []
    moment = clock.now()
    for _attempt in the.BACK_OFF:
        with clock.at(moment):
            assert send_due()["postponed"] == 1
            assert send_due()["postponed"] == 0
        dispatch.refresh_from_db()
        waits.append(dispatch.not_before - moment)
        moment = dispatch.not_before
    assert all(step <= wait <= step * 1.25 for step, wait in zip(the.BACK_OFF, waits, strict=True))
    assert "try again later" in dispatch.error
    with clock.at(moment):
        assert send_due()["failed"] == 1
    dispatch.refresh_from_db()
    assert (dispatch.state, dispatch.attempts) == (State.FAILED, the.ATTEMPTS)


def test_a_letter_refused_once_goes_out_when_the_server_is_back(settings):
    settings.EMAIL_BACKEND = HERE + "Refusing"
    dispatch = make_dispatch()
    send_due()
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    with after(minutes=2):
        assert send_due()["sent"] == 1
    dispatch.refresh_from_db()
    assert dispatch.error == ""


def test_a_dead_mail_server_is_left_alone_and_costs_the_other_letters_no_attempt(settings):
    settings.EMAIL_BACKEND = HERE + "Refusing"
    for number in range(the.PATIENCE + 2):
        make_dispatch(fact=f"assigned:suggestion:{number}:1")
    told = send_due()
    assert (told["postponed"], told["stopped"]) == (the.PATIENCE, "unreachable")
    assert Dispatch.objects.filter(state=State.DUE, attempts=0).count() == 2


def test_a_killed_sender_costs_a_repeat_under_the_same_message_id(settings):
    settings.EMAIL_BACKEND = HERE + "DyingAfter"
    make_dispatch()
    with pytest.raises(Killed):
        send_due()
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    assert send_due()["sent"] == 0, "the lease still runs"
    with after(minutes=6):
        assert send_due()["sent"] == 1
    first, second = mail.outbox
    assert first.extra_headers["Message-ID"] == second.extra_headers["Message-ID"]


def test_two_letters_never_share_a_message_id():
    make_dispatch(fact="assigned:suggestion:1:1")
    make_dispatch(fact="assigned:suggestion:2:1")
    send_due()
    assert len({letter.extra_headers["Message-ID"] for letter in mail.outbox}) == 2


def test_a_sender_that_dies_at_the_last_attempt_leaves_the_letter_unknown_and_untried(settings):
    settings.EMAIL_BACKEND = HERE + "DyingAfter"
    dispatch = make_dispatch()
    Dispatch.objects.update(attempts=the.ATTEMPTS - 1)
    with pytest.raises(Killed):
        send_due()
    with after(minutes=6):
        assert send_due()["unknown"] == 1
        assert send_due()["sent"] == 0
    dispatch.refresh_from_db()
    assert dispatch.state == State.UNKNOWN


def test_who_comes_back_after_the_lease_ran_out_settles_nothing(settings):
    settings.EMAIL_BACKEND = HERE + "Slow"
    dispatch = make_dispatch()
    send_due()
    dispatch.refresh_from_db()
    assert (dispatch.state, dispatch.attempts) == (State.SENT, 2)


@pytest.mark.django_db(transaction=True)
def test_workers_beside_each_other_send_each_letter_once():
    for number in range(30):
        make_dispatch(email=f"d{number}@example.cn", fact=f"assigned:suggestion:{number}:1")
    start, told = Barrier(3), []

    def work():
        start.wait()
        told.append(send_due()["sent"])
        connection.close()

    workers = [Thread(target=work) for _ in range(3)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert sum(told) == 30
    assert sorted(letter.to[0] for letter in mail.outbox) == sorted(f"d{n}@example.cn" for n in range(30))
    assert not Dispatch.objects.exclude(state=State.SENT, attempts=1).exists()


def test_the_command_prints_one_object_and_nothing_else():
    make_dispatch()
    out = StringIO()
    call_command("send_notifications", json=True, stdout=out)
    assert json.loads(out.getvalue())["sent"] == 1


def test_the_command_says_that_it_is_paused(settings):
    settings.OUTGOING_PAUSED = True
    out = StringIO()
    call_command("send_notifications", stdout=out)
    assert "OUTGOING_PAUSED" in out.getvalue()
