"""The verbs of accounts and posts: what they do, whom they refuse, and the record they leave."""

from datetime import timedelta

import pytest

from accounts import links, policies
from accounts.actor import NOBODY, SYSTEM, Actor
from accounts.models import ADMINISTRATORS, AccountEvent, Person, Post, Role, User
from accounts.transitions import accounts
from accounts.transitions.accounts import ACCOUNT, PostFacts, Verb
from accounts.transitions.people import PersonFacts
from tests.accounts.checks import faults_of, refused
from tests.factory import SINCE, make_actor, make_organ, make_person, make_user
from workflow import clock
from workflow.engine import Conflict, Invalid, NotAllowed, Refused, Stale

pytestmark = pytest.mark.django_db

TODAY, DAY = clock.today(), timedelta(days=1)


def verbs_of(user):
    return list(user.events.order_by("seq").values_list("verb", flat=True))


# the whole life of one account


def test_the_life_of_an_account_is_one_unbroken_chain():
    staff, organ = make_actor(Role.COMMITTEE_STAFF), make_organ()
    facts = PostFacts(Role.ORGAN_HANDLER, organ, "办公室", SINCE)
    user, token = accounts.open_account(actor=staff, person=make_person("王小明"), post=facts)
    assert user.username == "wangxiaoming" and not user.has_usable_password()
    accounts.set_password(token, password="a bridge over the river")
    user.refresh_from_db()
    assert user.check_password("a bridge over the river")
    accounts.change_own_password(user, password="another bridge entirely")
    accounts.lock_account(user, actor=staff, reason="left")
    accounts.unlock_account(user, actor=staff)
    accounts.give_post(user, actor=staff, facts=PostFacts(Role.STATION))
    accounts.end_post(user.posts.get(role=Role.STATION), actor=staff, until=TODAY)
    other = make_user(Role.DEPUTY)
    accounts.hand_on_post(user.posts.get(role=Role.ORGAN_HANDLER), actor=staff, to=other, on=TODAY)
    accounts.reset_password(user, actor=staff)
    assert verbs_of(user) == [
        Verb.OPEN, Verb.GIVE_POST, Verb.SET_PASSWORD, Verb.CHANGE_PASSWORD, Verb.LOCK, Verb.UNLOCK,
        Verb.GIVE_POST, Verb.END_POST, Verb.HAND_ON_POST, Verb.RESET_PASSWORD,
    ]  # fmt: skip
    assert verbs_of(other) == [Verb.GIVE_POST]
    assert faults_of(user) == faults_of(other) == []


def test_the_record_holds_no_password_and_no_link():
    user, token = accounts.open_account(actor=make_actor(Role.SYSTEM_ADMIN), person=make_person())
    accounts.set_password(token, password="a bridge over the river")
    told = [str(event.detail.changes) + event.detail.reason for event in user.events.select_related("detail")]
    assert token not in str(told) and "bridge" not in str(told)


def test_a_holder_s_own_acts_name_no_post():
    user, token = accounts.open_account(actor=SYSTEM, person=make_person())
    accounts.set_password(token, password="a bridge over the river")
    first, second = user.events.order_by("seq")
    assert (first.actor, first.post) == (None, None)
    assert (second.actor, second.post) == (user, None)


# opening


def test_a_new_person_is_entered_with_the_account_and_a_known_one_is_not_doubled():
    staff, known = make_actor(Role.COMMITTEE_STAFF), make_person("李红", phone="13900000001")
    user, _token = accounts.open_account(actor=staff, person=PersonFacts("李红", "13900000001"))
    assert user.person == known
    stranger, _token = accounts.open_account(actor=staff, person=PersonFacts("李红", "13900000002"))
    assert stranger.person != known and stranger.username == "lihong2"


def test_opening_is_refused_for_a_person_with_an_account_a_taken_name_and_a_post_without_its_organ():
    staff, user = make_actor(Role.COMMITTEE_STAFF), make_user(Role.STATION, username="zhaoqiang")
    persons = Person.objects.count()
    refused(Invalid, "has_account", accounts.open_account, actor=staff, person=user.person)
    taken = {"actor": staff, "person": PersonFacts("赵强"), "username": "ＺhaoQiang"}
    assert refused(Invalid, "taken", accounts.open_account, **taken).field == "username"
    homeless = {"actor": staff, "person": PersonFacts("赵强"), "post": PostFacts(Role.ORGAN_HEAD)}
    assert refused(Invalid, "organ_missing", accounts.open_account, **homeless).field == "organ"
    assert Person.objects.count() == persons


@pytest.mark.parametrize("role", [*(role for role in Role if role not in policies.KEEPERS), None])
def test_only_those_who_keep_accounts_open_one(role):
    actor = make_actor(role) if role else NOBODY
    refused(NotAllowed, "not_allowed", accounts.open_account, actor=actor, person=make_person())


@pytest.mark.parametrize("role", ADMINISTRATORS)
def test_staff_open_no_administrator(role):
    staff = make_actor(Role.COMMITTEE_STAFF)
    refused(NotAllowed, "not_allowed", accounts.open_account, actor=staff, person=make_person(), post=PostFacts(role))


# one-time links


def link_of(user):
    return accounts.reset_password(user, actor=SYSTEM)


def test_a_link_works_once():
    token = link_of(make_user(Role.STATION))
    assert links.holder_of(token) is not None
    accounts.set_password(token, password="a bridge over the river")
    assert links.holder_of(token) is None
    refused(Conflict, "link_over", accounts.set_password, token, password="a bridge over the lake")


def test_a_link_ends_with_the_next_one_with_time_and_with_a_lock():
    user = make_user(Role.STATION)
    first, second = link_of(user), link_of(user)
    assert links.holder_of(first) is None and links.holder_of(second) == user
    with clock.at(clock.now() + timedelta(days=2)):
        assert links.holder_of(second) == user
    with clock.at(clock.now() + timedelta(days=4)):
        assert links.holder_of(second) is None
    accounts.lock_account(user, actor=SYSTEM, reason="left")
    assert links.holder_of(second) is None


@pytest.mark.parametrize("forge", [lambda t: "", lambda t: "x", lambda t: t[:-1], lambda t: t[5:], lambda t: t + "A"])
def test_a_forged_link_opens_nothing(forge):
    assert links.holder_of(forge(link_of(make_user(Role.STATION)))) is None


def test_a_code_is_typed_as_people_type_and_kept_nowhere():
    user = make_user(Role.STATION)
    token = link_of(user)
    for typed in (token.lower(), token.replace("-", ""), token.replace("-", " "), f" {token}"):
        assert links.holder_of(typed) == user
    user.refresh_from_db()
    assert token not in str(vars(user)) and token.replace("-", "") not in str(vars(user))


# the table of who may


def test_nobody_changes_their_own_account():
    for role in policies.KEEPERS:
        actor = make_actor(role)
        for act, extra in OWN_ACTS:
            refused(NotAllowed, "not_allowed", act, actor.user, actor=actor, **extra)
        until = {"until": TODAY}
        refused(NotAllowed, "not_allowed", accounts.end_post, actor.post, actor=actor, **until)
        heir = {"to": make_user(Role.STATION), "on": TODAY}
        refused(NotAllowed, "not_allowed", accounts.hand_on_post, actor.post, actor=actor, **heir)


OWN_ACTS = [
    (accounts.lock_account, {"reason": "left"}),
    (accounts.unlock_account, {}),
    (accounts.reset_password, {}),
    (accounts.give_post, {"facts": PostFacts(Role.STATION)}),
]


def test_nobody_takes_over_a_post_by_their_own_hand():
    staff = make_actor(Role.COMMITTEE_STAFF)
    post = make_user(Role.STATION).posts.get()
    refused(NotAllowed, "not_allowed", accounts.hand_on_post, post, actor=staff, to=staff.user, on=TODAY)


#: of whom: (system, security, staff) may manage; may reset the password.
TABLE = {
    Role.SYSTEM_ADMIN: ((True, True, False), (False, True, False)),
    Role.SECURITY_ADMIN: ((True, True, False), (False, True, False)),
    Role.AUDIT_ADMIN: ((True, True, False), (False, True, False)),
    Role.COMMITTEE_STAFF: ((True, True, True), (True, True, True)),
    Role.CHAIRPERSON: ((True, True, True), (True, True, True)),
    Role.ORGAN_HANDLER: ((True, True, True), (True, True, True)),
    Role.DEPUTY: ((True, True, True), (True, True, True)),
}


@pytest.mark.parametrize("role", TABLE)
def test_who_manages_whom(role):
    user = make_user(role)
    keepers = [make_actor(role) for role in policies.KEEPERS]
    manages, resets = TABLE[role]
    assert tuple(policies.can_manage(actor, user) for actor in keepers) == manages
    assert tuple(policies.can_reset_password(actor, user) for actor in keepers) == resets
    for other in set(Role) - set(policies.KEEPERS):
        actor = make_actor(other)
        assert not policies.can_manage(actor, user) and not policies.can_reset_password(actor, user)


def test_staff_give_and_end_every_post_but_those_of_administrators():
    staff, user = make_actor(Role.COMMITTEE_STAFF), make_user(Role.DEPUTY)
    assert {role for role in Role if not policies.can_give(staff, user, role)} == set(ADMINISTRATORS)
    refused(NotAllowed, "not_allowed", accounts.give_post, user, actor=staff, facts=PostFacts(Role.SYSTEM_ADMIN))


def test_a_former_administrator_is_an_ordinary_account_again_and_a_coming_one_is_none():
    staff, user = make_actor(Role.COMMITTEE_STAFF), make_user(Role.SYSTEM_ADMIN)
    user.posts.update(until=TODAY - DAY)
    assert policies.can_manage(staff, user)
    Post.objects.create(user=user, role=Role.SYSTEM_ADMIN, since=TODAY + 9 * DAY)
    assert not policies.can_manage(staff, User.objects.get(pk=user.pk))


@pytest.mark.parametrize(("act", "extra"), OWN_ACTS)
def test_auditors_only_read(act, extra):
    refused(NotAllowed, "not_allowed", act, make_user(Role.STATION), actor=make_actor(Role.AUDIT_ADMIN), **extra)


def test_whoever_holds_no_post_does_nothing():
    user = make_user(Role.SYSTEM_ADMIN)
    for act, extra in OWN_ACTS:
        refused(NotAllowed, "not_allowed", act, make_user(Role.STATION), actor=Actor(user, None), **extra)


# states and versions


@pytest.fixture
def admin():
    return make_actor(Role.SYSTEM_ADMIN)


@pytest.fixture
def locked(admin):
    user = make_user(Role.STATION)
    accounts.lock_account(user, actor=admin, reason="left")
    return user


def test_a_locked_account_is_only_unlocked_or_relieved_of_its_posts(admin, locked):
    refused(Conflict, "wrong_state", accounts.lock_account, locked, actor=admin, reason="again")
    refused(Conflict, "wrong_state", accounts.reset_password, locked, actor=admin)
    refused(Conflict, "wrong_state", accounts.give_post, locked, actor=admin, facts=PostFacts(Role.DEPUTY))
    refused(Conflict, "wrong_state", accounts.change_own_password, locked, password="a bridge over it")
    accounts.end_post(locked.posts.get(), actor=admin, until=TODAY)
    accounts.unlock_account(locked, actor=admin)
    refused(Conflict, "wrong_state", accounts.unlock_account, locked, actor=admin)


def test_a_post_is_handed_on_from_a_locked_account_but_not_to_one(admin, locked):
    heir = make_user(Role.DEPUTY)
    other = heir.posts.get()
    refused(Conflict, "wrong_state", accounts.hand_on_post, other, actor=admin, to=locked, on=TODAY)
    assert accounts.hand_on_post(locked.posts.get(), actor=admin, to=heir, on=TODAY).user == heir


@pytest.mark.parametrize(("act", "extra"), [row for row in OWN_ACTS if row[0] is not accounts.unlock_account])
def test_an_act_on_an_older_page_is_stale(admin, act, extra):
    user = make_user(Role.DEPUTY)
    seen = user.version
    accounts.give_post(user, actor=admin, facts=PostFacts(Role.STATION))
    refused(Stale, "stale", act, user, actor=admin, version=seen, **extra)


def test_posts_too_are_ended_and_handed_on_only_as_seen(admin):
    user = make_user(Role.DEPUTY)
    post, seen, heir = user.posts.get(), user.version, make_user(Role.STATION)
    accounts.give_post(user, actor=admin, facts=PostFacts(Role.STATION))
    refused(Stale, "stale", accounts.end_post, post, actor=admin, until=TODAY, version=seen)
    refused(Stale, "stale", accounts.hand_on_post, post, actor=admin, to=heir, on=TODAY, version=seen)


# posts


def test_a_post_is_given_once(admin):
    user = make_user(Role.DEPUTY)
    refused(Invalid, "held_already", accounts.give_post, user, actor=admin, facts=PostFacts(Role.DEPUTY))
    user.posts.update(until=TODAY - DAY)
    accounts.give_post(user, actor=admin, facts=PostFacts(Role.DEPUTY))


def test_a_post_of_two_organs_is_two_posts_and_a_closed_organ_has_none(admin):
    user = make_user(Role.ORGAN_HANDLER)
    other, closed = make_organ("县农业农村局"), make_organ("县乡村振兴局")
    accounts.give_post(user, actor=admin, facts=PostFacts(Role.ORGAN_HANDLER, other))
    closed.closed_on = TODAY
    gone = PostFacts(Role.ORGAN_HANDLER, closed)
    assert refused(Invalid, "organ_closed", accounts.give_post, user, actor=admin, facts=gone).field == "organ"


def test_a_post_ends_not_before_it_began_and_only_once(admin):
    post = make_user(Role.DEPUTY).posts.get()
    early = {"actor": admin, "until": SINCE - DAY}
    assert refused(Invalid, "before_start", accounts.end_post, post, **early).field == "until"
    accounts.end_post(post, actor=admin, until=TODAY - DAY)
    refused(Conflict, "post_ended", accounts.end_post, post, actor=admin, until=TODAY)
    heir = make_user(Role.STATION)
    refused(Conflict, "post_ended", accounts.hand_on_post, post, actor=admin, to=heir, on=TODAY)


def test_a_post_changes_hands_without_a_gap_or_an_overlap(admin):
    giver, taker = make_user(Role.ORGAN_HANDLER), make_user(Role.STATION)
    post = giver.posts.get()
    new = accounts.hand_on_post(post, actor=admin, to=taker, on=TODAY)
    post.refresh_from_db()
    assert (post.until, new.since) == (TODAY - DAY, TODAY)
    assert (new.role, new.organ, new.user) == (post.role, post.organ, taker)
    given, handed = taker.events.get(), giver.events.get()
    assert given.detail.changes["from"] == giver.username and handed.detail.changes["to"] == taker.username


def test_a_post_is_not_handed_to_whoever_holds_it(admin):
    user = make_user(Role.STATION)
    post, twin = user.posts.get(), make_user(Role.STATION)
    for heir, code in ((user, "same_holder"), (twin, "held_already")):
        bad = {"actor": admin, "to": heir, "on": TODAY}
        assert refused(Invalid, code, accounts.hand_on_post, post, **bad).field == "to"
    early = {"actor": admin, "to": make_user(Role.DEPUTY), "on": SINCE}
    assert refused(Invalid, "before_start", accounts.hand_on_post, post, **early).field == "on"
    post.refresh_from_db()
    assert post.until is None


def test_the_audit_role_stands_alone_both_ways(admin):
    auditor, clerk = make_user(Role.AUDIT_ADMIN), make_user(Role.STATION)
    refused(Invalid, "audit_alone", accounts.give_post, auditor, actor=admin, facts=PostFacts(Role.STATION))
    refused(Invalid, "audit_alone", accounts.give_post, clerk, actor=admin, facts=PostFacts(Role.AUDIT_ADMIN))
    post, heir = auditor.posts.get(), {"actor": admin, "to": clerk, "on": TODAY}
    refused(Invalid, "audit_alone", accounts.hand_on_post, post, **heir)
    accounts.end_post(clerk.posts.get(), actor=admin, until=TODAY - DAY)
    accounts.give_post(clerk, actor=admin, facts=PostFacts(Role.AUDIT_ADMIN))


def test_the_audit_role_waits_for_the_last_day_of_the_other(admin):
    user = make_user(Role.STATION)
    accounts.end_post(user.posts.get(), actor=admin, until=TODAY + 9 * DAY)
    soon, later = TODAY + 9 * DAY, TODAY + 10 * DAY
    audit = {"actor": admin, "facts": PostFacts(Role.AUDIT_ADMIN, since=soon)}
    refused(Invalid, "audit_alone", accounts.give_post, user, **audit)
    accounts.give_post(user, actor=admin, facts=PostFacts(Role.AUDIT_ADMIN, since=later))


# the table of the machine


def test_every_verb_of_the_table_is_an_act_here_or_at_the_organs():
    assert set(ACCOUNT.table) == set(Verb)


def test_the_list_of_accounts_is_for_those_who_keep_them():
    user = make_user(Role.STATION)
    for role in Role:
        visible = User.objects.visible_to(make_actor(role)).filter(pk=user.pk).exists()
        assert visible == (role in policies.KEEPERS)
    assert not User.objects.visible_to(NOBODY).exists()


def test_the_record_is_for_audit_and_security():
    accounts.open_account(actor=SYSTEM, person=make_person())
    for role in Role:
        assert AccountEvent.objects.visible_to(make_actor(role)).exists() == (role in policies.READERS_OF_RECORD)


def test_refusals_have_a_sentence_for_the_reader():
    user = make_user(Role.STATION)
    with pytest.raises(Refused) as caught:
        accounts.end_post(user.posts.get(), actor=SYSTEM, until=SINCE - DAY)
    assert SINCE.isoformat() in caught.value.sentence
