"""Organs: entered with their names and officers, brought up to date, never doubled."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts import policies
from accounts.actor import Actor
from accounts.models import Officer, Organ, OrganName, Person
from accounts.transitions.people import PersonFacts, enter_people
from workflow import clock
from workflow.engine import Invalid, permit
from workflow.taken import unless_taken
from workflow.text import fold, key, pinyin, typed

#: Kinds whose suggestions go through the government office (D15).
THROUGH_THE_OFFICE = frozenset({Organ.Kind.GOVERNMENT_DEPARTMENT, Organ.Kind.TOWNSHIP_GOVERNMENT, Organ.Kind.VERTICAL})

#: Characters of an organ's name.
LONGEST_NAME = 80


@dataclass(frozen=True)
class OrganFacts:
    """What a list tells of an organ. ``officers`` are pairs of duty and name; ``phone`` is the liaison's desk."""

    name: str
    kind: str
    other_names: tuple[str, ...] = ()
    officers: tuple[tuple[str, str], ...] = ()
    phone: str = ""


@transaction.atomic
def enter_organ(facts: OrganFacts, *, actor: Actor) -> tuple[Organ, bool]:
    """The organ of this name, made or brought up to date, and whether anything changed.

    Names it once had stay its names. Raises Invalid when one of the names is another organ's.
    """
    permit(policies.can_keep_organs(actor))
    organ, changed = _organ(facts)
    changed |= _name(organ, facts)
    changed |= _appoint(organ, facts)
    if changed:
        refresh_search(organ)
    return organ, changed


def route_through_office(*, actor: Actor) -> int:
    """Let departments and vertical units without a road of their own receive through the government office.

    Organs that were given another road by hand keep it, as long as that is not none. Returns how many changed.
    """
    permit(policies.can_keep_organs(actor))
    office = Organ.objects.filter(kind=Organ.Kind.GOVERNMENT_OFFICE, closed_on=None).first()
    if office is None:
        return 0
    without = Organ.objects.filter(kind__in=THROUGH_THE_OFFICE, forwards_through=None)
    return without.update(forwards_through=office)


def refresh_search(organ: Organ) -> None:
    """Write anew what a search looks through; called whenever a name comes or goes."""
    organ.search_text = organ_text([organ.name, *organ.names.values_list("name", flat=True)])
    Organ.objects.filter(pk=organ.pk).update(search_text=organ.search_text)


def organ_text(names: Iterable[str]) -> str:
    """The names of all times, as characters, as pinyin in one piece and as initials.

    >>> organ_text(["县水利局", "县水利局"])
    '县水利局 xianshuiliju xslj'
    """
    return fold(*(f"{name} {typed(pinyin(name))}" for name in dict.fromkeys(names)))


def owner_of_name(name: str) -> Organ | None:
    """The organ that bears or bore this name."""
    row = OrganName.objects.select_related("organ").filter(folded=key(name)).first()
    return row.organ if row else None


def _organ(facts: OrganFacts) -> tuple[Organ, bool]:
    told = {"kind": facts.kind, "phone": facts.phone}
    organ = Organ.objects.filter(name=facts.name).first()
    if organ is None:
        with unless_taken(name_claimed(facts.name, facts.name, "name")):
            return Organ.objects.create(name=facts.name, pinyin=pinyin(facts.name, 240), **told), True
    changes = {field: value for field, value in told.items() if value and getattr(organ, field) != value}
    if changes:
        Organ.objects.filter(pk=organ.pk).update(**changes)
        organ.refresh_from_db()
    return organ, bool(changes)


def _name(organ: Organ, facts: OrganFacts) -> bool:
    wanted: dict[str, tuple[str, str]] = {key(facts.name): (facts.name, OrganName.Kind.PRESENT)}
    for name in facts.other_names:
        wanted.setdefault(key(name), (name, kind_of_name(name, facts.name)))
    for name, _kind in wanted.values():
        check_name(name, "name" if name == facts.name else "other_names")
    taken = OrganName.objects.select_related("organ").filter(folded__in=wanted)
    for row in taken:
        if row.organ_id != organ.pk:
            raise name_claimed(row.name, row.organ.name)
        del wanted[row.folded]
    names = "、".join(name for name, _kind in wanted.values())
    with unless_taken(name_claimed(names, names, "name" if key(facts.name) in wanted else "other_names")):
        OrganName.objects.bulk_create(
            OrganName(organ=organ, name=name, folded=folded, kind=kind) for folded, (name, kind) in wanted.items()
        )
    return bool(wanted)


def check_name(name: str, field: str) -> None:
    """Raise Invalid for a name that no column takes, also as it is compared (one character may fold to many)."""
    if max(len(name), len(key(name))) > LONGEST_NAME:
        sentence = _("A name of an organ has at most %(most)d characters.")
        raise Invalid(field, "name_too_long", sentence, most=LONGEST_NAME)


def name_claimed(name: str, owner: str, field: str = "other_names") -> Invalid:
    """The refusal of a name that already belongs to an organ."""
    return Invalid(field, "name_claimed", _NAME_CLAIMED, name=name, owner=owner)


def kind_of_name(name: str, present: str) -> str:
    """A name whose characters, but for the leading place, all stand in the present one is short; others are former.

    >>> kind_of_name("县发改局", "县发展和改革局")
    OrganName.Kind.SHORT
    """
    characters = iter(key(present))
    core = key(name).removeprefix("县").removeprefix("市")
    is_short = all(character in characters for character in core)
    return OrganName.Kind.SHORT if is_short else OrganName.Kind.FORMER


def _appoint(organ: Organ, facts: OrganFacts) -> bool:
    officers = list(organ.officers.select_related("person"))
    people = officer_people(officers, [name for _duty, name in facts.officers])
    wanted = {(duty, people[name].pk): _desk(duty, facts) for duty, name in facts.officers}
    told = {duty for duty, _name in facts.officers}
    changed = _dismiss([officer for officer in officers if officer.duty in told], wanted)
    held = {(officer.duty, officer.person_id): officer for officer in officers}
    for (duty, person_id), phone in wanted.items():
        changed |= hold_office(organ, held.get((duty, person_id)), duty, person_id, phone)
    return changed


def officer_people(officers: Sequence[Officer], names: Sequence[str]) -> dict[str, Person]:
    """Within one organ the same name is the same person; a desk's telephone tells nobody apart."""
    people = {officer.person.name: officer.person for officer in officers}
    missing = [name for name in dict.fromkeys(names) if name not in people]
    people.update(zip(missing, enter_people([PersonFacts(name) for name in missing]), strict=True))
    return people


def _desk(duty: str, facts: OrganFacts) -> str:
    return facts.phone if duty == Officer.Duty.LIAISON else ""


def _dismiss(officers: Sequence[Officer], wanted: dict[tuple[str, int], str]) -> bool:
    yesterday = clock.today() - timedelta(days=1)
    leaving = [o.pk for o in officers if o.in_office(clock.today()) and (o.duty, o.person_id) not in wanted]
    return bool(Officer.objects.filter(pk__in=leaving).update(until=yesterday)) if leaving else False


def hold_office(organ: Organ, officer: Officer | None, duty: str, person_id: int, phone: str) -> bool:
    """Let a person hold a duty from today, or again from today, or with another desk's telephone; whether it changed."""
    today = clock.today()
    if officer is None:
        Officer.objects.create(organ=organ, person_id=person_id, duty=duty, phone=phone, since=today)
        return True
    returns = {} if officer.in_office(today) else {"since": today, "until": None}
    new = {**returns, **({"phone": phone} if phone and phone != officer.phone else {})}
    return bool(new and Officer.objects.filter(pk=officer.pk).update(**new))


_NAME_CLAIMED = _("The name “%(name)s” already belongs to “%(owner)s”. One name can stand for one organ only.")
