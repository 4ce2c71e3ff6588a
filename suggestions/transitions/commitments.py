"""What a reply commits the organ to (F22): reported as kept, confirmed or denied by the deputy, until nothing is open."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.actor import Actor
from accounts.models import How, Person
from files.models import Attachment
from suggestions import recipients
from suggestions.models import Commitment, Reply, ResultClass, Suggestion
from suggestions.policies import commitments as policies
from suggestions.transitions.ending import close, unkept
from suggestions.transitions.machines import COMMITMENT, SUGGESTION, Verb
from suggestions.transitions.telling import tell
from workflow import clock
from workflow.engine import Conflict, Invalid, lock, move, permit, record

_TOLD = (How.PAPER, How.TELEPHONE)
C = Commitment.Status


@transaction.atomic
def report_commitment(
    commitment: Commitment,
    *,
    actor: Actor,
    version: int,
    text: str,
    on: date,
    picture: Attachment | None = None,
    how: str = How.IN_SYSTEM,
) -> Commitment:
    """The organ says what was done and when; staff record it after a call or from paper, and say which.

    ``version`` is the suggestion's. Raises NotAllowed, Conflict, Stale, Invalid.
    """
    case = _open(commitment, Verb.REPORT_COMMITMENT, policies.can_report_commitment, actor, version)
    if not text.strip():
        raise Invalid("text", "words_missing", _("Say what was done."))
    if not (commitment.reply.letter_on or date.min) <= on <= clock.today():
        raise Invalid("on", "not_since", _("The day lies between the reply and today."))
    speaker = actor if policies.keeps(actor, commitment) else _recording(actor, None, how)
    fields = {"report": text.strip(), "reported_on": on, "picture": picture}
    # the next report overwrites the columns; the record keeps each
    _step(case, commitment, Verb.REPORT_COMMITMENT, speaker, reason=text.strip(), fields=fields, told={"on": on})
    to = recipients.of_speaker(case)
    tell(case, "commitment_reported", [*to, *recipients.of_staff()], organ=commitment.organ.name)
    return commitment


@transaction.atomic
def confirm_commitment(commitment: Commitment, *, actor: Actor, version: int, how: str = How.IN_SYSTEM) -> Commitment:
    """The deputy finds it kept; it is struck off, and a suggestion that only waited for it is completed.

    Station or staff write down that the deputy said so. With the last one of a reply its class is solved (B becomes
    A), which the record tells. Raises NotAllowed, Conflict, Stale, and Invalid when nobody says how the deputy said it.
    """
    case = _open(commitment, Verb.CONFIRM_COMMITMENT, policies.can_answer_commitment, actor, version)
    speaker = _for_the_deputy(actor, case, how)
    others = commitment.reply.commitments.exclude(pk=commitment.pk).exclude(status=C.CONFIRMED)
    told = {} if others.exists() else _solved(commitment.reply)
    fields = {"confirmed_on": clock.today()}
    _step(case, commitment, Verb.CONFIRM_COMMITMENT, speaker, fields=fields, told=told)
    tell(case, "commitment_kept", recipients.of_host(case), organ=commitment.organ.name)
    if case.status == Suggestion.Status.FOLLOW_UP and not unkept(case).exists():
        close(case, Verb.CLOSE_FOLLOW_UP, speaker, case.verdicts.get(round=case.round))
    return commitment


@transaction.atomic
def deny_commitment(
    commitment: Commitment, *, actor: Actor, version: int, words: str, how: str = How.IN_SYSTEM
) -> Commitment:
    """The deputy finds that it was not done as reported: it is open again, with what the deputy says.

    Raises as ``confirm_commitment``, and Invalid without words.
    """
    case = _open(commitment, Verb.DENY_COMMITMENT, policies.can_answer_commitment, actor, version)
    if not words.strip():
        raise Invalid("words", "words_missing", _("Say what is still lacking."))
    speaker = _for_the_deputy(actor, case, how)
    _step(case, commitment, Verb.DENY_COMMITMENT, speaker, reason=words.strip())
    to = [*recipients.of_host(case), *recipients.of_staff()]
    tell(case, "commitment_denied", to, organ=commitment.organ.name)
    return commitment


@transaction.atomic
def note_broken(commitment: Commitment, *, actor: Actor, version: int, reason: str) -> Commitment:
    """Staff record after its day how it stands; it stays open and overdue until it is kept.

    Raises NotAllowed, Conflict before the day is over, Stale, Invalid.
    """
    case = _open(commitment, Verb.NOTE_BROKEN, policies.can_note_broken, actor, version)
    require_overdue(commitment)
    if not reason.strip():
        raise Invalid("reason", "words_missing", _("Say how it stands."))
    _step(case, commitment, Verb.NOTE_BROKEN, actor, reason=reason.strip())
    tell(case, "commitment_broken", recipients.of_host(case), organ=commitment.organ.name)
    return commitment


def require_commitment(commitment: Commitment, verb: str) -> None:
    """Raise Conflict unless suggestion and commitment let the verb start, and the commitment is still followed."""
    SUGGESTION.require(policies.case_of(commitment), verb)
    COMMITMENT.require(commitment, verb)
    if not is_followed(commitment):
        raise Conflict("not_followed", _("This belongs to an earlier answer, which is no longer followed up."))


def is_followed(commitment: Commitment) -> bool:
    """Whether its reply is the latest that was released."""
    reply = commitment.reply
    if reply.status != Reply.Status.RELEASED:
        return False
    if hasattr(reply, "is_latest"):  # whoever read all of them has said it
        return bool(reply.is_latest)
    case = policies.case_of(commitment)
    if reply.assignment.round == case.round:
        return True
    later = {"assignment__round__gt": reply.assignment.round, "status": Reply.Status.RELEASED}
    return not Reply.objects.filter(assignment__suggestion=case, **later).exists()


def require_overdue(commitment: Commitment) -> None:
    """Raise Conflict on or before the day by which it is to be kept."""
    if clock.today() <= commitment.due_on:
        raise Conflict("not_due", _("It is to be kept by %(day)s; until then it can be."), day=commitment.due_on)


def _open(
    commitment: Commitment, verb: str, may: Callable[[Actor, Commitment], bool], actor: Actor, version: int
) -> Suggestion:
    case = lock(policies.case_of(commitment), version=version)
    commitment.refresh_from_db(fields=["status", "due_on", "report", "reported_on"])
    commitment.reply.assignment.suggestion = case
    permit(may(actor, commitment))
    require_commitment(commitment, verb)
    return case


def _step(
    case: Suggestion,
    commitment: Commitment,
    verb: str,
    actor: Actor,
    *,
    reason: str = "",
    fields: dict[str, Any] | None = None,
    told: dict[str, Any] | None = None,
) -> None:
    moved = move(commitment, COMMITMENT, verb, **(fields or {}))
    changes = {"organ": commitment.organ.name, "commitment": commitment.text[:60], **(told or {})}
    record(case, SUGGESTION, verb, actor=actor, part=moved, reason=reason, changes=changes)


def _solved(reply: Reply) -> dict[str, Any]:
    """How the record tells that all was kept: from which class to which."""
    solved = ResultClass.objects.filter(counts_as_solved=True).first()
    if solved is None or reply.result_class is None:
        return {}
    return {"class": [reply.result_class.code, solved.code]}


def _for_the_deputy(actor: Actor, case: Suggestion, how: str) -> Actor:
    if policies.is_speaker(actor, case):
        return actor
    return _recording(actor, case.speaker.person, how)


def _recording(actor: Actor, person: Person | None, how: str) -> Actor:
    if how not in _TOLD:
        raise Invalid("how", "how_missing", _("Say how it was told."))
    return actor.recording(person, how)
