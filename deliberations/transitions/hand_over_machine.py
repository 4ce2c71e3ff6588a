"""The life of a hand-over meeting, readable in one table; it shares its states with the other meetings."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from deliberations.models import Meeting
from workflow.engine import Machine, Transition


class HandOverVerb(models.TextChoices):
    """Every act on a hand-over meeting, as the timeline tells it."""

    PLAN = "plan", _("meeting planned")
    UPDATE = "update", _("plan of the meeting changed")
    OPEN = "open", _("meeting opened")
    NOTE_ATTENDANCE = "note_attendance", _("attendance noted")
    HAND_OVER = "hand_over", _("suggestions handed over")
    CLOSE = "close", _("meeting closed")
    REOPEN = "reopen", _("meeting reopened")
    CANCEL = "cancel", _("meeting cancelled")


S = Meeting.Status

HAND_OVER_MEETING = Machine(
    "hand_over_meeting",
    S,
    (
        Transition(HandOverVerb.PLAN, (), (S.PLANNED,)),
        Transition(HandOverVerb.UPDATE, (S.PLANNED,)),
        Transition(HandOverVerb.OPEN, (S.PLANNED,), (S.OPEN,)),
        Transition(HandOverVerb.NOTE_ATTENDANCE, (S.OPEN,)),
        Transition(HandOverVerb.HAND_OVER, (S.OPEN,)),
        Transition(HandOverVerb.CLOSE, (S.OPEN,), (S.CLOSED,)),
        Transition(HandOverVerb.REOPEN, (S.CLOSED,), (S.OPEN,)),
        Transition(HandOverVerb.CANCEL, (S.PLANNED, S.OPEN), (S.CANCELLED,)),
    ),
)
