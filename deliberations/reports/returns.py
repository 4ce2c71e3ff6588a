"""The monthly returns of a month as a workbook; its wording is that of the county's sheet."""

from typing import Any

from deliberations.figures import Month
from files.workbooks import Column, Sheet
from stations.figures import FIGURES
from workflow import clock

#: The figures as the sheet heads them.
HEADINGS = {
    "reception_days": "接待日(场)", "visits": "走访(次)", "voter_meetings": "选民座谈会(场)", "other_ways": "约见、扫码、来信(次)",
    "meetings": "议政会(场)", "trainings": "培训(场)", "deputies": "参加代表(人次)", "voters": "选民(人次)",
    "opinions": "收集意见(条)", "answered": "当场答复", "to_township": "交村镇办理", "to_meeting": "提交议政会",
    "to_suggestion": "形成建议", "to_higher": "委托上级代表", "refused": "不予受理", "settled": "办结(条)", "told": "反馈选民(条)",
}  # fmt: skip
NOT_HANDED_IN, NOTHING = "未报", "本月无"


def sheets(stations: list[Any], month: Month) -> list[Sheet]:
    """A row for each station with its ``handed_in``, the return or None; what is missing stays empty."""
    today = clock.today()
    missing = sum(station.handed_in is None for station in stations)
    note = f"数据截至{today.year}年{today.month}月{today.day}日；已报{len(stations) - missing}站，未报{missing}站"
    figures = [Column(heading, max(8, len(heading) + 3), "integer", "sum") for heading in HEADINGS.values()]
    columns = [
        Column("序号", 6, "integer"), Column("家站", 26), Column("乡镇(街道)", 14), *figures,
        Column("备注", 30), Column("报送日期", 12, "date"),
    ]  # fmt: skip
    title = f"{month.first.year}年{month.first.month}月代表家站月报表"
    rows = [_row(place, station) for place, station in enumerate(stations, 1)]
    return [Sheet("月报", title, note, columns, rows, empty="没有家站")]


def file_name(month: Month) -> str:
    """The name under which it is saved."""
    return f"代表家站月报({month.first:%Y%m})"


def _row(place: int, station: Any) -> list[Any]:
    told = station.handed_in
    start = [place, station.name, station.township.name]
    if told is None:
        return [*start, *([None] * len(HEADINGS)), NOT_HANDED_IN, None]
    figures = [told.figures.get(name, 0) for name in FIGURES]
    remark = told.remark or ("" if any(figures) else NOTHING)
    return [*start, *figures, remark, told.handed_in_at]
