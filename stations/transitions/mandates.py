"""Mandates: entered from a list in bulk, brought up to date, never doubled."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.actor import Actor
from accounts.models import Person
from accounts.transitions.people import PersonFacts, correct_people, enter_people
from stations import policies
from stations.models import Delegation, Mandate, Station, Term, Township
from workflow.engine import Conflict, permit
from workflow.text import fold, pinyin, typed

#: What a newer list may change of a mandate; another term would be another mandate.
_COLUMNS = ("delegation", "station", "employer_post")


@dataclass(frozen=True)
class MandateFacts:
    """What a list tells of a deputy. ``known`` is the mandate that the certificate already has, if any."""

    certificate_no: str
    person: PersonFacts
    level: str
    term: Term
    delegation: Delegation | None = None
    station: Station | None = None
    employer_post: str = ""
    known: Mandate | None = None


@transaction.atomic
def enter_mandates(rows: Sequence[MandateFacts], *, actor: Actor) -> tuple[int, int]:
    """Enter new mandates with their persons and bring known ones up to date; returns how many of each changed.

    Raises NotAllowed.
    """
    permit(policies.can_keep_roster(actor))
    fresh = [row for row in rows if row.known is None]
    people = enter_people([row.person for row in fresh])
    Mandate.objects.bulk_create([_new(row, person) for row, person in zip(fresh, people, strict=True)])
    return len(fresh), _update([(row.known, row) for row in rows if row.known is not None])


def enter_terms(wanted: Iterable[tuple[str, Township | None]], *, actor: Actor) -> dict[tuple[str, int | None], Term]:
    """The present terms by level and township; those that are not there yet are begun."""
    permit(policies.can_keep_roster(actor))
    terms = {(term.level, term.township_id): term for term in Term.objects.filter(is_current=True)}
    for level, township in wanted:
        place = (level, township.pk if township else None)
        if place not in terms:
            terms[place] = Term.objects.create(level=level, township=township)
    return terms


def enter_delegations(term: Term, wanted: Mapping[str, Township | None], *, actor: Actor) -> dict[str, Delegation]:
    """The delegations of a term by name; those that are not there yet are made."""
    permit(policies.can_keep_roster(actor))
    known = {delegation.name: delegation for delegation in term.delegations.all()}
    for name, township in wanted.items():
        if name not in known:
            columns = {"name": name, "pinyin": pinyin(name, 120), "township": township}
            known[name] = Delegation.objects.create(term=term, **columns)
    return known


def station_of(mandate: Mandate) -> Station:
    """The station in whose record an act on a deputy stands. Raises Conflict without one."""
    if mandate.station is None:
        raise Conflict("no_station", _("Assign the deputy a station first: the act is recorded there."))
    return mandate.station


def mandate_text(mandate: Mandate) -> str:
    """What a search looks through: name, pinyin, certificate, delegation, station, post; no telephone numbers."""
    places = [str(place) for place in (mandate.delegation, mandate.station) if place]
    person = mandate.person
    return fold(mandate.certificate_no, person.name, typed(person.pinyin), " ".join(places), mandate.employer_post)


def refresh_search(mandates: Any) -> None:
    """Rewrite the search column of mandates whose station or person has a new name."""
    rows = list(mandates.select_related("person", "delegation", "station"))
    for mandate in rows:
        mandate.search_text = mandate_text(mandate)
    Mandate.objects.bulk_update(rows, ["search_text"], batch_size=200)


def _new(row: MandateFacts, person: Person) -> Mandate:
    mandate = Mandate(certificate_no=row.certificate_no, person=person, term=row.term, level=row.level, **_facts(row))
    mandate.search_text = mandate_text(mandate)
    return mandate


def _update(pairs: Sequence[tuple[Mandate, MandateFacts]]) -> int:
    people = correct_people([(mandate.person, row.person) for mandate, row in pairs])
    changed = [mandate for mandate, row in pairs if _take_over(mandate, row)]
    Mandate.objects.bulk_update(changed, [*_COLUMNS, "search_text"], batch_size=100)
    others = Mandate.objects.filter(person__in=people).exclude(pk__in=[mandate.pk for mandate in changed])
    refresh_search(others)
    return len({mandate.pk for mandate in changed} | {row.pk for row in others})


def _take_over(mandate: Mandate, row: MandateFacts) -> bool:
    """Set what is new; blanks of the list erase nothing."""
    before = [getattr(mandate, name) for name in (*_COLUMNS, "search_text")]
    for name, value in _facts(row).items():
        if value:
            setattr(mandate, name, value)
    mandate.search_text = mandate_text(mandate)
    return before != [getattr(mandate, name) for name in (*_COLUMNS, "search_text")]


def _facts(row: MandateFacts) -> dict[str, Any]:
    return {name: getattr(row, name) for name in _COLUMNS}
