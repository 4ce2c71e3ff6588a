"""From the act to the letter in somebody's mailbox and back to the portal, over a real connection."""

import json
import re
from io import StringIO

import pytest
from django.core.management import call_command
from django.urls import reverse

from accounts.models import Post, Role, User
from notifications.models import Dispatch
from notifications.transitions import notify
from tests.factory import SINCE, make_actor, make_organ
from tests.notifications.factory import PARAMS, make_dispatch
from tests.notifications.smtp import mail_server
from workflow import clock

pytestmark = pytest.mark.django_db
State = Dispatch.State


@pytest.fixture
def server(settings):
    with mail_server() as found:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = found.server_address
        settings.SITE_URL = "https://rd.wangchuan.gov.cn"
        settings.DEFAULT_FROM_EMAIL = "rd@wangchuan.gov.cn"
        yield found


def send():
    printed = StringIO()
    call_command("send_notifications", "--json", stdout=printed)
    return json.loads(printed.getvalue())


def test_the_letter_arrives_in_chinese_with_its_own_id_and_a_way_back(server):
    dispatch = make_dispatch("zhou@example.cn")
    assert send()["sent"] == 1
    [letter] = server.letters
    assert (letter["To"], letter["From"]) == ("zhou@example.cn", "rd@wangchuan.gov.cn")
    assert letter["Subject"].strip() == "第007号《关于修路的建议》已交你单位办理，请签收。"
    assert re.fullmatch(r"<[0-9a-f]{32}@rd\.wangchuan\.gov\.cn>", letter["Message-ID"])
    assert letter["Auto-Submitted"] == "auto-generated"
    assert letter.get_content_charset() == "utf-8"
    assert f"https://rd.wangchuan.gov.cn{reverse('notifications:open', args=[dispatch.notification_id])}" in (
        letter.get_content()
    )


def test_the_link_of_a_letter_leads_under_the_post_that_it_was_sent_to(server, client):
    actor = make_actor(Role.COMMITTEE_STAFF)
    User.objects.filter(pk=actor.user.pk).update(email="li@example.cn")
    second = Post.objects.create(user=actor.user, role=Role.ORGAN_HANDLER, organ=make_organ(), since=SINCE)
    second.user.refresh_from_db()
    notify([second], fact="assigned:suggestion:1:1", kind="suggestion.assigned", params=PARAMS, url="/inbox/")
    assert send()["sent"] == 1
    body = server.letters[0].get_content()
    client.force_login(actor.user)
    page = client.get(re.search(r"https://rd\.wangchuan\.gov\.cn(/\S+)", body)[1], follow=True)
    assert page.context["actor"].post == second


def test_a_server_that_asks_for_patience_gets_the_same_letter_later(server):
    dispatch = make_dispatch()
    server.answers[b"DATA"] = "451 greylisted, try again later"
    assert send()["postponed"] == 1
    server.answers.clear()
    dispatch.refresh_from_db()
    assert "451" in dispatch.error
    with clock.at(dispatch.not_before):
        assert send()["sent"] == 1
    assert len(server.letters) == 1


def test_an_address_that_is_refused_costs_the_others_nothing(server):
    make_dispatch("nobody@example.cn", fact="assigned:suggestion:1:1")
    make_dispatch("li@example.cn", fact="assigned:suggestion:2:1")
    server.answers[b"RCPT"] = "550 no such user"
    assert send()["postponed"] == 2
    server.answers.clear()
    with clock.at(Dispatch.objects.latest("not_before").not_before):
        assert send()["sent"] == 2
    assert sorted(letter["To"] for letter in server.letters) == ["li@example.cn", "nobody@example.cn"]


def test_a_server_that_is_not_there_leaves_the_letter_due(settings, server):
    dispatch = make_dispatch()
    server.shutdown()
    server.server_close()
    assert send()["postponed"] == 1
    dispatch.refresh_from_db()
    assert (dispatch.state, dispatch.attempts) == (State.DUE, 1)


def test_twenty_letters_go_through_one_connection(server):
    for number in range(20):
        make_dispatch(f"d{number}@example.cn", fact=f"assigned:suggestion:{number}:1")
    assert send()["sent"] == 20
    assert len({letter["Message-ID"] for letter in server.letters}) == 20
    assert server.connections == 1
