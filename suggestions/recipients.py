"""Who is told of a suggestion: users, found through their posts when the notification is written (D19)."""

from accounts.models import Organ, Post, Role
from stations.models import Mandate
from suggestions.models import CoSignature, Suggestion
from workflow import clock


def of_staff() -> list[Post]:
    """Staff of the deputy affairs commission."""
    return list(_current().filter(role=Role.COMMITTEE_STAFF))


def of_organ(organ: Organ) -> list[Post]:
    """Handlers of an organ (never its head: nothing that presses goes there by itself); staff if it has none."""
    handlers = _current().filter(organ=organ, role__in=[Role.ORGAN_HANDLER, Role.GOVERNMENT_OFFICE])
    return list(handlers) or of_staff()


def of_host(suggestion: Suggestion) -> list[Post]:
    """Handlers of the present round's host."""
    hosts = suggestion.assignments.filter(round=suggestion.round).exclude(part="CO_HOST").exclude(status="ENDED")
    return [post for assignment in hosts.select_related("organ") for post in of_organ(assignment.organ)]


def of_handlers(suggestion: Suggestion) -> list[Post]:
    """Handlers of every organ of the present round."""
    assignments = suggestion.assignments.filter(round=suggestion.round).exclude(status="ENDED")
    return [post for assignment in assignments.select_related("organ") for post in of_organ(assignment.organ)]


def of_signatories(suggestion: Suggestion) -> list[Post]:
    """The lead and the co-signers; for whoever has no account, the liaison of their station, else staff."""
    accepted = suggestion.cosignatures.filter(status=CoSignature.Status.ACCEPTED).select_related("mandate")
    mandates = [suggestion.lead, *(signature.mandate for signature in accepted)]
    return [post for mandate in mandates for post in of_deputy(mandate)]


def of_deputy(mandate: Mandate) -> list[Post]:
    """The deputy's own post, else the station's, else staff."""
    own = list(_current().filter(role=Role.DEPUTY, user__person=mandate.person_id))
    if own:
        return own
    at_station = {"user__person__station_duties__station": mandate.station_id} if mandate.station_id else {"pk": None}
    return list(_current().filter(role=Role.STATION, **at_station).distinct()) or of_staff()


def _current() -> "Post.objects":  # type: ignore[name-defined]
    return Post.objects.current(clock.today()).filter(user__status="ACTIVE").select_related("user")
