"""Who may do what with a deliberation meeting: plain functions of role and relation."""

from accounts.actor import Actor
from accounts.models import Role
from deliberations.models import Meeting, TownshipTask
from deliberations.querysets.meetings import presided_townships
from stations.policies import runs_station

_WITH_MEETINGS = frozenset({Role.STATION, Role.DEPUTY, Role.TOWNSHIP})


def can_see_meetings(actor: Actor) -> bool:
    """Whether the list is for this post: the committee, whoever deliberates, and the organs that are asked to come."""
    return actor.is_committee or actor.is_organ or actor.is_government_office or actor.role in _WITH_MEETINGS


def can_see_tasks(actor: Actor) -> bool:
    """Township tasks are for the committee, the stations and the township presidium."""
    return actor.is_committee or actor.role in (Role.STATION, Role.TOWNSHIP)


def can_convene(actor: Actor, station_id: int | None) -> bool:
    """Staff for every station, whoever runs a station for its own."""
    return actor.is_staff or runs_station(actor, station_id)


def can_keep(actor: Actor, meeting: Meeting) -> bool:
    """Open, write down, close and cancel a station's meeting: staff, and whoever runs the station."""
    return meeting.kind == Meeting.Kind.DELIBERATION and can_convene(actor, meeting.station_id)


def can_reopen(actor: Actor, meeting: Meeting) -> bool:
    """Only staff open again what was closed."""
    return meeting.kind == Meeting.Kind.DELIBERATION and actor.is_staff


def can_work_on(actor: Actor, task: TownshipTask) -> bool:
    """The presidium of the township says what came of it; station and staff write down what it said."""
    return presides_over(actor, task.township_id) or can_convene(actor, task.station.pk)


def presides_over(actor: Actor, township_id: int) -> bool:
    """Whether one acts for the congress of this township."""
    return actor.role == Role.TOWNSHIP and presided_townships(actor).filter(pk=township_id).exists()
