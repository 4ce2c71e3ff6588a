"""One run over everything that has a day: told once, taken back when no longer true."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery
from django.urls import reverse

import deliberations.reminders
import stations.reminders
import suggestions.reminders
from accounts.models import Post, Role
from notifications import reminders as ladder
from notifications.models import Notification
from notifications.reminders import Holders, Source, Words
from stations.recipients import by_organ, current_posts, of_staff
from supervision.models import Card, CardVersion
from supervision.transitions import proposals
from workflow import clock
from workflow.ladder import Ladders


class Cards(Source):
    """Cards in force: the organ's handlers; once late the supervising body and staff too, never a leader."""

    label = kind = "card"

    def rows(self) -> QuerySet[Any]:
        """By the day that the version in force names."""
        last = CardVersion.objects.filter(card=OuterRef("pk")).order_by("-version")
        said = {
            "act_by": Subquery(last.values("due_on")[:1]),
            "began_on": Subquery(last.values("issued_on")[:1]),
            "organ": Subquery(last.values("organ")[:1]),
        }
        return Card.objects.running().annotate(**said).values_list("pk", *said, "body_id", named=True)

    def holders(self, rows: list[Any]) -> Holders:
        """The organ that is responsible by the card."""
        organs, staff = by_organ({row.organ for row in rows}), of_staff()
        bodies = _of_bodies({row.body_id for row in rows if row.body_id})
        return lambda row, days_left: [*organs[row.organ], *((*bodies[row.body_id], *staff) if days_left < 0 else ())]

    def words(self, keys: Collection[int]) -> dict[int, Words]:
        """Which card, of which suggestion."""
        rows = Card.objects.filter(pk__in=keys).values_list("pk", "number", "suggestion__title")
        return {
            pk: Words(reverse("supervision:card", args=[pk]), {"number": number, "title": title})
            for pk, number, title in rows
        }


#: Everything that has a day, by app.
SOURCES: tuple[Source, ...] = (
    *stations.reminders.SOURCES,
    *deliberations.reminders.SOURCES,
    *suggestions.reminders.SOURCES,
    Cards(),
)


def run() -> dict[str, int]:
    """Tell what should have been told by now and has not; take back what is no longer true; say how many of each.

    Steps that press a head or a leader are only proposed, and not counted here. Works from state: any set of missed
    days, a double run or two workers change nothing.
    """
    today, ladders = clock.today(), Ladders()
    voided = ladder.void_untrue(SOURCES, today, ladders)
    created = sum(ladder.tell(source, today, ladders) for source in SOURCES)
    proposals.sweep(today)
    return {"created": created, "voided": voided}


def no_longer_true(notes: Iterable[Notification]) -> dict[int, str]:
    """Of these notifications the reminders that nobody would be told now, by key, each with the reason."""
    told = [(note.pk, note.recipient_id, note.fact) for note in notes if note.kind.startswith(ladder.PREFIX)]
    return ladder.untrue(told, SOURCES, clock.today()) if told else {}


def _of_bodies(organs: Collection[int]) -> dict[int, list[Post]]:
    found: dict[int, list[Post]] = defaultdict(list)
    for post in current_posts().filter(role=Role.WORKING_BODY, organ__in=organs):
        found[post.organ_id or 0].append(post)
    return found
