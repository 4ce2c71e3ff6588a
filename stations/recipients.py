"""Who is told of what concerns a station, a deputy or an organ: users, found through their posts (D19).

Whatever has many recipients asks for them as a set, so that a sweep over thousands of limits costs a few queries.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable

from django.db.models import QuerySet

from accounts.models import Organ, Post, Role
from stations.models import Mandate, StationStaff
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


def of_staff() -> list[Post]:
    """Staff of the deputy affairs commission."""
    return list(current_posts().filter(role=Role.COMMITTEE_STAFF))


def by_organ(organs: Collection[int]) -> dict[int, list[Post]]:
    """Handlers of each organ by its key (never its head: nothing that presses goes there by itself).

    What went over into another organ is told there; who still has a post of the former one, if nobody has one there.
    Staff where an organ has nobody.
    """
    gone = Organ.objects.filter(pk__in=organs).exclude(successor=None)
    heirs = dict(gone.values_list("pk", "successor_id"))
    found = defaultdict(list)
    asked = {*organs, *heirs.values()}
    for post in current_posts().filter(organ__in=asked, role__in=[Role.ORGAN_HANDLER, Role.GOVERNMENT_OFFICE]):
        found[post.organ_id].append(post)
    return _or_staff({organ: found[heirs.get(organ, organ)] or found[organ] for organ in organs})


def by_deputy(mandates: Iterable[Mandate]) -> dict[int, list[Post]]:
    """By the key of the mandate: the deputy's own post, else the posts of who runs their station, else staff."""
    deputies = list(mandates)
    own = by_person(Role.DEPUTY, {mandate.person_id for mandate in deputies})
    lacking = {mandate.station_id for mandate in deputies if mandate.person_id not in own and mandate.station_id}
    at_station = by_station(lacking)
    return _or_staff(
        {mandate.pk: own.get(mandate.person_id) or at_station.get(mandate.station_id or 0, []) for mandate in deputies}
    )


def _or_staff(found: dict[int, list[Post]]) -> dict[int, list[Post]]:
    staff = of_staff() if not all(found.values()) else []
    return {key: posts or staff for key, posts in found.items()}
