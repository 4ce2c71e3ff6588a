"""The progress workbook: summary, by organ, full ledger, definitions (tables 1 and 5)."""

from collections.abc import Iterator
from typing import Any

from files.workbooks import Column, Sheet

from accounts.actor import Actor
from suggestions import reports
from suggestions.reports import Tally
from workflow import clock

TITLE = "代表建议办理进度"

BY_ORGAN = (
    "序号", "承办单位", "主办件", "会(协)办件", "分办件", "合计", "已签收", "退办", "已面商", "面商率", "已答复", "办复率",
    "按期答复", "超期", "A类", "B类", "C类", "D类", "满意", "基本满意", "不满意", "未反馈", "满意率", "重新办理", "备注",
)  # fmt: skip
LEDGER = (
    "序号", "编号", "标题", "领衔代表", "承办单位", "责任领导", "承办人", "联系电话", "交办日期", "签收日期", "办理进展",
    "存在问题", "下步措施", "答复日期", "答复文号", "类别", "代表意见", "备注",
)  # fmt: skip

#: Each word and how it is counted, printed so that nobody has to guess.
DEFINITIONS = (
    ("主办件", "本单位在当前一轮中独办或主办的建议件数，一件只计一次"),
    ("会(协)办件", "本单位会办(协办)过的建议件数；不重复计入已答复等各栏"),
    ("分办件、退办", "本系统目前未发生，按0计"),
    ("已签收", "有签收记录的主办件；历史台账导入的件签收情况不详，不计"),
    ("面商率", "有当面沟通(走访、座谈、邀请)记录的主办件÷非导入的主办件；电话、微信沟通不计入面商"),
    ("办复率", "已答复件÷主办件"),
    ("按期答复", "答复函落款日期不晚于答复期限的件数"),
    ("超期", "答复函落款日期晚于答复期限，或到期仍未答复的件数"),
    ("A类至D类", "以最近一次答复的办理类别为准"),
    ("满意率", "(满意+基本满意)÷已收到反馈的件数；未反馈不计入分母，另列一栏；满意与基本满意分别列出"),
    ("重新办理", "因代表不满意进入第2次及以后办理的件数"),
    ("单位更名、合并", "按现单位统计"),
)


def sheets(actor: Actor) -> list[Sheet]:
    """The four sheets, from what the actor may see today."""
    today = clock.today()
    hosts, co_hosted, total = reports.by_organ(actor, today)
    note = f"数据截至{today.year}年{today.month}月{today.day}日"
    return [
        _summary(total, note),
        _by_organ(hosts, co_hosted, note),
        _ledger(actor, note),
        _definitions(note),
    ]


def _summary(total: Tally, note: str) -> Sheet:
    columns = [Column("项目", 36), Column("件数", 12, "integer"), Column("比率", 12, "percent"), Column("说明", 60)]
    return Sheet("汇总", TITLE + "汇总", note, columns, list(_summary_rows(total)))


def _summary_rows(total: Tally) -> Iterator[list[Any]]:
    assigned, replied = total["assigned"], total["replied"]
    judged = sum(total[value] for value in reports.OPINIONS)
    yield ["已交办建议", assigned, None, "已确定主办单位的建议"]
    yield ["其中重点建议", total["key"], _share(total["key"], assigned), "占已交办"]
    yield ["已答复", replied, _share(replied, assigned), "办复率"]
    yield ["按期答复", total["on_time"], _share(total["on_time"], replied), "占已答复"]
    yield ["超期", total["overdue"], _share(total["overdue"], assigned), "逾期答复或到期未答复"]
    for code in "ABCD":
        yield [f"{code}类", total[f"class_{code}"], _share(total[f"class_{code}"], replied), "占已答复"]
    for value, word in reports.OPINIONS.items():
        yield [word, total[value], _share(total[value], judged), "占已反馈"]
    yield ["未反馈", total["no_feedback"], _share(total["no_feedback"], replied), "占已答复，不计入满意率"]
    yield ["重新办理", total["reworked"], _share(total["reworked"], assigned), "进入第2次及以后办理"]
    yield ["办结", total["closed"], _share(total["closed"], assigned), "代表满意或基本满意后办结"]


def _by_organ(hosts: dict[str, Tally], co_hosted: Any, note: str) -> Sheet:
    rates = {"面商率", "办复率", "满意率"}
    columns = [_organ_column(heading, heading in rates) for heading in BY_ORGAN]
    names = sorted({*hosts, *co_hosted}, key=lambda name: (-hosts.get(name, Tally())["assigned"], name))
    rows = [_organ_row(place, name, hosts.get(name, Tally()), co_hosted[name]) for place, name in enumerate(names, 1)]
    return Sheet("按承办单位", "建议办理进度统计表(按承办单位)", note, columns, rows)


def _organ_column(heading: str, rate: bool) -> Column:
    if heading in ("承办单位", "备注"):
        return Column(heading, 26)
    if heading == "序号":
        return Column(heading, 6, "integer")
    return Column(heading, 8, "percent") if rate else Column(heading, 8, "integer", "sum")


def _organ_row(place: int, name: str, tally: Tally, co_hosted: int) -> list[Any]:
    assigned, replied = tally["assigned"], tally["replied"]
    judged = sum(tally[value] for value in reports.OPINIONS)
    content = tally["SATISFIED"] + tally["BASICALLY"]
    unknown = assigned - tally["known"]
    remark = f"{unknown}件为历史台账导入，签收、面商不详" if unknown else ""
    return [
        place, name, assigned, co_hosted, 0, assigned + co_hosted, tally["received"], 0, tally["in_person"],
        _share(tally["in_person"], tally["known"]), replied, _share(replied, assigned), tally["on_time"], tally["overdue"],
        *(tally[f"class_{code}"] for code in "ABCD"), *(tally[value] for value in reports.OPINIONS),
        tally["no_feedback"], _share(content, judged), tally["reworked"], remark,
    ]  # fmt: skip


def _ledger(actor: Actor, note: str) -> Sheet:
    widths = {"标题": 44, "承办单位": 22, "答复文号": 22, "存在问题": 16, "下步措施": 16, "备注": 18, "联系电话": 15}
    columns = [_ledger_column(heading, widths.get(heading, 11)) for heading in LEDGER]
    return Sheet(
        "办理台账", "代表建议办理情况汇总表(台账)", note, columns, reports.rows_of_ledger(actor, clock.today())
    )


def _ledger_column(heading: str, width: int) -> Column:
    if heading == "序号":
        return Column(heading, 6, "integer")
    return Column(heading, width, "date" if heading.endswith("日期") else "text")


def _definitions(note: str) -> Sheet:
    return Sheet(
        "统计口径", "统计口径", note, [Column("名称", 24), Column("口径", 100)], [list(row) for row in DEFINITIONS]
    )


def _share(part: int, whole: int) -> float | None:
    return part / whole if whole else None
