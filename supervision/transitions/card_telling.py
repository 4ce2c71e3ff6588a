"""Who is told of a card, in the transaction of the act: handlers, deputies, the supervising body, never a head."""

from collections.abc import Iterable
from datetime import date

from django.urls import reverse

from accounts.models import Post, Role
from notifications.transitions import notify
from stations.recipients import current_posts
from suggestions import recipients
from supervision.models import Card


def tell(card: Card, kind: str, posts: Iterable[Post], due_on: date | None = None) -> None:
    """Tell the holders of these posts what happened to the card; each act is told once."""
    notify(
        posts,
        fact=f"{kind}:{card.pk}:{card.version}",
        kind=kind,
        params={"number": card.number, "title": card.suggestion.title},
        url=reverse("supervision:card", args=[card.pk]),
        due_on=due_on,
    )


def everybody(card: Card) -> list[Post]:
    """The organs that have the suggestion in hand, those who signed it, and the supervising body."""
    case = card.suggestion
    return [*recipients.of_handlers(case), *recipients.of_signatories(case), *of_body(card)]


def of_body(card: Card) -> list[Post]:
    """Whoever works for the supervising body today."""
    if card.body_id is None:
        return []
    return list(current_posts().filter(role=Role.WORKING_BODY, organ=card.body_id))
