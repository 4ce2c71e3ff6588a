"""Who may do what in a round of deliberation: plain functions of role and relation."""

from accounts.actor import Actor
from accounts.models import Role
from deliberations.models import NoticeReceipt
from stations.policies import runs_station

#: Who can lead a group, and has stations to keep contact with.
LEADING = frozenset({Role.CHAIRPERSON, Role.DEPUTY_CHAIRPERSON, Role.COMMITTEE_STAFF, Role.WORKING_BODY})
_OF_STATIONS = frozenset({Role.STATION, Role.DEPUTY, Role.DELEGATION_OFFICER, Role.TOWNSHIP})


def can_run_cycle(actor: Actor) -> bool:
    """The deputy affairs commission plans a cycle, moves it on and records what bodies decided on paper."""
    return actor.is_staff


def can_see_preparation(actor: Actor) -> bool:
    """Training, publicity and notices are no matter of the organs that will be asked."""
    return actor.is_committee or actor.role in _OF_STATIONS


def can_receive_notice(actor: Actor, receipt: NoticeReceipt) -> bool:
    """A click counts only from whoever runs the station that the notice was sent to."""
    return runs_station(actor, receipt.station_id)


def can_record_receipt(actor: Actor) -> bool:
    """After a telephone call staff record it, which is worth as much as a click."""
    return actor.is_staff


def can_convey_notice(actor: Actor, receipt: NoticeReceipt) -> bool:
    """That it was conveyed to the deputies says the station, or staff whom the station told."""
    return actor.is_staff or runs_station(actor, receipt.station_id)


def can_read_resolutions(actor: Actor) -> bool:
    """What the committee's bodies decided on paper is read within the committee."""
    return actor.is_committee


def can_see_coverage(actor: Actor) -> bool:
    """How far each station is, is read within the committee; a station reads its own on the cycle's page."""
    return actor.is_committee
