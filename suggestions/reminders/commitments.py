"""What replies commit organs to: done by its day, and once reported seen by the deputy."""

from collections.abc import Collection
from typing import Any

from django.db.models import F, QuerySet
from django.db.models.functions import Coalesce
from django.urls import reverse

from notifications.reminders import Holders, Source, Words
from stations.models import Mandate
from suggestions import recipients
from suggestions.models import Commitment

OF = "reply__assignment__suggestion"


class CommitmentsToKeep(Source):
    """Open ones: the organ's handlers, once late staff too."""

    label = kind = "commitment"

    def rows(self) -> QuerySet[Any]:
        """By the day they are to be kept."""
        began = Coalesce("reply__released_on", "reply__letter_on", "due_on")
        rows = Commitment.objects.open().filter(status=Commitment.Status.OPEN)
        rows = rows.annotate(act_by=F("due_on"), began_on=began)
        return rows.values_list("pk", "act_by", "began_on", "organ_id", named=True)

    def holders(self, rows: list[Any]) -> Holders:
        """The organ that is named in the line."""
        organs, staff = recipients.by_organ({row.organ_id for row in rows}), recipients.of_staff()
        return lambda row, days_left: [*organs[row.organ_id], *(staff if days_left < 0 else [])]

    def words(self, keys: Collection[int]) -> dict[int, Words]:
        """Of which suggestion, and by whom."""
        return _words(keys)


class CommitmentsToConfirm(Source):
    """Reported as done: the deputy says whether it is so, and is asked again until then."""

    label = kind = "commitment_report"
    steps = ()

    def rows(self) -> QuerySet[Any]:
        """By the day of the report."""
        rows = Commitment.objects.open().filter(status=Commitment.Status.REPORTED_DONE)
        speaker = Coalesce(f"{OF}__continued_by", f"{OF}__lead")
        rows = rows.annotate(act_by=F("reported_on"), began_on=F("reported_on"), speaker=speaker)
        return rows.values_list("pk", "act_by", "began_on", "speaker", named=True)

    def holders(self, rows: list[Any]) -> Holders:
        """The lead, or who continues for the lead."""
        deputies = recipients.by_deputy(Mandate.objects.filter(pk__in={row.speaker for row in rows}))
        return lambda row, days_left: deputies[row.speaker]

    def words(self, keys: Collection[int]) -> dict[int, Words]:
        """Of which suggestion, and by whom."""
        return _words(keys)


def _words(keys: Collection[int]) -> dict[int, Words]:
    rows = Commitment.objects.filter(pk__in=keys).select_related("organ", OF)
    return {row.pk: _words_of(row) for row in rows}


def _words_of(row: Commitment) -> Words:
    case = row.reply.assignment.suggestion
    params = {"number": case.number, "title": case.title, "organ": row.organ.name}
    return Words(reverse("suggestions:detail", args=[case.pk]), params)
