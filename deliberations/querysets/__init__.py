"""Scopes of deliberation."""

from deliberations.querysets.cycles import CycleQuerySet, ReceiptQuerySet, TopicQuerySet
from deliberations.querysets.materials import MaterialQuerySet
from deliberations.querysets.meetings import (
    MeetingOpinionQuerySet,
    MeetingQuerySet,
    PromiseQuerySet,
    TownshipTaskQuerySet,
)
from deliberations.querysets.returns import MonthlyReturnQuerySet
from deliberations.querysets.training import AttendanceQuerySet, TrainingQuerySet
from deliberations.querysets.visits import OpinionQuerySet, VisitQuerySet, VoterQuerySet

__all__ = [
    "AttendanceQuerySet",
    "CycleQuerySet",
    "MaterialQuerySet",
    "MeetingOpinionQuerySet",
    "MeetingQuerySet",
    "MonthlyReturnQuerySet",
    "OpinionQuerySet",
    "PromiseQuerySet",
    "ReceiptQuerySet",
    "TopicQuerySet",
    "TownshipTaskQuerySet",
    "TrainingQuerySet",
    "VisitQuerySet",
    "VoterQuerySet",
]
