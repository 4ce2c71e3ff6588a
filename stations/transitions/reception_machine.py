"""The life of a reception day, and what is done with the reception days of a station."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from stations.models import ReceptionDay, Station
from workflow.engine import Machine, Transition


class ReceptionVerb(models.TextChoices):
    """Every act on a rule, a reception day or a duty, as the station's record tells it."""

    SET_RULE = "set_rule", _("rule of reception days set")
    END_RULE = "end_rule", _("rule of reception days ended")
    PLAN_DAYS = "plan_days", _("reception days planned by the rule")
    RECOUNT_DAYS = "recount_days", _("reception days moved by the calendar")
    SET_MARKET_DAYS = "set_market_days", _("market days entered")
    ADD_DAY = "add_day", _("reception day added")
    CHANGE_DAY = "change_day", _("reception day changed")
    CANCEL_DAY = "cancel_day", _("reception day cancelled")
    POST_NOTICE = "post_notice", _("public notice posted")
    NOTE_ATTENDANCE = "note_attendance", _("reception held, attendance recorded")
    ADD_PAPERS = "add_papers", _("photos of the reception added")
    REMOVE_PAPER = "remove_paper", _("photo of the reception removed")
    WRITE_NEWS = "write_news", _("short news written")
    PUT_ON_DUTY = "put_on_duty", _("deputy put on duty")
    TAKE_OFF_DUTY = "take_off_duty", _("deputy taken off duty")
    SUBSTITUTE = "substitute", _("substitute put on duty")
    SWAP = "swap", _("duties swapped")
    ASK_SUBSTITUTE = "ask_substitute", _("substitute asked for")
    GRANT_LEAVE = "grant_leave", _("leave from duty noted")


V, D, S = ReceptionVerb, ReceptionDay.Status, Station.Status

#: How each day moves; a day by rule is born by ``PLAN_DAYS`` together with others.
RECEPTION = Machine(
    "reception_day",
    D,
    (
        Transition(V.PLAN_DAYS, (), (D.PLANNED,)),
        Transition(V.ADD_DAY, (), (D.PLANNED,)),
        Transition(V.CHANGE_DAY, (D.PLANNED,)),
        Transition(V.CANCEL_DAY, (D.PLANNED,), (D.CANCELLED,)),
        Transition(V.POST_NOTICE, (D.PLANNED, D.HELD)),
        Transition(V.NOTE_ATTENDANCE, (D.PLANNED, D.HELD), (D.HELD,)),
        Transition(V.ADD_PAPERS, (D.PLANNED, D.HELD)),
        Transition(V.REMOVE_PAPER, (D.PLANNED, D.HELD, D.CANCELLED)),
        Transition(V.WRITE_NEWS, (D.HELD,)),
        Transition(V.PUT_ON_DUTY, (D.PLANNED, D.HELD)),
        Transition(V.TAKE_OFF_DUTY, (D.PLANNED,)),
        Transition(V.SUBSTITUTE, (D.PLANNED,)),
        Transition(V.SWAP, (D.PLANNED,)),
        Transition(V.ASK_SUBSTITUTE, (D.PLANNED,)),
        Transition(V.GRANT_LEAVE, (D.PLANNED,)),
    ),
)

#: What remains to be done at a station that is no longer in use: end its rules, cancel its days, finish its record.
_AFTERWARDS = (V.END_RULE, V.CANCEL_DAY, V.REMOVE_PAPER, V.NOTE_ATTENDANCE, V.ADD_PAPERS, V.WRITE_NEWS)

#: The same acts as they stand in the record of the station, whose own state they leave.
OF_STATION = Machine(
    "station",
    S,
    tuple(Transition(verb, (S.ACTIVE, S.CLOSED) if verb in _AFTERWARDS else (S.ACTIVE,)) for verb in ReceptionVerb),
)

MACHINES = (RECEPTION, OF_STATION)
