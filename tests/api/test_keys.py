"""API keys: made on one's own page, shown once, acting as one person under one post, revoked."""

from datetime import timedelta

import pytest
from django.contrib.auth.hashers import make_password
from django.test import Client
from django.urls import reverse

from accounts.models import AccountEvent, ApiToken, Post, Role, User
from accounts.transitions.keys import MOST, make_key, revoke_key
from tests.accounts.checks import faults_of
from tests.factory import SINCE, make_actor, make_organ
from workflow import clock
from workflow.engine import Conflict, Invalid, NotAllowed

pytestmark = pytest.mark.django_db


@pytest.fixture
def staff():
    return make_actor(Role.COMMITTEE_STAFF)


def key_of(actor, name="抄送程序"):
    return make_key(actor.user, actor=actor, post=actor.post, name=name)[1]


def ask(key, path="me/", **options):
    return Client().get(f"/api/v1/{path}", headers={"Authorization": f"Bearer {key}"}, **options)


class TestUsing:
    def test_a_key_acts_as_its_holder_under_its_post(self, staff):
        other = Post.objects.create(user=staff.user, role=Role.ORGAN_HANDLER, organ=make_organ(), since=SINCE)
        key = make_key(staff.user, actor=staff, post=other, name="局里")[1]
        told = ask(key).json()
        assert told == {
            "username": staff.user.username,
            "name": staff.user.person.name,
            "role": "ORGAN_HANDLER",
            "organ": other.organ_id,
        }

    def test_it_needs_no_token_of_a_page(self, staff):
        client = Client(enforce_csrf_checks=True)
        answer = client.post(
            "/api/v1/visits/", "{}", "application/json", headers={"Authorization": f"Bearer {key_of(staff)}"}
        )
        assert (answer.status_code, answer.json()["code"]) == (403, "not_allowed")

    def test_the_day_of_its_use_is_written_once(self, staff, django_assert_num_queries):
        key = key_of(staff)
        ask(key)
        assert ApiToken.objects.get().last_used_on == clock.today()
        with django_assert_num_queries(2):  # is the address pressed, whose key is it
            ask(key)

    @pytest.mark.parametrize("wrong", ["", "x", "wc_", "wc_" + "x" * 43, "wc_" + "x" * 5000, "wc_é", "Bearer x"])
    def test_a_wrong_key_opens_nothing(self, staff, wrong):
        answer = ask(wrong)
        assert answer.status_code == 401
        assert answer["WWW-Authenticate"] == 'Bearer realm="api", error="invalid_token"'
        assert answer.json()["code"] == "authentication_failed"

    def test_what_ended_opens_nothing(self, staff):
        keys = [key_of(staff, name) for name in ("一", "二", "三")]
        revoke_key(ApiToken.objects.get(name="一"), actor=staff)
        assert [ask(key).status_code for key in keys] == [401, 200, 200]
        Post.objects.filter(pk=staff.post.pk).update(until=clock.today() - timedelta(1))
        assert ask(keys[1]).status_code == 401
        Post.objects.filter(pk=staff.post.pk).update(until=clock.today())
        assert ask(keys[1]).status_code == 200
        User.objects.filter(pk=staff.user.pk).update(status=User.Status.LOCKED)
        assert ask(keys[2]).status_code == 401

    def test_an_address_that_keeps_guessing_waits_and_still_signs_in(self, staff, settings):
        settings.FAILED_SIGN_INS_PER_ADDRESS = 3
        key = key_of(staff)
        for _ in range(3):
            assert ask("wc_wrong").status_code == 401
        answer = ask(key)
        assert (answer.status_code, answer.json()["code"], answer["Retry-After"]) == (429, "too_many_keys", "900")
        User.objects.filter(pk=staff.user.pk).update(password=make_password("Wangchuan-2026"))
        typed = {"username": staff.user.username, "password": "Wangchuan-2026"}
        assert Client().post(reverse("accounts:sign_in"), typed).status_code == 302

    def test_a_password_that_is_due_comes_first_in_a_session(self, staff):
        User.objects.filter(pk=staff.user.pk).update(must_change_password=True)
        client = Client()
        client.force_login(User.objects.get(pk=staff.user.pk), "django.contrib.auth.backends.ModelBackend")
        assert client.get("/api/v1/me/").status_code == 403

    def test_nothing_is_kept_by_the_browser_and_nobody_is_led_to_a_page(self, staff):
        assert ask(key_of(staff))["Cache-Control"] == "no-store"
        answer = Client().get("/api/v1/suggestions/")
        assert (answer.status_code, answer["Cache-Control"]) == (401, "no-store")
        assert answer["Content-Type"] == "application/problem+json"


class TestMaking:
    def test_only_the_digest_is_kept_and_the_record_tells_it(self, staff):
        key = key_of(staff)
        row = ApiToken.objects.get()
        assert key not in (row.digest, row.name) and key.startswith("wc_")
        event = AccountEvent.objects.get(verb="make_key")
        assert event.detail.changes == {"name": "抄送程序", "role": "COMMITTEE_STAFF"}
        assert faults_of(User.objects.get(pk=staff.user.pk)) == []

    def test_nobody_makes_one_for_another_or_under_a_post_that_is_not_theirs(self, staff):
        other = make_actor(Role.DEPUTY)
        with pytest.raises(NotAllowed):
            make_key(other.user, actor=staff, post=other.post, name="x")
        with pytest.raises(NotAllowed):
            make_key(staff.user, actor=staff, post=other.post, name="x")

    def test_a_key_has_a_name_and_there_are_not_many(self, staff):
        with pytest.raises(Invalid):
            make_key(staff.user, actor=staff, post=staff.post, name=" ")
        for number in range(MOST):
            key_of(staff, f"程序{number}")
        with pytest.raises(Invalid) as refused:
            key_of(staff)
        assert refused.value.code == "too_many_keys"

    def test_only_its_holder_revokes_it_and_once(self, staff):
        key_of(staff)
        row = ApiToken.objects.get()
        with pytest.raises(NotAllowed):
            revoke_key(row, actor=make_actor(Role.SYSTEM_ADMIN))
        revoke_key(row, actor=staff)
        with pytest.raises(Conflict):
            revoke_key(row, actor=staff)


class TestPage:
    def client(self, actor):
        browser = Client()
        browser.force_login(actor.user, "django.contrib.auth.backends.ModelBackend")
        return browser

    def test_a_key_is_shown_once(self, staff):
        browser, url = self.client(staff), reverse("accounts:keys")
        made = browser.post(url, {"name": "抄送程序", "post": staff.post.pk})
        key = made.context["key"]
        assert key in made.content.decode() and ask(key).status_code == 200
        again = browser.get(url).content.decode()
        assert key not in again and "抄送程序" in again

    def test_a_post_of_somebody_else_is_no_choice(self, staff):
        other = make_actor(Role.DEPUTY)
        answer = self.client(staff).post(reverse("accounts:keys"), {"name": "x", "post": other.post.pk})
        assert answer.status_code == 422 and not ApiToken.objects.exists()

    def test_a_key_is_revoked_with_one_press_and_another_s_is_not_there(self, staff):
        key_of(staff)
        url = reverse("accounts:revoke_key", args=[ApiToken.objects.get().pk])
        assert self.client(make_actor(Role.COMMITTEE_STAFF)).post(url).status_code == 404
        assert self.client(staff).post(url).status_code == 302
        assert ApiToken.objects.get().until is not None
