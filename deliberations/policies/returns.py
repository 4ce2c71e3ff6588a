"""Who may do what with the monthly return of a station: plain functions of role and relation."""

from accounts.actor import Actor
from accounts.models import Role
from stations.models import Station
from stations.policies import runs_station


def can_see_returns(actor: Actor) -> bool:
    """Whether the page is for this post: the committee, and stations."""
    return actor.is_committee or actor.role == Role.STATION


def can_see_returns_of(actor: Actor, station: Station) -> bool:
    """The committee those of every station, whoever runs a station its own."""
    return actor.is_committee or runs_station(actor, station.pk)


def can_hand_in_return(actor: Actor, station: Station) -> bool:
    """Whoever runs the station; staff for one that told the figures by telephone."""
    return actor.is_staff or runs_station(actor, station.pk)
