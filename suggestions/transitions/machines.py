"""The lives of a suggestion, an assignment and a reply, each readable in one table."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from suggestions.models import Assignment, Reply, Suggestion
from workflow.engine import Machine, Transition


class Verb(models.TextChoices):
    """Every act on a suggestion, as the timeline tells it."""

    SUBMIT = "submit", _("submitted")
    IMPORT = "import", _("taken over from the county's ledger")
    REGISTER = "register", _("registered")
    HAND_OVER = "hand_over", _("handed over")
    ALLOT = "allot", _("allotted")
    SEND_BACK = "send_back", _("sent back to the committee")
    SIGN_RECEIPT = "sign_receipt", _("receipt signed")
    RECORD_CONTACT = "record_contact", _("contact with the deputy recorded")
    GIVE_OPINION = "give_opinion", _("co-host's opinion given")
    WAIVE_OPINION = "waive_opinion", _("co-host's opinion waived")
    DRAFT_REPLY = "draft_reply", _("reply drafted")
    SUBMIT_REPLY = "submit_reply", _("reply put up for signature")
    RETURN_REPLY = "return_reply", _("reply sent back to be revised")
    SIGN_REPLY = "sign_reply", _("reply signed")
    RELEASE_REPLY = "release_reply", _("reply released to the deputy")
    DELIVER = "deliver", _("reply delivered")
    EVALUATE = "evaluate", _("evaluated")
    RELEASE_VERDICT = "release_verdict", _("verdict released")
    CORRECT = "correct", _("entry corrected")
    RECOUNT = "recount", _("time limits counted once more by the new calendar")
    WITHDRAW = "withdraw", _("withdrawn by the lead deputy")


S, A, R = Suggestion.Status, Assignment.Status, Reply.Status

#: States in which there is still something to do or to wait for.
OPEN = (S.SUBMITTED, S.REGISTERED, S.AT_FORWARDER, S.HANDLING, S.REPLIED)

SUGGESTION = Machine(
    "suggestion",
    S,
    (
        Transition(Verb.SUBMIT, (), (S.SUBMITTED,)),
        Transition(Verb.IMPORT, (), (S.HANDLING, S.REPLIED, S.CLOSED)),
        Transition(Verb.REGISTER, (S.SUBMITTED,), (S.REGISTERED,)),
        Transition(Verb.HAND_OVER, (S.REGISTERED,), (S.AT_FORWARDER, S.HANDLING)),
        Transition(Verb.ALLOT, (S.AT_FORWARDER,), (S.HANDLING,)),
        Transition(Verb.SEND_BACK, (S.AT_FORWARDER,), (S.REGISTERED,)),
        Transition(Verb.SIGN_RECEIPT, (S.HANDLING,)),
        Transition(Verb.RECORD_CONTACT, (S.HANDLING, S.REPLIED)),
        Transition(Verb.GIVE_OPINION, (S.HANDLING,)),
        Transition(Verb.WAIVE_OPINION, (S.HANDLING,)),
        Transition(Verb.DRAFT_REPLY, (S.HANDLING,)),
        Transition(Verb.SUBMIT_REPLY, (S.HANDLING,)),
        Transition(Verb.RETURN_REPLY, (S.HANDLING,)),
        Transition(Verb.SIGN_REPLY, (S.HANDLING,)),
        Transition(Verb.RELEASE_REPLY, (S.HANDLING,), (S.REPLIED,)),
        Transition(Verb.DELIVER, (S.REPLIED, S.CLOSED)),
        Transition(Verb.EVALUATE, (S.REPLIED,)),
        Transition(Verb.RELEASE_VERDICT, (S.REPLIED,), (S.HANDLING, S.CLOSED)),
        Transition(Verb.CORRECT, (*OPEN, S.CLOSED)),
        Transition(Verb.RECOUNT, (*OPEN, S.CLOSED)),
        Transition(Verb.WITHDRAW, OPEN, (S.WITHDRAWN,)),
    ),
)

ASSIGNMENT = Machine(
    "assignment",
    A,
    (
        Transition(Verb.SIGN_RECEIPT, (A.ASSIGNED,), (A.ACCEPTED,)),
        Transition(Verb.RECORD_CONTACT, (A.ACCEPTED, A.ANSWERED)),
        Transition(Verb.GIVE_OPINION, (A.ASSIGNED, A.ACCEPTED), (A.ANSWERED,)),
        Transition(Verb.WAIVE_OPINION, (A.ASSIGNED, A.ACCEPTED), (A.ANSWERED,)),
        Transition(Verb.DRAFT_REPLY, (A.ACCEPTED,)),
        Transition(Verb.RELEASE_REPLY, (A.ACCEPTED,), (A.ANSWERED,)),
        Transition(Verb.WITHDRAW, (A.ASSIGNED, A.ACCEPTED, A.ANSWERED), (A.ENDED,)),
    ),
)

REPLY = Machine(
    "reply",
    R,
    (
        Transition(Verb.DRAFT_REPLY, (R.DRAFT,)),
        Transition(Verb.SUBMIT_REPLY, (R.DRAFT,), (R.REVIEW,)),
        Transition(Verb.RETURN_REPLY, (R.REVIEW,), (R.DRAFT,)),
        Transition(Verb.SIGN_REPLY, (R.REVIEW,), (R.SIGNED,)),
        Transition(Verb.RELEASE_REPLY, (R.SIGNED,), (R.RELEASED,)),
        Transition(Verb.DELIVER, (R.RELEASED,)),
        Transition(Verb.EVALUATE, (R.RELEASED,)),
    ),
)

MACHINES = (SUGGESTION, ASSIGNMENT, REPLY)
