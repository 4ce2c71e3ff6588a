"""The list of what did not satisfy the deputy, round by round (table 8)."""

from django.db.models import QuerySet

from accounts.actor import Actor
from deliberations.models import Cycle
from files.workbooks import Column, Sheet
from suggestions.reports import dissatisfied
from supervision.reports import layout
from workflow import clock

HEADINGS = ("编号", "标题", "代表", "承办单位", "不满意原因", "第几轮", "重新办理期限", "再次答复日期", "再次评价")

DEFINITIONS = (
    ("不满意件", "代表对某一轮答复评价为不满意，或答复期限已过仍未答复的件；每轮一行，不含已撤回的"),
    (
        "不满意原因",
        "态度、结果：代表(联名建议为领衔代表或接续代表)评价为不满意的方面；未答复：本轮答复期限已过仍未答复",
    ),
    ("第几轮", "不满意的是第几次办理"),
    ("重新办理期限", "下一轮的答复期限；未答复的件列已过的答复期限"),
    ("再次答复日期、再次评价", "下一轮答复函的落款日期，以及代表对它的评价；已答复尚未评价的为未反馈"),
    ("承办单位", "该轮的主办单位；更名、合并的列现单位"),
)


def sheets(actor: Actor, cycle: Cycle | None = None) -> list[Sheet]:
    """The list and its definitions."""
    today = clock.today()
    note = layout.note(layout.scope(actor, "建议"), cycle) + "；统计口径见“统计口径”表"
    size, rows = dissatisfied.count(actor, cycle, today), dissatisfied.rows(actor, cycle, today)
    return [
        Sheet("不满意件清单", "代表建议不满意件清单", note, _columns(), rows, size, layout.NOTHING),
        layout.definitions(DEFINITIONS),
    ]


def found(actor: Actor) -> QuerySet:
    """The suggestions that the list is about."""
    return dissatisfied.concerned(actor, None, clock.today())


def _columns() -> list[Column]:
    widths = {"编号": 13, "标题": 44, "代表": 10, "承办单位": 22, "不满意原因": 13, "再次评价": 10}
    plain = layout.columns(HEADINGS, widths)
    return [Column(column.heading, 8, "integer") if column.heading == "第几轮" else column for column in plain]
