"""The ledger of visits and receptions, a row per voter's opinion (table 12)."""

from collections.abc import Iterator, Sequence
from itertools import count
from typing import Any

from django.db.models import Prefetch, QuerySet

from accounts.actor import Actor
from deliberations.models import Cycle, MeetingOpinion, Opinion, Promise, Visit
from files.workbooks import Sheet
from notifications.transitions.telling import batched
from suggestions import reports, sources
from supervision.reports import layout

HEADINGS = (
    "序号", "日期", "代表", "选民", "村(社区)", "反映问题", "类别", "处理方式", "承办", "结果", "反馈选民日期",
)  # fmt: skip
_WIDTHS = {"代表": 18, "选民": 7, "村(社区)": 14, "反映问题": 44, "类别": 12, "处理方式": 14, "承办": 18, "结果": 32}

#: Rows that are fetched together, with what hangs on them.
CHUNK = 200

R, O = Opinion.Route, MeetingOpinion.Outcome  # noqa: E741 - routes and outcomes
ROUTES = {
    R.ANSWERED: "当场答复",
    R.VILLAGE: "交村(社区)",
    R.TOWNSHIP: "交乡镇(街道)",
    R.TO_MEETING: "提交议政会",
    R.SUGGESTION: "形成代表建议",
    R.HIGHER_DEPUTIES: "委托上级代表",
    R.REFUSED: "不予受理并告知",
}
PROMISES = {
    Promise.Status.MADE: "办理中",
    Promise.Status.REPORTED_DONE: "单位已报完成",
    Promise.Status.KEPT: "已兑现",
    Promise.Status.NOT_KEPT: "未兑现",
    Promise.Status.TAKEN_UP: "已转为代表建议",
}
#: In place of a voter's name, which is sealed, and of one that was never given.
NAMED, UNNAMED = "**", "—"

DEFINITIONS = (
    ("登记", "选民的每条意见一行；同一次走访有几条意见的列几行"),
    ("日期、代表", "走访(接待)日期和参加的代表；能看到多个站的，括号内为所属代表之家(站)"),
    ("选民", "姓名和电话加密保存，不导出：有姓名的以**代替，未留姓名的为—"),
    ("处理方式", "登记时确定的去向；尚未确定的为空"),
    (
        "承办、结果",
        "已形成代表建议的，为建议的主办单位(更名、合并的列现单位)和办理情况；在议政会上解释、承诺或转交乡镇的，为其结果；当场答复的为答复内容",
    ),
    ("反馈选民日期", "告知选民最终结果的日期；选民不要求反馈、联系不上的注明；尚未反馈的为空"),
)


def sheets(actor: Actor, cycle: Cycle | None = None) -> list[Sheet]:
    """The ledger, of one's own station, of the visits one took part in, or of the county; and its definitions."""
    note = layout.note(layout.scope(actor, "走访(接待)记录"), cycle) + "；选民姓名以**代替，不导出电话"
    size = opinions(actor, cycle).count()
    rows = _rows(actor, cycle)
    columns = layout.columns(HEADINGS, _WIDTHS)
    return [
        Sheet("走访(接待)登记台账", "代表走访(接待)选民登记台账", note, columns, rows, size, layout.NOTHING),
        layout.definitions(DEFINITIONS),
    ]


def opinions(actor: Actor, cycle: Cycle | None = None) -> QuerySet:
    """The opinions of visits that the actor may see, station by station in the order of their days."""
    rows = Opinion.objects.visible_to(actor).exclude(visit__status=Visit.Status.ANNULLED)
    rows = rows.filter(visit__cycle=cycle) if cycle else rows
    return rows.order_by("visit__station__code", "visit__on", "visit_id", "pk")


def _rows(actor: Actor, cycle: Cycle | None) -> Iterator[list[Any]]:
    several = Visit.objects.visible_to(actor).values("station").distinct()[:2].count() > 1
    found = with_all(opinions(actor, cycle), actor).iterator(chunk_size=CHUNK)
    places = count(1)
    for chunk in batched(found, CHUNK):
        for cells in told(chunk, actor, several):
            yield [next(places), *cells]


def told(chunk: Sequence[Opinion], actor: Actor, several: bool) -> list[list[Any]]:
    """The cells of opinions that were read ``with_all``, without the running number; ``several`` names the station."""
    became = _became(chunk, actor)
    return [_row(opinion, became, several) for opinion in chunk]


def with_all(rows: QuerySet, actor: Actor) -> QuerySet:
    """Opinions with what a row of the ledger shows."""
    said = MeetingOpinion.objects.visible_to(actor).exclude(outcome="").order_by("pk")
    said = said.select_related("promise__organ__successor", "township_task__township")
    return rows.select_related("visit__station", "voter", "field", "township_task__township").prefetch_related(
        "visit__visitors__mandate__person", "tellings", Prefetch("deliberated", said, "said")
    )


def _became(chunk: Sequence[Any], actor: Actor) -> dict[int, Any]:
    """The suggestion that an opinion became; None where it is still being written, or the actor may not see it."""
    pairs = sources.cases_of(list(chunk))
    shown = reports.ledger(actor).in_bulk(set(pairs.values())) if pairs else {}
    return {pk: shown.get(case) for pk, case in pairs.items()}


def _row(opinion: Any, became: dict[int, Any], several: bool) -> list[Any]:
    who, result = _taken_up(became[opinion.pk]) if opinion.pk in became else _came_of(opinion)
    names = "、".join(visitor.mandate.person.name for visitor in opinion.visit.visitors.all())
    voter = opinion.voter
    return [
        opinion.visit.on,
        f"{names}({opinion.visit.station.name})" if several else names,
        NAMED if voter and voter.is_named else UNNAMED,
        voter.village if voter else "",
        opinion.words,
        opinion.field.name if opinion.field else "",
        ROUTES.get(opinion.route, ""),
        who,
        result,
        _told(opinion),
    ]


def _taken_up(case: Any) -> tuple[str, str]:
    """Who handles the suggestion that it became, and how far that is."""
    if case is None:
        return "", "已转为代表建议"
    letter = f"({case.result_code}类)" if case.result_code else ""
    return case.host or "", f"形成建议{case.number}：{reports.state_word(case)}{letter}"


def _came_of(opinion: Any) -> tuple[str, str]:
    """What came of it otherwise: at the meeting to which it was brought, else at once."""
    if not opinion.said and (task := getattr(opinion, "township_task", None)):
        return task.assignee or task.township.name, task.result or "乡镇(村)办理中"
    if not opinion.said:
        return "", opinion.on_the_spot_answer or opinion.route_reason
    said = opinion.said[-1]
    if said.outcome == O.PROMISED:
        return said.promise.organ.present.name, f"承诺{said.promise.due_on}前办理：{PROMISES[said.promise.status]}"
    if said.way == MeetingOpinion.Way.TOWNSHIP:
        return said.township_task.township.name, said.township_task.result or "乡镇办理中"
    return "", "已在议政会上解释说明" if said.outcome == O.EXPLAINED else "已提交，待转为代表建议"


def _told(opinion: Any) -> Any:
    final = next((telling for telling in opinion.tellings.all() if telling.final), None)
    if final is not None:
        return final.on if final.reached else "联系不上"
    return None if opinion.tell_wish else "不需反馈"
