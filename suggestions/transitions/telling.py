"""Writing the notifications of an act, in its transaction, once per person."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.urls import reverse

from accounts.models import Post
from deliberations.models import Visit
from deliberations.transitions.visit_telling import keepers, visitors
from notifications.transitions import notify
from suggestions.models import Suggestion
from suggestions.voices import voices_of


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


def tell_off(case: Suggestion, posts: Iterable[Post]) -> None:
    """Tell an organ that it need not handle the suggestion any more; it no longer sees it, only its list."""
    notify(
        posts,
        fact=f"objection_let_go:suggestion:{case.pk}:{case.version}",
        kind="suggestion.objection_let_go",
        params={"number": case.number, "title": case.title},
        url=reverse("suggestions:list"),
    )


def tell_who_tells(case: Suggestion) -> None:
    """Whoever went to the voters behind a suggestion that has ended, and whoever keeps the record: tell them now."""
    waiting = voices_of(case).to_tell().filter(visit__status=Visit.Status.RECORDED)
    for visit in Visit.objects.filter(opinions__in=waiting).select_related("station").distinct():
        notify(
            [*keepers(visit), *visitors(visit)],
            fact=f"to_tell:visit:{visit.pk}:{case.pk}:{case.version}",
            kind="visit.to_tell",
            params={"number": case.number, "title": case.title},
            url=reverse("deliberations:visit", args=[visit.pk]),
        )
