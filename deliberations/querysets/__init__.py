"""Scopes of deliberation."""

from deliberations.querysets.cycles import CycleQuerySet, ReceiptQuerySet, TopicQuerySet
from deliberations.querysets.materials import MaterialQuerySet
from deliberations.querysets.meetings import (
    MeetingOpinionQuerySet,
    MeetingQuerySet,
    PromiseQuerySet,
    TownshipTaskQuerySet,
)
from deliberations.querysets.visits import OpinionQuerySet, VisitQuerySet, VoterQuerySet

__all__ = [
    "CycleQuerySet",
    "MaterialQuerySet",
    "MeetingOpinionQuerySet",
    "MeetingQuerySet",
    "OpinionQuerySet",
    "PromiseQuerySet",
    "ReceiptQuerySet",
    "TopicQuerySet",
    "TownshipTaskQuerySet",
    "VisitQuerySet",
    "VoterQuerySet",
]
