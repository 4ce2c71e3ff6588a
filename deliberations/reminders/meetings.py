"""Deliberation meetings, the notices before them, and what they gave to the townships."""

from collections import defaultdict
from collections.abc import Collection
from typing import Any

from django.db.models import F, QuerySet
from django.db.models.functions import Coalesce
from django.urls import reverse

from accounts.models import Post, Role
from deliberations.models import Meeting, Notice, NoticeReceipt, TownshipTask
from deliberations.transitions.meeting_telling import presidiums
from notifications.reminders import Holders, Source, Words
from stations.models import Mandate
from stations.recipients import by_person, by_station, of_staff
from workflow import clock


class Tasks(Source):
    """What closed meetings and voters gave to a township: its presidium, once late the station and staff too."""

    label = kind = "task"

    def rows(self) -> QuerySet[Any]:
        """By the day they are to be settled."""
        rows = TownshipTask.objects.undone().in_force()
        rows = rows.annotate(
            act_by=F("due_on"),
            began_on=Coalesce("meeting_opinion__meeting__held_on", "opinion__visit__on"),
            station=Coalesce("meeting_opinion__meeting__station", "opinion__visit__station"),
        )
        return rows.values_list("pk", "act_by", "began_on", "township_id", "station", named=True)

    def holders(self, rows: list[Any]) -> Holders:
        """Whoever acts for the township's congress."""
        posts, staff = presidiums({row.township_id for row in rows}), of_staff()
        stations = by_station({row.station for row in rows})

        def of(row: Any, days_left: int) -> list[Post]:
            late = [*stations.get(row.station, []), *staff] if days_left < 0 else []
            return [*posts[row.township_id], *late]

        return of

    def words(self, keys: Collection[int]) -> dict[int, Words]:
        """Of which meeting or visit; the presidium sees the board, not the visit."""
        return {row.pk: _words_of_task(row) for row in TownshipTask.objects.for_list().filter(pk__in=keys)}


class Notices(Source):
    """Notices not confirmed: whoever runs the station, after three days staff too, until the meeting is over."""

    label = kind = "notice"
    steps = ()

    def rows(self) -> QuerySet[Any]:
        """By the day of issue."""
        sent = NoticeReceipt.objects.filter(status=NoticeReceipt.Status.SENT, notice__status=Notice.Status.ISSUED)
        rows = sent.filter(meeting_on__gte=clock.today()).annotate(act_by=F("notice__issued_on"), began_on=F("act_by"))
        return rows.values_list("pk", "act_by", "began_on", "station_id", named=True)

    def holders(self, rows: list[Any]) -> Holders:
        """The station; staff at once where nobody there has an account."""
        stations, staff = by_station({row.station_id for row in rows}), of_staff()

        def of(row: Any, days_left: int) -> list[Post]:
            keepers = stations.get(row.station_id, [])
            return [*keepers, *(staff if days_left < -3 or not keepers else [])]

        return of

    def words(self, keys: Collection[int]) -> dict[int, Words]:
        """Which notice, and at which station."""
        rows = NoticeReceipt.objects.filter(pk__in=keys).select_related("notice", "station")
        return {row.pk: _words_of_notice(row) for row in rows}


class Meetings(Source):
    """Planned meetings: two days before the station, the day before the deputies; and once the day is over."""

    label = kind = "meeting"
    steps = (2, 1)

    def rows(self) -> QuerySet[Any]:
        """By their day."""
        rows = Meeting.objects.deliberations().filter(status=Meeting.Status.PLANNED)
        rows = rows.annotate(act_by=F("held_on"), began_on=F("held_on"))
        return rows.values_list("pk", "act_by", "began_on", "station_id", named=True)

    def holders(self, rows: list[Any]) -> Holders:
        """Whoever runs the station, its deputies, and staff for what should have been held."""
        at = {row.station_id for row in rows}
        stations, deputies, staff = by_station(at), _deputies(at), of_staff()

        def of(row: Any, days_left: int) -> list[Post]:
            keepers = stations.get(row.station_id) or staff
            if days_left < 0:
                return [*keepers, *staff]
            return [*keepers, *(deputies[row.station_id] if days_left < 2 else [])]

        return of

    def words(self, keys: Collection[int]) -> dict[int, Words]:
        """Where and when."""
        rows = Meeting.objects.filter(pk__in=keys).select_related("station")
        return {row.pk: _words_of(row) for row in rows}


def _deputies(stations: Collection[int]) -> dict[int, list[Post]]:
    """The deputies of each station who have an account."""
    active = Mandate.objects.active(clock.today()).filter(station__in=stations)
    pairs = set(active.values_list("station_id", "person_id"))
    posts = by_person(Role.DEPUTY, {person for _station, person in pairs})
    found: dict[int, list[Post]] = defaultdict(list)
    for station, person in sorted(pairs):
        found[station] += posts.get(person, [])
    return found


def _words_of(meeting: Meeting) -> Words:
    params = {"number": "", "title": f"{meeting} {meeting.held_on.isoformat()}"}
    return Words(reverse("deliberations:meeting", args=[meeting.pk]), params)


def _words_of_task(row: TownshipTask) -> Words:
    if row.meeting_opinion is not None:
        return _words_of(row.meeting_opinion.meeting)
    title = f"{row.station.name} {row.said_on.isoformat()}"
    return Words(reverse("deliberations:township_tasks"), {"number": "", "title": title})


def _words_of_notice(row: NoticeReceipt) -> Words:
    params = {"number": "", "title": row.notice.title, "station": row.station.name}
    return Words(reverse("deliberations:notice", args=[row.pk]), params)
