"""Accounts: opened with a one-time link, given posts, locked and unlocked, each act with its event.

All changes of a person's posts lock the account's row first, so that two acts on the same account never
pass each other; that is what keeps the audit role apart from every other (no constraint spans rows).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db import models, transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts import cards, links, policies
from accounts.actor import Actor
from accounts.models import Organ, Person, Post, Role, User
from accounts.transitions.people import PersonFacts, enter_people
from workflow import clock
from workflow.engine import Conflict, Invalid, Machine, Stale, Transition, birth, lock, lock_all, permit, record
from workflow.taken import unless_taken
from workflow.text import key, name_pinyin


class Verb(models.TextChoices):
    """Every act on an account, or by one on organs, rules and calendar, as the record tells it."""

    OPEN = "open", _("account opened")
    RESET_PASSWORD = "reset_password", _("password reset")
    SET_PASSWORD = "set_password", _("password set by one-time link")
    CHANGE_PASSWORD = "change_password", _("password changed")
    LOCK = "lock", _("account locked")
    UNLOCK = "unlock", _("account unlocked")
    GIVE_POST = "give_post", _("post given")
    END_POST = "end_post", _("post ended")
    HAND_ON_POST = "hand_on_post", _("post handed on")
    MAKE_KEY = "make_key", _("API key made")
    REVOKE_KEY = "revoke_key", _("API key revoked")
    ENTER_ORGAN = "enter_organ", _("organ entered")
    ADD_NAME = "add_name", _("name of an organ added")
    REORGANISE = "reorganise", _("organ reorganised")
    SET_ORGAN = "set_organ", _("facts of an organ changed")
    APPOINT = "appoint", _("officer appointed")
    DISMISS = "dismiss", _("officer dismissed")
    SET_RULES = "set_rules", _("rules of the county set")
    LOAD_CALENDAR = "load_calendar", _("calendar of a year loaded")
    USE_TEMPLATE = "use_template", _("document template put in use")
    DROP_TEMPLATE = "drop_template", _("document template taken back")
    ENTER_DISTRICT = "enter_district", _("electoral district entered")
    SET_DISTRICT = "set_district", _("electoral district corrected")
    SET_STANDARD = "set_standard", _("standard of the stations changed")
    PRINT_CARD = "print_card", _("binding card printed")
    SPOIL_CARD = "spoil_card", _("binding card ended after wrong digits")
    ASK_PHONE = "ask_phone", _("a phone asked to be bound")
    BIND_PHONE = "bind_phone", _("phone bound")
    REFUSE_PHONE = "refuse_phone", _("phone refused")
    REVOKE_PHONE = "revoke_phone", _("phone no longer trusted")
    CHOOSE_PIN = "choose_pin", _("PIN chosen on the phone")
    ADD_MATERIAL = "add_material", _("material for deputies added")
    WITHDRAW_MATERIAL = "withdraw_material", _("material for deputies withdrawn")
    SEND_COPIES = "send_copies", _("printed copies sent to stations")
    RECEIVE_COPIES = "receive_copies", _("printed copies received")


S = User.Status
_ANY = (S.ACTIVE, S.LOCKED)

ACCOUNT = Machine(
    "account",
    S,
    (
        Transition(Verb.OPEN, (), (S.ACTIVE,)),
        Transition(Verb.RESET_PASSWORD, (S.ACTIVE,)),
        Transition(Verb.SET_PASSWORD, (S.ACTIVE,)),
        Transition(Verb.CHANGE_PASSWORD, (S.ACTIVE,)),
        Transition(Verb.LOCK, (S.ACTIVE,), (S.LOCKED,)),
        Transition(Verb.UNLOCK, (S.LOCKED,), (S.ACTIVE,)),
        Transition(Verb.GIVE_POST, (S.ACTIVE,)),
        Transition(Verb.END_POST, _ANY),
        Transition(Verb.HAND_ON_POST, _ANY),
        Transition(Verb.MAKE_KEY, (S.ACTIVE,)),
        Transition(Verb.REVOKE_KEY, (S.ACTIVE,)),
        Transition(Verb.ENTER_ORGAN, (S.ACTIVE,)),
        Transition(Verb.ADD_NAME, (S.ACTIVE,)),
        Transition(Verb.REORGANISE, (S.ACTIVE,)),
        Transition(Verb.SET_ORGAN, (S.ACTIVE,)),
        Transition(Verb.APPOINT, (S.ACTIVE,)),
        Transition(Verb.DISMISS, (S.ACTIVE,)),
        Transition(Verb.SET_RULES, (S.ACTIVE,)),
        Transition(Verb.LOAD_CALENDAR, (S.ACTIVE,)),
        Transition(Verb.USE_TEMPLATE, (S.ACTIVE,)),
        Transition(Verb.DROP_TEMPLATE, (S.ACTIVE,)),
        Transition(Verb.ENTER_DISTRICT, (S.ACTIVE,)),
        Transition(Verb.SET_DISTRICT, (S.ACTIVE,)),
        Transition(Verb.SET_STANDARD, (S.ACTIVE,)),
        Transition(Verb.PRINT_CARD, (S.ACTIVE,)),
        Transition(Verb.SPOIL_CARD, (S.ACTIVE,)),
        Transition(Verb.ASK_PHONE, (S.ACTIVE,)),
        Transition(Verb.BIND_PHONE, (S.ACTIVE,)),
        Transition(Verb.REFUSE_PHONE, _ANY),
        Transition(Verb.REVOKE_PHONE, _ANY),
        Transition(Verb.CHOOSE_PIN, (S.ACTIVE,)),
        Transition(Verb.ADD_MATERIAL, (S.ACTIVE,)),
        Transition(Verb.WITHDRAW_MATERIAL, (S.ACTIVE,)),
        Transition(Verb.SEND_COPIES, (S.ACTIVE,)),
        Transition(Verb.RECEIVE_COPIES, (S.ACTIVE,)),
    ),
)
MACHINES = (ACCOUNT,)
#: Characters of a user name.
LONGEST_USERNAME = 40


@dataclass(frozen=True)
class PostFacts:
    """A post to be given: its role, the organ where the role belongs to one, and its first day."""

    role: str
    organ: Organ | None = None
    title: str = ""
    since: date | None = None


@transaction.atomic
def open_account(
    *, actor: Actor, person: Person | PersonFacts, username: str = "", post: PostFacts | None = None
) -> tuple[User, str]:
    """A new account of the person, and the token of the link by which its password is chosen.

    Without ``username`` one is made of the person's pinyin. Raises NotAllowed, or Invalid when the person
    has an account already or the user name is taken.
    """
    permit(policies.can_open_account(actor))
    if isinstance(person, PersonFacts):
        person = enter_people([person])[0]
    user, token = _open(person, username, actor)
    if post is not None:
        permit(policies.can_give(actor, user, post.role))
        _give(user, post, actor)
    return user, token


@transaction.atomic
def account_for_card(person: Person, *, actor: Actor) -> User:
    """The deputy's account as a binding card needs it: opened without a password, or given the deputy's post.

    Raises NotAllowed, Conflict for a locked account, or Invalid where the post cannot stand beside another.
    """
    permit(policies.can_print_card(actor))
    user = User.objects.filter(person=person).first()
    account = lock(user) if user else _open(person, "", actor)[0]
    if not account.posts.current(clock.today()).filter(role=Role.DEPUTY).exists():
        _give(account, PostFacts(Role.DEPUTY), actor)
    return account


def _open(person: Person, username: str, actor: Actor) -> tuple[User, str]:
    # two who open an account for the same person come one after the other
    Person.objects.select_for_update().get(pk=person.pk)
    if User.objects.filter(person=person).exists():
        raise Invalid("name", "has_account", _("%(name)s already has an account."), name=person.name)
    token, link = links.fresh()
    user = User(username=_username(username, person), person=person, status=S.ACTIVE, created_at=clock.now(), **link)
    user.set_unusable_password()
    with unless_taken(_taken(user.username)):
        user.save(force_insert=True)
    birth(user, Verb.OPEN, actor=actor, changes={"username": user.username})
    return user, token


@transaction.atomic
def reset_password(user: User, *, actor: Actor, version: int | None = None) -> str:
    """End the present password and every session; return the token of the link by which a new one is chosen.

    Raises NotAllowed, Stale, or Conflict for a locked account.
    """
    account = lock(user, version=version)
    permit(policies.can_reset_password(actor, account))
    account.set_unusable_password()
    token, link = links.fresh()
    record(account, ACCOUNT, Verb.RESET_PASSWORD, actor=actor, fields={"password": account.password, **link})
    return token


@transaction.atomic
def set_password(token: str, *, password: str) -> User:
    """Choose the password by a one-time link, which is used up by it. Raises Conflict when it no longer holds."""
    holder = links.holder_of(token)
    account = lock(holder) if holder else None
    # asked again under the lock: the same link opened twice sets one password
    if account is None or links.holder_of(token) is None:
        raise Conflict("link_over", LINK_OVER)
    return _choose(account, Verb.SET_PASSWORD, password)


@transaction.atomic
def change_own_password(user: User, *, password: str) -> User:
    """Choose another password; the caller has asked for the old one. Every other session of the account ends."""
    return _choose(lock(user), Verb.CHANGE_PASSWORD, password)


@transaction.atomic
def lock_account(user: User, *, actor: Actor, reason: str, version: int | None = None) -> None:
    """Nobody signs in with the account any more; sessions, card and trusted phones end at once.

    Raises NotAllowed, Conflict, Stale.
    """
    account = lock(user, version=version)
    permit(policies.can_manage(actor, account))
    ACCOUNT.require(account, Verb.LOCK)
    cards.end_all(account)
    ended = {"session_epoch": account.session_epoch + 1, **links.over()}
    record(account, ACCOUNT, Verb.LOCK, actor=actor, reason=reason, fields=ended)


@transaction.atomic
def unlock_account(user: User, *, actor: Actor, version: int | None = None) -> None:
    """The account may sign in again; sessions from before the lock stay ended. Raises NotAllowed, Conflict, Stale."""
    account = lock(user, version=version)
    permit(policies.can_manage(actor, account))
    record(account, ACCOUNT, Verb.UNLOCK, actor=actor)


@transaction.atomic
def give_post(user: User, *, actor: Actor, facts: PostFacts, version: int | None = None) -> Post:
    """The user holds one more post. Raises NotAllowed, Conflict for a locked account, Stale, or Invalid when the
    post is held already, lacks its organ, or cannot stand beside another."""
    account = lock(user, version=version)
    permit(policies.can_give(actor, account, facts.role))
    return _give(account, facts, actor)


@transaction.atomic
def end_post(post: Post, *, actor: Actor, until: date, version: int | None = None) -> None:
    """``until`` is the last day of the post. Raises NotAllowed, Conflict when it has ended, Stale, or Invalid."""
    account = lock(post.user, version=version)
    permit(policies.can_give(actor, account, post.role))
    ACCOUNT.require(account, Verb.END_POST)
    _end(post, until, "until")
    record(account, ACCOUNT, Verb.END_POST, actor=actor, changes={**_told(post), "until": until})


@transaction.atomic
def hand_on_post(post: Post, *, actor: Actor, to: User, on: date, version: int | None = None) -> Post:
    """From ``on`` the post is another's, who inherits its desk; one act, told on both accounts.

    Raises NotAllowed, Conflict when the post has ended, Stale, or Invalid.
    """
    locked = {account.pk: account for account in lock_all({post.user, to})}
    giver, taker = locked[post.user_id], locked[to.pk]
    permit(policies.can_give(actor, giver, post.role) and policies.can_give(actor, taker, post.role))
    if version is not None and giver.version != version:
        raise Stale
    if giver.pk == taker.pk:
        raise Invalid("to", "same_holder", _("This person holds the post already."))
    ACCOUNT.require(giver, Verb.HAND_ON_POST)
    _end(post, on - timedelta(days=1), "on")
    changes = {**_told(post), "to": taker.username, "until": post.until}
    record(giver, ACCOUNT, Verb.HAND_ON_POST, actor=actor, changes=changes)
    facts = PostFacts(post.role, post.organ, post.title, on)
    return _give(taker, facts, actor, {"from": giver.username}, field="to")


def choose_post(user: User, post: Post) -> None:
    """Remember as whom the user acts, for the next sign-in."""
    User.objects.filter(pk=user.pk).update(last_post=post)


def choose_language(user: User, language: str) -> None:
    """Remember the language of the user's pages."""
    User.objects.filter(pk=user.pk).update(language=language)


def _choose(account: User, verb: Verb, password: str) -> User:
    account.set_password(password)
    fields = {"password": account.password, "must_change_password": False, **links.over()}
    record(account, ACCOUNT, verb, actor=_own(account), fields=fields)
    return account


def _own(account: User) -> Actor:
    """The holder acting on their own account, under no post."""
    return Actor(account, None)


def _username(wanted: str, person: Person) -> str:
    if not wanted:
        return _free_username("".join(name_pinyin(person.name).split())[: LONGEST_USERNAME - 4] or "user")
    name = key(wanted)
    if len(name) > LONGEST_USERNAME:
        sentence = _("A user name has at most %(most)d characters.")
        raise Invalid("username", "too_long", sentence, most=LONGEST_USERNAME)
    if User.objects.filter(username=name).exists():
        raise _taken(name)
    return name


def _taken(name: str) -> Invalid:
    return Invalid("username", "taken", _("The user name “%(name)s” is taken."), name=name)


def _free_username(stem: str) -> str:
    taken = set(User.objects.filter(username__startswith=stem).values_list("username", flat=True))
    names = (stem, *(f"{stem}{number}" for number in range(2, len(taken) + 3)))
    return next(name for name in names if name not in taken)


def _give(
    account: User, facts: PostFacts, actor: Actor, told: Mapping[str, Any] | None = None, field: str = "role"
) -> Post:
    ACCOUNT.require(account, Verb.GIVE_POST)
    since = facts.since or clock.today()
    _check_organ(facts)
    _check_beside(account, facts, since, field)
    post = Post.objects.create(user=account, role=facts.role, organ=facts.organ, title=facts.title, since=since)
    record(account, ACCOUNT, Verb.GIVE_POST, actor=actor, changes={**_told(post), **(told or {}), "since": since})
    return post


def _check_organ(facts: PostFacts) -> None:
    if facts.role in Post.ORGAN_ROLES and facts.organ is None:
        raise Invalid("organ", "organ_missing", _("This role belongs to an organ. Choose which."))
    if facts.organ is not None and facts.organ.closed_on is not None and facts.organ.closed_on <= clock.today():
        raise Invalid("organ", "organ_closed", _("“%(organ)s” does not exist any more."), organ=facts.organ.name)


def _check_beside(account: User, facts: PostFacts, since: date, field: str) -> None:
    beside = [(post.role, post.organ_id) for post in _open_posts(account, since)]
    if (facts.role, facts.organ.pk if facts.organ else None) in beside:
        raise Invalid(field, "held_already", _("%(name)s holds this post already."), name=account.person.name)
    if beside and Role.AUDIT_ADMIN in (facts.role, *(role for role, _organ in beside)):
        raise Invalid(field, "audit_alone", AUDIT_ALONE)


def _open_posts(account: User, since: date) -> models.QuerySet[Post]:
    """Posts that are held on that day or any later one."""
    return account.posts.filter(Q(until=None) | Q(until__gte=since))


def _end(post: Post, until: date, field: str) -> None:
    post.refresh_from_db(fields=["since", "until"])
    if post.until is not None and post.until < clock.today():
        raise Conflict("post_ended", _("This post has already ended."))
    if until < post.since:
        raise Invalid(field, "before_start", _("The post began on %(since)s; it cannot end before."), since=post.since)
    Post.objects.filter(pk=post.pk).update(until=until)
    post.until = until


def _told(post: Post) -> dict[str, Any]:
    """A post as its event tells it: codes and official names, so that each reader gets it in their language."""
    return {"role": post.role, "organ": post.organ.name if post.organ else "", "title": post.title}


AUDIT_ALONE = _("Whoever watches over the record holds no other post: the audit administrator stands alone.")
LINK_OVER = _("This link has been used, replaced or is too old. Ask for a new one.")
