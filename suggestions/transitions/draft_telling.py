"""Who is told of a draft: its lead, the station that types, who is asked to sign along, and staff once it is in."""

from collections.abc import Iterable
from functools import reduce
from operator import or_

from django.db.models import Q
from django.urls import reverse

from accounts.actor import Actor
from accounts.models import Post
from notifications.models import Notification
from notifications.transitions import notify, void
from stations.recipients import by_station
from suggestions import recipients
from suggestions.models import CoSignature, Suggestion
from suggestions.policies import drafting as policies
from suggestions.transitions.telling import tell


def written(case: Suggestion, actor: Actor) -> None:
    """The lead is asked to confirm what others wrote; the station to type what the lead only photographed."""
    if policies.is_of_committee(case):
        return
    if case.is_incomplete and actor.is_deputy:
        tell(case, "to_type", _keepers(case))
    elif not case.is_incomplete and case.confirmed_at is None:
        tell(case, "to_confirm", recipients.by_deputy([case.lead])[case.lead_id])


def confirmed(case: Suggestion, actor: Actor) -> None:
    """Whoever typed it hears that the lead agreed."""
    if actor.is_deputy and case.recorded_by_id != (actor.user.pk if actor.user else None):
        tell(case, "draft_confirmed", _keepers(case))


def asked(case: Suggestion, signatures: Iterable[CoSignature]) -> None:
    """Each deputy who is asked, or the station that will ask them."""
    rows = list(signatures)
    posts = recipients.by_deputy([row.mandate for row in rows])
    for row in rows:
        _ask(case, row, posts[row.mandate_id])


def reworded(case: Suggestion, signatures: Iterable[CoSignature]) -> None:
    """Who signed other words: asked anew while it is being signed, told once it had been handed in."""
    rows = list(signatures)
    if not rows:
        return
    if case.status == Suggestion.Status.SIGNING:
        asked(case, rows)
        return
    found = recipients.by_deputy([row.mandate for row in rows])
    tell(case, "completed_text", [post for posts in found.values() for post in posts])


def answered(case: Suggestion) -> None:
    """The lead hears once everybody who was asked has answered."""
    if not case.cosignatures.filter(status=CoSignature.Status.INVITED).exists():
        tell(case, "all_answered", recipients.by_deputy([case.lead])[case.lead_id])


def no_longer_asked(signatures: Iterable[CoSignature]) -> None:
    """Invitations that nobody has opened yet leave the inbox."""
    begins = [Q(fact__startswith=_fact_of(row)) for row in signatures]
    if begins:
        unread = Notification.objects.filter(reduce(or_, begins))
        void(list(unread.values_list("fact", flat=True)), "no_longer_asked")


def handed_in(case: Suggestion) -> None:
    """Staff examine it; who signed along, and whose point it is, hear that it is on its way."""
    tell(case, "handed_in", recipients.of_staff())
    rows = case.cosignatures.filter(status=CoSignature.Status.ACCEPTED).select_related("mandate")
    others = [row.mandate for row in rows] + ([case.raised_by] if case.raised_by else [])
    found = recipients.by_deputy(others)
    tell(case, "on_its_way", [post for posts in found.values() for post in posts])


def _ask(case: Suggestion, row: CoSignature, posts: list[Post]) -> None:
    notify(
        posts,
        fact=f"{_fact_of(row)}{case.version}",
        kind="suggestion.to_co_sign",
        params={"number": "", "title": case.title, "lead": case.lead.person.name},
        url=reverse("suggestions:co_signature", args=[row.pk]),
    )


def _fact_of(row: CoSignature) -> str:
    """How the fact of an invitation begins; it ends in the version of the case, since one may be asked anew."""
    return f"to_co_sign:cosignature:{row.pk}:"


def _keepers(case: Suggestion) -> list[Post]:
    """Whoever runs the lead's station; staff where nobody there has an account."""
    station = case.lead.station_id or 0
    return by_station([station]).get(station) or recipients.of_staff()
