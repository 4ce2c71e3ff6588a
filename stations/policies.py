"""Who may do what to stations and deputies: plain functions of role and relation."""

from accounts.actor import Actor
from accounts.models import Role
from stations.models import Mandate, Station, StationStaff
from workflow import clock


def can_keep_roster(actor: Actor) -> bool:
    """Staff keep stations and deputies, the system administrator may, and the county's own roster is imported."""
    return actor.is_system or actor.is_staff or actor.role == Role.SYSTEM_ADMIN


def can_keep_mandates(actor: Actor) -> bool:
    """Staff record how a deputy's mandate stands; nobody else does, not even the administrator."""
    return actor.is_staff


def can_see_record(actor: Actor, station: Station) -> bool:
    """What happened to a station and its deputies is for the committee and for whoever runs the station."""
    return actor.is_committee or runs_station(actor, station.pk)


def can_see_staff_phones(actor: Actor, station: Station) -> bool:
    """Under which numbers a station is reached: for the committee, its own staff and its own deputies."""
    if can_see_record(actor, station):
        return True
    own = {"person": actor.person_id, "station": station.pk}
    return actor.is_deputy and Mandate.objects.active(clock.today()).filter(**own).exists()


def can_see_phone(actor: Actor, mandate: Mandate) -> bool:
    """A deputy's private number is for staff, for whoever runs the deputy's station, and for the deputy."""
    if actor.is_staff:
        return True
    if actor.role == Role.STATION:
        return runs_station(actor, mandate.station_id)
    return actor.is_deputy and actor.person_id == mandate.person_id


def runs_station(actor: Actor, station_id: int | None) -> bool:
    """Whether the person acting for a station is on the staff of this one today."""
    if actor.role != Role.STATION or station_id is None or actor.person_id is None:
        return False
    today = clock.today()
    return StationStaff.objects.on_duty(today).filter(station=station_id, person=actor.person_id).exists()
