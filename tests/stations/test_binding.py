"""A deputy's phone is bound by a printed card: the whole way, and every refusal on it."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts import cards as secrets
from accounts.models import BindingCard, Person, Post, Role, TrustedDevice, User
from accounts.transitions import accounts
from accounts.transitions.accounts import Verb
from notifications.models import Notification
from stations.transitions import cards, standing
from tests.accounts.checks import faults_of
from tests.factory import SINCE, make_actor, make_mandate, make_person
from tests.stations.binding import DIGITS, PIN, asked, bound, card_in_use, codes_on, make_home, printed, waiting
from tests.suggestions.web import signed_in
from workflow import clock
from workflow.engine import Conflict, NotAllowed

pytestmark = pytest.mark.django_db

HOME, NOTE, WAIT = "/", "/deliberations/visits/note/", "/b/wait/"


@pytest.fixture
def home():
    return make_home()


def verbs_of(user):
    return list(user.events.order_by("seq").values_list("verb", flat=True))


def told(kind):
    return set(Notification.objects.filter(kind=kind).values_list("recipient__person__name", flat=True))


# printing


def test_two_clicks_print_a_card_and_open_the_deputys_account(home):
    client, url = signed_in(home.liaison), reverse("stations:print_card", args=[home.mandate.pk])
    assert url in client.get(reverse("stations:deputy", args=[home.mandate.pk])).content.decode()
    assert client.get(url).status_code == 200 and not User.objects.filter(person=home.person).exists()
    page = client.post(url).content.decode()
    [code] = codes_on(page)
    assert "陈小丽" in page and home.station.name in page and "data:image/svg+xml" in page
    user = User.objects.get(person=home.person)
    assert not user.has_usable_password() and user.posts.get().role == Role.DEPUTY
    assert verbs_of(user) == [Verb.OPEN, Verb.GIVE_POST, Verb.PRINT_CARD] and faults_of(user) == []
    assert code not in str(list(BindingCard.objects.values())) and secrets.card_of(code) == card_in_use(home)


def test_the_code_may_be_typed_in_small_letters_and_without_dashes(home):
    code = printed(home)
    assert secrets.card_of(code.lower().replace("-", "")) == card_in_use(home)


def test_who_prints_and_who_does_not(home):
    allowed = {home.liaison, home.staff}
    others = {home.stranger, *(make_actor(role) for role in Role if role not in (Role.STATION, Role.COMMITTEE_STAFF))}
    for actor in allowed | others:
        answer = signed_in(actor).post(reverse("stations:print_card", args=[home.mandate.pk]))
        assert answer.status_code == (200 if actor in allowed else 403), actor.role
        if actor not in allowed:
            with pytest.raises(NotAllowed):
                cards.print_card(home.mandate, actor=actor)
    assert BindingCard.objects.count() == 2


def test_printing_again_ends_the_former_card_and_tells_the_deputy_and_staff(home):
    former = printed(home)
    assert told("binding.reprinted") == set()
    printed(home)
    assert BindingCard.objects.filter(user__person=home.person, ended_at=None).count() == 1
    assert told("binding.reprinted") == {"陈小丽", home.staff.user.person.name}
    answer = asked(home, former)
    assert answer.status_code == 410 and str(cards.REPLACED) in answer.content.decode()


def test_bound_phones_stay_trusted_unless_the_card_is_printed_for_a_lost_one(home):
    phone = bound(home)
    printed(home)
    assert home.deputy_phone.get(HOME).status_code == 200
    printed(home, lost=True)
    phone.refresh_from_db()
    assert phone.ended_at and home.deputy_phone.get(HOME).status_code == 302


def test_a_deputy_out_of_office_gets_no_card_and_keeps_none(home):
    code = printed(home)
    standing.end(home.mandate, actor=home.staff, version=home.station.version, on=clock.today(), end_reason="RESIGNED")
    home.mandate.refresh_from_db()
    with pytest.raises(Conflict) as refused:
        cards.print_card(home.mandate, actor=home.liaison)
    assert refused.value.code == "out_of_office"
    assert home.deputy_phone.get(f"/b/{code}/").status_code == 410


def test_no_card_for_a_locked_account_nor_beside_the_audit(home):
    printed(home)
    user = User.objects.get(person=home.person)
    accounts.lock_account(user, actor=home.staff, reason="x")
    assert signed_in(home.liaison).post(reverse("stations:print_card", args=[home.mandate.pk])).status_code == 409
    auditor = make_actor(Role.AUDIT_ADMIN)
    mandate = make_mandate(auditor.user.person, station=home.station)
    answer = signed_in(home.liaison).post(reverse("stations:print_card", args=[mandate.pk]))
    assert answer.status_code == 422 and str(accounts.AUDIT_ALONE) in answer.content.decode()


def test_a_station_prints_four_cards_to_a_page_for_whoever_has_no_phone(home):
    bound(home)
    more = [
        make_mandate(make_person(f"代表{number}", phone="13900001111"), station=home.station) for number in range(5)
    ]
    client, url = signed_in(home.liaison), reverse("stations:print_cards", args=[home.station.pk])
    page = client.get(url)
    assert page.context["form"].initial["deputies"] == [mandate.pk for mandate in more]
    sheet = client.post(url, {"deputies": [mandate.pk for mandate in more]})
    assert len(codes_on(sheet.content.decode())) == 5 and [len(rows) for rows in sheet.context["pages"]] == [4, 1]
    assert client.post(url, {}).status_code == 422
    elsewhere = make_mandate(make_person("外站"), station=home.stranger.user.person.station_duties.get().station)
    assert client.post(url, {"deputies": [elsewhere.pk]}).status_code == 422
    assert signed_in(home.stranger).get(url).status_code == 403


# asking


def test_a_phone_waits_is_confirmed_and_signs_in_by_itself(home):
    code = printed(home)
    page = home.deputy_phone.get(f"/b/{code}/").content.decode()
    assert "陈小丽" in page and home.liaison.user.person.name in page
    answer = asked(home, code)
    assert answer.status_code == 302 and answer["Location"] == WAIT
    cookie = answer.cookies[secrets.COOKIE]
    assert cookie["httponly"] and cookie["samesite"] == "Lax" and cookie["max-age"] == 180 * 24 * 3600
    assert cookie.value not in str(list(TrustedDevice.objects.values()))
    page = home.deputy_phone.get(WAIT)
    assert page.status_code == 200 and page["Refresh"] == "5" and home.deputy_phone.get(HOME).status_code == 302
    assert told("binding.waits") == {home.liaison.user.person.name}
    phone = waiting()
    assert phone.name == "微信 · ABC-AL00"
    answer = signed_in(home.liaison).post(reverse("stations:phone_act", args=[phone.uuid, "confirm"]))
    assert answer.status_code == 302
    answer = home.deputy_phone.get(WAIT, follow=True)
    assert answer.redirect_chain[-1][0] == reverse("stations:pin") and answer.wsgi_request.actor.role == Role.DEPUTY
    assert home.deputy_phone.post(reverse("stations:pin"), {"pin": PIN, "again": PIN})["Location"] == HOME
    phone.refresh_from_db()
    assert phone.confirmed_by == home.liaison.user and (phone.trusted_until - phone.bound_at).days == 180
    assert told("binding.bound") == {"陈小丽", home.staff.user.person.name}
    user = phone.user
    assert verbs_of(user)[-3:] == [Verb.ASK_PHONE, Verb.BIND_PHONE, Verb.CHOOSE_PIN] and faults_of(user) == []


def test_without_a_number_on_record_the_card_says_to_call(home):
    Person.objects.update(phone="")
    code = printed(home)
    page = home.deputy_phone.get(f"/b/{code}/").content.decode()
    assert 'name="digits"' not in page and asked(home, code, "").status_code == 422
    assert asked(home, code, "0000").status_code == 422 and not TrustedDevice.objects.exists()


@pytest.mark.parametrize("digits", ["", "567", "56789", "abcd", "１２３４", "5678\n1"])
def test_what_is_no_four_digits_is_refused_and_not_counted(home, digits):
    code = printed(home)
    for _time in range(6):
        assert asked(home, code, digits).status_code == 422
    assert asked(home, code).status_code == 302


def test_five_wrong_tries_end_the_card_and_tell_the_liaison(home):
    code = printed(home)
    assert [asked(home, code, "0000").status_code for _ in range(5)] == [422] * 4 + [410]
    assert asked(home, code).status_code == 410 and not TrustedDevice.objects.exists()
    assert told("binding.spoiled") == {home.liaison.user.person.name, home.staff.user.person.name}
    user = User.objects.get(person=home.person)
    assert verbs_of(user)[-1] == Verb.SPOIL_CARD and faults_of(user) == []


def test_an_address_that_keeps_trying_waits(home):
    answers = [asked(home, "2222-2222-2222", "0000").status_code for _ in range(cards.MOST_TRIES + 1)]
    assert answers == [404] * cards.MOST_TRIES + [429]
    assert asked(home).status_code == 429 and not TrustedDevice.objects.exists()
    with clock.at(clock.now() + timedelta(minutes=15)):
        assert asked(home).status_code == 302


def test_a_card_that_none_bears_is_not_found(home):
    for code in ("2222-2222-2222", "x", "a" * 300, "0OIL-0OIL-0OIL"):
        assert home.deputy_phone.get(f"/b/{code}/").status_code == 404


def test_a_used_card_binds_no_second_phone(home):
    code = printed(home)
    asked(home, code)
    cards.confirm(waiting(), actor=home.liaison)
    answer = asked(home, code, client=Client())
    assert answer.status_code == 410 and str(cards.USED) in answer.content.decode()


def test_a_locked_account_ends_card_and_phones_even_once_unlocked(home):
    bound(home)
    code = printed(home)
    user = User.objects.get(person=home.person)
    accounts.lock_account(user, actor=home.staff, reason="x")
    assert Client().get(f"/b/{code}/").status_code == 410
    assert home.deputy_phone.get(HOME).status_code == 302
    accounts.unlock_account(user, actor=home.staff)
    assert home.deputy_phone.get(HOME).status_code == 302 and Client().get(f"/b/{code}/").status_code == 410


def test_another_deputys_phone_is_not_taken_over(home):
    bound(home)
    other = make_mandate(make_person("孙远山", phone="13811112222"), station=home.station)
    code = cards.print_card(other, actor=home.liaison).code
    answer = asked(home, code, "2222")
    assert answer.status_code == 409 and card_in_use(home) is None
    assert not TrustedDevice.objects.filter(user__person=other.person).exists()


def test_whoever_is_signed_in_by_password_binds_nothing(home):
    answer = signed_in(home.liaison).get(f"/b/{printed(home)}/")
    assert answer.status_code == 409 and home.liaison.user.person.name in answer.content.decode()


def test_a_newer_request_by_the_same_card_takes_the_place_of_the_older(home):
    code, second = printed(home), Client()
    asked(home, code)
    asked(home, code, client=second)
    assert TrustedDevice.objects.filter(ended_at=None).count() == 1
    assert home.deputy_phone.get(WAIT).status_code == 410 and second.get(WAIT).status_code == 200


def test_waiting_without_having_asked(home):
    assert home.deputy_phone.get(WAIT).status_code == 409


# confirming


def test_who_confirms_and_refuses(home):
    asked(home)
    phone = waiting()
    for actor in (home.stranger, make_actor(Role.CHAIRPERSON), make_actor(Role.DEPUTY), make_actor(Role.SYSTEM_ADMIN)):
        for verb in ("confirm", "refuse", "revoke"):
            answer = signed_in(actor).post(reverse("stations:phone_act", args=[phone.uuid, verb]))
            assert answer.status_code == 404, (actor.role, verb)
        with pytest.raises(NotAllowed):
            cards.confirm(phone, actor=actor)
        with pytest.raises(NotAllowed):
            cards.refuse(phone, actor=actor)
    assert signed_in(home.staff).post(reverse("stations:phone_act", args=[phone.uuid, "refuse"])).status_code == 302
    assert home.deputy_phone.get(WAIT).status_code == 410
    with pytest.raises(Conflict):
        cards.confirm(phone, actor=home.liaison)
    assert card_in_use(home)  # the same card may be scanned again
    assert verbs_of(phone.user)[-1] == Verb.REFUSE_PHONE


def test_a_liaison_who_is_a_deputy_does_not_confirm_their_own_phone(home):
    liaison = home.liaison
    own = make_mandate(liaison.user.person, station=home.station)
    Person.objects.filter(pk=liaison.person_id).update(phone="13812340000")
    code, phone = cards.print_card(own, actor=liaison).code, Client()
    assert asked(home, code, "0000", client=phone).status_code == 302
    with pytest.raises(NotAllowed):
        cards.confirm(waiting(), actor=liaison)
    assert signed_in(liaison).post(reverse("stations:phone_act", args=[waiting().uuid, "confirm"])).status_code == 403
    cards.confirm(waiting(), actor=home.staff)
    assert phone.get(HOME).wsgi_request.actor.role == Role.DEPUTY


def test_a_phone_that_nobody_confirmed_for_a_day_asks_again(home):
    with clock.at(clock.now() - timedelta(hours=25)):
        asked(home)
    with pytest.raises(Conflict):
        cards.confirm(waiting(), actor=home.liaison)
    assert home.deputy_phone.get(WAIT).status_code == 410


def test_a_waiting_phone_ends_with_a_newer_card(home):
    asked(home)
    phone = waiting()
    printed(home)
    with pytest.raises(Conflict):
        cards.confirm(phone, actor=home.liaison)


# sessions


def test_a_session_that_ran_out_begins_again_by_itself_even_with_a_form_in_hand(home):
    bound(home)
    phone = Client(enforce_csrf_checks=True)
    phone.cookies[secrets.COOKIE] = home.deputy_phone.cookies[secrets.COOKIE].value
    page = phone.get("/accounts/me/")
    assert page.status_code == 200
    token = phone.cookies["csrftoken"].value
    del phone.cookies["sessionid"]
    answer = phone.post("/inbox/read/", {"csrfmiddlewaretoken": token})
    assert answer.status_code != 403 and "sessionid" in phone.cookies
    del phone.cookies["sessionid"]
    assert phone.post("/inbox/read/", {"csrfmiddlewaretoken": "x" * 64}).status_code == 403


def test_public_pages_do_not_ask_who_it_is(home):
    bound(home)
    home.deputy_phone.cookies.pop("sessionid")
    assert "sessionid" not in home.deputy_phone.get("/healthz").cookies
    assert "sessionid" in home.deputy_phone.get(HOME).cookies


def test_by_a_trusted_phone_a_desk_post_gives_nothing(home):
    bound(home)
    user = User.objects.get(person=home.person)
    desk = Post.objects.create(user=user, role=Role.COMMITTEE_STAFF, since=SINCE)
    actor = home.deputy_phone.get(HOME).wsgi_request.actor
    assert actor.role == Role.DEPUTY and desk not in actor.posts
    assert home.deputy_phone.post("/accounts/switch/", {"post": desk.pk}).status_code == 404
    assert home.deputy_phone.get("/accounts/me/keys/").status_code == 403
    assert home.deputy_phone.get("/suggestions/intake/").status_code == 403


def test_a_phone_is_trusted_for_half_a_year_and_not_a_day_longer(home):
    phone = bound(home)
    with clock.at(phone.trusted_until - timedelta(hours=1)):
        assert home.deputy_phone.get(HOME).status_code == 200
    with clock.at(phone.trusted_until + timedelta(hours=1)):
        assert home.deputy_phone.get(HOME).status_code == 302


def test_without_the_deputys_post_the_phone_opens_nothing(home):
    bound(home)
    Post.objects.filter(user__person=home.person).update(
        since=clock.today() - timedelta(9), until=clock.today() - timedelta(1)
    )
    assert home.deputy_phone.get(HOME).status_code == 302


def test_signing_out_lets_the_phone_rest_until_a_tap_wakes_it(home):
    bound(home)
    home.deputy_phone.post("/accounts/sign-out/")
    assert home.deputy_phone.get(HOME).status_code == 302
    page = home.deputy_phone.get("/accounts/sign-in/").content.decode()
    assert "/accounts/wake/" in page
    assert home.deputy_phone.post("/accounts/wake/").status_code == 302
    assert home.deputy_phone.get(HOME).status_code == 200


def test_a_forged_secret_opens_nothing(home):
    client = Client()
    client.cookies[secrets.COOKIE] = "x" * 43
    assert client.get(HOME).status_code == 302


# taking away


def test_one_tap_takes_a_lost_phone_away(home):
    phone = bound(home)
    page = home.deputy_phone.get(reverse("stations:my_phones")).content.decode()
    url = reverse("stations:phone_act", args=[phone.uuid, "revoke"])
    assert url in page
    assert home.deputy_phone.post(url).status_code == 302
    assert home.deputy_phone.get(HOME).status_code == 302 and TrustedDevice.objects.get().ended_at
    assert told("binding.revoked") == {home.liaison.user.person.name}
    with pytest.raises(Conflict):
        cards.revoke(phone, actor=home.liaison)


def test_the_liaison_takes_one_away_and_the_deputy_is_told(home):
    phone = bound(home)
    client = signed_in(home.liaison)
    assert "陈小丽" in client.get(reverse("stations:phones")).content.decode()
    assert client.post(reverse("stations:phone_act", args=[phone.uuid, "revoke"])).status_code == 302
    assert home.deputy_phone.get(HOME).status_code == 302
    assert told("binding.revoked") == {"陈小丽", home.staff.user.person.name}


def test_lists_when_nothing_is_there_and_for_whom(home):
    assert signed_in(home.liaison).get(reverse("stations:phones")).status_code == 200
    assert signed_in(make_actor(Role.DEPUTY)).get(reverse("stations:phones")).status_code == 403
    assert signed_in(make_actor(Role.DEPUTY)).get(reverse("stations:my_phones")).status_code == 200
    bound(home)
    assert "陈小丽" not in signed_in(home.stranger).get(reverse("stations:phones")).content.decode()


def test_the_list_takes_as_many_queries_for_ten_as_for_five(home):
    def count(number):
        for turn in range(number):
            mandate = make_mandate(make_person("某", phone="13800001234"), station=home.station)
            phone, _secret = cards.ask(printed(home, mandate), digits="1234", agent="", address="")
            if turn % 2:
                cards.confirm(phone, actor=home.staff)
        client = signed_in(home.liaison)
        client.get(reverse("stations:phones"))
        with CaptureQueriesContext(connection) as seen:
            client.get(reverse("stations:phones"))
        return len(seen)

    assert count(5) == count(5)


# the PIN


@pytest.mark.parametrize(
    "pin", ["123456", "111111", "987654", "121212", "123123", "112233", "005678", "196803", "680315", "12345", "abcdef", "１２３４５６"]
)  # fmt: skip
def test_a_pin_that_others_would_try_first_is_refused(home, pin):
    Person.objects.filter(pk=home.person.pk).update(born_month="1968-03-01")
    bound(home, pin="")
    answer = home.deputy_phone.post(reverse("stations:pin"), {"pin": pin, "again": pin})
    assert answer.status_code == 422 and TrustedDevice.objects.get().pin == ""


def test_a_pin_is_typed_twice_and_changed_with_the_old_one(home):
    bound(home)
    url, new = reverse("stations:pin"), "314159"
    assert home.deputy_phone.post(url, {"old": PIN, "pin": new, "again": "314158"}).status_code == 422
    assert home.deputy_phone.post(url, {"old": "000001", "pin": new, "again": new}).status_code == 422
    assert TrustedDevice.objects.get().wrong_pins == 1
    assert home.deputy_phone.post(url, {"old": PIN, "pin": new, "again": new}).status_code == 302
    assert TrustedDevice.objects.get().wrong_pins == 0 and new not in TrustedDevice.objects.get().pin


def test_a_pin_belongs_to_the_phone_in_hand(home):
    bound(home)
    assert signed_in(home.liaison).get(reverse("stations:pin")).status_code == 404


def test_a_forgotten_pin_is_chosen_anew_with_a_new_card(home):
    former = bound(home)
    code = printed(home)
    assert home.deputy_phone.get(f"/b/{code}/").status_code == 200
    assert asked(home, code).status_code == 302
    former.refresh_from_db()
    assert former.ended_at and home.deputy_phone.get(WAIT).status_code == 200
    cards.confirm(waiting(), actor=home.liaison)
    answer = home.deputy_phone.get(WAIT, follow=True)
    assert answer.redirect_chain[-1][0] == reverse("stations:pin")
    assert DIGITS not in str(answer.redirect_chain)
