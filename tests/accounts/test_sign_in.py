"""Coming in and going out, over HTTP."""

from datetime import timedelta

import pytest
from axes.models import AccessAttempt
from django.contrib.auth import get_user_model
from django.contrib.sessions.models import Session
from django.urls import reverse
from django.utils import timezone

from accounts.actor import SYSTEM
from accounts.models import Role
from accounts.transitions import accounts
from tests.accounts.web import ME, PASSWORD, SIGN_IN, is_signed_in, sign_in, with_password
from tests.factory import make_actor, make_user
from workflow import clock

pytestmark = pytest.mark.django_db


def test_the_story_of_a_morning(client):
    user = with_password(username="chenjing")
    asked = client.get(ME)
    assert asked.status_code == 302 and asked["Location"] == f"{SIGN_IN}?next={ME}"
    page = client.get(asked["Location"])
    assert page.status_code == 200 and f'name="next" value="{ME}"' in page.content.decode()
    assert sign_in(client, "chenjing", "wrong").status_code == 422
    before = client.session.session_key
    answer = sign_in(client, "ＣｈｅｎＪｉｎｇ ", next=ME)
    assert answer.status_code == 302 and answer["Location"] == ME
    assert client.session.session_key != before
    assert client.session["_auth_user_id"] == str(user.pk)
    assert client.get(SIGN_IN)["Location"] == "/"
    out = client.post("/accounts/sign-out/")
    assert out["Location"] == SIGN_IN and out["Clear-Site-Data"] == '"cache", "cookies"'
    assert client.get(ME).status_code == 302
    assert not Session.objects.exists()


def test_a_session_ends_twelve_hours_after_sign_in_however_busy_it_is(client):
    user = with_password()
    sign_in(client, user.username)
    end = client.session.get_expiry_date()
    with clock.at(clock.now() + timedelta(hours=6)):
        client.post("/accounts/switch/", {"post": user.posts.get().pk})
    assert client.session.get_expiry_date() == end
    assert abs(end - clock.now() - timedelta(hours=12)) < timedelta(minutes=5)


def test_an_idle_session_ends_where_the_county_wants_it(client, settings):
    user = with_password()
    settings.SESSION_IDLE_MINUTES = {Role.COMMITTEE_STAFF: 30}
    sign_in(client, user.username)
    start = clock.now()
    for minute in (0, 29, 58):
        with clock.at(start + timedelta(minutes=minute)):
            assert client.post("/accounts/switch/", {"post": user.posts.get().pk})["Location"] == "/"
    with clock.at(start + timedelta(minutes=89)):
        assert client.get(ME)["Location"].startswith(SIGN_IN)
    assert not is_signed_in(client)


@pytest.mark.parametrize("next_url", ["https://evil.example/", "//evil.example", "javascript:alert(1)", "\\\\evil", ""])
def test_only_pages_of_ours_are_gone_on_to(client, next_url):
    user = with_password()
    assert sign_in(client, user.username, next=next_url)["Location"] == "/"
    assert client.post("/accounts/language/", {"language": "en", "next": next_url})["Location"] == SIGN_IN


def test_sign_out_and_the_switches_take_no_get(client):
    client.force_login(make_user(Role.STATION))
    for name in ("sign_out", "switch_post", "language"):
        assert client.get(reverse(f"accounts:{name}")).status_code == 405


def test_every_page_but_the_public_ones_asks_to_sign_in(client):
    token = accounts.reset_password(make_user(Role.STATION), actor=SYSTEM)
    for name, args in (("sign_in", []), ("set_password", [token])):
        assert client.get(reverse(f"accounts:{name}", args=args)).status_code == 200
    for name in ("me", "change_password", "switch_post"):
        assert client.get(reverse(f"accounts:{name}"))["Location"].startswith(SIGN_IN)


# lock-out


def test_five_wrong_tries_shut_the_door_even_to_the_right_password(client):
    user = with_password(username="zhaoqiang")
    assert [sign_in(client, user.username, "no").status_code for _ in range(5)] == [422, 422, 422, 422, 429]
    shut = sign_in(client, user.username)
    assert shut.status_code == 429 and "accounts/locked_out.html" in [t.name for t in shut.templates]
    assert not is_signed_in(client)


def test_a_stranger_elsewhere_cannot_lock_a_user_out(client):
    user = with_password(username="zhaoqiang")
    for _ in range(6):
        client.post(SIGN_IN, {"username": user.username, "password": "no"}, REMOTE_ADDR="203.0.113.9")
    assert sign_in(client, user.username).status_code == 302


def test_a_forged_forwarding_header_opens_no_new_door(client):
    user = with_password(username="zhaoqiang")
    for number in range(5):
        client.post(SIGN_IN, {"username": user.username, "password": "no"}, HTTP_X_FORWARDED_FOR=f"203.0.113.{number}")
    assert sign_in(client, user.username).status_code == 429


def guess(client, tries, **meta):
    """Wrong passwords under ever new names."""
    return [
        client.post(SIGN_IN, {"username": f"guess{number}", "password": "no"}, **meta).status_code for number in tries
    ]


def test_an_address_that_tries_ever_new_names_waits_as_a_whole(client, settings):
    settings.FAILED_SIGN_INS_PER_ADDRESS = 6
    user = with_password()
    assert guess(client, range(7)) == [422] * 6 + [429]
    shut = sign_in(client, user.username)
    assert shut.status_code == 429 and not is_signed_in(client)
    assert "您所在网络" in shut.content.decode() or "from your network" in shut.content.decode()
    # elsewhere the same account signs in
    elsewhere = {"username": user.username, "password": PASSWORD}
    assert client.post(SIGN_IN, elsewhere, REMOTE_ADDR="203.0.113.9").status_code == 302


def test_an_address_is_let_in_again_after_a_quarter_of_an_hour(client, settings):
    settings.FAILED_SIGN_INS_PER_ADDRESS = 3
    user = with_password()
    guess(client, range(3))
    AccessAttempt.objects.update(attempt_time=timezone.now() - timedelta(minutes=14))
    assert sign_in(client, user.username).status_code == 429
    AccessAttempt.objects.update(attempt_time=timezone.now() - timedelta(minutes=16))
    assert sign_in(client, user.username).status_code == 302


def test_who_signs_in_opens_no_door_to_guesses_under_other_names(client, settings):
    settings.FAILED_SIGN_INS_PER_ADDRESS = 3
    user = with_password()
    guess(client, range(2))
    assert sign_in(client, user.username).status_code == 302
    client.post("/accounts/sign-out/")
    guess(client, range(2, 3))
    assert sign_in(client, user.username).status_code == 429


def test_behind_a_trusted_proxy_the_address_is_the_one_that_it_saw(client, settings):
    settings.FAILED_SIGN_INS_PER_ADDRESS, settings.TRUST_PROXY = 3, True
    proxy = {"REMOTE_ADDR": "10.0.0.2"}
    assert guess(client, range(4), HTTP_X_FORWARDED_FOR="203.0.113.9", **proxy) == [422] * 3 + [429]
    # what a browser claims before its proxy speaks counts for nothing
    assert guess(client, [4], HTTP_X_FORWARDED_FOR="198.51.100.1, 203.0.113.9", **proxy) == [429]
    assert guess(client, [5], HTTP_X_FORWARDED_FOR="203.0.113.10", **proxy) == [422]
    assert set(AccessAttempt.objects.values_list("ip_address", flat=True)) == {"203.0.113.9", "203.0.113.10"}


@pytest.mark.parametrize("trusted", [False, True])
def test_what_is_no_address_is_not_believed(client, settings, trusted):
    settings.TRUST_PROXY = trusted
    guess(client, [1], HTTP_X_FORWARDED_FOR="unknown" if trusted else "203.0.113.9", REMOTE_ADDR="10.0.0.2")
    assert AccessAttempt.objects.get().ip_address == "10.0.0.2"


def test_a_user_who_signs_in_starts_counting_anew(client):
    user = with_password()
    for _ in range(2):
        for _ in range(4):
            sign_in(client, user.username, "no")
        assert sign_in(client, user.username).status_code == 302
        client.post("/accounts/sign-out/")


def test_an_unknown_a_locked_and_a_passwordless_account_are_answered_alike(client):
    known, locked, fresh = with_password(), with_password(), make_user(Role.STATION)
    accounts.lock_account(locked, actor=make_actor(Role.SYSTEM_ADMIN), reason="left")
    tries = [(known, "no"), (locked, PASSWORD), (fresh, PASSWORD)]
    pages = [sign_in(client, user.username, word) for user, word in tries] + [sign_in(client, "nobody")]
    assert {page.status_code for page in pages} == {422}
    errors = {tuple(page.context["form"].non_field_errors()) for page in pages}
    assert len(errors) == 1 and errors.pop()


# what ends a session


def test_a_lock_ends_every_session_and_an_unlock_revives_none(client):
    user, admin = with_password(), make_actor(Role.SYSTEM_ADMIN)
    sign_in(client, user.username)
    accounts.lock_account(user, actor=admin, reason="left")
    assert client.get(ME).status_code == 302
    sign_in(client, user.username)
    assert client.get(ME).status_code == 302
    accounts.unlock_account(user, actor=admin)
    assert client.get(ME).status_code == 302
    assert sign_in(client, user.username).status_code == 302 and is_signed_in(client)


def test_an_unlock_revives_no_session_that_slept_through_the_lock(client):
    user, admin = with_password(), make_actor(Role.SYSTEM_ADMIN)
    sign_in(client, user.username)
    accounts.lock_account(user, actor=admin, reason="left")
    accounts.unlock_account(user, actor=admin)
    assert client.get(ME)["Location"].startswith(SIGN_IN)


def test_a_reset_ends_every_session(client):
    user = with_password()
    sign_in(client, user.username)
    accounts.reset_password(user, actor=make_actor(Role.SYSTEM_ADMIN))
    assert client.get(ME)["Location"].startswith(SIGN_IN)


# as nobody


def test_whoever_is_not_signed_in_is_not_the_portal_itself(client):
    actor = client.get(SIGN_IN).wsgi_request.actor
    assert not actor.is_system and not actor.post
    assert not get_user_model().objects.visible_to(actor).exists()
