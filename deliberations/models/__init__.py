"""Subject fields, a round of deliberation with what is prepared in it, the visits to voters, the meetings."""

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
from deliberations.models.meetings import Attendance, Meeting, MeetingOpinion, Promise, TownshipTask
from deliberations.models.visits import Opinion, Telling, Visit, VisitDeputy, Voter

__all__ = [
    "Attendance",
    "Cycle",
    "CycleStation",
    "DeliberationEvent",
    "DeliberationEventDetail",
    "Meeting",
    "MeetingOpinion",
    "Notice",
    "NoticeReceipt",
    "Opinion",
    "Promise",
    "PublicityRecord",
    "Resolution",
    "SubjectField",
    "Telling",
    "Topic",
    "TownshipTask",
    "Training",
    "Visit",
    "VisitDeputy",
    "Voter",
]
