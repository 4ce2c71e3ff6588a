"""The lives of a proposed step and of a telephone call, each readable in one table."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from supervision.models import Call, Proposal
from workflow.engine import Machine, Transition


class ProposalVerb(models.TextChoices):
    """Every act on a proposed step, as its timeline tells it."""

    PROPOSE = "propose", _("proposed by the portal")
    RELEASE = "release", _("step released")
    DISMISS = "dismiss", _("step not wanted")
    LAPSE = "lapse", _("no longer true, lapsed")
    RENEW = "renew", _("true again, proposed anew")


class CallVerb(models.TextChoices):
    """Every act on a telephone call, as its timeline tells it."""

    RECORD = "record_call", _("call recorded")
    TAKE_BACK = "take_back_call", _("call taken back")


P, C = Proposal.Status, Call.Status

PROPOSAL = Machine(
    "proposal",
    P,
    (
        Transition(ProposalVerb.PROPOSE, (), (P.OPEN,)),
        Transition(ProposalVerb.RELEASE, (P.OPEN,), (P.RELEASED,)),
        Transition(ProposalVerb.DISMISS, (P.OPEN,), (P.DISMISSED,)),
        Transition(ProposalVerb.LAPSE, (P.OPEN,), (P.LAPSED,)),
        Transition(ProposalVerb.RENEW, (P.LAPSED,), (P.OPEN,)),
    ),
)

CALL = Machine(
    "call",
    C,
    (
        Transition(CallVerb.RECORD, (), (C.MADE,)),
        Transition(CallVerb.TAKE_BACK, (C.MADE,), (C.TAKEN_BACK,)),
    ),
)
