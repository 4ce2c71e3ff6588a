"""Who sees which suggestion and what belongs to it, and both as adjectives."""

from suggestions.querysets.cases import HELD, PRIVATE, SuggestionQuerySet, own_deputies, signatories
from suggestions.querysets.parts import (
    ClockQuerySet,
    CommitmentQuerySet,
    CoSignatureQuerySet,
    EvaluationQuerySet,
    ReplyQuerySet,
)

__all__ = [
    "HELD",
    "PRIVATE",
    "ClockQuerySet",
    "CoSignatureQuerySet",
    "CommitmentQuerySet",
    "EvaluationQuerySet",
    "ReplyQuerySet",
    "SuggestionQuerySet",
    "own_deputies",
    "signatories",
]
