"""The one page of every act: who may, whether it is possible, what was typed wrongly, who was faster, and back."""

import pytest
from django.contrib.messages import get_messages
from django.test import Client

from accounts.actor import actor_of
from accounts.models import Role, User
from tests.factory import make_organ, make_user
from tests.workflow.acting_urls import ACTS, BACK, buttons
from tests.workflow.cases import make_case

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.workflow.acting_urls")]


@pytest.fixture
def case():
    return make_case()


@pytest.fixture
def client():
    return client_of(Role.COMMITTEE_STAFF)


def client_of(role):
    browser = Client()
    browser.force_login(make_user(role))
    return browser


def actor(role):
    user = make_user(role)
    return actor_of(user, user.posts.get())


def url(case, verb="close"):
    return f"/{case.pk}/{verb}/"


def send(client, case, verb="close", **typed):
    return client.post(url(case, verb), {"version": case.version, **typed})


def standing(case):
    fresh = User.objects.get(pk=case.pk)
    return fresh.status, fresh.version


def test_the_page_says_what_it_is_about_and_proposes(client, case):
    page = client.get(url(case))
    text = page.content.decode()
    assert page.status_code == 200
    assert [said in text for said in ("Close it", "For good.", case.person.name, "btn-danger")] == [True] * 4
    assert page.context["form"].initial["reason"] == f"about {case.person.name}"
    assert f'name="version" value="{case.version}"' in text and f'href="{BACK}"' in text


def test_the_act_happens_with_what_the_form_tells_and_leads_back(client, case):
    answer = send(client, case, reason="moved")
    assert (answer.status_code, answer["Location"]) == (302, BACK)
    assert standing(case) == ("LOCKED", 2)
    assert case.events.get(verb="close").detail.reason == "MOVED"
    [said] = get_messages(answer.wsgi_request)
    assert "closed" in str(said) and str(said).endswith(" Bye.")


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("verb", ["close", "open"])
def test_who_may_not_is_told_so_before_anything_else(case, method, verb):
    answer = getattr(client_of(Role.CHAIRPERSON), method)(url(case, verb), {"version": "none", "reason": "x"})
    assert answer.status_code == 403
    assert standing(case) == ("ACTIVE", 1)


def test_what_is_not_possible_now_is_no_page(client, case):
    assert client.get(url(case, "open")).status_code == 409
    send(client, case, reason="moved")
    assert client.get(url(case)).status_code == 409
    page = client.get(url(case, "open"))
    assert (page.status_code, "There is no telephone." in page.content.decode()) == (409, True)


def test_what_is_missing_or_refused_is_said_at_its_field(client, case):
    for typed, field, sentence in (("", "reason", ""), ("vague", "reason", "Say more."), ("late", None, "day is over")):
        page = send(client, case, reason=typed)
        assert page.status_code == 422
        errors = page.context["form"].errors
        assert list(errors) == [field or "__all__"] and sentence in str(errors)
        assert typed in page.content.decode()
    assert standing(case) == ("ACTIVE", 1)


@pytest.mark.parametrize("version", ["0", "", "x", None])
def test_who_opened_the_page_before_the_last_change_finds_what_was_typed(client, case, version):
    sent = {"reason": "a long story"} | ({} if version is None else {"version": version})
    page = client.post(url(case), sent)
    text = page.content.decode()
    assert page.status_code == 409
    assert page.context["conflict"] and str(page.context["conflict"]) in text and "a long story" in text
    assert f'name="version" value="{case.version}"' in text
    assert standing(case) == ("ACTIVE", 1)
    assert send(client, case, reason="a long story").status_code == 302


def test_what_is_no_more_possible_shows_what_was_typed_with_the_reason(client, case):
    send(client, case, reason="moved")
    case.refresh_from_db()
    page = send(client, case, reason="again")
    assert (page.status_code, "again" in page.content.decode()) == (409, True)
    assert standing(case) == ("LOCKED", 2)


def test_a_conflict_that_the_verb_found_is_shown_on_the_page(client, case):
    page = send(client, case, reason="overtaken")
    assert (page.status_code, page.context["conflict"]) == (409, "It was overtaken.")


def test_without_a_form_a_conflict_is_a_page_of_its_own(client, case):
    page = send(client, case, "open")
    assert page.status_code == 409
    assert "version" not in page.content.decode()


def test_an_act_that_asks_nothing_is_one_button(client, case):
    case.person.phone = "13900000000"
    case.person.save()
    send(client, case, reason="moved")
    case.refresh_from_db()
    assert "Go on" in client.get(url(case, "open")).content.decode()
    assert send(client, case, "open").status_code == 302
    assert standing(case) == ("ACTIVE", 3)


def test_what_many_do_at_once_asks_for_no_version_and_may_answer_itself(client, case):
    assert 'name="version"' not in client.get(url(case, "note")).content.decode()
    for seq in (2, 3):
        assert client.post(url(case, "note")).content.decode() == f"{case.username} has {seq}"


def test_only_what_is_open_is_offered(client, case):
    staff = actor(Role.COMMITTEE_STAFF)
    assert [(button["verb"], button["style"]) for button in buttons(staff, case)] == [
        ("close", "danger"),
        ("note", "secondary"),
    ]
    assert buttons(staff, case)[0]["url"] == url(case)
    assert buttons(actor(Role.CHAIRPERSON), case) == []
    assert buttons(staff, make_organ()) == []
    send(client, case, reason="moved")
    case.refresh_from_db()
    assert [button["verb"] for button in buttons(staff, case)] == ["note"]
    case.person.phone = "13900000000"
    assert [button["verb"] for button in buttons(staff, case)] == ["open", "note"]
    assert list(ACTS) == ["close", "open", "note"]
