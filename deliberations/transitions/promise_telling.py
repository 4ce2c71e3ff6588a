"""Who is told of what becomes of a promise: the organ that made it, the deputy to whom it was made."""

from collections.abc import Iterable

from django.urls import reverse

from accounts.models import Post
from deliberations.models import Promise
from notifications.transitions import notify
from stations.recipients import by_deputy, by_organ


def tell(promise: Promise, kind: str, posts: Iterable[Post]) -> None:
    """Tell the holders of these posts; the fact carries the version, so that each act is told once."""
    notify(
        posts,
        fact=f"{kind}:promise:{promise.pk}:{promise.version}",
        kind=f"promise.{kind}",
        params={"title": promise.text[:60], "number": "", "organ": promise.organ.name},
        url=reverse("deliberations:promise", args=[promise.pk]),
    )


def tell_made(promise: Promise) -> None:
    """Tell the organ what it promised, once the meeting is closed."""
    tell(promise, "made", promisers(promise))


def promisers(promise: Promise) -> list[Post]:
    """Handlers of the organ, or of the one it went over into; staff where nobody there has an account."""
    return by_organ([promise.organ_id])[promise.organ_id]


def receivers(promise: Promise) -> list[Post]:
    """The deputy to whom it was made, else whoever runs the deputy's station, else staff."""
    speaker = promise.meeting_opinion.speaker
    return by_deputy([speaker])[speaker.pk]
