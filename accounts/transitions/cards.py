"""Binding cards and trusted phones: printed, asked, confirmed or refused, revoked; the PIN chosen and asked.

Of whose deputies one may do so, and who is told, ``stations.transitions.cards`` says.
"""

from datetime import timedelta
from enum import StrEnum
from itertools import pairwise
from typing import Any

from django.conf import settings
from django.contrib.auth.hashers import check_password, make_password
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts import cards, policies
from accounts.actor import NOBODY, SYSTEM, Actor
from accounts.models import BindingCard, Role, TrustedDevice, User
from accounts.transitions.accounts import ACCOUNT, Verb
from workflow import clock
from workflow.engine import Conflict, Invalid, NotAllowed, lock, permit, record

#: Wrong tries after which a phone is trusted no longer.
MOST_WRONG_PINS = 5
PIN_LENGTH = 6


class Why(StrEnum):
    """Why a phone is trusted no longer, as its event tells it."""

    LOST = "lost"
    REPLACED = "replaced"
    WRONG_PIN = "wrong_pin"
    REVOKED = "revoked"


@transaction.atomic
def print_card(user: User, *, actor: Actor, lost: bool = False) -> tuple[BindingCard, str]:
    """A new card and its code, which is told this once; the former card ends, phones only if one was ``lost``.

    Raises NotAllowed, or Conflict for an account that is locked or has no deputy's post.
    """
    account = lock(user)
    permit(policies.can_print_card(actor))
    ACCOUNT.require(account, Verb.PRINT_CARD)
    if not _is_deputy(account):
        raise Conflict("no_deputy", _("Only a deputy's phone is bound by a card."))
    again = account.cards.exists()
    if lost:
        cards.end_all(account)
    _end_card(account)
    code, digest = cards.fresh_card()
    by: Any = actor.user
    card = BindingCard.objects.create(user=account, digest=digest, printed_at=clock.now(), printed_by=by)
    changes = {name: "yes" for name, is_so in (("again", again), ("lost", lost)) if is_so}
    record(account, ACCOUNT, Verb.PRINT_CARD, actor=actor, changes=changes)
    return card, code


@transaction.atomic
def spoil_card(card: BindingCard) -> bool:
    """Too many wrong digits were tried: the card ends. Returns False when it had ended already."""
    account = lock(card.user)
    if not BindingCard.objects.filter(pk=card.pk, ended_at=None).exists():
        return False
    _end_card(account)
    record(account, ACCOUNT, Verb.SPOIL_CARD, actor=SYSTEM)
    return True


@transaction.atomic
def ask_phone(card: BindingCard, *, name: str, instead_of: TrustedDevice | None = None) -> tuple[TrustedDevice, str]:
    """A phone that holds the card asks to be bound; returns it with the secret that its cookie keeps.

    What the same card was asked for before waits no longer. ``instead_of`` is the same phone as it was bound until
    now, which ends. Raises Conflict for a card that is over.
    """
    account = lock(card.user)
    if not account.cards.filter(pk=card.pk, ended_at=None).exists() or not account.is_active:
        raise Conflict("card_over", CARD_OVER)
    now = clock.now()
    account.devices.filter(bound_at=None, ended_at=None).update(ended_at=now)
    if instead_of is not None:
        _end(account.devices.filter(pk=instead_of.pk), account, NOBODY, Why.REPLACED)
    secret, digest = cards.fresh_phone()
    phone = TrustedDevice.objects.create(user=account, card=card, digest=digest, name=name[:60], asked_at=now)
    record(account, ACCOUNT, Verb.ASK_PHONE, actor=NOBODY, changes={"device": phone.name})
    return phone, secret


@transaction.atomic
def confirm_phone(phone: TrustedDevice, *, actor: Actor) -> TrustedDevice:
    """The phone is the deputy's and trusted from now on; its card is used up.

    Raises NotAllowed, or Conflict when the phone waits no longer.
    """
    account = lock(phone.user)
    permit(policies.can_confirm_phone(actor, account), NOT_ONESELF)
    ACCOUNT.require(account, Verb.BIND_PHONE)
    now = clock.now()
    until = now + timedelta(days=settings.TRUSTED_PHONE_DAYS)
    rows = account.devices.waiting(now).filter(pk=phone.pk, card__ended_at=None)
    if not rows.update(bound_at=now, confirmed_by=actor.user, trusted_until=until):
        raise Conflict("not_waiting", NOT_WAITING)
    _end_card(account)
    record(account, ACCOUNT, Verb.BIND_PHONE, actor=actor, changes={"device": phone.name})
    phone.refresh_from_db()
    return phone


@transaction.atomic
def refuse_phone(phone: TrustedDevice, *, actor: Actor) -> None:
    """It is not the deputy's phone, or the deputy does not know of it; the card can be scanned again.

    Raises NotAllowed, or Conflict when the phone waits no longer.
    """
    account = lock(phone.user)
    permit(policies.can_print_card(actor))
    if not account.devices.filter(pk=phone.pk, bound_at=None, ended_at=None).update(ended_at=clock.now()):
        raise Conflict("not_waiting", NOT_WAITING)
    record(account, ACCOUNT, Verb.REFUSE_PHONE, actor=actor, changes={"device": phone.name})


@transaction.atomic
def revoke_phone(phone: TrustedDevice, *, actor: Actor) -> None:
    """The phone is trusted no longer; what is open on it ends with the next tap.

    Raises NotAllowed, or Conflict when it was not trusted any more.
    """
    account = lock(phone.user)
    permit(policies.can_revoke_phone(actor, account))
    why = Why.LOST if policies.is_own(actor, account) else Why.REVOKED
    if not _end(account.devices.filter(pk=phone.pk, bound_at__isnull=False), account, actor, why):
        raise Conflict("not_trusted", _("This phone is trusted no longer already."))


@transaction.atomic
def choose_pin(phone: TrustedDevice, *, actor: Actor, pin: str) -> None:
    """The PIN of this phone; the caller has asked for the old one. Raises NotAllowed, Invalid for a simple one."""
    account = lock(phone.user)
    if actor.device_id != phone.pk or not policies.is_own(actor, account):
        raise NotAllowed(_("A PIN is chosen on the phone itself."))
    check_new_pin(account, pin)
    account.devices.filter(pk=phone.pk).update(pin=make_password(pin), wrong_pins=0)
    record(account, ACCOUNT, Verb.CHOOSE_PIN, actor=actor, changes={"device": phone.name})


@transaction.atomic
def try_pin(phone: TrustedDevice, pin: str) -> int:
    """How many wrong tries are left: all of them after a right PIN; 0 and the phone is trusted no longer."""
    account = lock(phone.user)
    row = account.devices.live(clock.now()).filter(pk=phone.pk).first()
    if row is None:
        return 0
    wrong = 0 if check_password(pin, row.pin) else row.wrong_pins + 1
    account.devices.filter(pk=row.pk).update(wrong_pins=wrong)
    if wrong >= MOST_WRONG_PINS:
        _end(account.devices.filter(pk=row.pk), account, SYSTEM, Why.WRONG_PIN)
    return MOST_WRONG_PINS - wrong


def note_use(phone: TrustedDevice) -> None:
    """The phone was used today."""
    today = clock.today()
    if phone.last_used_on != today:
        TrustedDevice.objects.filter(pk=phone.pk).update(last_used_on=today)


def check_new_pin(user: User, pin: str) -> None:
    """Raise Invalid for what is no PIN of six digits, or one that somebody who knows the deputy tries first."""
    if len(pin) != PIN_LENGTH or not (pin.isascii() and pin.isdecimal()):
        raise Invalid("pin", "pin_form", _("The PIN has six digits."))
    if _is_row(pin) or _is_repeated(pin) or pin in _known(user):
        raise Invalid("pin", "pin_simple", _("This PIN is easily guessed. Take another, not a row and no birthday."))


def _is_row(pin: str) -> bool:
    """123456, 987654, 222222: each digit as far from the one before."""
    steps = {(int(after) - int(before)) % 10 for before, after in pairwise(pin)}
    return len(steps) == 1


def _is_repeated(pin: str) -> bool:
    """121212, 123123, 112233: a part of it, or each digit, over again."""
    return pin == pin[:2] * 3 or pin == pin[:3] * 2 or pin[::2] == pin[1::2]


def _known(user: User) -> set[str]:
    """What others know of the person: the end of the phone number, the month of birth."""
    person = user.person
    digits = "".join(sign for sign in person.phone if sign.isdecimal())
    known = {digits[-PIN_LENGTH:]} if len(digits) >= PIN_LENGTH else set()
    if person.born_month:
        year, month = f"{person.born_month:%Y}", f"{person.born_month:%m}"
        known |= {year + month, month + year, f"{year[2:]}{month}{year[2:]}"}
        known |= {f"{year[2:]}{month}{day:02}" for day in range(1, 32)}
    return known


def _end_card(account: User) -> None:
    """The card in use ends, and so does what waits by it."""
    now = clock.now()
    account.cards.filter(ended_at=None).update(ended_at=now)
    account.devices.filter(bound_at=None, ended_at=None).update(ended_at=now)


def _end(phones: object, account: User, actor: Actor, why: Why) -> bool:
    row = phones.filter(ended_at=None).first()  # type: ignore[attr-defined]
    if row is None:
        return False
    TrustedDevice.objects.filter(pk=row.pk).update(ended_at=clock.now())
    record(account, ACCOUNT, Verb.REVOKE_PHONE, actor=actor, changes={"device": row.name, "why": why.value})
    return True


def _is_deputy(account: User) -> bool:
    return account.posts.current(clock.today()).filter(role=Role.DEPUTY).exists()


CARD_OVER = _("This card has been used or replaced. Ask your liaison officer for a new one.")
NOT_WAITING = _("This phone waits no longer: it was confirmed, refused, or asked for more than a day ago.")
NOT_ONESELF = _("Nobody confirms a phone of their own: ask the deputy affairs commission.")
