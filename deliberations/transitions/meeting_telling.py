"""Who is told of a meeting: its station, its deputies, the presidium that takes something up, staff who collect."""

from collections.abc import Collection, Iterable

from django.db.models import Q
from django.urls import reverse

from accounts.actor import Actor
from accounts.models import Post, Role
from deliberations.models import Meeting, TownshipTask
from notifications.transitions import notify
from stations.models import Level, Mandate, StationStaff
from stations.recipients import by_person, by_station, of_staff
from workflow import clock


def tell(meeting: Meeting, kind: str, posts: Iterable[Post], *, part: int = 0, **params: str) -> None:
    """Tell the holders of these posts; the fact carries version and part, so that each act is told once."""
    notify(
        posts,
        fact=f"{kind}:meeting:{meeting.pk}:{part}:{meeting.version}",
        kind=f"meeting.{kind}",
        params={"title": f"{meeting} {meeting.held_on.isoformat()}", "number": "", **params},
        url=reverse("deliberations:meeting", args=[meeting.pk]),
    )


def invited(meeting: Meeting, actor: Actor) -> list[Post]:
    """Deputies of the station who have an account, and whoever runs it unless they did it themselves."""
    deputies = Mandate.objects.active(meeting.held_on).filter(station=meeting.station_id)
    found = by_person(Role.DEPUTY, set(deputies.values_list("person", flat=True)))
    return [*(post for posts in found.values() for post in posts), *(of_station(meeting) if actor.is_staff else [])]


def of_station(meeting: Meeting) -> list[Post]:
    """Whoever runs the station."""
    return by_station([meeting.station_id or 0])[meeting.station_id or 0]


def speakers(meeting: Meeting) -> list[Post]:
    """The deputies who said something, as far as they have an account."""
    people = set(meeting.opinions.values_list("speaker__person", flat=True))
    return [post for posts in by_person(Role.DEPUTY, people).values() for post in posts]


def presidiums(townships: Collection[int]) -> dict[int, list[Post]]:
    """The posts of each township's congress; staff where it has nobody with an account."""
    today = clock.today()
    mandates = Mandate.objects.in_office(today).filter(level=Level.TOWNSHIP, term__township__in=townships)
    duties = StationStaff.objects.on_duty(today).filter(station__township__in=townships)
    pairs = set(mandates.values_list("term__township", "person")) | set(
        duties.values_list("station__township", "person")
    )
    posts = by_person(Role.TOWNSHIP, {person for _township, person in pairs})
    found: dict[int, list[Post]] = {township: [] for township in townships}
    for township, person in sorted(pairs):
        found[township] += posts.get(person, [])
    staff = [] if all(found.values()) else of_staff()
    return {township: told or staff for township, told in found.items()}


def tell_tasks(meeting: Meeting) -> None:
    """Tell each presidium what was given to it."""
    tasks = list(TownshipTask.objects.undone().filter(meeting_opinion__meeting=meeting))
    posts = presidiums({task.township_id for task in tasks})
    for task in tasks:
        tell(meeting, "task", posts[task.township_id], part=task.pk, act_by=task.due_on.isoformat())


def tell_collecting(meeting: Meeting) -> None:
    """Tell staff that forwarded opinions wait to become suggestions."""
    waiting = meeting.opinions.filter(~Q(way="TOWNSHIP"), outcome="FORWARDED").count()
    if waiting:
        tell(meeting, "collect", of_staff(), count=str(waiting))
