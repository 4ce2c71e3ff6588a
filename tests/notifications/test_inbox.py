"""The inbox page."""

import pytest
from django.conf import settings
from django.urls import reverse

from accounts.models import Post, Role
from notifications.models import Notification
from notifications.templatetags.notifications import unread_count
from tests.components.pages import Tree
from tests.factory import SINCE, make_organ
from tests.notifications.factory import make_notification, make_reader

pytestmark = pytest.mark.django_db
INBOX = reverse("notifications:inbox")


@pytest.fixture
def reader(client):
    actor = make_reader()
    client.force_login(actor.user)
    return actor


def rows(response):
    return [row.fact for row in response.context["rows"]]


def test_the_inbox_shows_the_unread_newest_first_and_all_on_its_tab(client, reader):
    old, new = make_notification(reader, "a:x:1"), make_notification(reader, "b:x:2")
    client.get(reverse("notifications:open", args=[old.pk]))
    assert rows(client.get(INBOX)) == [new.fact]
    assert rows(client.get(INBOX + "?show=all")) == [new.fact, old.fact]


def test_each_is_sent_on_in_wechat_with_the_page_it_leads_to(client, reader):
    make_notification(reader, url="/suggestions/7/")
    [box] = Tree(client.get(INBOX).content.decode()).all("textarea")
    assert box["text"].endswith(f"\n{settings.SITE_URL}/suggestions/7/")


def test_an_empty_inbox_answers(client, reader):
    assert client.get(INBOX).status_code == 200


def test_another_persons_notification_is_not_there(client, reader):
    foreign = make_notification(make_reader())
    assert rows(client.get(INBOX + "?show=all")) == []
    assert client.get(reverse("notifications:open", args=[foreign.pk])).status_code == 404
    foreign.refresh_from_db()
    assert foreign.read_at is None


def test_what_is_no_longer_true_has_left_the_inbox(client, reader):
    note = make_notification(reader)
    Notification.objects.update(void_reason="settled")
    assert rows(client.get(INBOX + "?show=all")) == []
    assert not Notification.objects.filter(pk=note.pk).unread().exists()


@pytest.mark.parametrize(("reason", "said"), [("settled", True), ("superseded", False)])
def test_the_link_of_a_letter_sent_before_still_leads_to_the_matter(client, reader, reason, said):
    note = make_notification(reader, url=INBOX)
    Notification.objects.update(void_reason=reason)
    page = client.get(reverse("notifications:open", args=[note.pk]), follow=True)
    assert page.status_code == 200
    assert bool(list(page.context["messages"])) == said


def test_opening_marks_read_once_and_leads_to_the_matter(client, reader):
    note = make_notification(reader, url="/suggestions/5/")
    url = reverse("notifications:open", args=[note.pk])
    assert client.get(url).headers["Location"] == "/suggestions/5/"
    note.refresh_from_db()
    first = note.read_at
    client.get(url)
    note.refresh_from_db()
    assert note.read_at == first is not None


@pytest.mark.parametrize("url", ["https://evil.example/", "//evil.example/", "javascript:alert(1)", "/\\evil.example"])
def test_opening_never_leads_out_of_the_portal(client, reader, url):
    note = make_notification(reader, url=url)
    assert client.get(reverse("notifications:open", args=[note.pk])).headers["Location"] == INBOX


def _second_post(actor):
    return Post.objects.create(user=actor.user, role=Role.ORGAN_HANDLER, organ=make_organ(), since=SINCE)


def test_opening_switches_to_the_post_it_was_sent_to_and_says_so(client, reader):
    second = _second_post(reader)
    note = make_notification(reader, url=INBOX)
    Notification.objects.update(post=second)
    response = client.get(reverse("notifications:open", args=[note.pk]), follow=True)
    assert response.context["actor"].post == second
    assert any(str(second) in str(message) for message in response.context["messages"])


def test_opening_under_the_same_post_says_nothing(client, reader):
    note = make_notification(reader, url=INBOX)
    response = client.get(reverse("notifications:open", args=[note.pk]), follow=True)
    assert list(response.context["messages"]) == []


def test_opening_does_not_switch_to_a_post_that_ended(client, reader):
    second = _second_post(reader)
    Post.objects.filter(pk=second.pk).update(until=SINCE)
    note = make_notification(reader, url=INBOX)
    Notification.objects.update(post=second)
    response = client.get(reverse("notifications:open", args=[note.pk]), follow=True)
    assert response.context["actor"].post == reader.post


def test_marking_all_read_spares_what_came_in_since_and_what_is_anothers(client, reader):
    seen, foreign = make_notification(reader, "a:x:1"), make_notification(make_reader(), "a:x:1")
    later = make_notification(reader, "b:x:2")
    assert later.pk > seen.pk
    client.post(reverse("notifications:mark_all_read"), {"newest": seen.pk})
    unread = set(Notification.objects.unread().values_list("pk", flat=True))
    assert unread == {foreign.pk, later.pk}


@pytest.mark.parametrize("newest", ["", "x", "-1", str(2**70)])
def test_marking_all_read_without_a_page_changes_nothing(client, reader, newest):
    make_notification(reader)
    assert client.post(reverse("notifications:mark_all_read"), {"newest": newest}).status_code == 422
    assert Notification.objects.unread().count() == 1


def test_marking_all_read_is_a_post(client, reader):
    assert client.get(reverse("notifications:mark_all_read")).status_code == 405


def test_the_bell_counts_the_readers_own_unread(reader):
    make_notification(reader, "a:x:1")
    make_notification(reader, "b:x:2")
    make_notification(make_reader(), "a:x:1")
    assert unread_count({"actor": reader}) == 2
    assert unread_count({"actor": None}) == 0


def test_a_long_inbox_costs_as_many_queries_as_a_short_one(client, reader, django_assert_max_num_queries):
    for number in range(3):
        make_notification(reader, f"a:x:{number}")
    client.get(INBOX)
    with django_assert_max_num_queries(14) as few:
        client.get(INBOX)
    for number in range(40):
        make_notification(reader, f"b:x:{number}")
    with django_assert_max_num_queries(len(few.captured_queries)):
        client.get(INBOX)


def test_the_inbox_is_closed_to_strangers(client):
    assert client.get(INBOX).status_code == 302
