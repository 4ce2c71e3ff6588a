"""Every act that has a page: its verb, whom it is for, what it asks and what it does."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.db import transaction
from django.http import Http404
from django.utils.translation import gettext_lazy as _

from accounts.actor import Actor
from files.uploads import store_upload
from stations.transitions.cards import require_pin
from suggestions import policies, transitions
from suggestions.forms import handling, intake, judging
from suggestions.models import Assignment, Evaluation, Reply, Suggestion
from suggestions.querysets import signatories
from suggestions.transitions import SUGGESTION, Verb
from suggestions.transitions.groups import require_leading
from suggestions.transitions.handing import require_to_hand_over
from suggestions.transitions.judging import require_verdict
from suggestions.transitions.parts import require_part, require_reply
from suggestions.transitions.replying import require_complete, require_draft
from suggestions.views.drafting_acts import DRAFTING_ACTS, DRAFTING_OWN
from suggestions.views.following_acts import CONTINUE_ACTS, FORM_ACTS
from suggestions.views.key_acts import COUNCIL_ACTS, EXTENSION_ACTS, KEY_ACTS
from suggestions.views.objection_acts import LATE_OBJECTION_ACTS, MERGE_ACTS, OBJECTION_ACTS
from suggestions.views.screening_acts import SCREENING_ACTS
from workflow import clock
from workflow.acting import Act, catalogue
from workflow.forms import ReasonForm

May = Callable[[Any, Any], bool]

_on_case = partial(Act, subject=Suggestion, require=SUGGESTION.require, style="primary")
_on_part = partial(Act, subject=Assignment, require=require_part, style="primary")
_on_reply = partial(Act, subject=Reply, require=require_reply, style="primary")


@transaction.atomic
def _sign_reply(reply: Reply, *, actor: Any, scan: Any, **data: Any) -> None:
    stored = store_upload(scan, user=actor.user) if scan else None
    transitions.sign_reply(reply, actor=actor, scan=stored, **data)


@transaction.atomic
def _withdraw(case: Suggestion, *, actor: Any, letter: Any, **data: Any) -> None:
    transitions.withdraw(case, actor=actor, letter=store_upload(letter, user=actor.user), **data)


@transaction.atomic
def _evaluate(reply: Reply, *, actor: Any, scan: Any, **data: Any) -> None:
    stored = store_upload(scan, user=actor.user) if scan else None
    transitions.evaluate(reply, actor=actor, scan=stored, **data)


def _evaluate_own(reply: Reply, *, actor: Any, pin: str = "", **data: Any) -> None:
    require_pin(actor, pin)
    # who signed under two mandates of theirs judges once, as the lead if they are it
    mandate = signatories(reply.assignment.suggestion).filter(person=actor.person_id).first()
    if mandate is None:
        raise Http404
    own = {"mandate": mandate, "source": Evaluation.Source.OWN, "on": clock.today()}
    transitions.evaluate(reply, actor=actor, scan=None, **own, **data)


def _of_assignment(policy: Callable[[Any, Assignment], bool]) -> May:
    return lambda actor, reply: policy(actor, reply.assignment)


def _require_leading_part(assignment: Assignment) -> None:
    require_leading(assignment.suggestion)


def _may_evaluate(actor: Any, reply: Reply) -> bool:
    return policies.can_evaluate_at_all(actor, reply.assignment.suggestion)


_RELEASE_NOTE = _(
    "Satisfied or basically satisfied closes the suggestion, or follows it up while a commitment is open; "
    "dissatisfied opens the next round."
)
_EVALUATE_NOTE = _("What is said here goes to the deputy affairs commission; the organ sees it only once released.")
_EVALUATE_THEN = _("Thank you. The commission reads it first; whoever is not satisfied is answered once more.")
_BACK_NOTE = _("For what is not the government's matter. The reply term runs on.")
_WITHDRAW_NOTE = _("Handling ends, the organs are told, the number stays. It cannot be taken back.")

ACTS = catalogue(
    *DRAFTING_ACTS,
    _on_case(Verb.REGISTER, _("Register"), transitions.register, policies.can_register, intake.RegisterForm),
    *SCREENING_ACTS,
    *KEY_ACTS,
    *MERGE_ACTS,
    _on_case(
        Verb.HAND_OVER,
        _("Hand over"),
        transitions.hand_over,
        policies.can_hand_over,
        intake.HandOverForm,
        ready=require_to_hand_over,
    ),
    _on_case(
        Verb.ALLOT,
        _("Allot"),
        transitions.allot,
        policies.can_allot,
        intake.AllotForm,
        ready=require_leading,
    ),
    _on_case(
        Verb.RELEASE_VERDICT,
        _("Release the verdict"),
        transitions.release_verdict,
        policies.can_release_verdict,
        note=_RELEASE_NOTE,
        ready=require_verdict,
    ),
    _on_part(
        Verb.SIGN_RECEIPT,
        _("Sign for receipt"),
        transitions.sign_receipt,
        policies.can_sign_receipt,
        handling.ReceiptForm,
        ready=_require_leading_part,
    ),
    *OBJECTION_ACTS,
    _on_part(
        Verb.RECORD_CONTACT,
        _("Record a contact"),
        transitions.record_contact,
        policies.can_record_contact,
        handling.ContactForm,
    ),
    _on_part(
        Verb.GIVE_OPINION,
        _("Enter the co-host's opinion"),
        transitions.give_opinion,
        policies.can_give_opinion,
        handling.OpinionForm,
    ),
    _on_part(
        Verb.DRAFT_REPLY,
        _("Write the reply"),
        transitions.draft_reply,
        policies.can_draft_reply,
        handling.DraftForm,
        ready=require_draft,
    ),
    _on_reply(
        Verb.SUBMIT_REPLY,
        _("Put up for signature"),
        transitions.submit_reply,
        _of_assignment(policies.can_draft_reply),
        ready=require_complete,
    ),
    _on_reply(
        Verb.SIGN_REPLY,
        _("Record the sealed letter"),
        _sign_reply,
        _of_assignment(policies.can_sign_reply),
        handling.SignForm,
    ),
    _on_reply(
        Verb.RETURN_REPLY,
        _("Take back to revise"),
        transitions.return_reply,
        _of_assignment(policies.can_draft_reply),
        ReasonForm,
        style="secondary",
    ),
    _on_reply(
        Verb.EVALUATE,
        _("Evaluate"),
        _evaluate,
        _may_evaluate,
        judging.EnteredEvaluationForm,
        note=_EVALUATE_NOTE,
    ),
    _on_reply(
        Verb.DELIVER,
        _("Record delivery"),
        transitions.deliver,
        _of_assignment(policies.can_deliver),
        handling.DeliverForm,
    ),
    *FORM_ACTS,
    *CONTINUE_ACTS,
    *EXTENSION_ACTS,
    _on_part(
        Verb.WAIVE_OPINION,
        _("Waive the opinion"),
        transitions.waive_opinion,
        policies.can_waive_opinion,
        handling.WaiveForm,
        style="secondary",
    ),
    _on_case(
        Verb.SEND_BACK,
        _("Send back"),
        transitions.send_back,
        policies.can_send_back,
        ReasonForm,
        ready=require_leading,
        note=_BACK_NOTE,
        style="secondary",
    ),
    *LATE_OBJECTION_ACTS,
    *COUNCIL_ACTS,
    _on_case(
        Verb.CORRECT,
        _("Correct the entry"),
        transitions.correct,
        policies.can_correct,
        intake.CorrectForm,
        style="secondary",
    ),
    _on_case(
        Verb.WITHDRAW,
        _("Enter a withdrawal"),
        _withdraw,
        policies.can_withdraw,
        intake.WithdrawForm,
        note=_WITHDRAW_NOTE,
        style="danger",
    ),
)

#: A deputy is asked two questions.
_OWN = catalogue(
    *DRAFTING_OWN,
    _on_reply(
        Verb.EVALUATE,
        _("Say what you think of it"),
        _evaluate_own,
        _may_evaluate,
        judging.OwnEvaluationForm,
        note=_EVALUATE_NOTE,
        then=_EVALUATE_THEN,
        submit=_("Hand it in"),
    ),
)


def acts_of(actor: Actor) -> dict[str, Act]:
    """The acts as this person does them, in the order of the life of a suggestion."""
    return {**ACTS, **_OWN} if actor.is_deputy else ACTS
