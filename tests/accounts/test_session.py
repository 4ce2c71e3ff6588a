"""As whom one acts, in which language, with which password."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from accounts.models import Post, Role
from accounts.transitions import accounts
from tests.accounts.web import ME, PASSWORD, SIGN_IN, is_signed_in, sign_in, with_password
from tests.factory import SINCE, make_actor, make_organ, make_user
from workflow import clock

pytestmark = pytest.mark.django_db

SWITCH, LANGUAGE, CHANGE = "/accounts/switch/", "/accounts/language/", "/accounts/password/"
NEW = "nine hills behind the town"


def actor_of(client):
    return client.get(ME).wsgi_request.actor


def add_post(user, role, **fields):
    return Post.objects.create(user=user, role=role, **{"since": SINCE, **fields})


# posts


def test_several_posts_are_switched_between_and_the_choice_is_remembered(client):
    user = with_password(Role.TOWNSHIP)
    township, deputy = user.posts.get(), add_post(user, Role.DEPUTY)
    sign_in(client, user.username)
    assert actor_of(client).post == township
    assert actor_of(client).posts == (township, deputy)
    answer = client.post(SWITCH, {"post": deputy.pk, "next": ME})
    assert answer.status_code == 302 and answer["Location"] == ME
    assert actor_of(client).post == deputy and actor_of(client).role == Role.DEPUTY
    elsewhere = Client()
    sign_in(elsewhere, user.username)
    assert actor_of(elsewhere).post == deputy


def test_two_sessions_act_under_two_posts(client):
    user, elsewhere = with_password(Role.TOWNSHIP), Client()
    township, deputy = user.posts.get(), add_post(user, Role.DEPUTY)
    for browser, post in ((client, township), (elsewhere, deputy)):
        browser.force_login(user)
        browser.post(SWITCH, {"post": post.pk})
    assert (actor_of(client).post, actor_of(elsewhere).post) == (township, deputy)


@pytest.mark.parametrize("wrong", ["", "0", "999999", "-1", "x", "１", "1e3", "9" * 60])
def test_what_is_no_post_of_one_s_own_is_not_found(client, wrong):
    client.force_login(make_user(Role.STATION))
    assert client.post(SWITCH, {"post": wrong}).status_code == 404


def test_another_s_post_and_a_former_post_are_not_found(client):
    user, other = make_user(Role.STATION), make_user(Role.SYSTEM_ADMIN)
    former = add_post(user, Role.COMMITTEE_STAFF, until=clock.today().replace(year=2023))
    coming = add_post(user, Role.CHAIRPERSON, since=clock.today().replace(year=clock.today().year + 1))
    client.force_login(user)
    for post in (other.posts.get(), former, coming):
        assert client.post(SWITCH, {"post": post.pk}).status_code == 404
    assert actor_of(client).role == Role.STATION


def test_a_post_is_held_to_the_end_of_its_last_day_and_gives_nothing_after(client):
    user = make_user(Role.COMMITTEE_STAFF)
    client.force_login(user)
    accounts.end_post(user.posts.get(), actor=make_actor(Role.SYSTEM_ADMIN), until=clock.today())
    assert client.get("/accounts/desk/").status_code == 200
    with clock.at(clock.now() + timedelta(days=1)):
        assert actor_of(client).post is None
        assert client.get("/accounts/desk/").status_code == 403


def test_when_the_chosen_post_ends_another_takes_its_place(client):
    user = make_user(Role.TOWNSHIP)
    township, deputy = user.posts.get(), add_post(user, Role.DEPUTY)
    client.force_login(user)
    client.post(SWITCH, {"post": deputy.pk})
    Post.objects.filter(pk=deputy.pk).update(until=SINCE)
    assert actor_of(client).post == township


def test_a_page_of_one_s_own_tells_posts_past_and_present(client):
    user = make_user(Role.STATION)
    former = add_post(user, Role.ORGAN_HANDLER, organ=make_organ(), until=SINCE)
    client.force_login(user)
    assert list(client.get(ME).context["posts"]) == [former, user.posts.get(role=Role.STATION)]


# language


def language_of(answer):
    return answer["Content-Language"]


def test_the_browser_s_own_wish_for_a_language_is_not_asked(client):
    assert language_of(client.get(SIGN_IN, headers={"Accept-Language": "en"})) == settings.LANGUAGE_CODE


def test_before_sign_in_a_cookie_keeps_the_language(client):
    client.post(LANGUAGE, {"language": "en", "next": SIGN_IN})
    assert language_of(client.get(SIGN_IN)) == "en"
    client.post(LANGUAGE, {"language": "zh-hans"})
    assert language_of(client.get(SIGN_IN)) == "zh-hans"


def test_after_sign_in_the_account_keeps_it(client):
    user = with_password()
    sign_in(client, user.username)
    answer = client.post(LANGUAGE, {"language": "en", "next": ME})
    assert answer["Location"] == ME and not answer.cookies
    elsewhere = Client()
    sign_in(elsewhere, user.username)
    assert language_of(elsewhere.get(ME)) == "en"


def test_a_language_nobody_made_changes_nothing(client):
    user = make_user(Role.STATION)
    client.force_login(user)
    client.post(LANGUAGE, {"language": "tlh"})
    user.refresh_from_db()
    assert user.language == ""
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "tlh"
    assert language_of(client.get(ME)) == settings.LANGUAGE_CODE


# password


def test_another_password_keeps_this_session_and_ends_all_others(client):
    user, elsewhere = with_password(), Client()
    for browser in (client, elsewhere):
        sign_in(browser, user.username)
    key = client.session.session_key
    answer = client.post(CHANGE, {"old": PASSWORD, "password": NEW, "again": NEW})
    assert answer.status_code == 302 and answer["Location"] == ME
    assert client.get(ME).status_code == 200 and client.session.session_key != key
    assert elsewhere.get(ME).status_code == 302
    assert sign_in(Client(), user.username).status_code == 422
    assert sign_in(Client(), user.username, NEW).status_code == 302


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("old", {"old": "wrong", "password": NEW, "again": NEW}),
        ("password", {"old": PASSWORD, "password": "short", "again": "short"}),
        ("password", {"old": PASSWORD, "password": "password1234", "again": "password1234"}),
        ("password", {"old": PASSWORD, "password": "chenjing-chenjing", "again": "chenjing-chenjing"}),
        ("password", {"old": PASSWORD, "password": "x" * 129, "again": "x" * 129}),
        ("again", {"old": PASSWORD, "password": NEW, "again": NEW + "."}),
    ],
)
def test_a_password_that_will_not_do_is_refused_at_its_field(client, field, typed):
    user = with_password(username="chenjing-chenjing")
    client.force_login(user)
    answer = client.post(CHANGE, typed)
    assert answer.status_code == 422 and field in answer.context["form"].errors
    user.refresh_from_db()
    assert user.check_password(PASSWORD)


def test_a_due_password_comes_before_everything_else(client):
    user = with_password()
    type(user).objects.update(must_change_password=True)
    sign_in(client, user.username)
    for address in (ME, "/accounts/desk/"):
        assert client.get(address)["Location"] == CHANGE
    assert client.post(SWITCH, {"post": user.posts.get().pk})["Location"] == CHANGE
    assert client.get(CHANGE).status_code == 200
    assert client.post(LANGUAGE, {"language": "en"}).status_code == 302
    done = client.post(CHANGE, {"old": PASSWORD, "password": NEW, "again": NEW})
    assert done["Location"] == "/"
    assert client.get(ME).status_code == 200


# one-time links


def first(token):
    return reverse("accounts:set_password", args=[token])


def test_a_first_sign_in_by_link(client):
    user = make_user(Role.STATION)
    token = accounts.reset_password(user, actor=make_actor(Role.SYSTEM_ADMIN))
    assert client.get(first(token)).status_code == 200
    assert client.get(first(token)).status_code == 200  # a messenger's preview uses nothing up
    assert client.post(first(token), {"password": NEW, "again": "other"}).status_code == 422
    answer = client.post(first(token), {"password": NEW, "again": NEW})
    assert answer.status_code == 302 and answer["Location"] == "/"
    assert is_signed_in(client)
    assert client.get(first(token)).status_code == 404
    assert Client().post(first(token), {"password": NEW, "again": NEW}).status_code == 404
    assert sign_in(Client(), user.username, NEW).status_code == 302


# where to go on to


@pytest.mark.parametrize(
    "elsewhere", ["inbox", "supervision", "?x", "//evil.example", "/\\evil.example", "/" + "a" * 5000]
)
def test_what_is_no_page_of_the_portal_leads_to_the_workbench(client, elsewhere):
    answer = sign_in(client, with_password().username, next=elsewhere)
    assert (answer.status_code, answer["Location"]) == (302, "/")


def test_a_session_from_before_is_not_taken_over_by_signing_in(client):
    client.post(LANGUAGE, {"language": "en"})
    session = client.session
    session["planted"] = True
    session.save()
    client.cookies[settings.SESSION_COOKIE_NAME] = planted = session.session_key
    sign_in(client, with_password().username)
    assert is_signed_in(client) and client.session.session_key != planted


def test_a_post_of_five_thousand_digits_is_not_found(client):
    client.force_login(make_user(Role.STATION))
    assert client.post(SWITCH, {"post": "9" * 5000}).status_code == 404
