"""Who is told of a training: the deputies invited, and whoever runs their station where they have no account."""

from collections.abc import Collection

from django.urls import reverse

from deliberations.models import Cycle, Training
from notifications.transitions import notify
from stations.models import Mandate
from stations.recipients import by_deputy


def tell(training: Training, kind: str, deputies: Collection[Mandate], *, case: Cycle, url: str = "") -> None:
    """Tell the deputies; the fact carries the version of the cycle, so that each act is told once."""
    posts = {post.pk: post for found in by_deputy(deputies).values() for post in found}
    notify(
        posts.values(),
        fact=f"{kind}:training:{training.pk}:{case.version}",
        kind=f"training.{kind}",
        params={"title": training.title, "number": "", "act_by": training.on.isoformat()},
        url=url or reverse("deliberations:training", args=[training.pk]),
    )


def invited(training: Training) -> list[Mandate]:
    """The deputies on the sheet."""
    return list(Mandate.objects.filter(attended__training=training).select_related("person"))
