"""Binding a phone as it happens: the liaison prints, the deputy scans and types, the liaison confirms."""

import re
from dataclasses import dataclass, field

from django.test import Client

from accounts.actor import Actor
from accounts.models import BindingCard, Person, Role, TrustedDevice
from stations.models import Mandate, Station
from stations.transitions import cards
from tests.factory import make_actor, make_mandate, make_person, make_station

PHONE, DIGITS, PIN = "13800005678", "5678", "271828"
WECHAT = "Mozilla/5.0 (Linux; Android 10; ABC-AL00 Build/X) AppleWebKit/537 MicroMessenger/8.0"


@dataclass
class Home:
    """A station with its liaison and a deputy without an account; staff; a liaison of elsewhere."""

    person: Person
    mandate: Mandate
    station: Station
    liaison: Actor
    stranger: Actor
    staff: Actor
    deputy_phone: Client = field(default_factory=lambda: Client(HTTP_USER_AGENT=WECHAT))


def make_home(*, phone: str = PHONE) -> Home:
    """As it is before anything was printed."""
    station, person = make_station(), make_person("陈小丽", phone=phone)
    return Home(
        person=person,
        mandate=make_mandate(person, station=station),
        station=station,
        liaison=make_actor(Role.STATION, station=station),
        stranger=make_actor(Role.STATION, station=make_station()),
        staff=make_actor(Role.COMMITTEE_STAFF),
    )


def printed(home: Home, mandate: Mandate | None = None, **how) -> str:
    """The code of a new card."""
    return cards.print_card(mandate or home.mandate, actor=home.liaison, **how).code


def asked(home: Home, code: str = "", digits: str = DIGITS, client: Client | None = None):
    """The phone's answer to the digits."""
    return (client or home.deputy_phone).post(f"/b/{code or printed(home)}/", {"digits": digits})


def waiting() -> TrustedDevice:
    """The phone that waits."""
    return TrustedDevice.objects.select_related("user__person").get(bound_at=None, ended_at=None)


def bound(home: Home, *, pin: str = PIN) -> TrustedDevice:
    """The deputy's phone, bound and with a PIN, signed in."""
    assert asked(home).status_code == 302
    phone = cards.confirm(waiting(), actor=home.liaison)
    assert home.deputy_phone.get("/b/wait/").status_code == 302
    if pin:
        answer = home.deputy_phone.post("/stations/my-phones/pin/", {"pin": pin, "again": pin})
        assert answer.status_code == 302, answer.context["form"].errors
    phone.refresh_from_db()
    return phone


def codes_on(page: str) -> list[str]:
    """The codes printed on a page."""
    return re.findall(r'class="letters"><strong>([0-9A-Z-]+)<', page)


def card_in_use(home: Home) -> BindingCard | None:
    """The deputy's card that opens something."""
    return BindingCard.objects.filter(user__person=home.person, ended_at=None).first()
