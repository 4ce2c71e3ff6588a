"""Who may do what with a visit to a voter: plain functions of role and relation."""

from django.db.models import QuerySet

from accounts.actor import Actor
from accounts.models import Role
from deliberations.models import Visit
from stations.models import Mandate
from stations.policies import runs_station
from workflow import clock

#: Of the committee, those who may be shown a voter's name, and must say why.
REVEALED_WITH_REASON = frozenset({Role.CHAIRPERSON, Role.DEPUTY_CHAIRPERSON, Role.COMMITTEE_STAFF})


def can_see_visits(actor: Actor) -> bool:
    """Whether the list is for this post: the committee, stations and deputies."""
    return actor.is_committee or actor.is_deputy or actor.role == Role.STATION


def can_log(actor: Actor) -> bool:
    """A deputy in office who belongs to a station notes what a voter said; a suspended one does not."""
    return actor.is_deputy and own_mandates(actor).exists()


def can_attach(actor: Actor, visit: Visit) -> bool:
    """Photos and recordings are added to a note by the deputy who wrote it."""
    return actor.user is not None and visit.recorded_by_id == actor.user.pk and took_part(actor, visit)


def can_record_at_all(actor: Actor) -> bool:
    """Liaisons and staff write for deputies; for which deputies is asked by ``can_record_for``."""
    return actor.is_staff or actor.role == Role.STATION


def can_record_for(actor: Actor, mandate: Mandate) -> bool:
    """Staff for every deputy, whoever runs a station for its own."""
    return actor.is_staff or runs_station(actor, mandate.station_id)


def can_import(actor: Actor) -> bool:
    """The county's own register is taken over by command, or by staff."""
    return actor.is_system or actor.is_staff


def can_keep(actor: Actor, visit: Visit) -> bool:
    """Complete the record, add to it and close it: whoever runs the station, staff in their place."""
    return actor.is_staff or runs_station(actor, visit.station_id)


def can_confirm(actor: Actor, visit: Visit) -> bool:
    """A deputy who took part says that it is what was meant; on paper or by telephone to whoever keeps the record."""
    return took_part(actor, visit) or can_keep(actor, visit)


def can_correct(actor: Actor, visit: Visit) -> bool:
    """Whoever keeps the record, and the deputies who took part."""
    return can_confirm(actor, visit)


def can_tell(actor: Actor, visit: Visit) -> bool:
    """Whoever went tells the voter, or whoever keeps the record."""
    return can_confirm(actor, visit)


def can_reveal(actor: Actor, visit: Visit) -> bool:
    """The voter's name and number: whoever must call back, and with a reason the heads and staff of the committee."""
    return took_part(actor, visit) or runs_station(actor, visit.station_id) or needs_reason(actor)


def can_erase(actor: Actor, visit: Visit) -> bool:
    """Erase a voter's name and number at the voter's wish: whoever keeps the record; by rule, the portal itself."""
    return actor.is_system or can_keep(actor, visit)


def needs_reason(actor: Actor) -> bool:
    """Whether this person must say why a name is revealed."""
    return actor.role in REVEALED_WITH_REASON


def took_part(actor: Actor, visit: Visit) -> bool:
    """Whether it is a deputy's own visit."""
    return actor.is_deputy and visit.visitors.filter(mandate__person=actor.person_id).exists()


def own_mandates(actor: Actor) -> QuerySet[Mandate]:
    """The mandates under which a deputy may note visits today, the county's first."""
    rows = Mandate.objects.active(clock.today()).filter(person=actor.person_id, station__isnull=False)
    return rows.select_related("station", "person", "term").order_by("level", "pk")
