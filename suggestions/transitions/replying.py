"""The reply letter: drafted, put up for signature, signed and sealed, released, delivered."""

from collections.abc import Sequence
from datetime import date
from functools import partial
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.actor import Actor
from files.models import Attachment
from stations.models import Mandate
from suggestions import deadlines, policies, recipients
from suggestions.models import Assignment, ClockKind, Delivery, Reply, ResultClass, Suggestion
from suggestions.transitions import clocks
from suggestions.transitions.handling import require_contact_and_opinions
from suggestions.transitions.lines import Line, content, require_lines, rewrite
from suggestions.transitions.machines import ASSIGNMENT, REPLY, SUGGESTION, Verb
from suggestions.transitions.parts import check_day, open_part, open_reply
from suggestions.transitions.telling import tell
from workflow import chain, clock
from workflow.engine import Conflict, Invalid, born, move, record


@transaction.atomic
def draft_reply(
    assignment: Assignment,
    *,
    actor: Actor,
    version: int,
    result_class: ResultClass | None,
    body: str,
    commitments: Sequence[Line] = (),
) -> Reply:
    """Save the host's draft with its commitments. The letter itself may stay on paper: the text may be empty.

    Commitments stand only in a reply of a class that is followed up (B). Raises NotAllowed, Conflict, Stale, Invalid.
    """
    case = open_part(assignment, Verb.DRAFT_REPLY, policies.can_draft_reply, actor=actor, version=version)
    reply = Reply.objects.filter(assignment=assignment).first()
    words: dict[str, Any] = {"result_class": result_class, "body": body}
    if reply is None:
        reply = Reply.objects.create(assignment=assignment, **words)
        moved = born(reply, REPLY)
    else:
        moved = move(reply, REPLY, Verb.DRAFT_REPLY, **words)
    rewrite(reply, commitments)
    changes = {"class": result_class.code if result_class else "", "body": chain.digest(body)}
    lines = content(reply)
    if lines:
        changes["commitments"] = chain.digest(lines)
    record(case, SUGGESTION, Verb.DRAFT_REPLY, actor=actor, part=moved, changes=changes)
    return reply


@transaction.atomic
def submit_reply(reply: Reply, *, actor: Actor, version: int) -> Reply:
    """Put the draft up for signature; needs class, contact, every co-host's opinion, and a commitment for class B.

    Scenarios 10, 14, 20.
    """
    case = open_reply(reply, Verb.SUBMIT_REPLY, policies.can_draft_reply, actor=actor, version=version)
    require_complete(reply)
    moved = move(reply, REPLY, Verb.SUBMIT_REPLY)
    record(case, SUGGESTION, Verb.SUBMIT_REPLY, actor=actor, part=moved)
    return reply


def require_complete(reply: Reply) -> None:
    """Raise Conflict that names what a draft still lacks before it is signed."""
    if reply.result_class is None:
        raise Conflict("class_missing", _("Choose the result class first; a reply needs one."))
    require_lines(reply)
    require_contact_and_opinions(reply.assignment.suggestion, reply.assignment)


@transaction.atomic
def return_reply(reply: Reply, *, actor: Actor, version: int, reason: str) -> Reply:
    """Take the draft back to be revised."""
    case = open_reply(reply, Verb.RETURN_REPLY, policies.can_draft_reply, actor=actor, version=version)
    moved = move(reply, REPLY, Verb.RETURN_REPLY)
    record(case, SUGGESTION, Verb.RETURN_REPLY, actor=actor, part=moved, reason=reason)
    return reply


@transaction.atomic
def sign_reply(
    reply: Reply,
    *,
    actor: Actor,
    version: int,
    doc_no: str,
    letter_on: date,
    signed_by: str,
    scan: Attachment | None = None,
) -> Reply:
    """Record the signed and sealed letter and release it to the deputy: two acts, two events.

    The reply's date is the letter's (scenario 35). On paper the letter's scan is needed.
    """
    case = open_reply(reply, Verb.SIGN_REPLY, policies.can_sign_reply, actor=actor, version=version)
    assignment = reply.assignment
    require_contact_and_opinions(case, assignment)
    running = clocks.reply_clock(case)
    check_day(letter_on, "letter_on", running.start_on if running else case.first_handed_over_on)
    if scan is None and assignment.organ.sign_mode == assignment.organ.SignMode.PAPER:
        raise Invalid("scan", "scan_missing", _("Add the scan or a photo of the sealed letter."))
    letter: dict[str, Any] = {"doc_no": doc_no, "letter_on": letter_on, "signed_by": signed_by, "scan": scan}
    moved = move(reply, REPLY, Verb.SIGN_REPLY, **letter)
    changes = {"doc_no": doc_no, "letter_on": letter_on, "scan": scan.sha256 if scan else ""}
    record(case, SUGGESTION, Verb.SIGN_REPLY, actor=actor, part=moved, changes=changes)
    _release(case, assignment, reply, actor)
    return reply


@transaction.atomic
def deliver(
    reply: Reply, *, actor: Actor, version: int, mandate: Mandate, way: str, on: date, receiver: str = ""
) -> Delivery:
    """Note that the letter reached one signatory; with the speaker's the time for the evaluation begins."""
    case = open_reply(reply, Verb.DELIVER, policies.can_deliver, actor=actor, version=version)
    if not policies.is_signatory(case, mandate):
        raise Invalid("mandate", "no_signatory", _("%(name)s did not sign this suggestion."), name=mandate.person.name)
    check_day(on, "on", reply.letter_on)
    if reply.deliveries.filter(mandate=mandate).exists():
        raise Conflict("delivered", _("The delivery to %(name)s is already recorded."), name=mandate.person.name)
    delivery = Delivery.objects.create(reply=reply, mandate=mandate, way=way, on=on, receiver=receiver)
    record(case, SUGGESTION, Verb.DELIVER, actor=actor, changes={"mandate": str(mandate.uuid), "way": way, "on": on})
    evaluated = reply.evaluations.filter(mandate=mandate, counts=True).exists()
    # a case that an old ledger closed without an opinion waits for none
    if mandate.pk == case.speaker_id and not evaluated and case.status == Suggestion.Status.REPLIED:
        clocks.start(case, ClockKind.FEEDBACK, on, partial(deadlines.feedback_due, on))
    return delivery


def _release(case: Suggestion, assignment: Assignment, reply: Reply, actor: Actor) -> None:
    reply.sha256 = content_digest(reply, content(reply))
    moved = move(reply, REPLY, Verb.RELEASE_REPLY, released_on=clock.today(), sha256=reply.sha256)
    move(assignment, ASSIGNMENT, Verb.RELEASE_REPLY)
    changes = {"organ": assignment.organ.name, "sha256": reply.sha256}
    record(case, SUGGESTION, Verb.RELEASE_REPLY, actor=actor, part=moved, changes=changes)
    clocks.meet(case, ClockKind.REPLY, on=reply.letter_on)
    tell(case, Verb.RELEASE_REPLY, [*recipients.of_signatories(case), *recipients.of_staff()])


def require_draft(assignment: Assignment) -> None:
    """Raise Conflict once the reply is no longer a draft: what is put up for signature is not written on."""
    reply = Reply.objects.filter(assignment=assignment).first()
    if reply is not None:
        REPLY.require(reply, Verb.DRAFT_REPLY)


def content_digest(reply: Reply, lines: Sequence[Sequence[str]] = ()) -> str:
    """The hash kept of a released reply: letter, class, scan, and what it commits to."""
    scan = reply.scan.sha256 if reply.scan else ""
    result = reply.result_class.code if reply.result_class else ""
    letter: list[Any] = [reply.doc_no, str(reply.letter_on), reply.signed_by, result, reply.body, scan]
    return chain.digest([*letter, lines] if lines else letter)
