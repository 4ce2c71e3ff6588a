"""The supervision card of a key suggestion: filled in, signed, answered, struck off (R59, R60, F3).

What the deputy chairperson does on paper staff record for him, with the signed sheet: that is the usual road.
"""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.actor import Actor
from accounts.models import How
from files.models import Attachment
from suggestions import recipients
from suggestions.models import Evaluation, Rating, Reply, Suggestion
from suggestions.transitions.parts import check_day
from supervision import policies
from supervision.models import Card, CardFeedback, CardVersion
from supervision.transitions.card_facts import (
    CardWords,
    check_later,
    check_words,
    content_digest,
    require_designated,
)
from supervision.transitions.card_machine import CARD, CardVerb
from supervision.transitions.card_telling import everybody, of_body, tell
from workflow import clock
from workflow.engine import Conflict, Invalid, birth, lock, permit, record
from workflow.numbering import allot


@transaction.atomic
def fill_card(suggestion: Suggestion, *, actor: Actor, words: CardWords) -> Card:
    """The card of a designated key suggestion, numbered within the year and still to be signed.

    Raises NotAllowed, Conflict when it has one or is no key suggestion in hand, Invalid for what the words lack.
    """
    case = lock(suggestion)
    permit(policies.can_fill_card(actor, case))
    require_no_card(case)
    assert case.supervising_leader is not None  # whoever is designated has one
    check_words(case, words)
    today = clock.today()
    card = Card.objects.create(
        suggestion=case, number=f"督办〔{today.year}〕{allot('CARD', str(today.year)):02d}号",
        leader=case.supervising_leader, body=case.supervising_body, body_person=words.body_person,
        created_at=clock.now(),
    )  # fmt: skip
    first = CardVersion.objects.create(card=card, version=1, **words.columns())
    first.co_organs.set(words.co_organs)
    birth(card, CardVerb.FILL, actor=actor, changes=_told(words))
    return card


@transaction.atomic
def write_card(card: Card, *, actor: Actor, version: int, words: CardWords) -> Card:
    """Write on a card that is not signed yet. Raises NotAllowed, Conflict, Stale, Invalid."""
    case = _open(card, CardVerb.WRITE, actor=actor, version=version)
    require_designated(case.suggestion)
    check_words(case.suggestion, words)
    draft = case.versions.get()
    CardVersion.objects.filter(pk=draft.pk).update(**words.columns())
    draft.co_organs.set(words.co_organs)
    record(case, CARD, CardVerb.WRITE, actor=actor, changes=_told(words), fields=_supervision(case, words))
    return case


@transaction.atomic
def sign_card(
    card: Card, *, actor: Actor, version: int, signed_on: date | None = None, sheet: Attachment | None = None
) -> Card:
    """Issue the card: the deputy chairperson in charge signs here, or staff enter the sheet that he signed.

    What was right when it was written is looked at once more. Raises NotAllowed, Conflict, Stale, and Invalid for
    a sheet that is missing, a day that cannot be, or words that no longer fit the suggestion.
    """
    case = _open(card, CardVerb.SIGN, actor=actor, version=version)
    require_designated(case.suggestion)
    draft = case.versions.get()
    draft.card = case
    words = CardWords.of(draft)
    check_words(case.suggestion, words)
    _take_over(case, words)
    draft.sha256 = content_digest(case, words, sheet, 1)
    _sign(case, draft, actor, signed_on, sheet)
    draft.save(update_fields=["signed_by", "signed_on", "signed_sheet", "issued_on", "sha256"])
    changes = {"version": 1, "signed_on": draft.signed_on, "sha256": draft.sha256}
    fields = _supervision(case, words)
    record(case, CARD, CardVerb.SIGN, actor=_signing(actor, case), changes=changes, fields=fields)
    tell(case, "card.signed", everybody(case), draft.due_on)
    return case


@transaction.atomic
def amend_card(
    card: Card,
    *,
    actor: Actor,
    version: int,
    words: CardWords,
    reason: str,
    signed_on: date | None = None,
    sheet: Attachment | None = None,
) -> CardVersion:
    """Issue the card anew as its next version, signed like the first; the former versions stay as they were.

    Raises NotAllowed, Conflict, Stale, Invalid; a later date needs an extension that was granted (scenario 13).
    """
    case = _open(card, CardVerb.AMEND, actor=actor, version=version)
    require_designated(case.suggestion)
    last = case.versions.last()
    assert last is not None  # an issued card has a version
    last.card = case
    check_words(case.suggestion, words)
    check_later(case.suggestion, last, words.due_on)
    if words == CardWords.of(last):
        raise Invalid("reason", "nothing_changed", _("This is what the card says already."))
    _take_over(case, words)
    amended = CardVersion(card=case, version=last.version + 1, **words.columns())
    amended.sha256 = content_digest(case, words, sheet, amended.version)
    _sign(case, amended, actor, signed_on, sheet)
    amended.save(force_insert=True)
    amended.co_organs.set(words.co_organs)
    changes = _told(words) | {"version": amended.version, "sha256": amended.sha256}
    changes |= {"due_on": [last.due_on, words.due_on]} if last.due_on != words.due_on else {}
    fields = _supervision(case, words)
    record(case, CARD, CardVerb.AMEND, actor=_signing(actor, case), reason=reason, changes=changes, fields=fields)
    tell(case, "card.amended", everybody(case), words.due_on)
    return amended


@transaction.atomic
def report_completion(card: Card, *, actor: Actor, version: int, report: str, on: date, signed_by: str) -> CardFeedback:
    """The responsible organ reports that it is done, once the deputy has its reply of this round.

    Raises NotAllowed for every other organ, Conflict, Stale, Invalid for the day.
    """
    case = _lock(card, version)
    permit(policies.can_report_completion(actor, case))
    CARD.require(case, CardVerb.REPORT)
    reply = require_reply(case)
    check_day(on, "on", reply.letter_on)
    feedback = CardFeedback.objects.create(
        card=case, round=case.suggestion.round, report=report, on=on, signed_by=signed_by
    )
    changes = {"on": on, "signed_by": signed_by, "round": feedback.round}
    record(case, CARD, CardVerb.REPORT, actor=actor, changes=changes)
    tell(case, "card.reported", [*recipients.of_staff(), *of_body(case)])
    return feedback


@transaction.atomic
def conclude(
    card: Card, *, actor: Actor, version: int, accepted: bool, conclusion: str, on: date, how: str = How.PAPER
) -> Card:
    """The deputy chairperson strikes the card off, or does not accept the report and says why.

    ``how`` says on which road staff have it from him. Raises NotAllowed, Conflict, Stale, and Invalid for the day
    or when a dissatisfied or silent deputy stands against striking off.
    """
    case = _open(card, CardVerb.CONCLUDE, actor=actor, version=version)
    refuse_withdrawn(case)
    feedback = case.feedback.get(accepted=None)
    check_day(on, "on", feedback.on)
    opinion = opinion_of(case.suggestion, feedback.round)
    if accepted:
        _check_opinion(case.suggestion, opinion)
    decided = {"accepted": accepted, "conclusion": conclusion, "concluded_on": on, "evaluation": opinion}
    CardFeedback.objects.filter(pk=feedback.pk).update(**decided)
    state = Card.Status.STRUCK_OFF if accepted else Card.Status.ISSUED
    changes = {"accepted": accepted, "on": on, "round": feedback.round}
    record(
        case, CARD, CardVerb.CONCLUDE, actor=_signing(actor, case, how), to=state, reason=conclusion, changes=changes
    )
    if accepted:
        tell(case, "card.struck_off", everybody(case))
    else:
        tell(case, "card.not_accepted", [*recipients.of_handlers(case.suggestion), *of_body(case)])
    return case


def require_no_card(suggestion: Suggestion) -> None:
    """Raise Conflict unless a card can be filled in for this suggestion."""
    require_designated(suggestion)
    if Card.objects.filter(suggestion=suggestion).exists():
        raise Conflict("has_card", _("This suggestion has its supervision card already."))


def require_reply(card: Card) -> Reply:
    """The released reply of the present round; raises Conflict while the deputy has none."""
    case = card.suggestion
    refuse_withdrawn(card)
    released = Reply.objects.filter(assignment__suggestion=case, assignment__round=case.round, status="RELEASED")
    reply = released.first()
    if reply is None:
        raise Conflict("no_reply", _("First answer the deputy: the reply of this round is not released yet."))
    return reply


def refuse_withdrawn(card: Card) -> None:
    """Raise Conflict once the suggestion was withdrawn."""
    if card.suggestion.status == Suggestion.Status.WITHDRAWN:
        raise Conflict("withdrawn", _("The suggestion was withdrawn; its card stands as it is."))


def opinion_of(suggestion: Suggestion, round_: int) -> Evaluation | None:
    """The judgement that counts in a round: of who continues the suggestion where they gave one, else of the lead."""
    judged = Evaluation.objects.filter(reply__assignment__suggestion=suggestion, reply__assignment__round=round_)
    counting = {row.mandate_id: row for row in judged.filter(counts=True)}
    return counting.get(suggestion.speaker_id) or counting.get(suggestion.lead_id)


def _lock(card: Card, version: int) -> Card:
    """Suggestion and card, locked in this order; raises Stale."""
    case = lock(card.suggestion)
    locked = lock(card, version=version)
    locked.suggestion = case
    return locked


def _open(card: Card, verb: str, *, actor: Actor, version: int) -> Card:
    """The locked card on which whoever signs cards can act now; raises NotAllowed, Conflict, Stale."""
    locked = _lock(card, version)
    permit(policies.can_sign_card(actor, locked))
    CARD.require(locked, verb)
    return locked


def _sign(card: Card, issued: CardVersion, actor: Actor, signed_on: date | None, sheet: Attachment | None) -> None:
    """Put signature and date on a version; staff need the sheet, who signs here signs today."""
    today = clock.today()
    if actor.is_staff and sheet is None:
        raise Invalid("sheet", "sheet_missing", _("Add the scan or a photo of the signed card."))
    issued.signed_on = (signed_on or today) if actor.is_staff else today
    resolution = card.suggestion.key_resolution
    check_day(issued.signed_on, "signed_on", resolution.on if resolution else None)
    issued.signed_by, issued.signed_sheet, issued.issued_on = card.leader, sheet, today


def _signing(actor: Actor, card: Card, how: str = How.PAPER) -> Actor:
    """Staff record what the deputy chairperson did elsewhere; he himself acts here."""
    return actor.recording(card.suggestion.supervising_leader, how) if actor.is_staff else actor


def _supervision(card: Card, words: CardWords) -> dict[str, object]:
    """Who supervises, as it was resolved last, and who does it for the body."""
    case = card.suggestion
    return {"leader": case.supervising_leader, "body": case.supervising_body, "body_person": words.body_person}


def _take_over(card: Card, words: CardWords) -> None:
    for name, value in _supervision(card, words).items():
        setattr(card, name, value)


def _check_opinion(suggestion: Suggestion, opinion: Evaluation | None) -> None:
    if opinion is not None and opinion.verdict == Rating.DISSATISFIED:
        raise Invalid("accepted", "dissatisfied", _("The deputy is not satisfied, so the card cannot be struck off."))
    if opinion is None and suggestion.closing_basis not in Suggestion.BY_RESOLUTION:
        raise Invalid("accepted", "no_opinion", _("The deputy has not said yet whether the reply satisfies."))


def _told(words: CardWords) -> dict[str, object]:
    organs = [organ.name for organ in words.co_organs]
    return {"organ": words.organ.name, "co_organs": organs, "due_on": words.due_on}
