"""The duty roster of a station's year (排班表) as a workbook, in the county's own language."""

from datetime import date

from files.workbooks import Column, Sheet
from stations import market_days
from stations.models import Duty, ReceptionDay, Station

_WEEKDAYS = "一二三四五六日"
_STATES = {"PLANNED": "待开展", "HELD": "已开展", "CANCELLED": "已取消"}
_FOUND = {"PRESENT": "到", "LEAVE": "请假", "ABSENT": "缺"}
_COLUMNS = (
    Column("序号", 6, "integer"), Column("日期", 12, "date"), Column("星期", 6), Column("农历", 8), Column("逢集", 6),
    Column("时间", 14), Column("地点", 24), Column("值班代表", 36), Column("替班、请假", 30),
    Column("公告张贴日期", 13, "date"), Column("情况", 16),
)  # fmt: skip


def roster(station: Station, year: int, today: date) -> list[Sheet]:
    """Every reception day of the year, cancelled ones too, with who is on duty and who stands in for whom."""
    days = ReceptionDay.objects.filter(station=station, on__year=year).prefetch_related(
        "duties__mandate__person", "duties__substitute_for__mandate__person"
    )
    rows = [_row(number, day, station) for number, day in enumerate(days, 1)]
    note = f"数据截至{today.year}年{today.month}月{today.day}日"
    market = market_days.in_words(station.township)
    title = f"{station.name}{year}年代表接待日排班表"
    return [
        Sheet("排班表", title, f"{note}；逢集：{market}" if market else note, _COLUMNS, rows, empty="本年没有接待日")
    ]


def _row(number: int, day: ReceptionDay, station: Station) -> list[object]:
    duties = list(day.duties.all())
    hours = f"{day.starts_at:%H:%M}–{day.ends_at:%H:%M}"
    is_market = market_days.is_market_day(station.township, day.on)
    state = f"{_STATES[day.status]}：{day.cancel_reason}" if day.cancel_reason else _STATES[day.status]
    return [
        number,
        day.on,
        _WEEKDAYS[day.on.weekday()],
        market_days.lunar_words(day.on),
        "是" if is_market else "",
        hours,
        day.place or station.name,
        "、".join(_named(duty) for duty in duties if duty.state not in ("REPLACED", "LEAVE")),
        "；".join(filter(None, map(_changed, duties))),
        day.posted_on,
        state,
    ]


def _named(duty: Duty) -> str:
    found = _FOUND.get(duty.state, "")
    return f"{duty.mandate.person.name}({found})" if found else duty.mandate.person.name


def _changed(duty: Duty) -> str:
    if duty.substitute_for is not None:
        return f"{duty.mandate.person.name}替{duty.substitute_for.mandate.person.name}"
    return f"{duty.mandate.person.name}请假" if duty.state == Duty.State.LEAVE else ""
