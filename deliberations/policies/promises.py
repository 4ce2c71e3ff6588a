"""Who may do what with a promise made on the spot: plain functions of role and relation."""

from accounts.actor import Actor
from accounts.models import Role
from deliberations.models import Promise
from stations.policies import runs_station


def can_see_promises(actor: Actor) -> bool:
    """Whether the list is for this post: the committee, organs, stations and deputies; no county leader."""
    return (
        actor.is_committee
        or actor.is_organ
        or actor.is_government_office
        or actor.is_deputy
        or actor.role == Role.STATION
    )


def can_report_done(actor: Actor, promise: Promise) -> bool:
    """The organ that promised, or the one it went over into, says what was done; staff after a call."""
    return actor.is_staff or speaks_for_promiser(actor, promise)


def can_answer(actor: Actor, promise: Promise) -> bool:
    """The deputy to whom it was made says whether it was kept; station or staff write down what the deputy said."""
    return is_for(actor, promise) or actor.is_staff or runs_station(actor, promise.meeting_opinion.meeting.station_id)


def can_declare_not_kept(actor: Actor, promise: Promise) -> bool:
    """What presses an organ is decided by staff, never by the portal."""
    return actor.is_staff


def can_take_up(actor: Actor, promise: Promise) -> bool:
    """Staff turn a promise that was not kept into a suggestion (scenario 4)."""
    return actor.is_staff


def speaks_for_promiser(actor: Actor, promise: Promise) -> bool:
    """Whether one acts for the organ of the promise or for its successor."""
    return (actor.is_organ or actor.is_government_office) and actor.acts_for(promise.organ)


def is_for(actor: Actor, promise: Promise) -> bool:
    """Whether one is the deputy to whom it was made."""
    return actor.is_deputy and actor.person_id == promise.meeting_opinion.speaker.person_id
