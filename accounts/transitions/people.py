"""Persons: entered once, corrected, never doubled. An entry makes no account."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from accounts.models import Person
from workflow.text import name_pinyin


@dataclass(frozen=True)
class PersonFacts:
    """What a list tells of a person. ``phone`` is the person's own, not an office's."""

    name: str
    phone: str = ""
    sex: str = ""
    born_month: date | None = None


def enter_people(facts: Sequence[PersonFacts]) -> list[Person]:
    """The persons of these facts, in their order: same name and same phone is the same person (D25).

    Without a phone nobody is taken for somebody else. Blanks of a known person are filled in.
    """
    known = _known(facts)
    fresh: dict[Any, Person] = {}
    people = []
    for number, fact in enumerate(facts):
        same = (fact.name, fact.phone) if fact.phone else number
        person = known.get((fact.name, fact.phone)) or fresh.get(same)
        if person is None:
            person = fresh[same] = Person(name=fact.name, phone=fact.phone, pinyin=name_pinyin(fact.name))
        people.append(person)
    _fill_in(zip(people, facts, strict=True))
    Person.objects.bulk_create(fresh.values())
    return people


def correct_people(corrections: Sequence[tuple[Person, PersonFacts]]) -> list[Person]:
    """Take over what a newer list says of known persons and return who changed; blanks of the list erase nothing."""
    changed = []
    for person, fact in corrections:
        told = {name: value for name, value in vars(fact).items() if value}
        if any(getattr(person, name) != value for name, value in told.items()):
            for name, value in told.items():
                setattr(person, name, value)
            person.pinyin = name_pinyin(person.name)
            changed.append(person)
    Person.objects.bulk_update(changed, ["name", "pinyin", "phone", "sex", "born_month"], batch_size=200)
    return changed


def _known(facts: Sequence[PersonFacts]) -> dict[tuple[str, str], Person]:
    reachable = [fact for fact in facts if fact.phone]
    names, phones = {fact.name for fact in reachable}, {fact.phone for fact in reachable}
    rows = Person.objects.filter(name__in=names, phone__in=phones).order_by("-id") if reachable else ()
    return {(person.name, person.phone): person for person in rows}


def _fill_in(pairs: Any) -> None:
    filled = []
    for person, fact in pairs:
        gaps = {name: getattr(fact, name) for name in ("sex", "born_month") if not getattr(person, name)}
        told = {name: value for name, value in gaps.items() if value}
        for name, value in told.items():
            setattr(person, name, value)
        if told and person.pk:
            filled.append(person)
    Person.objects.bulk_update(filled, ["sex", "born_month"], batch_size=200)
