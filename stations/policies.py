"""Who may do what to stations and deputies: plain functions of role and relation."""

from datetime import date

from accounts.actor import Actor
from accounts.models import Role, TrustedDevice
from stations.models import Duty, Mandate, ReceptionFile, Station, StationStaff
from workflow import clock


def can_keep_roster(actor: Actor) -> bool:
    """Staff keep stations and deputies, the system administrator may, and the county's own roster is imported."""
    return actor.is_system or actor.is_staff or actor.role == Role.SYSTEM_ADMIN


def can_keep_mandates(actor: Actor) -> bool:
    """Staff record how a deputy's mandate stands; nobody else does, not even the administrator."""
    return actor.is_staff


def can_keep_districts(actor: Actor) -> bool:
    """Staff keep the electoral districts, which say where a seat is vacant."""
    return actor.is_staff


def can_set_standards(actor: Actor) -> bool:
    """What a station must have is the county's own list, kept by staff."""
    return actor.is_staff


def can_see_standards_of_all(actor: Actor) -> bool:
    """Which station lacks what is for the committee; whoever runs a station sees its own page."""
    return actor.is_committee


def can_check_standards(actor: Actor, station: Station) -> bool:
    """Whoever runs the station looks what is there, staff for every station."""
    return actor.is_staff or runs_station(actor, station.pk)


def suspended_since(actor: Actor) -> date | None:
    """From when a deputy none of whose mandates is active today is suspended; None for everybody else.

    They read and receive, but do not hand in, sign along, evaluate or note visits.
    """
    if not actor.is_deputy or actor.person_id is None:
        return None
    today = clock.today()
    own = list(Mandate.objects.in_office(today).filter(person=actor.person_id).select_related("term"))
    if not own or any(row.is_active(today) for row in own):
        return None
    return min(row.suspended_from for row in own if row.suspended_from)


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


def can_print_card(actor: Actor, mandate: Mandate) -> bool:
    """Staff, and whoever runs the deputy's station: they know the deputy by face and voice."""
    return actor.is_staff or runs_station(actor, mandate.station_id)


def can_print_cards(actor: Actor, station: Station) -> bool:
    """Staff, and whoever runs the station."""
    return actor.is_staff or runs_station(actor, station.pk)


def can_see_phones(actor: Actor) -> bool:
    """The list of waiting and bound phones is for whoever confirms them."""
    return actor.is_staff or actor.role == Role.STATION


def can_keep_phone(actor: Actor, phone: TrustedDevice) -> bool:
    """As the deputy's card may be printed; but nobody confirms or refuses a phone of their own."""
    if actor.person_id == phone.user.person_id:
        return False
    if actor.is_staff:
        return True
    mandates = Mandate.objects.in_office(clock.today()).filter(person=phone.user.person_id)
    return any(runs_station(actor, mandate.station_id) for mandate in mandates)


def can_revoke_phone(actor: Actor, phone: TrustedDevice) -> bool:
    """The deputy whose phone it is, and whoever may keep it."""
    return actor.person_id == phone.user.person_id or can_keep_phone(actor, phone)


def can_keep_pages(actor: Actor, station: Station) -> bool:
    """What the public sees of a station and its deputies, and the codes that lead there: its own staff, and staff."""
    return actor.is_staff or runs_station(actor, station.pk)


def runs_station(actor: Actor, station_id: int | None) -> bool:
    """Whether the person acting for a station is on the staff of this one today."""
    if actor.role != Role.STATION or station_id is None or actor.person_id is None:
        return False
    today = clock.today()
    return StationStaff.objects.on_duty(today).filter(station=station_id, person=actor.person_id).exists()


def can_keep_receptions(actor: Actor, station: Station) -> bool:
    """Rules, reception days and the duty roster are kept by whoever runs the station, by staff, and by the sweep."""
    return actor.is_system or actor.is_staff or runs_station(actor, station.pk)


def can_ask_substitute(actor: Actor, duty: Duty) -> bool:
    """A deputy for the own duty; whoever keeps the roster writes it down for them."""
    own = actor.is_deputy and actor.person_id == duty.mandate.person_id
    return own or can_keep_receptions(actor, duty.day.station)


def can_see_paper(actor: Actor, paper: ReceptionFile) -> bool:
    """The notice hung on the wall for everybody; sheets and photos, which show voters, are for who reads the record."""
    return paper.kind == ReceptionFile.Kind.NOTICE or can_see_record(actor, paper.day.station)
