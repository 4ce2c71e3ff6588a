"""The life of a visit, readable in one table."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from deliberations.models import Visit
from workflow.engine import Machine, Transition


class VisitVerb(models.TextChoices):
    """Every act on a visit, as the timeline tells it."""

    LOG = "log", _("noted by the deputy")
    RECORD = "record", _("recorded for the deputy")
    COMPLETE = "complete", _("record completed")
    ADD_OPINION = "add_opinion", _("further opinion added")
    CONFIRM = "confirm", _("confirmed by the deputy")
    CORRECT = "correct", _("record corrected")
    TELL = "tell", _("voter told")
    REVEAL = "reveal", _("voter's name revealed")
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
        Transition(VisitVerb.COMPLETE, (S.INCOMPLETE,), (S.RECORDED,)),
        Transition(VisitVerb.ADD_OPINION, (S.RECORDED,)),
        Transition(VisitVerb.CONFIRM, (S.RECORDED,)),
        Transition(VisitVerb.CORRECT, (S.RECORDED,)),
        Transition(VisitVerb.TELL, (S.RECORDED,)),
        Transition(VisitVerb.REVEAL, tuple(S)),
        Transition(VisitVerb.CLOSE, (S.RECORDED,), (S.CLOSED,)),
        Transition(VisitVerb.IMPORT, (), (S.RECORDED, S.CLOSED)),
        Transition(VisitVerb.ANNUL, (S.RECORDED, S.CLOSED), (S.ANNULLED,)),
    ),
)
