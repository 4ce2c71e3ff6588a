"""Townships, terms, delegations, stations with their staff and reception days, and the mandates of deputies."""

from stations.models.events import StationEvent, StationEventDetail
from stations.models.mandates import DeputyPage, Mandate
from stations.models.places import (
    CongressSession,
    Delegation,
    ElectoralDistrict,
    Level,
    Station,
    StationStaff,
    Term,
    Township,
    qr_token,
)
from stations.models.receptions import Duty, ReceptionDay, ReceptionFile, ReceptionRule
from stations.models.standards import StandardCheck, StandardItem

__all__ = [
    "CongressSession",
    "Delegation",
    "DeputyPage",
    "Duty",
    "ElectoralDistrict",
    "Level",
    "Mandate",
    "ReceptionDay",
    "ReceptionFile",
    "ReceptionRule",
    "StandardCheck",
    "StandardItem",
    "Station",
    "StationEvent",
    "StationEventDetail",
    "StationStaff",
    "Term",
    "Township",
    "qr_token",
]
