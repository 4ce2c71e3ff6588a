"""Who may do what with a training: plain functions of role and relation."""

from accounts.actor import Actor
from deliberations.models import Attendance, Training
from stations.policies import runs_station


def can_hold_training(actor: Actor, station_id: int | None) -> bool:
    """Staff hold the central ones and any other, whoever runs a station its own."""
    return actor.is_staff or runs_station(actor, station_id)


def can_keep_training(actor: Actor, training: Training) -> bool:
    """Change, invite, note who came, add papers."""
    return can_hold_training(actor, training.station_id)


def can_see_sheet(actor: Actor, training: Training) -> bool:
    """The whole sign-in sheet with the reasons for leave is for the committee and for whoever holds it."""
    return actor.is_committee or can_keep_training(actor, training)


def is_own(actor: Actor, row: Attendance) -> bool:
    """Whether the invitation is the deputy's own."""
    return actor.is_deputy and row.mandate is not None and row.mandate.person_id == actor.person_id


def can_answer(actor: Actor, row: Attendance) -> bool:
    """The deputy; on their behalf staff, whoever runs their station, and whoever holds the training."""
    if row.training is None or row.mandate is None:
        return False
    return is_own(actor, row) or can_keep_training(actor, row.training) or runs_station(actor, row.mandate.station_id)
