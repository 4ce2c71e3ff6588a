"""Which station has come how far in which step, who is responsible, and when each step was planned and really was.

Computed from what is recorded whenever it is asked for, in a fixed number of queries however many stations there are.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Count, Max, Min, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import Person
from deliberations.models import Cycle, CycleStation, CycleStep, Meeting, NoticeReceipt, Topic, Visit
from workflow import clock
from workflow.rules import rules_in_force

Span = tuple[date | None, date | None]


@dataclass(frozen=True)
class StepDays:
    """One of the four steps: its planned days, and the first and last day on which anything of it is recorded."""

    step: str
    label: Any
    planned: CycleStep | None
    first: date | None
    last: date | None
    today: date

    @property
    def remark(self) -> Any:
        """What differs from the plan; empty when nothing does."""
        if self.planned is None:
            return ""
        if self.first is None:
            return _("should have begun") if self.planned.starts_on < self.today else ""
        if self.last is not None and self.last > self.planned.ends_on:
            return _("went on beyond the plan")
        return _("began later than planned") if self.first > self.planned.starts_on else ""


@dataclass(frozen=True)
class Covered:
    """A station of a cycle with what it has of each step."""

    row: CycleStation
    leaders: Sequence[Person]
    #: Whether the leaders are those of the group, since the station has none of its own.
    by_group: bool
    receipt: NoticeReceipt | None
    trained_on: date | None
    visits: int
    visited: Span
    with_leader: int
    meeting: Meeting | None
    meeting_on: date
    visits_end_on: date
    #: Nobody has gone to voters, and the visits end within the days of the rule.
    is_unvisited: bool

    @property
    def station(self) -> Any:
        """The station itself."""
        return self.row.station

    @property
    def is_notified(self) -> bool:
        """Whether it has confirmed the notice."""
        return self.receipt is not None and self.receipt.status != NoticeReceipt.Status.SENT


def coverage(cycle: Cycle) -> list[Covered]:
    """The matrix, in the order of the stations' codes."""
    rows = list(cycle.stations.select_related("station", "group__leader").order_by("station__code"))
    contacts: dict[int, list[Person]] = defaultdict(list)
    for contact in cycle.leader_contacts.select_related("person"):
        contacts[contact.station_id].append(contact.person)
    receipts = NoticeReceipt.objects.in_force(cycle).select_related("notice")
    known = _Known(
        contacts=contacts,
        receipts={receipt.station_id: receipt for receipt in receipts},
        trained=_trained(cycle),
        visits=_visits(cycle),
        meetings={meeting.station_id: meeting for meeting in cycle.meetings.exclude(status=Meeting.Status.CANCELLED)},
        visits_end_on=cycle.steps.filter(step=CycleStep.Step.VISITS).values_list("ends_on", flat=True).first(),
        warning_days=rules_in_force(clock.today())[1]["visit_warning_days"],
    )
    return [_covered(cycle, row, known) for row in rows]


def step_days(cycle: Cycle) -> list[StepDays]:
    """The four steps with their planned and actual days, side by side."""
    planned = {row.step: row for row in cycle.steps.all()}
    steps, today = CycleStep.Step, clock.today()
    really = {
        steps.TOPICS: _topic_days(cycle),
        steps.TRAINING: _span(cycle.trainings.all(), "on"),
        steps.MOBILISATION: _mobilised(cycle),
        steps.VISITS: _span(_counted(cycle), "on"),
    }
    return [StepDays(step, step.label, planned.get(step), *really[step], today) for step in steps]


def by_leader(rows: Iterable[Covered]) -> list[tuple[Person, list[Covered]]]:
    """The stations of each leader, those who have most first."""
    found: dict[Person, list[Covered]] = defaultdict(list)
    for covered in rows:
        for person in covered.leaders:
            found[person].append(covered)
    return sorted(found.items(), key=lambda pair: (-len(pair[1]), pair[0].pk))


@dataclass(frozen=True)
class _Known:
    contacts: dict[int, list[Person]]
    receipts: dict[int, NoticeReceipt]
    trained: dict[int | None, date]
    visits: dict[int, dict[str, Any]]
    meetings: dict[int | None, Meeting]
    visits_end_on: date | None
    warning_days: int


def _covered(cycle: Cycle, row: CycleStation, known: _Known) -> Covered:
    key = row.station_id
    visits = known.visits.get(key, {})
    meeting = known.meetings.get(key)
    meeting_on = meeting.held_on if meeting else row.planned_on or cycle.first_meeting_on
    ends_on = min(known.visits_end_on or meeting_on, meeting_on)
    soon = (ends_on - clock.today()).days <= known.warning_days
    own = known.contacts.get(key, [])
    is_over = cycle.status == Cycle.Status.CONCLUDED or (meeting and meeting.status == Meeting.Status.CLOSED)
    trained = [day for day in (known.trained.get(key), known.trained.get(None)) if day]
    return Covered(
        row=row,
        leaders=own or ([row.group.leader] if row.group else []),
        by_group=not own,
        receipt=known.receipts.get(key),
        trained_on=max(trained, default=None),
        visits=visits.get("count", 0),
        visited=(visits.get("first"), visits.get("last")),
        with_leader=visits.get("led", 0),
        meeting=meeting,
        meeting_on=meeting_on,
        visits_end_on=ends_on,
        is_unvisited=not visits and soon and not is_over,
    )


def _counted(cycle: Cycle) -> Any:
    return cycle.visits.exclude(status=Visit.Status.ANNULLED)


def _visits(cycle: Cycle) -> dict[int, dict[str, Any]]:
    led = Count("pk", filter=Q(leaders__isnull=False), distinct=True)
    rows = _counted(cycle).order_by().values("station")
    rows = rows.annotate(count=Count("pk", distinct=True), first=Min("on"), last=Max("on"), led=led)
    return {row["station"]: row for row in rows}


def _trained(cycle: Cycle) -> dict[int | None, date]:
    """The last training of each station; under None the last that was central, to which all were asked."""
    rows = cycle.trainings.filter(on__lte=clock.today()).order_by().values_list("station").annotate(last=Max("on"))
    return dict(rows)


def _topic_days(cycle: Cycle) -> Span:
    """From the first proposal to the last decision on paper."""
    first = _day(cycle.events.filter(verb="add_topic").aggregate(first=Min("at"))["first"])
    decided = cycle.topics.exclude(status=Topic.Status.POOL)
    papers = decided.aggregate(first=Min("resolution__on"), last=Max("resolution__on"))
    # a paper may be older than the day on which what it decided was typed in
    return min((day for day in (first, papers["first"]) if day), default=None), papers["last"]


def _mobilised(cycle: Cycle) -> Span:
    """From the first notice to whatever was conveyed or published last."""
    issued = cycle.notices.filter(status="ISSUED").aggregate(first=Min("issued_on"))["first"]
    told = NoticeReceipt.objects.in_force(cycle).aggregate(received=Max("received_at"), conveyed=Max("conveyed_on"))
    published = cycle.publicity.aggregate(first=Min("on"), last=Max("on"))
    begun = [day for day in (issued, published["first"]) if day]
    ended = [day for day in (_day(told["received"]), told["conveyed"], published["last"]) if day]
    return min(begun, default=None), max(ended, default=None)


def _span(rows: Any, column: str) -> Span:
    told = rows.filter(**{f"{column}__lte": clock.today()}).aggregate(first=Min(column), last=Max(column))
    return told["first"], told["last"]


def _day(moment: datetime | None) -> date | None:
    return timezone.localtime(moment).date() if moment else None
