"""The lives of a station and of a mandate, each readable in one table."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from stations.models import Mandate, Station
from workflow.engine import Machine, Transition


class Verb(models.TextChoices):
    """Every act on a station or on a deputy who belongs to it, as the timeline tells it."""

    ESTABLISH = "establish", _("station entered")
    UPDATE = "update", _("entry of the station brought up to date")
    CLOSE = "close", _("station closed")
    REOPEN = "reopen", _("station opened again")
    BEGIN_DUTY = "begin_duty", _("duty taken up")
    END_DUTY = "end_duty", _("duty ended")
    TAKE_IN = "take_in", _("deputy taken in")
    GIVE_UP = "give_up", _("deputy moved to another station")
    SUSPEND = "suspend", _("mandate suspended")
    RESUME = "resume", _("mandate resumed")
    END = "end", _("mandate ended")


S, M = Station.Status, Mandate.Status

STATION = Machine(
    "station",
    S,
    (
        Transition(Verb.ESTABLISH, (), (S.ACTIVE,)),
        Transition(Verb.UPDATE, (S.ACTIVE, S.CLOSED)),
        Transition(Verb.CLOSE, (S.ACTIVE,), (S.CLOSED,)),
        Transition(Verb.REOPEN, (S.CLOSED,), (S.ACTIVE,)),
        Transition(Verb.BEGIN_DUTY, (S.ACTIVE,)),
        Transition(Verb.END_DUTY, (S.ACTIVE, S.CLOSED)),
        Transition(Verb.TAKE_IN, (S.ACTIVE,)),
        Transition(Verb.GIVE_UP, (S.ACTIVE, S.CLOSED)),
        Transition(Verb.SUSPEND, (S.ACTIVE, S.CLOSED)),
        Transition(Verb.RESUME, (S.ACTIVE, S.CLOSED)),
        Transition(Verb.END, (S.ACTIVE, S.CLOSED)),
    ),
)

MANDATE = Machine(
    "mandate",
    M,
    (
        Transition(Verb.TAKE_IN, (M.ACTIVE, M.SUSPENDED)),
        Transition(Verb.SUSPEND, (M.ACTIVE,), (M.SUSPENDED,)),
        Transition(Verb.RESUME, (M.SUSPENDED,), (M.ACTIVE,)),
        Transition(Verb.END, (M.ACTIVE, M.SUSPENDED), (M.ENDED,)),
    ),
)

MACHINES = (STATION, MANDATE)
