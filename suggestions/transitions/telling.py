"""Writing the notifications of an act, in its transaction, once per person."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.urls import reverse

from accounts.models import Post
from notifications.transitions import notify
from suggestions.models import Suggestion


def tell(case: Suggestion, kind: str, posts: Iterable[Post], due_on: date | None = None, **params: Any) -> None:
    """Tell the holders of these posts that something happened to the suggestion, and by when they must act on it.

    The fact carries the case's version: each act is told once, and a repeated act is a new fact.
    """
    notify(
        posts,
        fact=f"{kind}:suggestion:{case.pk}:{case.version}",
        kind=f"suggestion.{kind}",
        params={"number": case.number, "title": case.title, **params},
        url=reverse("suggestions:detail", args=[case.pk]),
        due_on=due_on,
    )
