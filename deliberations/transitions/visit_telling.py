"""Who is told of what happens to a visit. Nothing of the voter, not even the words, stands in a notification."""

from collections.abc import Iterable

from django.urls import reverse

from accounts.models import Post, Role
from deliberations.models import TownshipTask, Visit
from notifications.transitions import notify
from stations.recipients import by_person, by_station, current_posts


def tell(visit: Visit, kind: str, posts: Iterable[Post]) -> None:
    """Tell the holders of these posts; the fact carries the version, so that each act is told once."""
    if kind == "visit.to_confirm" and not visit.awaits_confirmation:
        return  # what a voter wrote by the public page is nobody's to confirm
    name = kind.removeprefix("visit.")
    notify(
        posts,
        fact=f"{name}:visit:{visit.pk}:{visit.version}",
        kind=kind,
        params={"title": f"{visit.station.name} {visit.on.isoformat()}", "number": ""},
        url=reverse("deliberations:visit", args=[visit.pk]),
    )


def tell_of_task(visit: Visit, kind: str, posts: Iterable[Post], task: TownshipTask) -> None:
    """Tell the presidium, which sees the board and not the visit, what was put there."""
    notify(
        posts,
        fact=f"{kind}:visit:{visit.pk}:{task.pk}:{visit.version}",
        kind=f"visit.{kind}",
        params={
            "title": f"{visit.station.name} {visit.on.isoformat()}",
            "number": "",
            "act_by": task.due_on.isoformat(),
        },
        url=reverse("deliberations:township_tasks"),
    )


def keepers(visit: Visit) -> list[Post]:
    """Whoever runs the station; staff where nobody there has an account."""
    return by_station([visit.station_id]).get(visit.station_id) or list(
        current_posts().filter(role=Role.COMMITTEE_STAFF)
    )


def visitors(visit: Visit) -> list[Post]:
    """The deputies who took part and have an account; the station asks the others itself."""
    people = visit.deputies.values_list("person_id", flat=True)
    return [post for posts in by_person(Role.DEPUTY, set(people)).values() for post in posts]
