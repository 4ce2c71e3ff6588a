"""Visits that wait: to be completed, and for the voter to be told.

Of each station only the one that has waited longest is told, with how many there are, so that a register taken
over brings one reminder and not hundreds.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Subquery
from django.urls import reverse

from accounts.models import Post, Role
from deliberations.models import Opinion, Visit, VisitDeputy
from notifications.reminders import Holders, Source, Words
from stations.models import Station
from stations.recipients import by_person, by_station, of_staff


class _OldestVisits(Source):
    """The visit of each station that has waited longest."""

    steps = ()

    def waiting(self) -> QuerySet[Visit]:
        """All that wait."""
        raise NotImplementedError

    def rows(self) -> QuerySet[Any]:
        """By the day of the visit."""
        here = self.waiting().filter(station=OuterRef("pk")).order_by("on", "pk").values("pk")[:1]
        oldest = Station.objects.annotate(oldest=Subquery(here)).filter(oldest__isnull=False).values("oldest")
        rows = self.waiting().filter(pk__in=oldest).annotate(act_by=F("on"), began_on=F("on"))
        return rows.values_list("pk", "act_by", "began_on", "station_id", named=True)

    def words(self, keys: Collection[int]) -> dict[int, Words]:
        """Where, when, and how many there are."""
        rows = list(Visit.objects.filter(pk__in=keys).select_related("station"))
        here = self.waiting().filter(station__in={row.station_id for row in rows}).order_by()
        counts = dict(here.values_list("station").annotate(Count("pk")))
        return {row.pk: words_of(row, count=str(counts.get(row.station_id, 1))) for row in rows}


class VisitsToComplete(_OldestVisits):
    """Noted by a deputy: whoever runs the station completes them."""

    label = "visit"
    kind = "visit_to_complete"

    def waiting(self) -> QuerySet[Visit]:
        """Without place, way and voter."""
        return Visit.objects.waiting_for("completion")

    def holders(self, rows: list[Any]) -> Holders:
        """The station; staff where nobody there has an account."""
        stations, staff = by_station({row.station_id for row in rows}), of_staff()
        return lambda row, days_left: stations.get(row.station_id) or staff


class AnswersToTell(_OldestVisits):
    """The voter waits to be told what is known already: whoever went tells them, or keeps the record."""

    label = "answer"
    kind = "voter_to_tell"

    def waiting(self) -> QuerySet[Visit]:
        """With an opinion that was answered, not accepted, or explained at a meeting, and whose voter was not told.

        Of what a register was taken over from nobody is pressed: who told whom it leaves out.
        """
        known = Q(route__in=[Opinion.Route.ANSWERED, Opinion.Route.REFUSED])
        known |= Q(deliberated__outcome="EXPLAINED", deliberated__meeting__status="CLOSED")
        untold = Opinion.objects.to_tell().filter(known, visit=OuterRef("pk"))
        return Visit.objects.filter(Exists(untold), status=Visit.Status.RECORDED, imported_from="")

    def holders(self, rows: list[Any]) -> Holders:
        """Of each visit."""
        posts = tellers({row.pk: row.station_id for row in rows})
        return lambda row, days_left: posts[row.pk]


def tellers(visits: Mapping[int, int]) -> dict[int, list[Post]]:
    """Who tells the voters of these visits, given with their stations: who runs the station, else staff; who went."""
    stations, staff = by_station(set(visits.values())), of_staff()
    pairs = VisitDeputy.objects.filter(visit__in=visits).values_list("visit_id", "mandate__person_id")
    went = defaultdict(set)
    for visit, person in pairs:
        went[visit].add(person)
    posts = by_person(Role.DEPUTY, {person for people in went.values() for person in people})
    return {
        visit: [
            *(stations.get(station) or staff),
            *(post for person in sorted(went[visit]) for post in posts.get(person, [])),
        ]
        for visit, station in visits.items()
    }


def words_of(visit: Visit, **params: str) -> Words:
    """The visit, with nothing of the voter."""
    title = f"{visit.station.name} {visit.on.isoformat()}"
    return Words(reverse("deliberations:visit", args=[visit.pk]), {"number": "", "title": title, **params})
