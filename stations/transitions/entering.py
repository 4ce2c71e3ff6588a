"""One deputy entered by hand, as after a by-election; and the entry of a known one corrected."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.actor import Actor
from accounts.transitions.people import PersonFacts, correct_people, enter_people
from stations import policies
from stations.models import Delegation, ElectoralDistrict, Mandate, Station, Township
from stations.transitions.districts import require_seat
from stations.transitions.machines import MANDATE, STATION, Verb
from stations.transitions.mandates import enter_terms, mandate_text, refresh_search, station_of
from workflow import clock
from workflow.engine import Invalid, Moved, born, lock, permit, record
from workflow.taken import unless_taken

#: Columns of a mandate that a correction may change, in the order in which they are told.
_COLUMNS = ("certificate_no", "delegation", "district", "employer_post", "started_on", "by_election")


@dataclass(frozen=True)
class Elected:
    """What is known of a mandate beside whose it is."""

    certificate_no: str
    delegation: Delegation | None = None
    district: ElectoralDistrict | None = None
    employer_post: str = ""
    started_on: date | None = None
    by_election: bool = False


@transaction.atomic
def enter_deputy(
    *,
    actor: Actor,
    level: str,
    person: PersonFacts,
    station: Station,
    facts: Elected,
    township: Township | None = None,
) -> Mandate:
    """A new mandate, of somebody new or, by name and number, of a person who is known already.

    Raises NotAllowed, Conflict for a closed station, and Invalid for a certificate or seat that is taken, a day that
    cannot be, a district or delegation of another congress, or who is a deputy of this congress already.
    """
    permit(policies.can_keep_mandates(actor))
    case = lock(station)
    STATION.require(case, Verb.ENTER)
    term = enter_terms([(level, township)], actor=actor)[level, township.pk if township else None]
    row = Mandate(term=term, level=level, station=case, **vars(facts))
    _check(row, None)
    [row.person] = enter_people([person])
    if Mandate.objects.in_office(clock.today()).filter(person=row.person, term=term).exists():
        raise Invalid("name", "deputy_already", _("%(name)s is a deputy of this congress already."), name=person.name)
    row.search_text = mandate_text(row)
    with unless_taken(_certificate_taken()):
        row.save(force_insert=True)
    told = {"deputy": row.person.name, **_told(row), "station": case.name}
    record(case, STATION, Verb.ENTER, actor=actor, part=born(row, MANDATE), changes=told)
    return row


@transaction.atomic
def correct_mandate(mandate: Mandate, *, actor: Actor, version: int, person: PersonFacts, facts: Elected) -> bool:
    """Put right what is written of a deputy; whether anything changed. ``version`` is that of the station.

    A number left empty stays. Raises NotAllowed, Conflict without a station or of an ended mandate, Stale, and
    Invalid like ``enter_deputy``.
    """
    permit(policies.can_keep_mandates(actor))
    row = Mandate.objects.select_related("person", "term", "station", "delegation", "district").get(pk=mandate.pk)
    case = lock(station_of(row), version=version)
    MANDATE.require(row, Verb.CORRECT)
    new = {name: getattr(facts, name) for name in _COLUMNS}
    changes: dict[str, Any] = {
        name: [_plain(getattr(row, name)), _plain(new[name])] for name in _COLUMNS if getattr(row, name) != new[name]
    }
    before, phone, district = row.person.name, row.person.phone, row.district_id
    for name, value in new.items():
        setattr(row, name, value)
    _check(row, district)
    people = correct_people([(row.person, person)])
    if row.person.name != before:
        changes["name"] = [before, row.person.name]
    if row.person.phone != phone:
        # told without the number
        changes["deputy_phone"] = True
    if not changes:
        return False
    _save(row)
    refresh_search(Mandate.objects.filter(person__in=people).exclude(pk=row.pk))
    told = {"deputy": row.person.name, "certificate_no": row.certificate_no, **changes}
    part = Moved(MANDATE.name, row.uuid, row.status, row.status)
    record(case, STATION, Verb.CORRECT, actor=actor, part=part, changes=told)
    return True


def _save(row: Mandate) -> None:
    row.search_text = mandate_text(row)
    with unless_taken(_certificate_taken()):
        row.save(update_fields=[*_COLUMNS, "search_text"])


def _check(row: Mandate, known_district: int | None) -> None:
    """Raise Invalid for what cannot be of this congress, in the order of the form."""
    others = Mandate.objects.filter(term=row.term, certificate_no=row.certificate_no).exclude(pk=row.pk)
    if others.exists():
        raise _certificate_taken()
    if row.delegation and row.delegation.term_id != row.term_id:
        raise Invalid("delegation", "other_term", _("This delegation is one of another congress."))
    if row.district and row.district.term_id != row.term_id:
        raise Invalid("district", "other_term", _("This district is one of another congress."))
    _check_day(row)
    if row.district and row.district_id != known_district:
        ElectoralDistrict.objects.select_for_update().get(pk=row.district.pk)
        require_seat(row.district, "district")


def _check_day(row: Mandate) -> None:
    if row.started_on is None:
        return
    if row.started_on > clock.today():
        raise Invalid("started_on", "in_future", _("This day is still to come."))
    if row.term.starts_on and row.started_on < row.term.starts_on:
        sentence = _("This is before %(day)s, when the term began.")
        raise Invalid("started_on", "before_term", sentence, day=row.term.starts_on)


def _certificate_taken() -> Invalid:
    return Invalid("certificate_no", "certificate_taken", _("This certificate number belongs to another deputy."))


def _told(row: Mandate) -> dict[str, Any]:
    told = {name: _plain(getattr(row, name)) for name in _COLUMNS}
    return {name: value for name, value in told.items() if value not in ("", None, False)}


def _plain(value: Any) -> Any:
    if value is None:
        return ""
    return value.name if isinstance(value, Delegation | ElectoralDistrict) else value
