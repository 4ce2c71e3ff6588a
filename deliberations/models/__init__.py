"""Subject fields, a round of deliberation with what is prepared in it, the visits to voters, the meetings."""

from deliberations.models.cycles import Cycle, CycleStation, CycleStep, Group, LeaderContact, Resolution, Topic
from deliberations.models.events import DeliberationEvent, DeliberationEventDetail
from deliberations.models.fields import SubjectField
from deliberations.models.materials import Material, MaterialCopy, MaterialRead
from deliberations.models.meetings import Attendance, Meeting, MeetingOpinion, Promise, TownshipTask
from deliberations.models.mobilising import Notice, NoticeReceipt, PublicityRecord, Training, TrainingFile
from deliberations.models.returns import MonthlyReturn
from deliberations.models.visits import (
    ConveyedMatter,
    Guests,
    Opinion,
    Telling,
    Visit,
    VisitDeputy,
    VisitFile,
    Voter,
    VoterCategory,
)

__all__ = [
    "Attendance",
    "ConveyedMatter",
    "Cycle",
    "CycleStation",
    "CycleStep",
    "DeliberationEvent",
    "DeliberationEventDetail",
    "Group",
    "Guests",
    "LeaderContact",
    "Material",
    "MaterialCopy",
    "MaterialRead",
    "Meeting",
    "MeetingOpinion",
    "MonthlyReturn",
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
    "TrainingFile",
    "Visit",
    "VisitDeputy",
    "VisitFile",
    "Voter",
    "VoterCategory",
]
