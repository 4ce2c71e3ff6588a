"""The accounts desk over HTTP, and the command that opens the first account."""

import re
from datetime import timedelta
from io import StringIO

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import transaction
from django.test import Client
from django.urls import reverse

from accounts.actor import SYSTEM
from accounts.models import ADMINISTRATORS, AccountEvent, Person, Role, User
from accounts.transitions import accounts
from accounts.transitions.accounts import ACCOUNT, Verb
from tests.accounts.checks import faults_of
from tests.factory import make_organ, make_person, make_user
from workflow import clock
from workflow.engine import lock, record

pytestmark = pytest.mark.django_db

TODAY = clock.today().isoformat()
NEW = "nine hills behind the town"


@pytest.fixture
def staff(client):
    user = make_user(Role.COMMITTEE_STAFF)
    client.force_login(user)
    return user


def page(name, *args):
    return reverse(f"accounts:{name}", args=args)


def act(user, verb):
    return page("act", user.pk, verb)


def link_in(answer):
    address = answer.context["address"]
    assert address.startswith(settings.SITE_URL) and address in answer.content.decode()
    return address.removeprefix(settings.SITE_URL)


def opening(**typed):
    return {"name": "李红", "role": Role.STATION, "since": TODAY, **typed}


# opening an account


def test_a_clerk_opens_an_account_and_its_holder_signs_in(client, staff):
    organ = make_organ()
    typed = opening(phone="13900000001", role=Role.ORGAN_HANDLER, organ=organ.pk, title="办公室")
    answer = client.post(page("open"), typed)
    assert answer.status_code == 200
    user = User.objects.get(username="lihong")
    assert user.person.phone == "13900000001" and user.posts.get().organ == organ
    holder = Client()
    assert holder.post(link_in(answer), {"password": NEW, "again": NEW}).status_code == 302
    assert holder.get(page("me")).wsgi_request.actor.role == Role.ORGAN_HANDLER
    assert faults_of(user) == []


def test_a_namesake_is_asked_about_and_nobody_is_doubled(client, staff):
    known = make_person("李红")
    asked = client.post(page("open"), opening())
    assert asked.status_code == 422 and "person" in asked.context["form"].errors
    assert not User.objects.filter(username="lihong").exists()
    assert client.post(page("open"), opening(person=known.pk)).status_code == 200
    assert User.objects.get(username="lihong").person == known
    assert client.post(page("open"), opening(person="")).status_code == 200
    assert Person.objects.filter(name="李红").count() == 2


def test_the_phone_says_which_namesake_is_meant(client, staff):
    make_person("李红")
    known = make_person("李红", phone="13900000001")
    assert client.post(page("open"), opening(name="李 红", phone="13900000001")).status_code == 200
    assert User.objects.get(username="lihong").person == known


def test_another_page_proposes_person_role_and_organ(client, staff):
    person, organ = make_person("李红"), make_organ()
    form = client.get(page("open"), {"person": person.pk, "role": Role.ORGAN_HEAD, "organ": organ.pk}).context["form"]
    assert form["name"].value() == "李红" and form["person"].value() == person.pk
    assert form["role"].value() == Role.ORGAN_HEAD and form["organ"].value() == str(organ.pk)
    for nonsense in ("x", "", "1e9", "999999999999999999999"):
        assert client.get(page("open"), {"person": nonsense, "organ": nonsense}).status_code == 200


def test_what_opening_cannot_accept_is_answered_422_at_its_field(client, staff):
    taken = make_user(Role.STATION, username="zhaoqiang")
    refusals = [
        ("name", opening(name="")),
        ("role", opening(role="")),
        ("role", opening(role=Role.SYSTEM_ADMIN)),
        ("organ", opening(role=Role.ORGAN_HANDLER)),
        ("username", opening(username="ZhaoQiang")),
        ("name", opening(name=taken.person.name, person=taken.person_id)),
        ("since", opening(since="soon")),
    ]
    for field, typed in refusals:
        answer = client.post(page("open"), typed)
        assert answer.status_code == 422 and field in answer.context["form"].errors, typed
    assert User.objects.count() == 2


# acts on an account


def test_the_acts_of_the_desk_one_after_the_other(client, staff):
    user, heir = make_user(Role.STATION), make_user(Role.DEPUTY, username="heir")
    post = user.posts.get()

    def do(address, **typed):
        user.refresh_from_db()
        answer = client.post(address, {"version": user.version, **typed})
        assert answer.status_code in (200, 302), address
        return answer

    do(act(user, "give_post"), role=Role.TOWNSHIP, since=TODAY)
    do(page("post_act", user.pk, user.posts.get(role=Role.TOWNSHIP).pk, "end_post"), until=TODAY)
    do(page("post_act", user.pk, post.pk, "hand_on_post"), to="heir", on=TODAY)
    assert heir.posts.filter(role=Role.STATION).exists()
    link_in(do(act(user, "reset_password")))
    done = do(act(user, "lock"), reason="调走")
    assert done["Location"] == page("account", user.pk)
    do(act(user, "unlock"))
    told = client.get(page("account", user.pk)).context["events"]
    assert [event["label"] for event in told][:2] == [Verb.UNLOCK.label, Verb.LOCK.label]
    assert told[1]["reason"] == "调走"
    assert faults_of(user) == faults_of(heir) == []


@pytest.mark.parametrize("verb", ["give_post", "reset_password", "lock"])
def test_a_page_that_was_open_too_long_is_answered_409(client, staff, verb):
    user = make_user(Role.STATION)
    accounts.reset_password(user, actor=SYSTEM)
    for version in ("0", "", "x"):
        typed = {"version": version, "reason": "left", "role": Role.DEPUTY, "since": TODAY}
        assert client.post(act(user, verb), typed).status_code == 409


def test_an_act_out_of_its_state_is_answered_409(client, staff):
    user = make_user(Role.STATION)
    assert client.get(act(user, "unlock")).status_code == 409
    accounts.lock_account(user, actor=SYSTEM, reason="left")
    user.refresh_from_db()
    for verb in ("give_post", "reset_password", "lock"):
        assert client.get(act(user, verb)).status_code == 409
        assert client.post(act(user, verb), {"version": user.version}).status_code == 409


def test_an_act_nobody_may_is_answered_403_and_an_unseen_account_404(client, staff):
    for other in (staff, make_user(Role.SYSTEM_ADMIN)):
        for verb in ("give_post", "reset_password", "lock"):
            assert client.get(act(other, verb)).status_code == 403
            assert client.post(act(other, verb), {"version": other.version}).status_code == 403
        post = page("post_act", other.pk, other.posts.get().pk, "end_post")
        assert client.post(post, {"version": other.version, "until": TODAY}).status_code == 403
    assert client.get(page("act", 999_999, "lock")).status_code == 404
    mine, theirs = make_user(Role.STATION), make_user(Role.STATION)
    assert client.get(page("post_act", mine.pk, theirs.posts.get().pk, "end_post")).status_code == 404
    client.force_login(make_user(Role.DEPUTY))
    assert client.post(act(mine, "lock"), {"version": 0, "reason": "left"}).status_code == 404


def test_what_an_act_cannot_accept_is_answered_422_at_its_field(client, staff):
    user, twins = make_user(Role.STATION), [make_user(Role.DEPUTY, person=make_person("孙立")) for _ in range(2)]
    post = user.posts.get().pk
    refusals = [
        (act(user, "lock"), {}, "reason"),
        (act(user, "give_post"), {"role": Role.STATION, "since": TODAY}, "role"),
        (act(user, "give_post"), {"role": Role.AUDIT_ADMIN, "since": TODAY}, "role"),
        (act(user, "give_post"), {"role": Role.ORGAN_HEAD, "since": TODAY}, "organ"),
        (page("post_act", user.pk, post, "end_post"), {"until": "2000-01-01"}, "until"),
        (page("post_act", user.pk, post, "hand_on_post"), {"to": "孙立", "on": TODAY}, "to"),
        (page("post_act", user.pk, post, "hand_on_post"), {"to": "nobody", "on": TODAY}, "to"),
        (page("post_act", user.pk, post, "hand_on_post"), {"to": user.username, "on": TODAY}, "to"),
    ]
    for address, typed, field in refusals:
        answer = client.post(address, {"version": user.version, **typed})
        assert answer.status_code == 422 and field in answer.context["form"].errors, (address, typed)
    assert all(
        twin.username in str(client.post(refusals[5][0], {"version": 0, **refusals[5][1]}).context["form"].errors)
        for twin in twins
    )


def test_the_page_offers_what_can_be_done_and_nothing_else(client, staff):
    def offered(user):
        return [button["url"].split("/")[-2] for button in client.get(page("account", user.pk)).context["acts"]]

    user = make_user(Role.STATION)
    assert offered(user) == ["give_post", "reset_password", "lock"]
    accounts.lock_account(user, actor=SYSTEM, reason="left")
    assert offered(user) == ["unlock"]
    assert offered(staff) == offered(make_user(Role.AUDIT_ADMIN)) == []


# lists


def test_accounts_are_found_by_name_sound_user_name_role_and_state(client, staff):
    one = make_user(Role.STATION, person=make_person("王小明"), username="shiqiao")
    two = make_user(Role.CHAIRPERSON, person=make_person("周国栋"), username="chair")
    two.posts.create(role=Role.STATION, since=clock.today() - timedelta(9), until=clock.today() - timedelta(1))
    accounts.lock_account(two, actor=SYSTEM, reason="left")

    def listed(**query):
        return list(client.get(page("accounts"), query).context["rows"])

    for words in ("小明", "wangxiaoming", "ShiQiao"):
        assert listed(q=words) == [one]
    assert listed(role=Role.STATION) == [one]
    assert listed(role=Role.CHAIRPERSON) == listed(status=User.Status.LOCKED) == [two]
    assert listed(role="KING") == []


def test_the_record_is_narrowed_by_account_actor_act_and_day(client):
    admin = make_user(Role.SYSTEM_ADMIN, username="admin")
    acting = accounts.Actor(admin, admin.posts.get())
    user = make_user(Role.STATION, username="shiqiao")
    with clock.at(clock.now() - timedelta(days=40)):
        accounts.lock_account(user, actor=acting, reason="left")
    accounts.unlock_account(user, actor=acting)
    accounts.reset_password(make_user(Role.DEPUTY), actor=SYSTEM)
    client.force_login(make_user(Role.AUDIT_ADMIN))

    def listed(**query):
        return [row.verb for row in client.get(page("events"), query).context["rows"]]

    assert listed() == [Verb.RESET_PASSWORD, Verb.UNLOCK, Verb.LOCK]
    assert listed(q="admin") == listed(q="shiqiao") == [Verb.UNLOCK, Verb.LOCK]
    assert listed(verb=Verb.LOCK) == listed(until=(clock.today() - timedelta(30)).isoformat()) == [Verb.LOCK]
    assert listed(since=TODAY) == [Verb.RESET_PASSWORD, Verb.UNLOCK]


def test_the_record_tells_whatever_an_act_told(client):
    user = make_user(Role.COMMITTEE_STAFF)
    told = {
        "valid_from": TODAY,
        "values": {"reply_months": [3, 2], "strict": [True, False]},
        "moved": 0,
        "new": [None, "x"],
    }
    with transaction.atomic():
        record(lock(user), ACCOUNT, Verb.SET_RULES, actor=SYSTEM, changes=told)
    client.force_login(make_user(Role.AUDIT_ADMIN))
    [row] = client.get(page("events")).context["rows"]
    for words in ("reply_months 3 → 2", "strict True → False", "— → x", TODAY, " 0"):
        assert words in row.told["changes"][0]


# the first account


def test_the_first_administrator_comes_by_a_printed_link():
    assert not User.objects.exists()
    out = StringIO()
    call_command("open_administrator", "lixin", name="李新", stdout=out)
    user = User.objects.get()
    assert {post.role for post in user.posts.all()} == {Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN}
    path = re.search(rf"{re.escape(settings.SITE_URL)}(\S+)", out.getvalue()).group(1)
    browser = Client()
    assert browser.post(path, {"password": NEW, "again": NEW}).status_code == 302
    assert browser.get(page("accounts")).status_code == 200
    assert faults_of(user) == []


@pytest.mark.parametrize("role", ADMINISTRATORS)
def test_one_of_the_three_roles_can_be_asked_for(role):
    call_command("open_administrator", "lixin", name="李新", role=[role.value], stdout=StringIO())
    assert User.objects.get().posts.get().role == role


def test_the_command_refuses_a_taken_name_and_audit_beside_another_role():
    call_command("open_administrator", "lixin", name="李新", stdout=StringIO())
    events = AccountEvent.objects.count()
    for username, roles in (("lixin", None), ("auditor", ["AUDIT_ADMIN", "SYSTEM_ADMIN"])):
        with pytest.raises(CommandError):
            call_command("open_administrator", username, name="周明", role=roles, stdout=StringIO())
    assert AccountEvent.objects.count() == events and not Person.objects.filter(name="周明").exists()


# what does not fit


def test_a_name_that_sounds_too_long_for_its_column_is_kept_and_cut_where_it_is_only_sorted_by(staff, client):
    answer = client.post(page("open"), opening(name="庄" * 40))
    person = Person.objects.get(name="庄" * 40)
    assert answer.status_code == 200 and len(person.pinyin) == 120 and len(person.user.username) <= 40


def test_a_user_name_is_measured_as_it_is_stored(staff, client):
    answer = client.post(page("open"), opening(username="\ufdfa" * 30))
    assert answer.status_code == 422 and "username" in answer.context["form"].errors


def test_a_year_typed_too_short_is_no_day(staff, client):
    answer = client.post(page("open"), opening(since="0026-03-16"))
    assert answer.status_code == 422 and "since" in answer.context["form"].errors


@pytest.mark.parametrize("role", ADMINISTRATORS[:2])
def test_an_administrator_learns_no_private_number_by_asking_for_an_account(client, role):
    deputy = make_person("赵大海", phone="13900001111")
    client.force_login(make_user(role))
    assert b"13900001111" not in client.get(page("open"), {"person": deputy.pk}).content
