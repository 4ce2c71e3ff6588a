"""What each deputy did in a time: one item per act, in a fixed number of queries for any number of deputies."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import F
from django.urls import reverse

from accounts.actor import Actor
from deliberations.models import Attendance, MeetingOpinion, Telling, VisitDeputy
from stations.models import Duty, Mandate
from suggestions.models import CoSignature, Evaluation, Suggestion
from supervision.models import PerformanceEntry
from supervision.performance.activities import ACTIVITIES, Activity
from supervision.performance.periods import Period


@dataclass(frozen=True)
class Item:
    """One act of a deputy: what, when, in which words, where it can be read. ``entry`` was entered by hand."""

    mandate: int
    activity: Activity
    on: date
    text: str
    url: str = ""
    days: Decimal = Decimal(0)
    entry: PerformanceEntry | None = None


def items_of(mandates: Sequence[Mandate], period: Period, actor: Actor) -> dict[int, list[Item]]:
    """The items of each deputy by its key, the latest first; those of suggestions as far as the reader sees them."""
    keys = [mandate.pk for mandate in mandates]
    found: dict[int, list[Item]] = {key: [] for key in keys}
    for source in _SOURCES:
        for item in source(keys, period, actor):
            found[item.mandate].append(item)
    for items in found.values():
        items.sort(key=lambda item: (item.on, item.activity.code, item.text), reverse=True)
    return found


def counts(items: Iterable[Item]) -> dict[str, int]:
    """How many of each activity, all of them named."""
    found: dict[str, int] = defaultdict(int)
    for item in items:
        found[item.activity.code] += 1
    return {code: found[code] for code in ACTIVITIES}


def _visits(keys: list[int], period: Period, _actor: Actor) -> Iterator[Item]:
    rows = VisitDeputy.objects.filter(mandate__in=keys).exclude(visit__status="ANNULLED")
    rows = period.of(rows, "visit__on", "visit__cycle").select_related("visit__station")
    for row in rows:
        visit = row.visit
        words = " ".join(filter(None, (visit.get_kind_display(), visit.place or str(visit.station))))
        yield _item(row.mandate_id, "VISIT", visit.on, words, reverse("deliberations:visit", args=[visit.pk]))


def _duties(keys: list[int], period: Period, _actor: Actor) -> Iterator[Item]:
    rows = Duty.objects.filter(mandate__in=keys, state="PRESENT").exclude(day__status="CANCELLED")
    for row in period.of(rows, "day__on").select_related("day__station"):
        yield _item(row.mandate_id, "DUTY", row.day.on, str(row.day.station))


def _attendance(keys: list[int], period: Period, _actor: Actor) -> Iterator[Item]:
    present = Attendance.objects.filter(mandate__in=keys, state="PRESENT")
    met = period.of(
        present.exclude(meeting=None).exclude(meeting__status="CANCELLED"), "meeting__held_on", "meeting__cycle"
    )
    for row in met.select_related("meeting__station"):
        meeting: Any = row.meeting
        words = " ".join(filter(None, (meeting.get_kind_display(), str(meeting.station or ""), meeting.place)))
        url = reverse("deliberations:meeting", args=[meeting.pk]) if meeting.kind == "DELIBERATION" else ""
        yield _item(row.mandate_id, "MEETING", meeting.held_on, words, url)
    for row in period.of(present.exclude(training=None), "training__on", "training__cycle").select_related("training"):
        training: Any = row.training
        yield _item(row.mandate_id, "TRAINING", training.on, f"{training.title}（{training.hours}学时）")


def _led(keys: list[int], period: Period, actor: Actor) -> Iterator[Item]:
    rows = Suggestion.objects.visible_to(actor).submitted().filter(lead__in=keys)
    for row in period.of(rows, "received_on"):
        yield _item(row.lead_id, "LED", row.received_on, _named(row), reverse("suggestions:detail", args=[row.pk]))


def _co_signed(keys: list[int], period: Period, actor: Actor) -> Iterator[Item]:
    seen = Suggestion.objects.visible_to(actor).submitted()
    rows = CoSignature.objects.filter(mandate__in=keys, status="ACCEPTED", suggestion__in=seen)
    for row in period.of(rows, "suggestion__received_on").select_related("suggestion"):
        case = row.suggestion
        url = reverse("suggestions:detail", args=[case.pk])
        yield _item(row.mandate_id, "CO_SIGNED", case.received_on, _named(case), url)


def _carried(keys: list[int], period: Period, _actor: Actor) -> Iterator[Item]:
    rows = MeetingOpinion.objects.filter(speaker__in=keys).exclude(meeting__status="CANCELLED")
    for row in period.of(rows, "meeting__held_on", "meeting__cycle").select_related("meeting"):
        yield _item(row.speaker_id, "CARRIED", row.meeting.held_on, row.text[:80])


def _evaluated(keys: list[int], period: Period, actor: Actor) -> Iterator[Item]:
    rows = Evaluation.objects.visible_to(actor).filter(mandate__in=keys, counts=True).exclude(source="IMPORTED")
    for row in period.of(rows, "on").select_related("reply__assignment__suggestion"):
        case = row.reply.assignment.suggestion
        on: Any = row.on
        yield _item(row.mandate_id, "EVALUATED", on, f"{case.number or ''} {case.title}".strip())


def _told(keys: list[int], period: Period, _actor: Actor) -> Iterator[Item]:
    visited = {"opinion__visit__visitors__mandate__in": keys, "reached": True}
    rows = Telling.objects.filter(by__person=F("opinion__visit__visitors__mandate__person"), **visited)
    rows = rows.exclude(opinion__visit__status="ANNULLED")
    told = period.of(rows, "on", "opinion__visit__cycle").annotate(mandate=F("opinion__visit__visitors__mandate"))
    for row in told.distinct():
        # a voter's words and name stand in no file
        yield _item(row.mandate, "TOLD", row.on, row.get_how_display())


def _entered(keys: list[int], period: Period, _actor: Actor) -> Iterator[Item]:
    rows = PerformanceEntry.objects.filter(mandate__in=keys, voided_at=None)
    for row in period.of(rows, "on").select_related("by__person"):
        yield Item(row.mandate_id, ACTIVITIES[row.kind], row.on, row.text, "", row.days, row)


def _item(mandate: int, code: str, on: date, text: str, url: str = "") -> Item:
    return Item(mandate, ACTIVITIES[code], on, text, url)


def _named(case: Suggestion) -> str:
    return f"{case.number or ''} {case.title}（{case.get_status_display()}）".strip()


_SOURCES: tuple[Callable[[list[int], Period, Actor], Iterator[Item]], ...] = (
    _visits,
    _duties,
    _attendance,
    _led,
    _co_signed,
    _carried,
    _evaluated,
    _told,
    _entered,
)
