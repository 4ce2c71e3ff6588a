"""Who is told of a suggestion: users, found through their posts when the notification is written (D19).

Whatever has many recipients asks for them as a set, so that a sweep over thousands of limits costs a few queries.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable

from django.db.models import QuerySet

from accounts.models import Organ, Post, Role
from stations.models import Mandate
from stations.recipients import by_person, by_station, current_posts
from suggestions.models import Assignment, CoSignature, Suggestion


def of_staff() -> list[Post]:
    """Staff of the deputy affairs commission."""
    return list(current_posts().filter(role=Role.COMMITTEE_STAFF))


def by_organ(organs: Collection[int]) -> dict[int, list[Post]]:
    """Handlers of each organ by its key (never its head: nothing that presses goes there by itself).

    Staff where an organ has nobody.
    """
    found = defaultdict(list)
    for post in current_posts().filter(organ__in=organs, role__in=[Role.ORGAN_HANDLER, Role.GOVERNMENT_OFFICE]):
        found[post.organ_id].append(post)
    return _or_staff({organ: found[organ] for organ in organs})


def by_deputy(mandates: Iterable[Mandate]) -> dict[int, list[Post]]:
    """By the key of the mandate: the deputy's own post, else the posts of who runs their station, else staff."""
    deputies = list(mandates)
    own = by_person(Role.DEPUTY, {mandate.person_id for mandate in deputies})
    lacking = {mandate.station_id for mandate in deputies if mandate.person_id not in own and mandate.station_id}
    at_station = by_station(lacking)
    return _or_staff(
        {mandate.pk: own.get(mandate.person_id) or at_station.get(mandate.station_id or 0, []) for mandate in deputies}
    )


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
    """The lead and the co-signers, or whoever stands in for them."""
    accepted = suggestion.cosignatures.filter(status=CoSignature.Status.ACCEPTED).select_related("mandate")
    return _together(by_deputy([suggestion.lead, *(signature.mandate for signature in accepted)]))


def _present(suggestion: Suggestion) -> QuerySet:
    return suggestion.assignments.filter(round=suggestion.round).exclude(status=Assignment.Status.ENDED)


def _of_organs(assignments: QuerySet) -> list[Post]:
    return _together(by_organ(list(assignments.values_list("organ_id", flat=True))))


def _together(found: dict[int, list[Post]]) -> list[Post]:
    return [post for posts in found.values() for post in posts]


def _or_staff(found: dict[int, list[Post]]) -> dict[int, list[Post]]:
    staff = of_staff() if not all(found.values()) else []
    return {key: posts or staff for key, posts in found.items()}
