"""Subject fields, a round of deliberation with what is prepared in it, and the visits to voters."""

from deliberations.models.cycles import (
    Cycle,
    CycleStation,
    Notice,
    NoticeReceipt,
    PublicityRecord,
    Resolution,
    Topic,
    Training,
)
from deliberations.models.events import DeliberationEvent, DeliberationEventDetail
from deliberations.models.fields import SubjectField
from deliberations.models.visits import Opinion, Telling, Visit, VisitDeputy, Voter

__all__ = [
    "Cycle",
    "CycleStation",
    "DeliberationEvent",
    "DeliberationEventDetail",
    "Notice",
    "NoticeReceipt",
    "Opinion",
    "PublicityRecord",
    "Resolution",
    "SubjectField",
    "Telling",
    "Topic",
    "Training",
    "Visit",
    "VisitDeputy",
    "Voter",
]
