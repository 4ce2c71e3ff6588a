"""Who is told of a suggestion: users, found through their posts when the notification is written (D19)."""

from django.db.models import QuerySet

from accounts.models import Organ, Post
from stations.recipients import by_deputy, by_organ, of_staff
from suggestions.models import Assignment, CoSignature, Suggestion

__all__ = ["by_deputy", "by_organ", "of_handlers", "of_host", "of_organ", "of_signatories", "of_speaker", "of_staff"]


def of_organ(organ: Organ) -> list[Post]:
    """Handlers of one organ, staff if it has none."""
    return by_organ([organ.pk])[organ.pk]


def of_host(suggestion: Suggestion) -> list[Post]:
    """Handlers of the present round's host."""
    return _of_organs(_present(suggestion).exclude(part=Assignment.Part.CO_HOST))


def of_handlers(suggestion: Suggestion) -> list[Post]:
    """Handlers of every organ of the present round."""
    return _of_organs(_present(suggestion))


def of_signatories(suggestion: Suggestion) -> list[Post]:
    """The lead or who continues, whose point it is, and the co-signers, or whoever stands in for them."""
    accepted = suggestion.cosignatures.filter(status=CoSignature.Status.ACCEPTED).select_related("mandate")
    raised = [suggestion.raised_by] if suggestion.raised_by else []
    return _together(by_deputy([suggestion.speaker, *raised, *(signature.mandate for signature in accepted)]))


def of_speaker(suggestion: Suggestion) -> list[Post]:
    """The deputy whose judgement decides, or whoever stands in for them."""
    return _together(by_deputy([suggestion.speaker]))


def _present(suggestion: Suggestion) -> QuerySet:
    return suggestion.assignments.filter(round=suggestion.round).exclude(status=Assignment.Status.ENDED)


def _of_organs(assignments: QuerySet) -> list[Post]:
    return _together(by_organ(list(assignments.values_list("organ_id", flat=True))))


def _together(found: dict[int, list[Post]]) -> list[Post]:
    return [post for posts in found.values() for post in posts]
