"""The life of a supervision card, readable in one table."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from supervision.models import Card
from workflow.engine import Machine, Transition


class CardVerb(models.TextChoices):
    """Every act on a card, as its timeline tells it."""

    FILL = "fill_card", _("card filled in")
    WRITE = "write_card", _("card written on")
    SIGN = "sign_card", _("card signed and issued")
    AMEND = "amend_card", _("card amended")
    REPORT = "report_completion", _("completion reported")
    CONCLUDE = "conclude", _("concluded by the deputy chairperson")


C = Card.Status

CARD = Machine(
    "card",
    C,
    (
        Transition(CardVerb.FILL, (), (C.DRAFT,)),
        Transition(CardVerb.WRITE, (C.DRAFT,)),
        Transition(CardVerb.SIGN, (C.DRAFT,), (C.ISSUED,)),
        Transition(CardVerb.AMEND, (C.ISSUED,)),
        Transition(CardVerb.REPORT, (C.ISSUED,), (C.FEEDBACK_GIVEN,)),
        Transition(CardVerb.CONCLUDE, (C.FEEDBACK_GIVEN,), (C.STRUCK_OFF, C.ISSUED)),
    ),
)
