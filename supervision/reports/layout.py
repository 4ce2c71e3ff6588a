"""What the sheets of all reports have in common: the line under the title, columns by their headings, definitions."""

from collections.abc import Mapping, Sequence

from accounts.actor import Actor
from accounts.models import Role
from files.workbooks import Column, Sheet
from workflow import clock

#: Stands in a table without rows.
NOTHING = "没有符合条件的记录"


def note(*parts: object) -> str:
    """The line under a title: until which day, of what, of which cycle."""
    today = clock.today()
    words = [f"数据截至{today.year}年{today.month}月{today.day}日", *(str(part) for part in parts if part)]
    return "；".join(words)


def scope(actor: Actor, what: str) -> str:
    """Whose view it is: only the committee's holds everything."""
    if actor.is_system or actor.is_committee:
        return f"全部{what}"
    organ = actor.post.organ if actor.post else None
    if organ:
        return f"{organ.name}可见的{what}"
    return f"本站{what}" if actor.role == Role.STATION else f"本人可见的{what}"


def columns(headings: Sequence[str], widths: Mapping[str, int], sums: Sequence[str] = ()) -> list[Column]:
    """Text unless the heading says otherwise: a running number, a date (日期, 期限), or a number that is summed up."""
    return [_column(heading, widths.get(heading), heading in sums) for heading in headings]


def definitions(rows: Sequence[tuple[str, str]]) -> Sheet:
    """The sheet that says how each word is counted."""
    told = [list(row) for row in rows]
    return Sheet("统计口径", "统计口径", "各表各栏的算法", [Column("名称", 28), Column("口径", 110)], told)


def _column(heading: str, width: int | None, summed: bool) -> Column:
    if summed:
        return Column(heading, width or len(heading) + 5, "integer", "sum")
    if heading == "序号":
        return Column(heading, 6, "integer")
    if heading.endswith(("日期", "期限")):
        return Column(heading, 12, "date")
    return Column(heading, width or 10)
