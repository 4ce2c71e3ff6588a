"""What stations did, one row per activity (table 11): reception days, visits, voters' meetings, trainings, meetings.

The rows stand in four tables. Their days and keys are read first, as one sorted list that can be cut into pages; what
a row shows is then read for a page or a chunk at once, in a fixed number of queries.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import count
from typing import Any

from django.db.models import CharField, Count, F, Prefetch, Q, QuerySet, Value

from accounts.actor import Actor
from deliberations.models import Attendance, Cycle, Meeting, MeetingOpinion, Opinion, Topic, Training, Visit
from files.workbooks import Sheet
from notifications.transitions.telling import batched
from stations.models import Duty, ReceptionDay, ReceptionFile, StationStaff
from supervision.reports import layout
from workflow import clock

HEADINGS = (
    "序号", "日期", "站名", "活动类型", "主题/议题", "参加代表", "选民人数", "收集意见", "当场答复", "转办", "办结", "反馈", "照片",
)  # fmt: skip
_WIDTHS = {"站名": 22, "活动类型": 12, "主题/议题": 34, "参加代表": 26}
_SUMS = ("选民人数", "收集意见", "当场答复", "转办", "办结", "反馈", "照片")
#: Rows that are fetched together, with what hangs on them.
CHUNK = 200

K, R, O = Visit.Kind, Opinion.Route, MeetingOpinion.Outcome  # noqa: E741 - kinds, routes and outcomes
#: The sorts of activities as the ledger calls them, by the code of a filter.
SORTS = {
    "RECEPTION": "接待日",
    "VISIT": "走访选民",
    "VOTER_MEETING": "选民座谈会",
    "APPOINTMENT": "约见",
    "QR": "扫码留言",
    "LETTER": "来信",
    "TRAINING": "培训",
    "MEETING": "议政会",
}
_SENT_ON = (R.VILLAGE, R.TOWNSHIP, R.TO_MEETING, R.SUGGESTION, R.HIGHER_DEPUTIES)

DEFINITIONS = (
    (
        "活动",
        "已举行的接待日、每次走访(约见、扫码留言、来信)、选民座谈会、站内培训、议政会各一行；接待日接待的选民并入该接待日",
    ),
    ("选民人数", "登记了意见的选民，每条意见一人；座谈会为到会人数"),
    ("当场答复、转办", "登记时确定的去向；议政会上，解释说明的为当场答复，承诺办理和提交办理的为转办"),
    ("办结、反馈", "已办结的意见条数、已告知选民最终结果的条数"),
    ("照片", "登记的照片张数"),
)


@dataclass(frozen=True)
class Wanted:
    """What is looked for: of one station, from and to a day, of one sort, of one cycle."""

    station: Any = None
    since: date | None = None
    until: date | None = None
    sort: str = ""
    cycle: Cycle | None = None


@dataclass
class Activity:
    """One row of the ledger."""

    on: date
    station: str
    sort: str
    subject: str = ""
    deputies: str = ""
    voters: int = 0
    opinions: int = 0
    answered: int = 0
    sent_on: int = 0
    settled: int = 0
    told: int = 0
    photos: int = 0
    #: The page of it, by kind of row and key.
    source: tuple[str, int] = field(default=("", 0))

    def cells(self) -> list[Any]:
        """As the workbook has them, without the running number."""
        counts = [self.voters, self.opinions, self.answered, self.sent_on, self.settled, self.told, self.photos]
        return [self.on, self.station, self.sort, self.subject, self.deputies, *counts]


Key = tuple[date, str, int]


def sheets(actor: Actor, cycle: Cycle | None = None) -> list[Sheet]:
    """The ledger of one's own station or of the county, the oldest first, and its definitions."""
    found = keys(actor, Wanted(cycle=cycle))
    note = layout.note(layout.scope(actor, "站内活动"), cycle)
    columns = layout.columns(HEADINGS, _WIDTHS, _SUMS)
    size = found.count()
    return [
        Sheet("联络站活动台账", "代表家站活动台账", note, columns, _rows(found), size, layout.NOTHING),
        layout.definitions(DEFINITIONS),
    ]


def anything(actor: Actor) -> QuerySet:
    """Whether there is anything to put into it."""
    return keys(actor, Wanted())


def keys(actor: Actor, wanted: Wanted) -> QuerySet:
    """Day, kind of row and key of every activity that the actor may see, the oldest first."""
    parts = [_visits(actor, wanted), _days(actor, wanted), _trainings(actor, wanted), _meetings(actor, wanted)]
    first, *others = parts
    return first.union(*others, all=True).order_by("day", "source", "key")


def activities(found: Sequence[Key]) -> list[Activity]:
    """What the rows of these keys show, in their order."""
    by_source: dict[str, list[int]] = defaultdict(list)
    for _day, source, key in found:
        by_source[source].append(key)
    shown = {source: _READ[source](wanted) for source, wanted in by_source.items()}
    return [shown[source][key] for _day, source, key in found if key in shown[source]]


def _rows(found: QuerySet) -> Iterator[list[Any]]:
    places = count(1)
    for chunk in batched(found.iterator(), CHUNK):
        for activity in activities(chunk):
            yield [next(places), *activity.cells()]


def _keyed(rows: QuerySet, day: str, source: str) -> QuerySet:
    named = Value(source, output_field=CharField())
    return rows.order_by().annotate(day=F(day), source=named, key=F("pk")).values_list("day", "source", "key")


def _within(rows: QuerySet, day: str, wanted: Wanted) -> QuerySet:
    if wanted.station is not None:
        rows = rows.filter(station=wanted.station)
    if wanted.since:
        rows = rows.filter(**{f"{day}__gte": wanted.since})
    return rows.filter(**{f"{day}__lte": wanted.until}) if wanted.until else rows


def _visits(actor: Actor, wanted: Wanted) -> QuerySet:
    """Every visit but those of a reception day that was held, which is a row of its own."""
    rows = Visit.objects.visible_to(actor).exclude(status=Visit.Status.ANNULLED)
    rows = rows.exclude(reception_day__status=ReceptionDay.Status.HELD)
    rows = rows.filter(cycle=wanted.cycle) if wanted.cycle else rows
    rows = rows.filter(kind=wanted.sort) if wanted.sort else rows
    return _keyed(_within(rows, "on", wanted), "on", "visit")


def _days(actor: Actor, wanted: Wanted) -> QuerySet:
    rows = _of_actor(ReceptionDay.objects.filter(status=ReceptionDay.Status.HELD), actor)
    if wanted.cycle:
        rows = rows.filter(pk__in=Visit.objects.filter(cycle=wanted.cycle).values("reception_day"))
    rows = rows if wanted.sort in ("", "RECEPTION") else rows.none()
    return _keyed(_within(rows, "on", wanted), "on", "day")


def _trainings(actor: Actor, wanted: Wanted) -> QuerySet:
    rows = _of_actor(Training.objects.visible_to(actor).exclude(station=None), actor)
    rows = rows.filter(cycle=wanted.cycle) if wanted.cycle else rows
    rows = rows if wanted.sort in ("", "TRAINING") else rows.none()
    return _keyed(_within(rows, "on", wanted), "on", "training")


def _meetings(actor: Actor, wanted: Wanted) -> QuerySet:
    held = (Meeting.Status.OPEN, Meeting.Status.CLOSED)
    rows = Meeting.objects.visible_to(actor).deliberations().filter(status__in=held)
    rows = rows.filter(cycle=wanted.cycle) if wanted.cycle else rows
    rows = rows if wanted.sort in ("", "MEETING") else rows.none()
    return _keyed(_within(rows, "held_on", wanted), "held_on", "meeting")


def _of_actor(rows: QuerySet, actor: Actor) -> QuerySet:
    """Of all stations for the committee, else of those that one runs."""
    if actor.is_committee or actor.is_system:
        return rows
    duties = StationStaff.objects.on_duty(clock.today()).filter(person=actor.person_id)
    return rows.filter(station__in=duties.values("station"))


def _read_visits(wanted: list[int]) -> dict[int, Activity]:
    rows = (
        Visit.objects.filter(pk__in=wanted)
        .select_related("station")
        .prefetch_related("visitors__mandate__person", "topics", "guests", "opinions__tellings")
    )
    photos = Count("papers", filter=Q(papers__kind="PHOTO", papers__erased_at=None))
    return {row.pk: _visit(row) for row in rows.annotate(photos=photos)}


def _visit(row: Any) -> Activity:
    subject = "、".join(topic.title for topic in row.topics.all()) or row.reported_topics
    made = Activity(row.on, row.station.name, SORTS[row.kind], subject, _names(row.visitors.all()))
    made.photos, made.source = row.photos, ("visit", row.pk)
    _add(made, row)
    return made


def _add(made: Activity, visit: Any) -> None:
    opinions = list(visit.opinions.all())
    came = sum(guest.number for guest in visit.guests.all())
    made.voters += came or len(opinions)
    made.opinions += len(opinions)
    made.answered += sum(opinion.route == R.ANSWERED for opinion in opinions)
    made.sent_on += sum(opinion.route in _SENT_ON for opinion in opinions)
    made.settled += len(opinions) if visit.status == Visit.Status.CLOSED else 0
    made.told += sum(any(telling.final and telling.reached for telling in row.tellings.all()) for row in opinions)


def _read_days(wanted: list[int]) -> dict[int, Activity]:
    present = Duty.objects.filter(state=Duty.State.PRESENT).select_related("mandate__person")
    visits = Visit.objects.exclude(status=Visit.Status.ANNULLED).prefetch_related("guests", "opinions__tellings")
    rows = (
        ReceptionDay.objects.filter(pk__in=wanted)
        .select_related("station")
        .prefetch_related(Prefetch("duties", present, "present"), Prefetch("visits", visits, "received"))
    )
    photos = Count("papers", filter=Q(papers__kind=ReceptionFile.Kind.PHOTO))
    return {row.pk: _day(row) for row in rows.annotate(photos=photos)}


def _day(row: Any) -> Activity:
    made = Activity(row.on, row.station.name, SORTS["RECEPTION"], row.scope, _names(row.present))
    made.photos, made.source = row.photos, ("day", row.pk)
    for visit in row.received:
        _add(made, visit)
    return made


def _read_trainings(wanted: list[int]) -> dict[int, Activity]:
    rows = Training.objects.filter(pk__in=wanted).select_related("station")
    photos = Count("papers", filter=Q(papers__kind="PHOTO"))
    return {
        row.pk: Activity(
            row.on, str(row.station), SORTS["TRAINING"], row.title, f"{row.present}人", photos=row.photos,
            source=("training", row.pk),
        )
        for row in rows.annotate(photos=photos)
    }  # fmt: skip


def _read_meetings(wanted: list[int]) -> dict[int, Activity]:
    there = Attendance.objects.filter(part=Attendance.Part.DEPUTY, state=Attendance.State.PRESENT)
    topics = Topic.objects.filter(status=Topic.Status.SELECTED)
    rows = (
        Meeting.objects.filter(pk__in=wanted)
        .select_related("station", "cycle")
        .prefetch_related(
            Prefetch("attendance", there.select_related("mandate__person"), "there"),
            Prefetch("cycle__topics", topics, "chosen"),
            "opinions",
        )
    )
    return {row.pk: _meeting(row) for row in rows}


def _meeting(row: Any) -> Activity:
    subject = "、".join(topic.title for topic in row.cycle.chosen) or row.cycle.title
    outcomes = [opinion.outcome for opinion in row.opinions.all()]
    made = Activity(row.held_on, row.station.name, SORTS["MEETING"], subject, _names(row.there))
    made.opinions, made.answered = len(outcomes), outcomes.count(O.EXPLAINED)
    made.sent_on = outcomes.count(O.PROMISED) + outcomes.count(O.FORWARDED)
    made.source = ("meeting", row.pk)
    return made


def _names(rows: Iterable[Any]) -> str:
    return "、".join(row.mandate.person.name for row in rows)


_READ = {"visit": _read_visits, "day": _read_days, "training": _read_trainings, "meeting": _read_meetings}
