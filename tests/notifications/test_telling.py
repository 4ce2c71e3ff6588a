"""Telling: each fact once per person, whoever else tells it meanwhile, and at a cost that does not grow."""

import pytest

from accounts.models import Role
from notifications.models import Dispatch, Notification
from notifications.transitions import Telling, notify, notify_many
from notifications.transitions import telling as the
from tests.factory import make_actor
from tests.notifications.factory import make_reader

pytestmark = pytest.mark.django_db
WORDS = {"kind": "suggestion.assigned", "params": {"number": "第007号"}, "url": "/"}
FACT = "assigned:suggestion:1:1"


def told():
    return sorted(Notification.objects.values_list("recipient_id", "fact"))


def test_each_holder_is_told_once_and_by_mail_who_has_an_address():
    with_mail, without = make_reader("li@example.cn"), make_reader()
    posts = [with_mail.post, without.post, with_mail.post]
    assert notify(posts, fact=FACT, **WORDS) == 2
    assert notify(posts, fact=FACT, **WORDS) == 0
    assert told() == sorted([(with_mail.user.pk, FACT), (without.user.pk, FACT)])
    [letter] = Dispatch.objects.all()
    assert (letter.notification.recipient, letter.channel, letter.state) == (with_mail.user, "EMAIL", "DUE")
    assert letter.not_before == letter.notification.created_at


def test_telling_nobody_asks_nothing(django_assert_num_queries):
    with django_assert_num_queries(0):
        assert notify([], fact=FACT, **WORDS) == 0


def test_many_are_told_for_the_price_of_one(django_assert_num_queries):
    posts = [make_actor(Role.COMMITTEE_STAFF).post for _ in range(12)]
    [post.user for post in posts]
    # what is known, a savepoint and its end, the rows
    with django_assert_num_queries(4):
        assert notify(posts, fact=FACT, **WORDS) == 12
    with django_assert_num_queries(1):
        assert notify(posts, fact=FACT, **WORDS) == 0


def test_what_another_worker_tells_at_the_same_moment_is_told_once_and_the_rest_still(monkeypatch):
    first, second = make_reader("li@example.cn"), make_reader("wang@example.cn")
    look = the._missing

    def overtaken(chunk):
        missing = look(chunk)
        the._write(missing[:1])
        return missing

    monkeypatch.setattr(the, "_missing", overtaken)
    assert notify_many(Telling(actor.post, FACT, **WORDS) for actor in (first, second)) == 1
    assert told() == sorted([(first.user.pk, FACT), (second.user.pk, FACT)])
    assert Dispatch.objects.count() == 2
