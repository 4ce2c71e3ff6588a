"""The lives of a suggestion and of its parts, each readable in one table."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from suggestions.models import Assignment, Commitment, Extension, Objection, Reply, Suggestion
from workflow.engine import Machine, Transition


class Verb(models.TextChoices):
    """Every act on a suggestion, as the timeline tells it."""

    DRAFT = "draft", _("draft begun")
    COLLECT = "collect", _("collected")
    EDIT_DRAFT = "edit_draft", _("draft written on")
    CONFIRM_DRAFT = "confirm_draft", _("confirmed by the lead deputy")
    INVITE = "invite", _("co-signers invited")
    CO_SIGN = "co_sign", _("co-signed")
    DECLINE = "decline", _("co-signing declined")
    DISCARD = "discard", _("draft discarded")
    SUBMIT = "submit", _("submitted")
    RETURN = "return", _("returned to be completed")
    REFUSE = "refuse", _("not accepted as a suggestion")
    REFER = "refer", _("referred elsewhere")
    IMPORT = "import", _("taken over from the county's ledger")
    ANNUL = "annul", _("import taken back")
    REGISTER = "register", _("registered")
    NOMINATE_KEY = "nominate_key", _("nominated as key")
    DESIGNATE_KEY = "designate_key", _("designated as key")
    DECLINE_KEY = "decline_key", _("not chosen as key")
    MERGE = "merge", _("merged to be handled together")
    DISSOLVE = "dissolve", _("merging dissolved")
    REGROUP = "regroup", _("merging changed after a withdrawal")
    HAND_OVER = "hand_over", _("handed over")
    ALLOT = "allot", _("allotted")
    SEND_BACK = "send_back", _("sent back to the committee")
    SIGN_RECEIPT = "sign_receipt", _("receipt signed")
    OBJECT = "object", _("objection raised by the organ")
    REOPEN_OBJECTION = "reopen_objection", _("late objection let in")
    AGREE_OBJECTION = "agree_objection", _("objection agreed by the government office")
    GRANT_OBJECTION = "grant_objection", _("objection granted")
    REFUSE_OBJECTION = "refuse_objection", _("objection refused")
    CHANGE_PART = "change_part", _("given another part")
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
    HAND_IN_FORM = "hand_in_form", _("collected form handed in by the organ")
    CONFIRM_FORM = "confirm_form", _("collected form confirmed with the deputy")
    RELEASE_VERDICT = "release_verdict", _("verdict released")
    REPORT_COMMITMENT = "report_commitment", _("commitment reported as kept")
    CONFIRM_COMMITMENT = "confirm_commitment", _("commitment confirmed as kept")
    DENY_COMMITMENT = "deny_commitment", _("commitment found not kept")
    NOTE_BROKEN = "note_broken", _("commitment recorded as overdue")
    CLOSE_FOLLOW_UP = "close_follow_up", _("completed: every commitment is kept")
    CONTINUE = "continue_with", _("continued by another deputy")
    REQUEST_EXTENSION = "request_extension", _("later date asked for")
    AGREE_EXTENSION = "agree_extension", _("later date agreed by the government office")
    GRANT_EXTENSION = "grant_extension", _("later date granted")
    REFUSE_EXTENSION = "refuse_extension", _("later date refused")
    PUT_ON_AGENDA = "put_on_agenda", _("put on the council's agenda")
    GO_ON = "go_on", _("handled further by resolution")
    END_BY_RESOLUTION = "end_by_resolution", _("ended by resolution")
    CORRECT = "correct", _("entry corrected")
    RECOUNT = "recount", _("time limits counted once more by the new calendar")
    WITHDRAW = "withdraw", _("withdrawn by the lead deputy")


S, A, R, E = Suggestion.Status, Assignment.Status, Reply.Status, Extension.Status
C, OB = Commitment.Status, Objection.Status

#: States in which the deputy still writes.
BEFORE_SUBMITTED = (S.DRAFT, S.SIGNING, S.RETURNED)
#: States in which the organs have it in hand.
_IN_HAND = (S.AT_FORWARDER, S.HANDLING)
#: Submitted, and something is still to do or to wait for.
OPEN = (S.RETURNED, S.SUBMITTED, S.REGISTERED, S.AT_FORWARDER, S.HANDLING, S.REPLIED, S.FOLLOW_UP)
#: In these the commitments of a reply are followed.
_FOLLOWED = (S.HANDLING, S.REPLIED, S.FOLLOW_UP)

SUGGESTION = Machine(
    "suggestion",
    S,
    (
        Transition(Verb.DRAFT, (), (S.DRAFT,)),
        Transition(Verb.COLLECT, (), (S.DRAFT,)),
        Transition(Verb.EDIT_DRAFT, BEFORE_SUBMITTED),
        Transition(Verb.CONFIRM_DRAFT, BEFORE_SUBMITTED),
        Transition(Verb.INVITE, (S.DRAFT, S.SIGNING), (S.SIGNING,)),
        Transition(Verb.CO_SIGN, (S.SIGNING,)),
        Transition(Verb.DECLINE, (S.SIGNING,)),
        Transition(Verb.DISCARD, (S.DRAFT, S.SIGNING), (S.DISCARDED,)),
        # what came on paper begins as submitted
        Transition(Verb.SUBMIT, BEFORE_SUBMITTED, (S.SUBMITTED,)),
        Transition(Verb.RETURN, (S.SUBMITTED,), (S.RETURNED,)),
        Transition(Verb.REFUSE, (S.SUBMITTED,), (S.REFUSED,)),
        Transition(Verb.REFER, (S.SUBMITTED, S.REFUSED), (S.REFERRED,)),
        Transition(Verb.IMPORT, (), (S.HANDLING, S.REPLIED, S.CLOSED)),
        Transition(Verb.ANNUL, (S.HANDLING, S.REPLIED, S.CLOSED), (S.ANNULLED,)),
        Transition(Verb.REGISTER, (S.SUBMITTED,), (S.REGISTERED,)),
        Transition(Verb.NOMINATE_KEY, (S.REGISTERED,)),
        Transition(Verb.DESIGNATE_KEY, (S.REGISTERED, *_IN_HAND)),
        Transition(Verb.DECLINE_KEY, (S.REGISTERED,)),
        Transition(Verb.MERGE, (S.REGISTERED,)),
        Transition(Verb.DISSOLVE, (S.REGISTERED,)),
        # a member's or the leading one's withdrawal may come at any time
        Transition(Verb.REGROUP, (*OPEN, S.CLOSED)),
        Transition(Verb.HAND_OVER, (S.REGISTERED,), (S.AT_FORWARDER, S.HANDLING)),
        Transition(Verb.ALLOT, (S.AT_FORWARDER,), (S.HANDLING,)),
        Transition(Verb.SEND_BACK, (S.AT_FORWARDER,), (S.REGISTERED,)),
        Transition(Verb.SIGN_RECEIPT, (S.HANDLING,)),
        Transition(Verb.OBJECT, (S.HANDLING,)),
        Transition(Verb.REOPEN_OBJECTION, (S.HANDLING,)),
        Transition(Verb.AGREE_OBJECTION, (S.HANDLING,)),
        Transition(Verb.GRANT_OBJECTION, (S.HANDLING,)),
        Transition(Verb.REFUSE_OBJECTION, (S.HANDLING,)),
        Transition(Verb.RECORD_CONTACT, _FOLLOWED),
        Transition(Verb.GIVE_OPINION, (S.HANDLING,)),
        Transition(Verb.WAIVE_OPINION, (S.HANDLING,)),
        Transition(Verb.DRAFT_REPLY, (S.HANDLING,)),
        Transition(Verb.SUBMIT_REPLY, (S.HANDLING,)),
        Transition(Verb.RETURN_REPLY, (S.HANDLING,)),
        Transition(Verb.SIGN_REPLY, (S.HANDLING,)),
        Transition(Verb.RELEASE_REPLY, (S.HANDLING,), (S.REPLIED,)),
        Transition(Verb.DELIVER, (S.REPLIED, S.FOLLOW_UP, S.CLOSED)),
        Transition(Verb.EVALUATE, (S.REPLIED,)),
        Transition(Verb.HAND_IN_FORM, (S.REPLIED,)),
        Transition(Verb.CONFIRM_FORM, (S.REPLIED,)),
        Transition(Verb.RELEASE_VERDICT, (S.REPLIED,), (S.HANDLING, S.FOLLOW_UP, S.CLOSED)),
        Transition(Verb.REPORT_COMMITMENT, _FOLLOWED),
        Transition(Verb.CONFIRM_COMMITMENT, _FOLLOWED),
        Transition(Verb.DENY_COMMITMENT, _FOLLOWED),
        Transition(Verb.NOTE_BROKEN, _FOLLOWED),
        Transition(Verb.CLOSE_FOLLOW_UP, (S.FOLLOW_UP,), (S.CLOSED,)),
        Transition(Verb.CONTINUE, OPEN),
        Transition(Verb.REQUEST_EXTENSION, (S.HANDLING,)),
        Transition(Verb.AGREE_EXTENSION, (S.HANDLING,)),
        Transition(Verb.GRANT_EXTENSION, (S.HANDLING,)),
        Transition(Verb.REFUSE_EXTENSION, (S.HANDLING,)),
        Transition(Verb.PUT_ON_AGENDA, (*_IN_HAND, S.REPLIED, S.FOLLOW_UP)),
        Transition(Verb.GO_ON, (*_IN_HAND, S.REPLIED, S.FOLLOW_UP)),
        # also what is followed up and will never be kept
        Transition(Verb.END_BY_RESOLUTION, _FOLLOWED, (S.CLOSED,)),
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
        Transition(Verb.OBJECT, (A.ASSIGNED, A.ACCEPTED), (A.OBJECTED,)),
        Transition(Verb.REOPEN_OBJECTION, (A.ASSIGNED, A.ACCEPTED)),
        Transition(Verb.AGREE_OBJECTION, (A.OBJECTED,)),
        # who only asked for more organs keeps it, as it was before
        Transition(Verb.GRANT_OBJECTION, (A.OBJECTED,), (A.ENDED, A.ASSIGNED, A.ACCEPTED)),
        Transition(Verb.REFUSE_OBJECTION, (A.OBJECTED,), (A.ASSIGNED, A.ACCEPTED)),
        # host and co-host change places: each gets a new part
        Transition(Verb.CHANGE_PART, (A.ASSIGNED, A.ACCEPTED, A.ANSWERED), (A.ENDED,)),
        Transition(Verb.RECORD_CONTACT, (A.ACCEPTED, A.ANSWERED)),
        Transition(Verb.GIVE_OPINION, (A.ASSIGNED, A.ACCEPTED), (A.ANSWERED,)),
        Transition(Verb.WAIVE_OPINION, (A.ASSIGNED, A.ACCEPTED), (A.ANSWERED,)),
        Transition(Verb.DRAFT_REPLY, (A.ACCEPTED,)),
        Transition(Verb.SUBMIT_REPLY, (A.ACCEPTED,)),
        Transition(Verb.RELEASE_REPLY, (A.ACCEPTED,), (A.ANSWERED,)),
        Transition(Verb.REQUEST_EXTENSION, (A.ACCEPTED,)),
        Transition(Verb.WITHDRAW, (A.ASSIGNED, A.ACCEPTED, A.OBJECTED, A.ANSWERED), (A.ENDED,)),
        Transition(Verb.END_BY_RESOLUTION, (A.ASSIGNED, A.ACCEPTED), (A.ENDED,)),
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
        Transition(Verb.HAND_IN_FORM, (R.RELEASED,)),
        Transition(Verb.CONFIRM_FORM, (R.RELEASED,)),
    ),
)

EXTENSION = Machine(
    "extension",
    E,
    (
        Transition(Verb.REQUEST_EXTENSION, (), (E.REQUESTED,)),
        Transition(Verb.AGREE_EXTENSION, (E.REQUESTED,), (E.OFFICE_AGREED,)),
        Transition(Verb.GRANT_EXTENSION, (E.REQUESTED, E.OFFICE_AGREED), (E.GRANTED,)),
        Transition(Verb.REFUSE_EXTENSION, (E.REQUESTED, E.OFFICE_AGREED), (E.REFUSED,)),
    ),
)

OBJECTION = Machine(
    "objection",
    OB,
    (
        Transition(Verb.OBJECT, (), (OB.REQUESTED,)),
        Transition(Verb.AGREE_OBJECTION, (OB.REQUESTED,), (OB.OFFICE_AGREED,)),
        Transition(Verb.GRANT_OBJECTION, (OB.REQUESTED, OB.OFFICE_AGREED), (OB.GRANTED,)),
        Transition(Verb.REFUSE_OBJECTION, (OB.REQUESTED, OB.OFFICE_AGREED), (OB.REFUSED,)),
    ),
)

COMMITMENT = Machine(
    "commitment",
    C,
    (
        Transition(Verb.DRAFT_REPLY, (), (C.OPEN,)),
        Transition(Verb.REPORT_COMMITMENT, (C.OPEN,), (C.REPORTED_DONE,)),
        Transition(Verb.CONFIRM_COMMITMENT, (C.REPORTED_DONE,), (C.CONFIRMED,)),
        Transition(Verb.DENY_COMMITMENT, (C.REPORTED_DONE,), (C.OPEN,)),
        Transition(Verb.NOTE_BROKEN, (C.OPEN,)),
    ),
)

MACHINES = (SUGGESTION, ASSIGNMENT, REPLY, EXTENSION, OBJECTION, COMMITMENT)
