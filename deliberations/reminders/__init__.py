"""Of what somebody must be reminded in a round of deliberation and in what came of it."""

from deliberations.reminders.meetings import Meetings, Notices, Tasks
from deliberations.reminders.promises import PromisesToConfirm, PromisesToKeep
from deliberations.reminders.visits import AnswersToTell, VisitsToComplete

__all__ = [
    "SOURCES",
    "AnswersToTell",
    "Meetings",
    "Notices",
    "PromisesToConfirm",
    "PromisesToKeep",
    "Tasks",
    "VisitsToComplete",
]

SOURCES = (
    PromisesToKeep(),
    PromisesToConfirm(),
    Tasks(),
    Notices(),
    Meetings(),
    VisitsToComplete(),
    AnswersToTell(),
)
