"""Duties at a station, taken up and ended by hand."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.actor import Actor
from accounts.transitions.people import PersonFacts
from stations import policies
from stations.models import Station, StationStaff
from stations.transitions.machines import STATION, Verb
from stations.transitions.staff import take_up
from stations.transitions.stations import refresh_station_search
from workflow import clock
from workflow.engine import Conflict, Invalid, lock, permit, record


@transaction.atomic
def begin_duty(
    station: Station, *, actor: Actor, version: int, duty: str, name: str, since: date, phone: str = ""
) -> StationStaff:
    """Let a person take up a duty; ``phone`` is where the station is reached through them.

    Raises NotAllowed, Conflict, Stale, and Invalid when they hold the duty already.
    """
    case = lock(station, version=version)
    permit(policies.can_keep_roster(actor))
    STATION.require(case, Verb.BEGIN_DUTY)
    if case.staff.on_duty(clock.today()).filter(duty=duty, person__name=name).exists():
        raise Invalid("name", "on_duty", _("%(name)s holds this duty already."), name=name)
    row = take_up(case, duty, PersonFacts(name, phone), since)
    record(case, STATION, Verb.BEGIN_DUTY, actor=actor, changes={"duty": duty, "person": name, "since": since})
    refresh_station_search(case)
    return row


@transaction.atomic
def end_duty(row: StationStaff, *, actor: Actor, version: int, until: date) -> StationStaff:
    """End a duty; ``until`` is its last day. Raises NotAllowed, Conflict, Stale, and Invalid for an impossible day."""
    case = lock(row.station, version=version)
    permit(policies.can_keep_roster(actor))
    fresh = StationStaff.objects.on_duty(clock.today()).filter(pk=row.pk).select_related("person").first()
    if fresh is None:
        raise Conflict("not_on_duty", _("This duty has ended already."))
    if until < fresh.since:
        raise Invalid("until", "before_start", _("The duty began on %(day)s only."), day=fresh.since)
    StationStaff.objects.filter(pk=fresh.pk).update(until=until)
    changes = {"duty": fresh.duty, "person": fresh.person.name, "until": until}
    record(case, STATION, Verb.END_DUTY, actor=actor, changes=changes)
    refresh_station_search(case)
    return fresh
