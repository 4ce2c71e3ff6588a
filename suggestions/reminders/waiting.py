"""What waits without a time limit of its own: suggestions for their number, voters for the last word."""

from collections.abc import Collection, Iterable
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import TruncDate
from django.urls import reverse
from django.utils import timezone

from deliberations.models import Opinion, Visit
from deliberations.reminders.visits import tellers, words_of
from notifications.reminders import Holders, Source, Words
from suggestions import recipients
from suggestions.models import Source as Origin
from suggestions.models import Suggestion, SuggestionEvent
from suggestions.voices import ENDED


class Registration(Source):
    """Handed in and not examined: staff are told of the one that has waited longest, and of how many there are."""

    label = kind = "registration"
    steps = ()
    patience = 3

    def rows(self) -> QuerySet[Any]:
        """The oldest only, so that a hundred of a congress bring one reminder."""
        oldest = _unregistered().order_by("received_on", "pk").values("pk")[:1]
        rows = Suggestion.objects.filter(pk=Subquery(oldest)).annotate(
            act_by=F("received_on"), began_on=F("received_on")
        )
        return rows.values_list("pk", "act_by", "began_on", named=True)

    def holders(self, rows: list[Any]) -> Holders:
        """The deputy affairs commission."""
        staff = recipients.of_staff()
        return lambda row, days_left: staff

    def words(self, keys: Collection[int]) -> dict[int, Words]:
        """The list of those that wait."""
        url, count = f"{reverse('suggestions:list')}?status={Suggestion.Status.SUBMITTED}", _unregistered().count()
        titles = Suggestion.objects.filter(pk__in=keys).values_list("pk", "title")
        return {pk: Words(url, {"number": "", "title": title, "count": str(count)}) for pk, title in titles}


class VoicesToTell(Source):
    """Voters who wait for the last word on what has ended: whoever went tells them, or keeps the record."""

    label = "voice"
    kind = "voter_to_tell"
    steps = ()

    def rows(self) -> QuerySet[Any]:
        """Their opinions, by the day of the end."""
        ended = Origin.objects.filter(suggestion__status__in=ENDED)
        waiting = Opinion.objects.to_tell().filter(visit__status=Visit.Status.RECORDED)
        waiting = waiting.filter(_any(Q(pk__in=ended.values(way)) for way in _WAYS))
        cases = ended.filter(_any(Q(**{way: OuterRef(OuterRef("pk"))}) for way in _WAYS)).values("suggestion")
        last = SuggestionEvent.objects.filter(suggestion__in=cases).order_by("-at").values("at")[:1]
        day = TruncDate(Subquery(last), tzinfo=timezone.get_default_timezone())
        rows = waiting.annotate(act_by=day, station=F("visit__station")).annotate(began_on=F("act_by"))
        return rows.values_list("pk", "act_by", "began_on", "visit_id", "station", named=True)

    def holders(self, rows: list[Any]) -> Holders:
        """Of each visit."""
        posts = tellers({row.visit_id: row.station for row in rows})
        return lambda row, days_left: posts[row.visit_id]

    def words(self, keys: Collection[int]) -> dict[int, Words]:
        """The visit, with nothing of the voter."""
        rows = Opinion.objects.filter(pk__in=keys).select_related("visit__station")
        return {row.pk: words_of(row.visit) for row in rows}


#: How a voter's words came behind a suggestion: at once, through a meeting, by a promise made there.
_WAYS = ("opinion", "meeting_opinion__basis", "promise__meeting_opinion__basis")


def _any(conditions: Iterable[Q]) -> Q:
    return reduce(or_, conditions)


def _unregistered() -> QuerySet[Suggestion]:
    return Suggestion.objects.filter(status=Suggestion.Status.SUBMITTED)
