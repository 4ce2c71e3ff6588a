"""Scopes of deliberation."""

from deliberations.querysets.cycles import CycleQuerySet, ReceiptQuerySet, TopicQuerySet
from deliberations.querysets.visits import OpinionQuerySet, VisitQuerySet, VoterQuerySet

__all__ = [
    "CycleQuerySet",
    "OpinionQuerySet",
    "ReceiptQuerySet",
    "TopicQuerySet",
    "VisitQuerySet",
    "VoterQuerySet",
]
