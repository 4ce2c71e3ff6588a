"""The time limits of suggestions: whoever has the ball is reminded, staff as well once a limit is over."""

from collections.abc import Collection
from typing import Any

from django.db.models import BigIntegerField, Case, F, OuterRef, QuerySet, Subquery, When
from django.db.models.functions import Coalesce
from django.urls import reverse

from accounts.models import Organ
from notifications.reminders import Holders, Source, Words
from stations.models import Mandate
from suggestions import recipients
from suggestions.models import Assignment, ClockKind, HandOver, Objection, Suggestion, SuggestionClock


class Clocks(Source):
    """Running time limits."""

    label = "clock"
    kinds = tuple(kind.lower() for kind in ClockKind.values)

    def kind_of(self, row: Any) -> str:
        """By what the limit is for."""
        return str(row.kind).lower()

    def rows(self) -> QuerySet[Any]:
        """With the organ that must act, or the deputy who must; with neither it is the committee's staff."""
        running = SuggestionClock.objects.running().annotate(began_on=F("start_on"), organ=_organ(), speaker=_speaker())
        return running.values_list("pk", "kind", "act_by", "began_on", "organ", "speaker", named=True)

    def holders(self, rows: list[Any]) -> Holders:
        """Handlers of the organ, the deputy or who stands in for them, else staff."""
        staff = recipients.of_staff()
        organs = recipients.by_organ({row.organ for row in rows if row.organ})
        speakers = Mandate.objects.filter(pk__in={row.speaker for row in rows if row.speaker})
        deputies = recipients.by_deputy(speakers)

        def of(row: Any, days_left: int) -> list[Any]:
            late = staff if days_left < 0 else []
            if row.speaker:
                return [*deputies[row.speaker], *late]
            return [*organs[row.organ], *late] if row.organ else staff

        return of

    def words(self, keys: Collection[int]) -> dict[int, Words]:
        """What, by when, and whose opinion is asked for."""
        rows = SuggestionClock.objects.filter(pk__in=keys).select_related("suggestion", "assignment__organ")
        named = ("due_on", "assignment__organ__name", *(f"suggestion__{name}" for name in NAMED))
        return {row.pk: _words(row) for row in rows.only(*named)}


#: What the name of a suggestion in a sentence is made of.
NAMED = ("series", "serial", "title")


def _words(row: SuggestionClock) -> Words:
    case, organ = row.suggestion, row.assignment.organ.name if row.assignment else ""
    params = {"number": case.number, "title": case.title, "organ": organ, "due_on": row.due_on.isoformat()}
    return Words(reverse("suggestions:detail", args=[case.pk]), params)


def _organ() -> Case:
    """The organ that must act; none where a deputy or the committee must."""
    reply, kind = {"kind": ClockKind.REPLY}, ClockKind
    return Case(
        When(kind__in=[kind.RECEIPT, kind.CO_HOST], then=F("assignment__organ")),
        When(kind=kind.OBJECTION, then=Subquery(_deciding().values("to")[:1])),
        When(**reply, suggestion__status=Suggestion.Status.AT_FORWARDER, then=Subquery(_forwarders().values("to")[:1])),
        When(**reply, then=Subquery(_hosts().values("organ")[:1])),
        default=None,
        output_field=BigIntegerField(),
    )


def _speaker() -> Case:
    """The deputy who must evaluate: the lead, or who continues for the lead."""
    spoken = Coalesce("suggestion__continued_by", "suggestion__lead")
    return Case(When(kind=ClockKind.FEEDBACK, then=spoken), default=None, output_field=BigIntegerField())


def _hosts() -> QuerySet[Assignment]:
    """The host of the round that the limit is of."""
    parts = Assignment.objects.filter(suggestion=OuterRef("suggestion"), round=OuterRef("round"))
    return parts.exclude(part=Assignment.Part.CO_HOST).exclude(status=Assignment.Status.ENDED)


def _forwarders() -> QuerySet[HandOver]:
    """The office that has not allotted it yet: the last that it was handed over to."""
    return HandOver.objects.filter(suggestion=OuterRef("suggestion")).order_by("-pk")


def _deciding() -> QuerySet[Any]:
    """The office that has its word first on an objection to what it allotted (D15); afterwards staff decide."""
    asked = Objection.objects.filter(assignment=OuterRef("assignment"), status=Objection.Status.REQUESTED)
    allotted = asked.filter(assignment__hand_over__to__kind=Organ.Kind.GOVERNMENT_OFFICE)
    allotted = allotted.exclude(assignment__hand_over__to=F("assignment__organ"))
    return allotted.annotate(to=F("assignment__hand_over__to"))
