"""Of what a station and its deputies must be reminded: the notice on the wall, the duty two days ahead, the record."""

from collections.abc import Collection
from typing import Any

from django.db.models import Count, F, Q, QuerySet
from django.urls import reverse

from accounts.models import Role
from notifications.reminders import Holders, Source, Words
from stations.deadlines import DUTY_DAYS, NOTICE_DAYS
from stations.models import Duty, ReceptionDay, Station
from stations.recipients import by_person, by_station, of_staff
from workflow import clock


class Receptions(Source):
    """Reception days whose notice is to hang by now, and those that are over and not recorded: whoever runs the station."""

    label = kind = "reception"
    steps = tuple(range(NOTICE_DAYS, -1, -1))

    def rows(self) -> QuerySet[Any]:
        """By their day."""
        today = clock.today()
        rows = ReceptionDay.objects.planned().filter(station__status=Station.Status.ACTIVE)
        rows = rows.filter(Q(posted_on=None) | Q(on__lt=today)).annotate(act_by=F("on"), began_on=F("on"))
        return rows.values_list("pk", "act_by", "began_on", "station_id", named=True)

    def holders(self, rows: list[Any]) -> Holders:
        """The station; staff where nobody there has an account."""
        stations, staff = by_station({row.station_id for row in rows}), of_staff()
        return lambda row, days_left: stations.get(row.station_id) or staff

    def words(self, keys: Collection[int]) -> dict[int, Words]:
        """Where and when."""
        rows = ReceptionDay.objects.filter(pk__in=keys).select_related("station")
        return {
            row.pk: Words(
                reverse("stations:reception", args=[row.pk]),
                {"number": "", "title": f"{row.station.name} {row.on.isoformat()}"},
            )
            for row in rows
        }


class Duties(Source):
    """Duties to come: the deputy, two days ahead, with the hours and with whom."""

    label = "duty"
    kinds = ("duty", "duty_alone")
    steps = (DUTY_DAYS,)

    def rows(self) -> QuerySet[Any]:
        """By the day of the reception; what is over is a matter of the record."""
        rows = Duty.objects.due().filter(day__on__gte=clock.today(), day__station__status=Station.Status.ACTIVE)
        coming = Count("day__duties", filter=Q(day__duties__state=Duty.State.DUE))
        rows = rows.annotate(act_by=F("day__on"), began_on=F("day__on"), coming=coming)
        return rows.values_list("pk", "act_by", "began_on", "mandate__person", "coming", named=True)

    def kind_of(self, row: Any) -> str:
        """With others, or alone."""
        return "duty" if row.coming > 1 else "duty_alone"

    def holders(self, rows: list[Any]) -> Holders:
        """The deputy, as far as they have an account; the liaison rings up the others from the list."""
        posts = by_person(Role.DEPUTY, {row.mandate__person for row in rows})
        return lambda row, days_left: posts.get(row.mandate__person, [])

    def words(self, keys: Collection[int]) -> dict[int, Words]:
        """When, where and with whom."""
        rows = Duty.objects.filter(pk__in=keys).select_related("day__station")
        rows = rows.prefetch_related("day__duties__mandate__person")
        return {row.pk: _words_of(row) for row in rows}


def _words_of(duty: Duty) -> Words:
    day = duty.day
    others = [
        other.mandate.person.name for other in day.duties.all() if other.pk != duty.pk and other.state == Duty.State.DUE
    ]
    params = {
        "number": "",
        "title": day.station.name,
        "hours": f"{day.starts_at:%H:%M}–{day.ends_at:%H:%M}",
        "deputy": "、".join(others),
    }
    return Words(reverse("stations:reception", args=[day.pk]), params)


SOURCES = (Receptions(), Duties())
