"""What stations have of the county's standard as a workbook; its wording is that of the county's tables."""

from collections.abc import Iterable, Sequence
from typing import Any

from files.workbooks import Column, Marked, Sheet
from stations.models import StandardCheck, StandardItem, Station
from workflow import clock

FILE_NAME = "代表家站规范化建设一览表.xlsx"
_THERE, _LACKS, _UNKNOWN = "有", "无", "未查"


def findings(stations: Iterable[Station]) -> dict[tuple[int, int], StandardCheck]:
    """The last finding by the keys of station and item; one query."""
    rows = StandardCheck.objects.filter(station__in=[station.pk for station in stations]).order_by("on", "pk")
    return {(row.station_id, row.item_id): row for row in rows}


def sheets(stations: Sequence[Station], items: Sequence[StandardItem]) -> list[Sheet]:
    """A row per station, a column per item; what lacks stands out."""
    today = clock.today()
    note = f"数据截至{today.year}年{today.month}月{today.day}日；共{len(items)}项"
    columns = [
        Column("序号", 6, "integer"), Column("编号", 10), Column("家站", 26), Column("乡镇(街道)", 14),
        *(Column(item.name, max(8, 2 * len(item.name) + 2)) for item in items), Column("已有(项)", 10, "integer"),
        Column("备注", 40),
    ]  # fmt: skip
    found = findings(stations)
    rows = [_row(place, station, items, found) for place, station in enumerate(stations, 1)]
    return [Sheet("规范化建设", "代表家站规范化建设一览表", note, columns, rows, empty="没有家站")]


def _row(place: int, station: Station, items: Sequence[StandardItem], found: Any) -> list[Any]:
    cells = [found.get((station.pk, item.pk)) for item in items]
    marks = [_UNKNOWN if cell is None else _THERE if cell.met else Marked(_LACKS) for cell in cells]
    notes = [f"{item.name}：{cell.note}" for item, cell in zip(items, cells, strict=True) if cell and cell.note]
    met = sum(cell is not None and cell.met for cell in cells)
    return [place, station.code, station.name, station.township.name, *marks, met, "；".join(notes)]
