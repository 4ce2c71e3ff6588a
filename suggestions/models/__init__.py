"""A suggestion from its registration to the deputy's verdict, with everything that hangs on it."""

from suggestions.models.handling import Assignment, CoHostOpinion, ContactRecord, Extension, HandOver
from suggestions.models.judging import Evaluation, Rating, Verdict
from suggestions.models.record import ClockKind, SuggestionClock, SuggestionEvent, SuggestionEventDetail
from suggestions.models.replying import Delivery, Reply, ResultClass
from suggestions.models.suggestion import CoSignature, Source, Suggestion

__all__ = [
    "Assignment",
    "ClockKind",
    "CoHostOpinion",
    "CoSignature",
    "ContactRecord",
    "Delivery",
    "Evaluation",
    "Extension",
    "HandOver",
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
