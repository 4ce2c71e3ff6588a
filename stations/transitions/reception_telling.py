"""Who is told of a reception day: the deputies on duty, and whoever runs the station."""

from collections.abc import Iterable

from django.urls import reverse

from accounts.actor import Actor
from accounts.models import Post, Role
from notifications.transitions import notify
from stations.models import Duty, Mandate, ReceptionDay, Station
from stations.recipients import by_person, by_station, of_staff


def tell(day: ReceptionDay, kind: str, posts: Iterable[Post], case: Station, **params: str) -> None:
    """Tell the holders of these posts; the fact carries the version of the station's record, so that each act is told once."""
    notify(
        posts,
        fact=f"{kind}:reception:{day.pk}:{case.version}",
        kind=f"reception.{kind}",
        params={"title": title(day, case), "number": "", **params},
        url=reverse("stations:reception", args=[day.pk]),
    )


def title(day: ReceptionDay, station: Station) -> str:
    """How a reception day is called: where and when."""
    return f"{station.name} {day.on.isoformat()}"


def deputies(mandates: Iterable[Mandate]) -> list[Post]:
    """The own posts of these deputies, as far as they have an account; nobody stands in for who has none."""
    people = {mandate.person_id for mandate in mandates}
    return [post for posts in by_person(Role.DEPUTY, people).values() for post in posts]


def on_duty(day: ReceptionDay) -> list[Post]:
    """Whoever is still to come on that day."""
    rows = Duty.objects.filter(day=day, state=Duty.State.DUE).select_related("mandate")
    return deputies([row.mandate for row in rows])


def keepers(station: Station, actor: Actor) -> list[Post]:
    """Whoever runs the station, but for the one who acts; staff where nobody there has an account."""
    posts = by_station([station.pk])[station.pk] or of_staff()
    return [post for post in posts if post.user != actor.user]
