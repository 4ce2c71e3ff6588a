"""Who may do what with papers for deputies."""

from accounts.actor import Actor
from accounts.models import Role
from deliberations.models import MaterialCopy
from stations.policies import runs_station

#: Whose reading is noted: those for whom papers are.
READING = frozenset({Role.DEPUTY, Role.STATION})


def can_keep_materials(actor: Actor) -> bool:
    """Staff add papers, withdraw them and send printed copies."""
    return actor.is_staff


def can_receive_copies(actor: Actor, row: MaterialCopy) -> bool:
    """That copies have come says whoever runs the station, or staff whom the station told."""
    return actor.is_staff or runs_station(actor, row.station_id)


def can_see_register(actor: Actor) -> bool:
    """Who has read, and where copies went, is for the committee; a station sees the copies that went to it."""
    return actor.is_committee
