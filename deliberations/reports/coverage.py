"""The coverage matrix of a cycle as a workbook; its wording is that of the county's tables."""

from collections.abc import Iterator
from typing import Any

from deliberations.coverage import Covered, coverage, step_days
from deliberations.models import Cycle, NoticeReceipt
from files.workbooks import Column, Marked, Sheet
from workflow import clock

_RECEIPTS = {
    NoticeReceipt.Status.SENT: "未确认",
    NoticeReceipt.Status.RECEIVED: "已收到",
    NoticeReceipt.Status.CONVEYED: "已传达",
}
_STEPS = {"TOPICS": "精选议题", "TRAINING": "深入培训", "MOBILISATION": "广泛动员", "VISITS": "走访选民"}
_COLUMNS = [
    Column("序号", 6, "integer"), Column("代表家站", 22), Column("分组", 10), Column("责任领导", 14),
    Column("通知", 10), Column("传达日期", 12, "date"), Column("培训日期", 12, "date"), Column("走访次数", 10, "integer", "sum"),
    Column("首次走访", 12, "date"), Column("最近走访", 12, "date"), Column("领导参加次数", 13, "integer", "sum"),
    Column("走访截止", 12, "date"), Column("议政会日期", 12, "date"), Column("提示", 26),
]  # fmt: skip
_STEP_COLUMNS = [
    Column("步骤", 14), Column("计划开始", 12, "date"), Column("计划结束", 12, "date"), Column("实际开始", 12, "date"),
    Column("最近一次", 12, "date"),
]  # fmt: skip


def sheets(cycle: Cycle) -> list[Sheet]:
    """Stations by steps, and the four steps with planned and actual days."""
    today = clock.today()
    note = f"数据截至{today.year}年{today.month}月{today.day}日"
    rows = coverage(cycle)
    steps = [
        [
            _STEPS[row.step],
            row.planned and row.planned.starts_on,
            row.planned and row.planned.ends_on,
            row.first,
            row.last,
        ]
        for row in step_days(cycle)
    ]
    return [
        Sheet("覆盖表", f"{cycle.title}家站工作覆盖表", note, _COLUMNS, list(_rows(rows)), empty="没有参加的代表家站"),
        Sheet("四个步骤", f"{cycle.title}四个步骤计划与实际", note, _STEP_COLUMNS, steps),
    ]


def file_name(cycle: Cycle) -> str:
    """Under which the workbook is saved."""
    return f"覆盖表({cycle.title}){clock.today():%Y%m%d}.xlsx"


def _rows(rows: list[Covered]) -> Iterator[list[Any]]:
    for place, row in enumerate(rows, 1):
        warning: Any = "尚未走访，走访即将截止" if row.is_unvisited else ""
        yield [
            place, row.station.name, row.row.group.name if row.row.group else "",
            "、".join(person.name for person in row.leaders),
            _RECEIPTS[NoticeReceipt.Status(row.receipt.status)] if row.receipt else "未发",
            row.receipt and row.receipt.conveyed_on, row.trained_on,
            Marked(0) if row.is_unvisited else row.visits,
            *row.visited, row.with_leader, row.visits_end_on, row.meeting_on,
            Marked(warning) if warning else "",
        ]  # fmt: skip
