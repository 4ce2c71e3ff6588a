"""The life of a visit, readable in one table."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from deliberations.models import Visit
from workflow.engine import Machine, Transition


class VisitVerb(models.TextChoices):
    """Every act on a visit, as the timeline tells it."""

    LOG = "log", _("noted by the deputy")
    RECORD = "record", _("recorded for the deputy")
    RECEIVE = "receive", _("message of a voter received")
    COMPLETE = "complete", _("record completed")
    ADD_OPINION = "add_opinion", _("further opinion added")
    CONFIRM = "confirm", _("confirmed by the deputy")
    CORRECT = "correct", _("record corrected")
    TELL = "tell", _("voter told")
    REVEAL = "reveal", _("voter's name revealed")
    CORRECT_VISIT = "correct_visit", _("facts of the visit corrected")
    ADD_PAPERS = "add_papers", _("photos or papers added")
    ASSIGN_TASK = "assign_task", _("township task given on")
    POSTPONE_TASK = "postpone_task", _("township task postponed")
    FINISH_TASK = "finish_task", _("township task settled")
    ERASE = "erase", _("voter's data erased")
    CLOSE = "close", _("settled")
    IMPORT = "import", _("taken over from the register")
    ANNUL = "annul", _("import taken back")


S = Visit.Status

VISIT = Machine(
    "visit",
    S,
    (
        Transition(VisitVerb.LOG, (), (S.INCOMPLETE,)),
        Transition(VisitVerb.RECORD, (), (S.RECORDED,)),
        Transition(VisitVerb.RECEIVE, (), (S.INCOMPLETE,)),
        Transition(VisitVerb.COMPLETE, (S.INCOMPLETE,), (S.RECORDED,)),
        Transition(VisitVerb.ADD_OPINION, (S.RECORDED,)),
        Transition(VisitVerb.CONFIRM, (S.RECORDED,)),
        Transition(VisitVerb.CORRECT, (S.RECORDED,)),
        Transition(VisitVerb.TELL, (S.RECORDED,)),
        Transition(VisitVerb.REVEAL, tuple(S)),
        Transition(VisitVerb.CORRECT_VISIT, (S.RECORDED,)),
        Transition(VisitVerb.ADD_PAPERS, (S.INCOMPLETE, S.RECORDED)),
        # a voter who wants no answer does not keep the visit open until the township has settled it
        Transition(VisitVerb.ASSIGN_TASK, (S.RECORDED, S.CLOSED)),
        Transition(VisitVerb.POSTPONE_TASK, (S.RECORDED, S.CLOSED)),
        Transition(VisitVerb.FINISH_TASK, (S.RECORDED, S.CLOSED)),
        Transition(VisitVerb.ERASE, tuple(S)),
        Transition(VisitVerb.CLOSE, (S.RECORDED,), (S.CLOSED,)),
        Transition(VisitVerb.IMPORT, (), (S.RECORDED, S.CLOSED)),
        Transition(VisitVerb.ANNUL, (S.RECORDED, S.CLOSED), (S.ANNULLED,)),
    ),
)
