"""Every act that has a page: its verb, whom it is for, what it asks and what it does."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.http import Http404
from django.utils.translation import gettext_lazy as _

from accounts.actor import Actor
from files.uploads import store_upload
from suggestions import policies, transitions
from suggestions.forms import handling, intake, judging
from suggestions.forms.fields import ActForm
from suggestions.models import Assignment, Evaluation, Reply, Suggestion
from suggestions.querysets import signatories
from suggestions.transitions import SUGGESTION, Verb
from suggestions.transitions.judging import require_verdict
from suggestions.transitions.parts import require_part, require_reply
from suggestions.transitions.replying import require_draft
from workflow import clock
from workflow.engine import Conflict

May = Callable[[Any, Any], bool]


@dataclass(frozen=True)
class Act:
    """A verb with its page. ``subject`` is the model of the row that the verb takes; ``ready`` raises Conflict.

    ``note`` is read before the act, ``then`` after it: what happens next.
    """

    verb: Verb
    label: Any
    subject: type[Suggestion | Assignment | Reply]
    allowed: May
    perform: Callable[..., Any]
    form: type[ActForm] = ActForm
    note: Any = ""
    then: Any = ""
    style: str = "primary"
    ready: Callable[[Any], Any] = lambda _subject: None

    def require(self, subject: Any) -> None:
        """Raise Conflict unless the verb is possible now."""
        _REQUIRE[self.subject](subject, self.verb)
        self.ready(subject)

    def is_open_to(self, actor: Actor, subject: Any) -> bool:
        """Whether this person can do it now; what costs a query is asked last."""
        try:
            _REQUIRE[self.subject](subject, self.verb)
            if not self.allowed(actor, subject):
                return False
            self.ready(subject)
        except Conflict:
            return False
        return True


_REQUIRE: dict[Any, Callable[[Any, str], None]] = {
    Suggestion: SUGGESTION.require,
    Assignment: require_part,
    Reply: require_reply,
}


@transaction.atomic
def _sign_reply(reply: Reply, *, actor: Any, scan: Any, **data: Any) -> None:
    stored = store_upload(scan, user=actor.user) if scan else None
    transitions.sign_reply(reply, actor=actor, scan=stored, **data)


@transaction.atomic
def _withdraw(case: Suggestion, *, actor: Any, letter: Any, **data: Any) -> None:
    transitions.withdraw(case, actor=actor, letter=store_upload(letter, user=actor.user), **data)


@transaction.atomic
def _evaluate(reply: Reply, *, actor: Any, scan: Any = None, **data: Any) -> None:
    if actor.is_deputy:
        # who signed under two mandates of theirs judges once, as the lead if they are it
        mandate = signatories(reply.assignment.suggestion).filter(person=actor.person_id).first()
        if mandate is None:
            raise Http404
        data |= {"mandate": mandate, "source": Evaluation.Source.OWN, "on": clock.today()}
    stored = store_upload(scan, user=actor.user) if scan else None
    transitions.evaluate(reply, actor=actor, scan=stored, **data)


def _of_assignment(policy: Callable[[Any, Assignment], bool]) -> May:
    return lambda actor, reply: policy(actor, reply.assignment)


def _may_evaluate(actor: Any, reply: Reply) -> bool:
    return policies.can_evaluate_at_all(actor, reply.assignment.suggestion)


_RELEASE_NOTE = _("Satisfied or basically satisfied closes the suggestion; dissatisfied opens the next round.")
_EVALUATE_NOTE = _("What is said here goes to the deputy affairs commission; the organ sees it only once released.")
_EVALUATE_THEN = _("Thank you. The commission reads it first; whoever is not satisfied is answered once more.")
_BACK_NOTE = _("For what is not the government's matter. The reply term runs on.")
_WITHDRAW_NOTE = _("Handling ends, the organs are told, the number stays. It cannot be taken back.")

_ALL = (
    Act(
        Verb.REGISTER,
        _("Register"),
        Suggestion,
        policies.can_register,
        transitions.register,
        intake.RegisterForm,
    ),
    Act(
        Verb.HAND_OVER,
        _("Hand over"),
        Suggestion,
        policies.can_hand_over,
        transitions.hand_over,
        intake.HandOverForm,
    ),
    Act(
        Verb.ALLOT,
        _("Allot"),
        Suggestion,
        policies.can_allot,
        transitions.allot,
        intake.AllotForm,
    ),
    Act(
        Verb.RELEASE_VERDICT,
        _("Release the verdict"),
        Suggestion,
        policies.can_release_verdict,
        transitions.release_verdict,
        note=_RELEASE_NOTE,
        ready=require_verdict,
    ),
    Act(
        Verb.SIGN_RECEIPT,
        _("Sign for receipt"),
        Assignment,
        policies.can_sign_receipt,
        transitions.sign_receipt,
        handling.ReceiptForm,
    ),
    Act(
        Verb.RECORD_CONTACT,
        _("Record a contact"),
        Assignment,
        policies.can_record_contact,
        transitions.record_contact,
        handling.ContactForm,
    ),
    Act(
        Verb.GIVE_OPINION,
        _("Enter the co-host's opinion"),
        Assignment,
        policies.can_give_opinion,
        transitions.give_opinion,
        handling.OpinionForm,
    ),
    Act(
        Verb.DRAFT_REPLY,
        _("Write the reply"),
        Assignment,
        policies.can_draft_reply,
        transitions.draft_reply,
        handling.DraftForm,
        ready=require_draft,
    ),
    Act(
        Verb.SUBMIT_REPLY,
        _("Put up for signature"),
        Reply,
        _of_assignment(policies.can_draft_reply),
        transitions.submit_reply,
    ),
    Act(
        Verb.SIGN_REPLY,
        _("Record the sealed letter"),
        Reply,
        _of_assignment(policies.can_sign_reply),
        _sign_reply,
        handling.SignForm,
    ),
    Act(
        Verb.RETURN_REPLY,
        _("Take back to revise"),
        Reply,
        _of_assignment(policies.can_draft_reply),
        transitions.return_reply,
        intake.ReasonForm,
        style="secondary",
    ),
    Act(
        Verb.EVALUATE,
        _("Evaluate"),
        Reply,
        _may_evaluate,
        _evaluate,
        judging.OwnEvaluationForm,
        note=_EVALUATE_NOTE,
        then=_EVALUATE_THEN,
    ),
    Act(
        Verb.DELIVER,
        _("Record delivery"),
        Reply,
        _of_assignment(policies.can_deliver),
        transitions.deliver,
        handling.DeliverForm,
    ),
    Act(
        Verb.WAIVE_OPINION,
        _("Waive the opinion"),
        Assignment,
        policies.can_waive_opinion,
        transitions.waive_opinion,
        handling.WaiveForm,
        style="secondary",
    ),
    Act(
        Verb.SEND_BACK,
        _("Send back"),
        Suggestion,
        policies.can_send_back,
        transitions.send_back,
        intake.ReasonForm,
        note=_BACK_NOTE,
        style="secondary",
    ),
    Act(
        Verb.CORRECT,
        _("Correct the entry"),
        Suggestion,
        policies.can_correct,
        transitions.correct,
        intake.CorrectForm,
        style="secondary",
    ),
    Act(
        Verb.WITHDRAW,
        _("Enter a withdrawal"),
        Suggestion,
        policies.can_withdraw,
        _withdraw,
        intake.WithdrawForm,
        note=_WITHDRAW_NOTE,
        style="danger",
    ),
)

ACTS: dict[str, Act] = {act.verb.value: act for act in _ALL}
