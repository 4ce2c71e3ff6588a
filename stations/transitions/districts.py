"""Electoral districts: entered, corrected, and which deputies were elected there.

A district has no record of its own. Its acts stand on the account of whoever did them, as those on an organ do;
that a deputy was put to a district stands in the record of the deputy's station.
"""

from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.actor import Actor
from accounts.transitions.accounts import ACCOUNT
from accounts.transitions.accounts import Verb as AccountVerb
from stations import policies
from stations.models import ElectoralDistrict, Mandate, Station, Term, Township
from stations.transitions.machines import MANDATE, STATION, Verb
from workflow import clock
from workflow.engine import Invalid, Moved, lock, lock_all, permit, record
from workflow.taken import unless_taken

_TOLD = ("number", "name", "seats", "township")


@transaction.atomic
def enter_district(
    *, actor: Actor, term: Term, number: int, name: str, seats: int, township: Township | None = None
) -> ElectoralDistrict:
    """A new district of a term. Raises NotAllowed, and Invalid when the term has one of this number already."""
    permit(policies.can_keep_districts(actor))
    row = ElectoralDistrict(term=term, number=number, name=name, seats=seats, township=term.township or township)
    _check_number(row)
    with unless_taken(_number_taken()):
        row.save(force_insert=True)
    _tell(row, AccountVerb.ENTER_DISTRICT, actor, number=number, seats=seats)
    return row


@transaction.atomic
def set_district(
    district: ElectoralDistrict,
    *,
    actor: Actor,
    number: int,
    name: str,
    seats: int,
    township: Township | None = None,
) -> bool:
    """Correct a district; whether anything changed. Nothing changed leaves no event.

    Raises NotAllowed, and Invalid for a number that is taken or fewer seats than deputies in office.
    """
    permit(policies.can_keep_districts(actor))
    row = _locked(district)
    told = {"number": number, "name": name, "seats": seats, "township": row.term.township or township}
    changes = {key: [_plain(getattr(row, key)), _plain(told[key])] for key in _TOLD if getattr(row, key) != told[key]}
    if not changes:
        return False
    if seats < (taken := seats_taken(row)):
        sentence = _("%(count)s deputies elected here are in office: there cannot be fewer seats.")
        raise Invalid("seats", "too_few", sentence, count=taken)
    for key in _TOLD:
        setattr(row, key, told[key])
    _check_number(row)
    with unless_taken(_number_taken()):
        row.save()
    _tell(row, AccountVerb.SET_DISTRICT, actor, **changes)
    return True


@transaction.atomic
def put_to_district(district: ElectoralDistrict, *, actor: Actor, mandates: Sequence[Mandate]) -> int:
    """Say of deputies that they were elected in this district; returns how many were not there yet.

    Raises NotAllowed, and Invalid for a deputy of another congress or without a station, or when there are not so
    many seats.
    """
    permit(policies.can_keep_districts(actor))
    rows = [_fit(district, mandate) for mandate in mandates if mandate.district_id != district.pk]
    cases = {case.pk: case for case in lock_all({row.station for row in rows if row.station})}
    # stations before districts, as everywhere
    place = _locked(district)
    for row in rows:
        require_seat(place, "mandates")
        move_to_district(cases[row.station_id or 0], row, place, actor)
    return len(rows)


def move_to_district(case: Station, row: Mandate, district: ElectoralDistrict, actor: Actor) -> None:
    """One deputy to one district, told in the record of the station, which is locked."""
    MANDATE.require(row, Verb.CORRECT)
    before = row.district.name if row.district else ""
    Mandate.objects.filter(pk=row.pk).update(district=district)
    told = {"deputy": row.person.name, "certificate_no": row.certificate_no, "district": [before, district.name]}
    part = Moved(MANDATE.name, row.uuid, row.status, row.status)
    record(case, STATION, Verb.CORRECT, actor=actor, part=part, changes=told)


def require_seat(district: ElectoralDistrict, field: str) -> None:
    """Raise Invalid unless one of the district's seats is vacant."""
    if seats_taken(district) >= district.seats:
        sentence = _("All seats of %(name)s are taken (%(count)s).")
        raise Invalid(field, "no_seat", sentence, name=district.name, count=district.seats)


def seats_taken(district: ElectoralDistrict) -> int:
    """How many deputies elected there are in office today, suspended or not."""
    return Mandate.objects.in_office(clock.today()).filter(district=district).count()


def _fit(district: ElectoralDistrict, mandate: Mandate) -> Mandate:
    row = Mandate.objects.select_related("person", "term", "station", "district").get(pk=mandate.pk)
    if row.term_id != district.term_id:
        raise Invalid("mandates", "other_term", _("%(name)s is a deputy of another congress."), name=row.person.name)
    if row.station is None:
        sentence = _("Assign %(name)s a station first: the act is recorded there.")
        raise Invalid("mandates", "no_station", sentence, name=row.person.name)
    return row


def _locked(district: ElectoralDistrict) -> ElectoralDistrict:
    """Read afresh under a row lock, so that two never take the last seat."""
    ElectoralDistrict.objects.select_for_update().get(pk=district.pk)
    return ElectoralDistrict.objects.select_related("term__township", "township").get(pk=district.pk)


def _check_number(row: ElectoralDistrict) -> None:
    if ElectoralDistrict.objects.filter(term=row.term, number=row.number).exclude(pk=row.pk).exists():
        raise _number_taken()


def _number_taken() -> Invalid:
    return Invalid("number", "number_taken", _("Another district of this congress has this number."))


def _plain(value: Any) -> Any:
    return value.name if isinstance(value, Township) else value


def _tell(row: ElectoralDistrict, verb: str, actor: Actor, **changes: Any) -> None:
    assert actor.user is not None  # whoever holds a post has an account
    told = {"district": row.name, **changes}
    record(lock(actor.user), ACCOUNT, verb, actor=actor, changes=told)
