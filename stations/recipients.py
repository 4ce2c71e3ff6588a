"""Who is told of what concerns a station: users, found through their posts when the notification is written (D19)."""

from collections import defaultdict
from collections.abc import Collection

from django.db.models import QuerySet

from accounts.models import Post, Role
from stations.models import StationStaff
from workflow import clock


def current_posts() -> QuerySet[Post]:
    """Posts of today whose account is open."""
    return Post.objects.current(clock.today()).filter(user__status="ACTIVE").select_related("user")


def by_person(role: str, people: Collection[int]) -> dict[int, list[Post]]:
    """The posts of that role by the key of the person; who has none is not in it."""
    found = defaultdict(list)
    for post in current_posts().filter(role=role, user__person__in=people):
        found[post.user.person_id].append(post)
    return found


def by_station(stations: Collection[int]) -> dict[int, list[Post]]:
    """The posts of whoever runs the station today, by its key; empty for one whose staff have no account."""
    duties = StationStaff.objects.on_duty(clock.today()).filter(station__in=stations)
    pairs = set(duties.values_list("station_id", "person_id"))
    posts = by_person(Role.STATION, {person for _station, person in pairs})
    found: dict[int, list[Post]] = defaultdict(list)
    for station, person in sorted(pairs):
        found[station] += posts.get(person, [])
    return found
