"""A performance file as it is printed and as a workbook: the wording is the official form's."""

from collections.abc import Iterable, Sequence
from io import BytesIO
from typing import Any

from accounts.actor import Actor
from files.workbooks import Column, Sheet, write
from stations.models import Mandate
from supervision.performance import periods
from supervision.performance.activities import ACTIVITIES, PARTS
from supervision.performance.items import Item, counts, items_of
from supervision.reports import layout

COLUMNS = (
    Column("部分", 22),
    Column("项目", 24),
    Column("日期", 12, "date"),
    Column("内容", 60),
    Column("天数", 8, "money"),
)


def parts_of(items: Iterable[Item]) -> list[dict[str, Any]]:
    """The parts of the form after the basic data, each with its items; empty ones too, since the form has them."""
    rows = list(items)
    return [
        {"number": number, "title": title, "items": [item for item in rows if item.activity.part == part]}
        for number, (part, title) in enumerate(PARTS, 2)
    ]


def files_of(mandates: Sequence[Mandate], actor: Actor) -> list[dict[str, Any]]:
    """Each deputy's file of the term: a summary of its years, and each year by itself; as many queries for any number."""
    if not mandates:
        return []
    spans = {mandate.pk: periods.years_of(mandate) for mandate in mandates}
    first, last = min(span[0] for span in spans.values()), max(span[-1] for span in spans.values())
    whole = periods.Period("", periods.year(first).since, periods.year(last).until)
    found = items_of(mandates, whole, actor)
    return [_file(mandate, spans[mandate.pk], found[mandate.pk]) for mandate in mandates]


def _file(mandate: Mandate, span: list[int], items: list[Item]) -> dict[str, Any]:
    by_year = {number: [item for item in items if item.on.year == number] for number in span}
    counted = {number: counts(rows) for number, rows in by_year.items()}
    rows = [
        {
            "label": activity.label,
            "numbers": [counted[number][code] for number in span],
            "total": sum(counted[number][code] for number in span),
        }
        for code, activity in ACTIVITIES.items()
    ]
    return {
        "mandate": mandate,
        "years": [{"number": number, "parts": parts_of(by_year[number])} for number in span],
        "span": span,
        "rows": rows,
    }


def workbook_of(mandate: Mandate, period: periods.Period, items: Sequence[Item]) -> bytes:
    """The items of a period, part by part."""
    titles = dict(PARTS)
    order = list(titles)
    ordered = sorted(items, key=lambda item: (order.index(item.activity.part), item.on))
    rows = [
        [titles[item.activity.part], str(item.activity.label), item.on, item.text, item.days or None]
        for item in ordered
    ]
    note = layout.note(f"{mandate.get_level_display()}代表 {mandate.certificate_no}", period.label)
    out = BytesIO()
    title = f"{mandate.person.name}代表履职档案"
    write(out, [Sheet("履职档案", title, note, COLUMNS, rows, empty=layout.NOTHING)])
    return out.getvalue()


def said_of(items: Iterable[Item]) -> list[str]:
    """The year as the deputy reads it out; what did not happen is not said."""
    counted = counts(items)
    return [row.said.format(counted[code]) for code, row in ACTIVITIES.items() if row.said and counted[code]]
