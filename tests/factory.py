"""Rows for tests, as plain functions: people, posts, organs, stations, mandates."""

from datetime import date
from itertools import count

from accounts.actor import Actor, actor_of
from accounts.models import Organ, OrganName, Person, Post, Role, User
from accounts.transitions.organs import organ_text
from stations.models import Delegation, Level, Mandate, Station, StationStaff, Term, Township
from stations.transitions.mandates import mandate_text
from stations.transitions.stations import station_text
from workflow import clock
from workflow.text import key, name_pinyin, pinyin

#: The day from which posts, duties and mandates of tests hold.
SINCE = date(2022, 1, 1)
_numbers = count(1)


def make_person(name: str = "王小明", *, phone: str = "") -> Person:
    """A person; the same name twice is two persons."""
    return Person.objects.create(name=name, pinyin=name_pinyin(name), phone=phone)


def make_user(
    role: str,
    *,
    organ: Organ | None = None,
    person: Person | None = None,
    username: str | None = None,
    station: Station | None = None,
) -> User:
    """An account with one post; a station's user is its liaison, an organ's role without an organ gets one."""
    person = person or make_person(f"用户{next(_numbers)}")
    if role in Post.ORGAN_ROLES and organ is None:
        organ = _organ_for(role)
    user = User(username=username or f"user{next(_numbers)}", person=person, created_at=clock.now())
    user.set_unusable_password()
    user.save()
    Post.objects.create(user=user, role=role, organ=organ, since=SINCE)
    if station is not None:
        StationStaff.objects.create(station=station, person=person, duty=StationStaff.Duty.LIAISON, since=SINCE)
    return user


def make_actor(
    role: str,
    *,
    organ: Organ | None = None,
    person: Person | None = None,
    username: str | None = None,
    station: Station | None = None,
) -> Actor:
    """A new user under their one post."""
    user = make_user(role, organ=organ, person=person, username=username, station=station)
    return actor_of(user, user.posts.select_related("organ").get())


def make_organ(
    name: str = "县水利局",
    kind: str = Organ.Kind.GOVERNMENT_DEPARTMENT,
    *,
    forwards_through: Organ | None = None,
) -> Organ:
    """An organ that bears its present name."""
    organ = Organ(name=name, pinyin=pinyin(name), kind=kind, forwards_through=forwards_through)
    organ.search_text = organ_text([name])
    organ.save()
    OrganName.objects.create(organ=organ, name=name, folded=key(name), kind=OrganName.Kind.PRESENT)
    return organ


def make_township(name: str = "石桥镇", kind: str = Township.Kind.TOWN) -> Township:
    """The township of this name, made once."""
    return Township.objects.get_or_create(name=name, defaults={"kind": kind, "pinyin": pinyin(name)})[0]


def make_station(
    name: str = "",
    *,
    code: str = "",
    kind: str = Station.Kind.HOME,
    township: Township | None = None,
    is_key: bool = False,
) -> Station:
    """A station with a code of its own, entered without an event."""
    number = next(_numbers)
    station = Station(code=code or f"T{number:04}", name=name or f"测试{number}代表之家", kind=kind, is_key=is_key)
    station.township, station.created_at = township or make_township(), clock.now()
    station.search_text = station_text(station, ())
    station.save()
    return station


def county_term() -> Term:
    """The county's present term."""
    return Term.objects.get_or_create(level=Level.COUNTY, township=None, is_current=True)[0]


def township_term(township: Township) -> Term:
    """The present term of a township's congress."""
    return Term.objects.get_or_create(level=Level.TOWNSHIP, township=township, is_current=True)[0]


def make_delegation(name: str = "石桥镇代表团", *, term: Term | None = None) -> Delegation:
    """The delegation of this name in the term, made once."""
    return Delegation.objects.get_or_create(term=term or county_term(), name=name, defaults={"pinyin": pinyin(name)})[0]


def make_mandate(
    person: Person | None = None,
    level: str = Level.COUNTY,
    station: Station | None = None,
    *,
    delegation: Delegation | None = None,
    certificate_no: str = "",
) -> Mandate:
    """An active mandate of the present term; a township mandate is one of the station's township."""
    township = station.township if station else make_township()
    term = township_term(township) if level == Level.TOWNSHIP else _term_of(level)
    mandate = Mandate(term=term, level=level, station=station, delegation=delegation, started_on=SINCE)
    mandate.person = person or make_person(f"代表{next(_numbers)}")
    mandate.certificate_no = certificate_no or f"T{next(_numbers):05}"
    mandate.search_text = mandate_text(mandate)
    mandate.save()
    return mandate


def _term_of(level: str) -> Term:
    return Term.objects.get_or_create(level=level, township=None, is_current=True)[0]


def _organ_for(role: str) -> Organ:
    if role == Role.GOVERNMENT_OFFICE:
        office = Organ.objects.filter(kind=Organ.Kind.GOVERNMENT_OFFICE).first()
        return office or make_organ("县人民政府办公室", Organ.Kind.GOVERNMENT_OFFICE)
    return make_organ(f"县测试{next(_numbers)}局")
