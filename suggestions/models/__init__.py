"""A suggestion from its registration to the deputy's verdict, with everything that hangs on it."""

from suggestions.models.handling import Assignment, CoHostOpinion, ContactRecord, Extension, HandOver, Objection
from suggestions.models.judging import Evaluation, Rating, Verdict
from suggestions.models.record import ClockKind, SuggestionClock, SuggestionEvent, SuggestionEventDetail
from suggestions.models.replying import Commitment, Delivery, Reply, ResultClass
from suggestions.models.suggestion import Continuation, CoSignature, MergeGroup, Source, Suggestion

__all__ = [
    "Assignment",
    "ClockKind",
    "CoHostOpinion",
    "CoSignature",
    "Commitment",
    "ContactRecord",
    "Continuation",
    "Delivery",
    "Evaluation",
    "Extension",
    "HandOver",
    "MergeGroup",
    "Objection",
    "Rating",
    "Reply",
    "ResultClass",
    "Source",
    "Suggestion",
    "SuggestionClock",
    "SuggestionEvent",
    "SuggestionEventDetail",
    "Verdict",
]
