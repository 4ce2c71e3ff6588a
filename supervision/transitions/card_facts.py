"""What a card says, what must be right about it, and the digest of what is signed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from accounts.models import Organ
from files.models import Attachment
from suggestions.models import Assignment, Extension, Suggestion
from supervision.deadlines import Frame, frame
from supervision.models import Card, CardVersion
from workflow import chain
from workflow.engine import Conflict, Invalid

S = Suggestion.Status
#: States in which a key suggestion is supervised by a card that can still be written.
SUPERVISED = (S.REGISTERED, S.AT_FORWARDER, S.HANDLING, S.REPLIED)

#: Columns of a version that are words of the card; the co-organs stand beside them.
_WORDS = ("why_key", "requirements", "milestones", "organ", "organ_leader", "handler", "phone", "due_on")
#: Without these a card makes nobody responsible for anything (R60).
_REQUIRED = ("why_key", "requirements", "organ_leader")


@dataclass(frozen=True)
class CardWords:
    """Why, what, who and by when (F3)."""

    why_key: str
    requirements: str
    organ: Organ
    organ_leader: str
    due_on: date
    milestones: str = ""
    handler: str = ""
    phone: str = ""
    co_organs: Sequence[Organ] = ()
    body_person: str = ""

    def columns(self) -> dict[str, Any]:
        """The columns of a version."""
        return {name: getattr(self, name) for name in _WORDS}

    @classmethod
    def of(cls, version: CardVersion) -> "CardWords":
        """What a stored version says."""
        told = {name: getattr(version, name) for name in _WORDS}
        return cls(**told, co_organs=tuple(version.co_organs.all()), body_person=version.card.body_person)


def is_supervised(suggestion: Suggestion) -> bool:
    """Designated as key by a resolution, and still in hand."""
    return _is_designated(suggestion) and suggestion.status in SUPERVISED


def require_designated(suggestion: Suggestion) -> None:
    """Raise Conflict unless a resolution made it key and it is still in hand."""
    if not _is_designated(suggestion):
        raise Conflict("not_key", _("This is no key suggestion by resolution, so it has no supervision card."))
    if suggestion.status not in SUPERVISED:
        raise Conflict("over", _("The suggestion is no longer in hand: nothing is written on its card any more."))


def host_of(suggestion: Suggestion) -> Assignment | None:
    """The host of the present round, once it is allotted."""
    present = suggestion.assignments.filter(round=suggestion.round).exclude(status=Assignment.Status.ENDED)
    return present.exclude(part=Assignment.Part.CO_HOST).select_related("organ").first()


def check_words(suggestion: Suggestion, words: CardWords) -> None:
    """Raise Invalid for a blank, for another organ than the host, and for a date outside of the reply term."""
    for name in _REQUIRED:
        if not getattr(words, name).strip():
            raise Invalid(name, "required", _("The card may not leave this blank."))
    host = host_of(suggestion)
    if host is not None and host.organ_id != words.organ.pk:
        sentence = _("%(organ)s hosts this suggestion; the card cannot make another organ responsible.")
        raise Invalid("organ", "not_the_host", sentence, organ=host.organ.name)
    if words.organ in words.co_organs:
        raise Invalid("co_organs", "twice", _("The responsible organ cannot be its own helper."))
    _check_due(words.due_on, frame(suggestion))


def check_later(suggestion: Suggestion, before: CardVersion, due_on: date) -> None:
    """Raise Invalid when a date moves back without an extension granted since, or a new round begun since.

    An edit never gives more time (R60, scenario 13): the extension is asked for, agreed and recorded on its own.
    """
    if due_on <= before.due_on or _has_new_term(suggestion, before):
        return
    sentence = _("A later date than %(day)s needs an extension that was granted.")
    raise Invalid("due_on", "no_extension", sentence, day=before.due_on.isoformat())


def content_digest(card: Card, words: CardWords, sheet: Attachment | None, version: int) -> str:
    """The digest of what is signed: every word of the card, and the sheet."""
    said = [card.number, version, card.suggestion.number, str(card.leader), str(card.body or ""), words.body_person]
    said += [str(value) for value in words.columns().values()]
    said += [sorted(organ.name for organ in words.co_organs), sheet.sha256 if sheet else ""]
    return chain.digest(said)


def _is_designated(suggestion: Suggestion) -> bool:
    decided = suggestion.key_resolution_id and suggestion.supervising_leader_id
    return bool(suggestion.is_key and decided)


def _check_due(due_on: date, within: Frame) -> None:
    if due_on > within.latest:
        sentence = _("The reply is due by %(day)s; the card cannot give more time.")
        raise Invalid("due_on", "after_the_reply", sentence, day=within.latest.isoformat())
    if due_on < within.earliest:
        sentence = _("This day must not lie before %(day)s.")
        raise Invalid("due_on", "too_early", sentence, day=within.earliest.isoformat())


def _has_new_term(suggestion: Suggestion, before: CardVersion) -> bool:
    granted = Extension.objects.filter(
        assignment__suggestion=suggestion,
        assignment__round=suggestion.round,
        status=Extension.Status.GRANTED,
        decided_on__gte=before.issued_on,
    )
    in_new_round = (
        suggestion.round > 1 and before.issued_on is not None and frame(suggestion).earliest > before.issued_on
    )
    return in_new_round or granted.exists()
