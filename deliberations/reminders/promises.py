"""Promises made on the spot: kept by their day, and once reported seen by the deputy."""

from collections.abc import Collection
from typing import Any

from django.db.models import F, QuerySet
from django.urls import reverse

from deliberations.models import Meeting, Promise
from notifications.reminders import Holders, Source, Words
from stations.models import Mandate
from stations.recipients import by_deputy, by_organ, of_staff


class PromisesToKeep(Source):
    """Those of closed meetings: the organ's handlers, once late staff too (scenario 4)."""

    label = kind = "promise"

    def rows(self) -> QuerySet[Any]:
        """By the day they were promised for; while the meeting is being recorded they can still be put right."""
        rows = Promise.objects.filter(
            status=Promise.Status.MADE, meeting_opinion__meeting__status=Meeting.Status.CLOSED
        )
        rows = rows.annotate(act_by=F("due_on"), began_on=F("made_on"))
        return rows.values_list("pk", "act_by", "began_on", "organ_id", named=True)

    def holders(self, rows: list[Any]) -> Holders:
        """Whoever promised."""
        organs, staff = by_organ({row.organ_id for row in rows}), of_staff()
        return lambda row, days_left: [*organs[row.organ_id], *(staff if days_left < 0 else [])]

    def words(self, keys: Collection[int]) -> dict[int, Words]:
        """What was promised, and by whom."""
        return _words(keys)


class PromisesToConfirm(Source):
    """Reported as done: the deputy says whether it is so, and is asked again until then."""

    label = kind = "promise_report"
    steps = ()

    def rows(self) -> QuerySet[Any]:
        """By the day of the report."""
        rows = Promise.objects.filter(status=Promise.Status.REPORTED_DONE)
        speaker = F("meeting_opinion__speaker")
        rows = rows.annotate(act_by=F("reported_on"), began_on=F("reported_on"), speaker=speaker)
        return rows.values_list("pk", "act_by", "began_on", "speaker", named=True)

    def holders(self, rows: list[Any]) -> Holders:
        """The deputy to whom it was made, else whoever runs the deputy's station, else staff."""
        deputies = by_deputy(Mandate.objects.filter(pk__in={row.speaker for row in rows}))
        return lambda row, days_left: deputies[row.speaker]

    def words(self, keys: Collection[int]) -> dict[int, Words]:
        """What was promised, and by whom."""
        return _words(keys)


def _words(keys: Collection[int]) -> dict[int, Words]:
    return {row.pk: _words_of(row) for row in Promise.objects.filter(pk__in=keys).select_related("organ")}


def _words_of(row: Promise) -> Words:
    params = {"number": "", "title": row.text[:60], "organ": row.organ.name}
    return Words(reverse("deliberations:promise", args=[row.pk]), params)
