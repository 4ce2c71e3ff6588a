"""Subject fields, and a round of deliberation with what is prepared in it."""

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

__all__ = [
    "Cycle",
    "CycleStation",
    "DeliberationEvent",
    "DeliberationEventDetail",
    "Notice",
    "NoticeReceipt",
    "PublicityRecord",
    "Resolution",
    "SubjectField",
    "Topic",
    "Training",
]
