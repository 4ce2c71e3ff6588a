"""What a station did in a month, in figures: counted from what is recorded, whenever it is asked for.

A figure belongs to the month in which it happened: an opinion settled or told in May counts in May, whenever it was said.
"""

from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, Sum
from django.utils import timezone

from deliberations.models import (
    DeliberationEvent,
    Guests,
    Meeting,
    Opinion,
    Telling,
    Training,
    Visit,
    VisitDeputy,
)
from stations.models import ReceptionDay, Station
from workflow.periods import months_after

R, K = Opinion.Route, Visit.Kind
#: Verb of the event by which a visit is settled.
_CLOSE = "close"
_OTHER_WAYS = (K.APPOINTMENT, K.QR, K.LETTER)


@dataclass(frozen=True)
class Month:
    """One calendar month."""

    first: date

    @property
    def last(self) -> date:
        """Its last day."""
        return date.fromordinal(self.next.first.toordinal() - 1)

    @property
    def next(self) -> "Month":
        """The month after it."""
        return Month(months_after(self.first, 1))

    @property
    def before(self) -> "Month":
        """The month before it."""
        return Month(months_after(self.first, -1))

    @property
    def days(self) -> tuple[date, date]:
        """First and last day."""
        return self.first, self.last

    @property
    def moments(self) -> tuple[datetime, datetime]:
        """From when to when it lasts, the end not counted, by the clocks of the county."""
        begin, end = (timezone.make_aware(datetime.combine(day, time())) for day in (self.first, self.next.first))
        return begin, end

    @staticmethod
    def of(day: date) -> "Month":
        """The month in which a day lies."""
        return Month(day.replace(day=1))


def figures(station: Station, month: Month) -> dict[str, int]:
    """The figures of one station for a month, by the keys of ``stations.figures.FIGURES``."""
    visits = Visit.objects.exclude(status=Visit.Status.ANNULLED).filter(station=station, on__range=month.days)
    opinions = Opinion.objects.filter(visit__in=visits)
    days = {"station": station, "on__range": month.days}
    return {
        "reception_days": ReceptionDay.objects.filter(**days, status=ReceptionDay.Status.HELD).count(),
        **visits.aggregate(
            visits=Count("pk", Q(kind=K.VISIT)),
            voter_meetings=Count("pk", Q(kind=K.VOTER_MEETING)),
            other_ways=Count("pk", Q(kind__in=_OTHER_WAYS)),
        ),
        "meetings": _meetings(station, month),
        "trainings": Training.objects.filter(**days).count(),
        "deputies": VisitDeputy.objects.filter(visit__in=visits).count(),
        "voters": _voters(visits, opinions),
        **opinions.aggregate(
            opinions=Count("pk"),
            answered=Count("pk", Q(route=R.ANSWERED)),
            to_township=Count("pk", Q(route__in=[R.VILLAGE, R.TOWNSHIP])),
            to_meeting=Count("pk", Q(route=R.TO_MEETING)),
            to_suggestion=Count("pk", Q(route=R.SUGGESTION)),
            to_higher=Count("pk", Q(route=R.HIGHER_DEPUTIES)),
            refused=Count("pk", Q(route=R.REFUSED)),
        ),
        "settled": _settled(station, month),
        "told": _told(station, month),
    }


def _meetings(station: Station, month: Month) -> int:
    held = (Meeting.Status.OPEN, Meeting.Status.CLOSED)
    rows = Meeting.objects.filter(station=station, kind=Meeting.Kind.DELIBERATION, status__in=held)
    return rows.filter(held_on__range=month.days).count()


def _voters(visits: Any, opinions: Any) -> int:
    """One for each opinion; at a voters' meeting as many as came, where that was counted."""
    guests = Guests.objects.filter(visit__in=visits)
    counted = Exists(Guests.objects.filter(visit=OuterRef("visit")))
    came = guests.aggregate(all=Sum("number"))["all"] or 0
    return came + opinions.filter(~counted).count()


def _settled(station: Station, month: Month) -> int:
    """Opinions of visits that were settled in the month."""
    begin, end = month.moments
    closed = DeliberationEvent.objects.filter(verb=_CLOSE, at__gte=begin, at__lt=end, visit__station=station)
    return Opinion.objects.filter(visit__in=closed.values("visit")).count()


def _told(station: Station, month: Month) -> int:
    """Opinions whose voter was told the last word in the month."""
    final = Telling.objects.filter(opinion__visit__station=station, on__range=month.days, final=True, reached=True)
    return final.exclude(opinion__visit__status=Visit.Status.ANNULLED).values("opinion").distinct().count()
