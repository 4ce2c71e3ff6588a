"""The duty allowance of a station's deputies (补助发放表), from sign-ins: a day counts once, whatever was attended.

Who has no fixed pay the portal does not know: whoever makes the sheet ticks who receives it.
"""

from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date

from deliberations.models import Attendance, Meeting
from files.workbooks import Column, Sheet
from stations.models import Duty, Level, Mandate, Station
from supervision.folders.contents import LEVELS
from workflow.rules import rules_in_force

#: What a day was for, in the order in which it is said.
RECEPTION, TRAINING, MEETING = "接待", "培训", "议政会"


@dataclass(frozen=True)
class Span:
    """From a day to a day, and how it is called."""

    since: date
    until: date
    title: str


@dataclass
class Earned:
    """A deputy with the days of the span, and what each was for."""

    mandate: Mandate
    days: dict[date, list[str]]

    @property
    def person(self) -> int:
        """The key by which the deputy is ticked."""
        return self.mandate.person_id

    @property
    def count(self) -> int:
        """Days, each once."""
        return len(self.days)

    @property
    def told(self) -> str:
        """What they were for: 接待 2、培训 1."""
        every = [what for whats in self.days.values() for what in whats]
        found = {what: every.count(what) for what in (RECEPTION, TRAINING, MEETING)}
        return "、".join(f"{what}{number}" for what, number in found.items() if number)


def standard(span: Span) -> int:
    """Yuan a day by the rules of the last day; 0 where the county pays none."""
    return int(rules_in_force(span.until)[1]["allowance_per_day"])


def earned(station: Station, span: Span) -> list[Earned]:
    """The deputies of a station who were found somewhere in the span, each person once, in four queries."""
    rows = Mandate.objects.filter(station=station).select_related("person", "term").order_by("certificate_no")
    mandates: dict[int, Mandate] = {}
    for mandate in rows:
        mandates.setdefault(mandate.person_id, mandate)
    days: dict[int, dict[date, list[str]]] = defaultdict(lambda: defaultdict(list))
    for person, on, what in _found(mandates.keys(), span):
        days[person][on].append(what)
    return [Earned(mandate, dict(days[person])) for person, mandate in mandates.items() if days[person]]


def _found(people: Collection[int], span: Span) -> Iterator[tuple[int, date, str]]:
    within = (span.since, span.until)
    duties = Duty.objects.filter(state=Duty.State.PRESENT, mandate__person__in=people, day__on__range=within)
    for person, on in duties.exclude(day__status="CANCELLED").values_list("mandate__person", "day__on"):
        yield person, on, RECEPTION
    rows = Attendance.objects.filter(state=Attendance.State.PRESENT, mandate__person__in=people)
    for person, on in rows.filter(training__on__range=within).values_list("mandate__person", "training__on"):
        yield person, on, TRAINING
    held = rows.filter(meeting__held_on__range=within).exclude(meeting__status=Meeting.Status.CANCELLED)
    for person, on in held.values_list("mandate__person", "meeting__held_on"):
        yield person, on, MEETING


def sheets(station: Station, span: Span, rows: list[Earned], per_day: int) -> list[Sheet]:
    """As a workbook, with room to sign."""
    columns = (
        Column("序号", 6, "integer"), Column("姓名", 12), Column("代表层级", 14), Column("参加活动", 26),
        Column("天数", 8, "integer", "sum"), Column("标准（元/天）", 13, "integer"),
        Column("金额（元）", 12, "integer", "sum"), Column("签名", 18),
    )  # fmt: skip
    lines = [
        [
            number,
            row.mandate.person.name,
            LEVELS[Level(row.mandate.level)],
            row.told,
            row.count,
            per_day,
            row.count * per_day,
            "",
        ]
        for number, row in enumerate(rows, start=1)
    ]
    title = f"{station.name}代表履职补助发放表"
    note = f"{span.title}（{span.since}至{span.until}）；天数按签到计，同一天参加几项活动计一天"
    return [Sheet("补助发放表", title, note, columns, lines, empty="没有领取补助的代表")]
