"""Examining what was handed in: back to be completed, not accepted, referred elsewhere."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.actor import Actor
from accounts.models import Post
from stations.recipients import by_station
from suggestions import recipients
from suggestions.models import Suggestion
from suggestions.policies import screening as policies
from suggestions.transitions.machines import SUGGESTION, Verb
from suggestions.transitions.telling import tell, tell_who_tells
from workflow.engine import Invalid, lock, permit, record

#: As much as the column of the place holds.
LONGEST_PLACE = 80


@transaction.atomic
def return_for_completion(suggestion: Suggestion, *, actor: Actor, version: int, reason: str) -> Suggestion:
    """Give it back to the deputy with what is lacking; raises NotAllowed, Conflict, and Invalid without words."""
    case = lock(suggestion, version=version)
    permit(policies.can_return(actor, case))
    SUGGESTION.require(case, Verb.RETURN)
    reason = _words(reason, "reason", _("Say what is lacking: the deputy reads it."))
    record(case, SUGGESTION, Verb.RETURN, actor=actor, reason=reason)
    tell(case, "returned", [*_writers(case), *_at_station(case)])
    return case


@transaction.atomic
def refuse(suggestion: Suggestion, *, actor: Actor, version: int, refusal: str, reason: str) -> Suggestion:
    """Not a matter for a suggestion; the deputy is told why, and the proper way (scenario 23).

    Raises NotAllowed, Conflict, and Invalid for a reason that is not one of the eight or has no words.
    """
    case = lock(suggestion, version=version)
    permit(policies.can_refuse(actor, case))
    SUGGESTION.require(case, Verb.REFUSE)
    if refusal not in Suggestion.Refusal.values:
        raise Invalid("refusal", "unknown", _("Choose one of the reasons."))
    reason = _words(reason, "reason", _("Say why, in words that the deputy can pass on."))
    changes, fields = {"refusal": refusal}, {"refusal": refusal}
    record(case, SUGGESTION, Verb.REFUSE, actor=actor, reason=reason, changes=changes, fields=fields)
    tell(case, "refused", _concerned(case), refusal=refusal)
    tell_who_tells(case)
    return case


@transaction.atomic
def refer(suggestion: Suggestion, *, actor: Actor, version: int, to: str, reason: str = "") -> Suggestion:
    """Send it where it belongs; the deputy is told (scenario 8). It ends here.

    Raises NotAllowed, Conflict, and Invalid when it is not said where to.
    """
    case = lock(suggestion, version=version)
    permit(policies.can_refer(actor, case))
    SUGGESTION.require(case, Verb.REFER)
    to = _words(to, "to", _("Say where it is referred to."))
    if len(to) > LONGEST_PLACE:
        raise Invalid("to", "too_long", _("At most %(limit)s characters."), limit=LONGEST_PLACE)
    changes, fields = {"to": to}, {"referred_to": to}
    record(case, SUGGESTION, Verb.REFER, actor=actor, reason=reason.strip(), changes=changes, fields=fields)
    tell(case, "referred", _concerned(case), to=to)
    tell_who_tells(case)
    return case


def _words(words: str, field: str, sentence: Any) -> str:
    words = words.strip()
    if not words:
        raise Invalid(field, "missing", sentence)
    return words


def _writers(case: Suggestion) -> list[Post]:
    """Who completes it: the lead; staff where the standing committee submits."""
    if case.submitted_by == Suggestion.SubmittedBy.COMMITTEE:
        return recipients.of_staff()
    return recipients.of_speaker(case)


def _at_station(case: Suggestion) -> list[Post]:
    """Whoever runs the lead's station, and may have typed it."""
    return [post for posts in by_station({case.speaker.station_id or 0}).values() for post in posts]


def _concerned(case: Suggestion) -> list[Post]:
    """Everybody who signed, and whose point it was."""
    posts = recipients.of_signatories(case)
    if case.raised_by is not None:
        posts += recipients.by_deputy([case.raised_by])[case.raised_by.pk]
    return posts
