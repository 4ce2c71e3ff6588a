"""The voters whose words are behind a suggestion, and who of them is still to be told what came of it (D18)."""

from typing import Any

from django.db.models import Exists, OuterRef, Q

from accounts.actor import Actor
from accounts.models import Role
from deliberations.models import Opinion, Visit
from deliberations.querysets import OpinionQuerySet
from suggestions.models import Source, Suggestion

S = Suggestion.Status

#: Nothing more will come of it: what the voter is told now is the last word.
ENDED = (S.CLOSED, S.REFUSED, S.REFERRED, S.WITHDRAWN)
#: Something has come of it that a voter can be told.
TELLABLE = (*ENDED, S.REPLIED, S.FOLLOW_UP)


def voices_of(suggestion: Suggestion) -> OpinionQuerySet:
    """The voters' opinions that it was collected from: at once, or through a meeting or a promise made there."""
    at_once = Q(collected__suggestion=suggestion)
    at_meeting = Q(deliberated__collected__suggestion=suggestion)
    by_promise = Q(deliberated__promise__collected__suggestion=suggestion)
    return Opinion.objects.filter(at_once | at_meeting | by_promise).distinct()


def tells(actor: Actor) -> bool:
    """Whether it may be for this post to tell a voter: staff, whoever runs a station, whoever went."""
    return actor.is_staff or actor.is_deputy or actor.role == Role.STATION


def to_tell(actor: Actor) -> OpinionQuerySet:
    """The opinions whose voter this person may tell, and who waits for the last word."""
    if not tells(actor):
        return Opinion.objects.none()
    return Opinion.objects.visible_to(actor).to_tell().filter(visit__status=Visit.Status.RECORDED)


def with_voters_to_tell(suggestions: Any, actor: Actor) -> Any:
    """Of these suggestions those that have ended and whose voters this person has still to tell."""
    waiting = to_tell(actor).values("pk")
    behind = Q(opinion__in=waiting) | Q(meeting_opinion__basis__in=waiting)
    behind |= Q(promise__meeting_opinion__basis__in=waiting)
    return suggestions.filter(Exists(Source.objects.filter(behind, suggestion=OuterRef("pk"))), status__in=ENDED)
