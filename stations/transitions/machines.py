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
    ENTER = "enter", _("deputy entered")
    CORRECT = "correct", _("entry of the deputy corrected")
    CHECK_STANDARD = "check_standard", _("standard of the station checked")
    OPEN_PAGES = "open_pages", _("public pages of deputies opened")
    WRITE_PAGE = "write_page", _("public page of the deputy written")
    RENEW_CODE = "renew_code", _("code of the station renewed")
    RENEW_DEPUTY_CODE = "renew_deputy_code", _("code of the deputy renewed")
    HAND_IN_RETURN = "hand_in_return", _("monthly return handed in")
    ENTER_PERFORMANCE = "enter_performance", _("entered in the performance file")
    VOID_PERFORMANCE = "void_performance", _("entry of the performance file declared void")


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
        Transition(Verb.ENTER, (S.ACTIVE,)),
        Transition(Verb.CORRECT, (S.ACTIVE, S.CLOSED)),
        Transition(Verb.CHECK_STANDARD, (S.ACTIVE,)),
        Transition(Verb.OPEN_PAGES, (S.ACTIVE,)),
        Transition(Verb.WRITE_PAGE, (S.ACTIVE,)),
        Transition(Verb.RENEW_CODE, (S.ACTIVE, S.CLOSED)),
        Transition(Verb.RENEW_DEPUTY_CODE, (S.ACTIVE, S.CLOSED)),
        Transition(Verb.HAND_IN_RETURN, (S.ACTIVE,)),
        Transition(Verb.ENTER_PERFORMANCE, (S.ACTIVE, S.CLOSED)),
        Transition(Verb.VOID_PERFORMANCE, (S.ACTIVE, S.CLOSED)),
    ),
)

MANDATE = Machine(
    "mandate",
    M,
    (
        Transition(Verb.ENTER, (), (M.ACTIVE,)),
        Transition(Verb.TAKE_IN, (M.ACTIVE, M.SUSPENDED)),
        Transition(Verb.SUSPEND, (M.ACTIVE,), (M.SUSPENDED,)),
        Transition(Verb.RESUME, (M.SUSPENDED,), (M.ACTIVE,)),
        Transition(Verb.END, (M.ACTIVE, M.SUSPENDED), (M.ENDED,)),
        Transition(Verb.CORRECT, (M.ACTIVE, M.SUSPENDED)),
        Transition(Verb.WRITE_PAGE, (M.ACTIVE, M.SUSPENDED)),
        Transition(Verb.RENEW_DEPUTY_CODE, tuple(M)),
    ),
)

MACHINES = (STATION, MANDATE)
