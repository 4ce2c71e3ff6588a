"""A deputy's card and phones: by the liaison of the deputy's station or by staff, and whoever should know is told."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts import cards as secrets
from accounts.actor import Actor
from accounts.models import BindingCard, Person, Post, TrustedDevice
from accounts.transitions import accounts
from accounts.transitions import cards as phones
from notifications.transitions import notify, void
from stations import policies, recipients
from stations.models import Mandate
from workflow import clock
from workflow.engine import Conflict, Invalid, permit
from workflow.throttling import take

#: Wrong digits after which a card ends, and tries from one address within a quarter of an hour.
MOST_WRONG_DIGITS, MOST_TRIES = 5, 40
_YEAR, _QUARTER = 365 * 24 * 3600, 15 * 60


class TooMany(Conflict):
    """Too many tries came from one address."""

    status = 429

    def __init__(self) -> None:
        super().__init__("too_many", _("Too many tries came from your network. Wait a quarter of an hour."))


class Gone(Conflict):
    """The card opens nothing any more, and why."""

    status = 410


@dataclass(frozen=True)
class Printed:
    """A card as it is printed: for whom, and its code, which stands nowhere else."""

    mandate: Mandate
    code: str


@transaction.atomic
def print_card(mandate: Mandate, *, actor: Actor, lost: bool = False) -> Printed:
    """A new card for a deputy, whose account is opened where there is none; the former card ends.

    With ``lost`` the phones bound so far are trusted no longer. Raises NotAllowed, Conflict for a deputy who is no
    longer in office or whose account is locked, or Invalid where the account cannot be a deputy's.
    """
    permit(policies.can_print_card(actor, mandate))
    if mandate.status == Mandate.Status.ENDED:
        raise Conflict("out_of_office", _("%(name)s is no longer in office."), name=mandate.person.name)
    user = accounts.account_for_card(mandate.person, actor=actor)
    again = user.cards.exists()
    card, code = phones.print_card(user, actor=actor, lost=lost)
    if again:
        posts = [*_own(mandate.person_id), *recipients.of_staff()]
        _tell(posts, "binding.reprinted", f"binding.reprinted:card:{card.pk}", mandate.person, _own_page(mandate))
    return Printed(mandate, code)


@transaction.atomic
def print_cards(mandates: Sequence[Mandate], *, actor: Actor) -> list[Printed]:
    """Cards for several deputies, all or none. Raises as ``print_card``."""
    return [print_card(mandate, actor=actor) for mandate in mandates]


def ask(
    code: str, *, digits: str, agent: str, address: str, instead_of: TrustedDevice | None = None
) -> tuple[TrustedDevice, str]:
    """A phone asks by a card and the last four digits of the deputy's number; the station is told that it waits.

    Returns the phone and the secret for its cookie. Raises TooMany, Gone, or Invalid for wrong digits; after five
    of them the card ends. Each wrong try is kept, although the act does not happen.
    """
    _count_try(address)
    card = open_card(code, address=address)
    known = "".join(sign for sign in card.user.person.phone if sign.isdecimal())[-4:]
    if digits != known or len(known) != len("0000"):
        _refuse_digits(card)
    return _ask(card, agent, instead_of)


def open_card(code: str, *, address: str) -> BindingCard:
    """The card that bears the code, if it still opens something. Raises Gone with the reason, or TooMany."""
    card = secrets.card_of(code)
    if card is None:
        _count_try(address)
        raise Gone("unknown_card", UNKNOWN)
    if not card.user.is_active:
        raise Gone("locked", _("This account is locked. Ask your liaison officer."))
    if not in_office(card.user.person_id):
        raise Gone("out_of_office", _("This card was made for a deputy who is no longer in office."))
    if card.ended_at is not None:
        used = card.devices.filter(bound_at__isnull=False).exists()
        raise Gone("card_over", USED if used else REPLACED)
    return card


@transaction.atomic
def confirm(phone: TrustedDevice, *, actor: Actor) -> TrustedDevice:
    """The liaison knows that it is the deputy's phone: it is trusted from now on, deputy and staff are told.

    Raises NotAllowed, also for one's own phone, or Conflict when it waits no longer.
    """
    permit(policies.can_keep_phone(actor, phone))
    bound = phones.confirm_phone(phone, actor=actor)
    void([_waits(phone)], "confirmed")
    posts = [*_own(phone.user.person_id), *recipients.of_staff()]
    _tell(posts, "binding.bound", f"binding.bound:phone:{phone.pk}", phone.user.person, _mine_or_list())
    return bound


@transaction.atomic
def refuse(phone: TrustedDevice, *, actor: Actor) -> None:
    """It is not the deputy's phone. Raises NotAllowed, or Conflict when it waits no longer."""
    permit(policies.can_keep_phone(actor, phone))
    phones.refuse_phone(phone, actor=actor)
    void([_waits(phone)], "refused")


@transaction.atomic
def revoke(phone: TrustedDevice, *, actor: Actor) -> None:
    """The phone is lost: what is open on it ends with the next tap. The deputy and the station are told.

    Raises NotAllowed, or Conflict when it was not trusted any more.
    """
    permit(policies.can_revoke_phone(actor, phone))
    phones.revoke_phone(phone, actor=actor)
    person = phone.user.person_id
    posts = _keepers(person) if actor.person_id == person else [*_own(person), *recipients.of_staff()]
    _tell(posts, "binding.revoked", f"binding.revoked:phone:{phone.pk}", phone.user.person, _mine_or_list())


def require_pin(actor: Actor, pin: str) -> None:
    """Of a session that came by a trusted phone ask the PIN; of any other nothing.

    Raises Invalid for a wrong one, and Conflict when the phone is trusted no longer by it. Each wrong try is kept,
    so this is not asked within the transaction of the act.
    """
    if actor.device_id is None:
        return
    phone = TrustedDevice.objects.select_related("user__person").get(pk=actor.device_id)
    if not phone.pin:
        raise Conflict("no_pin", _("Choose a PIN on this phone first."))
    left = phones.try_pin(phone, pin)
    if left == phones.MOST_WRONG_PINS:
        return
    if left:
        raise Invalid("pin", "wrong_pin", _("The PIN is wrong. You have %(left)d tries left."), left=left)
    fact = f"binding.wrong_pin:phone:{phone.pk}"
    posts = [*_keepers(phone.user.person_id), *recipients.of_staff()]
    _tell(posts, "binding.wrong_pin", fact, phone.user.person, _mine_or_list())
    sentence = _("The PIN was wrong five times; this phone is trusted no longer. Ask your liaison officer for a card.")
    raise Conflict("untrusted", sentence)


def has_pin(actor: Actor) -> bool:
    """Whether a PIN was chosen on the phone by which the session came."""
    return TrustedDevice.objects.filter(pk=actor.device_id or 0).exclude(pin="").exists()


def in_office(person: int) -> bool:
    """Whether the person is a deputy of some congress today, suspended or not."""
    return Mandate.objects.in_office(clock.today()).filter(person=person).exists()


@transaction.atomic
def _ask(card: BindingCard, agent: str, instead_of: TrustedDevice | None) -> tuple[TrustedDevice, str]:
    phone, secret = phones.ask_phone(card, name=secrets.name_of(agent), instead_of=instead_of)
    _tell(_keepers(phone.user.person_id), "binding.waits", _waits(phone), phone.user.person, reverse("stations:phones"))
    return phone, secret


def _count_try(address: str) -> None:
    if not take("binding", address, most=MOST_TRIES, seconds=_QUARTER):
        raise TooMany


def _refuse_digits(card: BindingCard) -> None:
    """Count a wrong try; raises Invalid, or Gone when it was the last."""
    if take("binding-card", card.digest, most=MOST_WRONG_DIGITS - 1, seconds=_YEAR):
        raise Invalid("digits", "wrong_digits", _("These are not the last four digits of the number on record."))
    with transaction.atomic():
        if phones.spoil_card(card):
            posts = [*_keepers(card.user.person_id), *recipients.of_staff()]
            fact = f"binding.spoiled:card:{card.pk}"
            _tell(posts, "binding.spoiled", fact, card.user.person, reverse("stations:phones"))
    raise Gone("spoiled", _("The digits were wrong five times; the card has ended. Ask your liaison officer."))


def _tell(posts: Iterable[Post], kind: str, fact: str, person: Person, url: str) -> None:
    told: dict[str, Any] = {"title": person.name}
    own = reverse("stations:my_phones")
    for post in posts:
        notify([post], fact=fact, kind=kind, params=told, url=own if post.user.person_id == person.pk else url)


def _own(person: int) -> list[Post]:
    return recipients.by_person("DEPUTY", {person}).get(person, [])


def _keepers(person: int) -> list[Post]:
    """Whoever runs the deputy's stations; staff where those have nobody with an account."""
    rows = Mandate.objects.in_office(clock.today()).filter(person=person, station__isnull=False)
    found = recipients.by_station({row.station_id for row in rows if row.station_id})
    return [post for posts in found.values() for post in posts] or recipients.of_staff()


def _waits(phone: TrustedDevice) -> str:
    return f"binding.waits:phone:{phone.pk}"


def _own_page(mandate: Mandate) -> str:
    return reverse("stations:deputy", args=[mandate.pk])


def _mine_or_list() -> str:
    return reverse("stations:phones")


UNKNOWN = _("No card bears this code. Look whether every letter is as it is printed.")
USED = _("This card has been used: a phone is bound by it. For another phone ask your liaison officer for a new card.")
REPLACED = _("This card has ended: a newer one was printed. Use that, or ask your liaison officer.")
