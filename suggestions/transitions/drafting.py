"""A suggestion before it is handed in: drafted by its deputy or for them, confirmed, discarded, handed in."""

from typing import Any
from uuid import UUID, uuid4

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from accounts.actor import Actor
from accounts.models import How
from files.models import Attachment
from stations.models import CongressSession, Mandate
from suggestions.models import CoSignature, Suggestion
from suggestions.policies import drafting as policies
from suggestions.transitions import draft_telling as telling
from suggestions.transitions.intake import check_own_level, co_signers, search_text
from suggestions.transitions.machines import SUGGESTION, Verb
from workflow import clock, sealing
from workflow.engine import Conflict, Invalid, birth, lock, permit, record

S = Suggestion.Status
#: Roads on which a deputy's word reaches whoever records it.
HEARD = (How.PAPER, How.TELEPHONE)
#: What the record tells by its digest only, because a deputy may still take it back.
_WORDS = ("title", "facts", "demand")


@transaction.atomic
def draft(
    *,
    actor: Actor,
    lead: Mandate,
    title: str,
    facts: str = "",
    demand: str = "",
    publicity: str = Suggestion.Publicity.FULL,
    origin: str = Suggestion.Origin.BETWEEN,
    session: CongressSession | None = None,
    raised_by: Mandate | None = None,
    sheet: Attachment | None = None,
    how: str = How.PAPER,
    key: UUID | None = None,
) -> Suggestion:
    """Begin a suggestion: by its deputy, or for them by liaison or staff, from the handwritten sheet (scenario 34).

    A title and a photo are a lawful, incomplete draft. What the lead did not write waits for the lead to confirm it.
    The same ``key`` twice is one draft. Raises NotAllowed, Invalid for a lead who holds no county mandate (own
    level, scenario 33) or is of another station, and Conflict when the key came with other words before.
    """
    permit(policies.can_see_drafts(actor))
    check_lead(actor, lead, raised_by)
    case = Suggestion(uuid=key or uuid4(), status=S.DRAFT, created_at=clock.now(), received_on=clock.today())
    case.lead, case.raised_by, case.delegation, case.recorded_by = lead, raised_by, lead.delegation, actor.user
    case.origin, case.session, case.publicity, case.sheet = origin, session, publicity, sheet
    case.title, case.facts, case.demand = title.strip(), facts.strip(), demand.strip()
    _check_written(case.facts, case.sheet)
    case.confirmed_at = _confirmed(actor, case)
    case.search_text = search_text(case, ())
    if not _saved(case):
        return _sent_before(case, actor)
    changes = {"lead": str(lead.uuid), "raised_by": str(raised_by.uuid) if raised_by else ""}
    birth(case, Verb.DRAFT, actor=_recording(actor, case, how), changes=changes)
    telling.written(case, actor)
    return case


@transaction.atomic
def edit_draft(
    suggestion: Suggestion,
    *,
    actor: Actor,
    version: int,
    title: str,
    facts: str,
    demand: str,
    publicity: str,
    lead: Mandate | None = None,
    sheet: Attachment | None = None,
) -> Suggestion:
    """Write on; what others than the lead write waits to be confirmed anew, and who co-signed other words is asked anew.

    Without ``lead`` and ``sheet`` these stay. Raises NotAllowed, Conflict, Stale, and Invalid also when nothing differs.
    """
    case = lock(suggestion, version=version)
    permit(policies.can_edit(actor, case))
    SUGGESTION.require(case, Verb.EDIT_DRAFT)
    columns: dict[str, Any] = {"title": title.strip(), "facts": facts.strip(), "demand": demand.strip()}
    columns |= {"publicity": publicity, "sheet": sheet or case.sheet, **_new_lead(case, actor, lead)}
    changes = _changes(case, columns)
    if not changes:
        raise Invalid("title", "nothing_changed", _("Nothing was changed."))
    _check_written(columns["facts"], columns["sheet"])
    if case.status != S.DRAFT and not columns["facts"]:
        raise Invalid("facts", "facts_missing", _("Others were shown this text: it cannot become empty."))
    for name, value in columns.items():
        setattr(case, name, value)
    columns |= {"confirmed_at": _confirmed(actor, case), "search_text": search_text(case, co_signers(case))}
    signed = _in_state(case, CoSignature.Status.ACCEPTED) if changes.get("words") else []
    record(case, SUGGESTION, Verb.EDIT_DRAFT, actor=actor, changes=changes, fields=columns)
    telling.written(case, actor)
    _ask_anew(case, signed)
    return case


@transaction.atomic
def confirm_draft(suggestion: Suggestion, *, actor: Actor, version: int, how: str = "") -> Suggestion:
    """The lead says that it is what was meant; on paper or by telephone to whoever records it (scenario 34).

    Raises NotAllowed, Stale, Conflict for what is incomplete or confirmed already, Invalid when ``how`` is not said.
    """
    case = lock(suggestion, version=version)
    permit(policies.can_confirm(actor, case))
    SUGGESTION.require(case, Verb.CONFIRM_DRAFT)
    require_unconfirmed(case)
    behalf = on_behalf(actor, case, how)
    record(case, SUGGESTION, Verb.CONFIRM_DRAFT, actor=behalf, fields={"confirmed_at": clock.now()})
    telling.confirmed(case, actor)
    if case.status == S.SIGNING:
        telling.asked(case, _in_state(case, CoSignature.Status.INVITED))
    return case


@transaction.atomic
def discard(suggestion: Suggestion, *, actor: Actor, version: int) -> Suggestion:
    """Give a draft up; it stays in the record and is counted nowhere.

    Raises NotAllowed, Stale, and Conflict for what was collected: what was forwarded may not be lost (R53).
    """
    case = lock(suggestion, version=version)
    permit(policies.can_discard(actor, case))
    SUGGESTION.require(case, Verb.DISCARD)
    require_own_words(case)
    asked = _in_state(case, CoSignature.Status.INVITED)
    expire(case)
    record(case, SUGGESTION, Verb.DISCARD, actor=actor)
    telling.no_longer_asked(asked)
    return case


@transaction.atomic
def hand_in(suggestion: Suggestion, *, actor: Actor, version: int, how: str = "") -> Suggestion:
    """Submit to the standing committee; invitations still open end here.

    Somebody who hands it in for the lead says ``how`` the lead wished it. Raises NotAllowed, Stale, Conflict for what
    is incomplete or unconfirmed, Invalid when the lead holds no active mandate of the county (own level).
    """
    case = lock(suggestion, version=version)
    permit(policies.can_hand_in(actor, case))
    SUGGESTION.require(case, Verb.SUBMIT)
    require_ready(case)
    if not policies.is_of_committee(case):
        check_own_level(case.speaker)
    behalf = actor if policies.is_of_committee(case) else on_behalf(actor, case, how)
    asked = _in_state(case, CoSignature.Status.INVITED)
    expire(case)
    fields = {"received_on": clock.today(), "search_text": search_text(case, co_signers(case))}
    changes = {"co_signers": [str(mandate.uuid) for mandate in co_signers(case)]}
    record(case, SUGGESTION, Verb.SUBMIT, actor=behalf, changes=changes, fields=fields)
    telling.no_longer_asked(asked)
    telling.handed_in(case)
    return case


def require_complete(case: Suggestion) -> None:
    """Raise Conflict for a title or a photo whose matter nobody has written down yet."""
    if case.is_incomplete:
        raise Conflict("incomplete", _("The matter is not written down yet."))


def require_unconfirmed(case: Suggestion) -> None:
    """Raise Conflict unless the lead can say now that it is what was meant."""
    if policies.is_of_committee(case):
        raise Conflict("of_committee", _("What the standing committee submits needs no confirmation."))
    require_complete(case)
    if case.confirmed_at is not None:
        raise Conflict("confirmed", _("This is confirmed already."))


def require_confirmed(case: Suggestion) -> None:
    """Raise Conflict while the lead has not said that it is what was meant."""
    if case.confirmed_at is None and not policies.is_of_committee(case):
        raise Conflict("unconfirmed", _("The lead deputy has not confirmed the text yet."))


def require_ready(case: Suggestion) -> None:
    """Raise Conflict for what cannot be shown to others yet: incomplete, or not confirmed by its lead."""
    require_complete(case)
    require_confirmed(case)


def require_own_words(case: Suggestion) -> None:
    """Raise Conflict for what was collected from a deliberation, a promise or a visit."""
    if case.sources.exists():
        sentence = _("This was collected from what was forwarded; it can be changed or handed in, not discarded.")
        raise Conflict("collected", sentence)


def check_lead(actor: Actor, lead: Mandate, raised_by: Mandate | None) -> None:
    """Raise Invalid unless the lead is of the county's level and in office, and the actor may write for them."""
    check_own_level(lead)
    if raised_by is not None and not raised_by.is_active(clock.today()):
        sentence = _("%(name)s holds no active mandate.")
        raise Invalid("raised_by", "not_active", sentence, name=raised_by.person.name)
    if raised_by is not None and raised_by.person_id == lead.person_id:
        sentence = _("%(name)s leads it; name here only somebody else whose point it is.")
        raise Invalid("raised_by", "is_lead", sentence, name=raised_by.person.name)
    if not policies.can_draft_for(actor, lead, raised_by):
        sentence = _("%(name)s belongs to another station.")
        raise Invalid("lead", "not_own_station", sentence, name=lead.person.name)


def on_behalf(actor: Actor, case: Suggestion, how: str) -> Actor:
    """The lead themselves, or whoever records it for the lead; raises Invalid when it is not said how they heard it."""
    if policies.is_lead(actor, case):
        return actor
    if how not in HEARD:
        raise Invalid("how", "how_missing", _("Say how the deputy let you know."))
    return actor.recording(case.speaker.person, how)


def expire(case: Suggestion) -> None:
    """Invitations still open end."""
    asked = case.cosignatures.filter(status=CoSignature.Status.INVITED)
    asked.update(status=CoSignature.Status.EXPIRED, at=clock.now())


def _check_written(facts: str, sheet: Attachment | None) -> None:
    if not facts and sheet is None:
        sentence = _("Write what is the matter, or add a photo of the handwritten sheet.")
        raise Invalid("facts", "nothing_written", sentence)


def _confirmed(actor: Actor, case: Suggestion) -> Any:
    """The lead's own words need no further word of theirs, once there are any."""
    return clock.now() if policies.is_lead(actor, case) and not case.is_incomplete else None


def _recording(actor: Actor, case: Suggestion, how: str) -> Actor:
    """Who writes for a deputy records the deputy's words; a deputy who raises a point writes their own."""
    return actor if actor.is_deputy else actor.recording(case.speaker.person, how if how in HEARD else How.PAPER)


def _new_lead(case: Suggestion, actor: Actor, lead: Mandate | None) -> dict[str, Any]:
    """The columns of another lead; raises NotAllowed, and Invalid once others were asked to sign along."""
    if lead is None or lead.pk == case.lead_id:
        return {}
    permit(policies.can_change_lead(actor, case))
    if case.status != S.DRAFT:
        raise Invalid("lead", "lead_fixed", _("The lead can only be changed before others are asked to sign along."))
    check_lead(actor, lead, case.raised_by)
    return {"lead": lead, "delegation": lead.delegation}


def _changes(case: Suggestion, columns: dict[str, Any]) -> dict[str, Any]:
    """Before and after of what differs, words and files as digests."""
    differs = {name: value for name, value in columns.items() if value != getattr(case, name)}
    words = {name: _marks(case, name, differs[name]) for name in _WORDS if name in differs}
    told: dict[str, Any] = {"words": words} if words else {}
    if "publicity" in differs:
        told["publicity"] = [case.publicity, differs["publicity"]]
    if "lead" in differs:
        told["lead"] = [str(case.lead.uuid), str(differs["lead"].uuid)]
    if "sheet" in differs:
        told["sheet"] = differs["sheet"].sha256
    return told


def _marks(case: Suggestion, name: str, after: str) -> list[str]:
    return [sealing.mark(text, f"{case.uuid}:{name}") for text in (getattr(case, name), after)]


def _in_state(case: Suggestion, status: str) -> list[CoSignature]:
    """Who was asked to sign along, as far as they stand there."""
    return list(case.cosignatures.filter(status=status).select_related("mandate__person"))


def _ask_anew(case: Suggestion, signed: list[CoSignature]) -> None:
    """Who signed other words is asked again, once the lead has confirmed these; what came back they only hear of."""
    if case.status == S.SIGNING:
        rows = CoSignature.objects.filter(pk__in=[row.pk for row in signed])
        rows.update(status=CoSignature.Status.INVITED, at=None)
    if case.status == S.RETURNED or case.confirmed_at is not None:
        telling.reworded(case, signed)


def _saved(case: Suggestion) -> bool:
    """Whether it is new; the same form may arrive twice at once."""
    try:
        with transaction.atomic():
            case.save(force_insert=True)
    except IntegrityError:
        return False
    return True


def _sent_before(case: Suggestion, actor: Actor) -> Suggestion:
    """The draft that this form made: one's own, with the same words, or nothing would be kept of the new ones."""
    same = {"uuid": case.uuid, "recorded_by": actor.user, **{name: getattr(case, name) for name in _WORDS}}
    found = Suggestion.objects.filter(**same).first()
    if found is None:
        raise Conflict(
            "sent_before", _("This page was sent before. Your words are still here: please send them again.")
        )
    return found
