"""The summary of deliberation meetings (table 13), and the opinions that were put forward there."""

from collections.abc import Iterator
from itertools import count
from typing import Any

from django.db.models import Count, OuterRef, Prefetch, QuerySet, Subquery
from django.db.models.functions import Coalesce

from accounts.actor import Actor
from deliberations.models import Attendance, Cycle, Meeting, MeetingOpinion
from deliberations.querysets import MeetingQuerySet
from files.workbooks import Sheet
from notifications.transitions.telling import batched
from stations.models import Level
from suggestions import reports, sources
from suggestions.models import Source
from supervision.reports import layout
from supervision.reports.station_ledger import PROMISES

HEADINGS = (
    "组别", "带队领导", "站", "日期", "参会代表(县/乡)", "参会部门", "意见建议数", "解释说明", "承诺办理", "提交办理", "重点件",
)  # fmt: skip
OPINIONS = (
    "序号", "站", "日期", "发言代表", "议题", "类别", "意见建议", "处理结果", "答复(承诺)单位", "答复人", "解释或承诺内容",
    "承诺完成期限", "代表态度", "建议编号", "办理情况",
)  # fmt: skip
COUNTS = ("意见建议数", "解释说明", "承诺办理", "提交办理", "重点件")
_WIDTHS = {"带队领导": 16, "站": 26, "参会代表(县/乡)": 17, "参会部门": 40}
_OPINION_WIDTHS = {
    "站": 22, "议题": 18, "类别": 12, "意见建议": 40, "处理结果": 18, "答复(承诺)单位": 18, "答复人": 14,
    "解释或承诺内容": 34, "代表态度": 10, "建议编号": 13, "办理情况": 14,
}  # fmt: skip

CHUNK = 200

M, O, W = MeetingOpinion, MeetingOpinion.Outcome, MeetingOpinion.Way  # noqa: E741 - outcomes and ways
OUTCOMES = {O.EXPLAINED: "解释说明", O.PROMISED: "承诺办理", "": "未定"}
WAYS = {
    W.COUNTY_LEAD: "提交办理(县代表领衔提建议)",
    W.TOWNSHIP: "提交办理(转乡镇人大)",
    W.COMMITTEE: "提交办理(由县人大常委会提出)",
}
ATTITUDES = {M.Acknowledgement.ACCEPTS: "认可", M.Acknowledgement.UNDERSTANDS: "理解", M.Acknowledgement.NOT: "不认可"}

DEFINITIONS = (
    ("会议", "各站的议政会，一站一次一行；不含已取消的，尚未召开的各数为0"),
    ("组别", "系统内未分组，留空由填表人填写"),
    ("带队领导", "签到表中以领导身份到会的人员"),
    ("参会代表(县/乡)", "签到表中到会的县代表人数/乡镇代表人数"),
    ("参会部门", "签到表中到会的部门；更名、合并的列现单位"),
    ("意见建议数", "解释说明、承诺办理、提交办理之和；会议记录未结束时，另含尚未定出处理结果的"),
    ("提交办理", "由县代表领衔提出建议、转乡镇人大、由县人大常委会提出三种去向之和"),
    ("重点件", "由本次会议的意见(或承诺)形成、已定为重点的建议"),
    ("建议编号、办理情况", "由该条意见形成、本表使用人可见的建议；尚未登记编号的只列办理情况"),
)


def sheets(actor: Actor, cycle: Cycle | None = None) -> list[Sheet]:
    """The summary by meeting, the opinions one by one, and the definitions."""
    note = layout.note(layout.scope(actor, "议政会"), cycle) + "；统计口径见“统计口径”表"
    columns, size = layout.columns(HEADINGS, _WIDTHS, COUNTS), meetings(actor, cycle).count()
    said, many = layout.columns(OPINIONS, _OPINION_WIDTHS), opinions(actor, cycle).count()
    return [
        Sheet("议政会汇总表", "议政会汇总表", note, columns, _meeting_rows(actor, cycle), size, layout.NOTHING),
        Sheet("意见建议清单", "议政会意见建议清单", note, said, _opinion_rows(actor, cycle), many, layout.NOTHING),
        layout.definitions(DEFINITIONS),
    ]


def meetings(actor: Actor, cycle: Cycle | None = None) -> MeetingQuerySet:
    """The deliberation meetings that the actor may see, in the order of their days."""
    rows = Meeting.objects.visible_to(actor).deliberations().exclude(status=Meeting.Status.CANCELLED)
    rows = rows.filter(cycle=cycle) if cycle else rows
    return rows.order_by("held_on", "station__code", "pk")


def opinions(actor: Actor, cycle: Cycle | None = None) -> QuerySet:
    """What was put forward there, in the order in which it was."""
    rows = MeetingOpinion.objects.filter(meeting__in=meetings(actor, cycle).order_by().values("pk"))
    return rows.order_by("meeting__held_on", "meeting__station__code", "meeting_id", "order")


def _meeting_rows(actor: Actor, cycle: Cycle | None) -> Iterator[list[Any]]:
    there = Attendance.objects.filter(state=Attendance.State.PRESENT).select_related("mandate", "organ__successor")
    rows = meetings(actor, cycle).with_counts().annotate(keys=Coalesce(Subquery(_keys(actor)), 0))
    rows = rows.select_related("station").prefetch_related(Prefetch("attendance", there, "there"))
    for row in rows.iterator(chunk_size=CHUNK):
        yield [
            "",
            "、".join(who.name for who in row.there if who.part == Attendance.Part.LEADER),
            row.station.name,
            row.held_on,
            "/".join(str(_deputies(row, level)) for level in (Level.COUNTY, Level.TOWNSHIP)),
            "、".join(dict.fromkeys(who.organ.present.name for who in row.there if who.organ)),
            row.counted,
            row.explained,
            row.promised,
            row.forwarded,
            row.keys,
        ]


def _keys(actor: Actor) -> QuerySet:
    """How many key suggestions that the actor may see came of a meeting."""
    key = Source.objects.filter(suggestion__in=reports.cases(actor).filter(is_key=True)).order_by()
    came = key.annotate(meeting=Coalesce("meeting_opinion__meeting", "promise__meeting_opinion__meeting"))
    found = came.filter(meeting=OuterRef("pk")).values("meeting")
    return found.annotate(n=Count("suggestion", distinct=True)).values("n")


def _deputies(row: Any, level: str) -> int:
    return sum(1 for who in row.there if who.mandate and who.mandate.level == level)


def _opinion_rows(actor: Actor, cycle: Cycle | None) -> Iterator[list[Any]]:
    related = (
        "meeting__station", "speaker__person", "topic", "field", "answering_organ__successor",
        "promise__organ__successor", "township_task__township",
    )  # fmt: skip
    found = opinions(actor, cycle).select_related(*related).iterator(chunk_size=CHUNK)
    places = count(1)
    for chunk in batched(found, CHUNK):
        became = _became(chunk, actor)
        for row in chunk:
            yield [next(places), *_opinion_row(row, became.get(row.pk))]


def _became(chunk: list[MeetingOpinion], actor: Actor) -> dict[int, Any]:
    """The suggestion that each became, at once or because the promise was not kept, where the actor sees it."""
    pairs = sources.cases_of(chunk)
    promises = {row.promise.pk: row for row in chunk if hasattr(row, "promise")}
    taken = sources.cases_of([row.promise for row in promises.values()])
    pairs |= {promises[promise].pk: case for promise, case in taken.items()}
    shown = reports.ledger(actor).in_bulk(set(pairs.values())) if pairs else {}
    return {pk: shown[case] for pk, case in pairs.items() if case in shown}


def _opinion_row(row: Any, case: Any) -> list[Any]:
    promise = row.promise if row.outcome == O.PROMISED else None
    organ = promise.organ if promise else row.answering_organ
    return [
        row.meeting.station.name,
        row.meeting.held_on,
        row.speaker.person.name,
        row.topic.title if row.topic else "",
        row.field.name if row.field else "",
        row.text,
        WAYS.get(row.way) or OUTCOMES.get(row.outcome, ""),
        organ.present.name if organ else "",
        promise.person if promise else row.answered_by,
        promise.text if promise else row.basis_text,
        promise.due_on if promise else None,
        ATTITUDES.get(row.acknowledgement, ""),
        case.number if case else "",
        _progress(row, promise, case),
    ]


def _progress(row: Any, promise: Any, case: Any) -> str:
    """How far what came of it is."""
    if case:
        return reports.state_word(case)
    if promise:
        return PROMISES[promise.status]
    if row.way == W.TOWNSHIP:
        return "已办结" if row.township_task.done_on else "乡镇办理中"
    return ""
