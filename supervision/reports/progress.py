"""The progress workbook: summary, by organ, full ledger, definitions (tables 1 and 5)."""

from collections import Counter
from collections.abc import Iterator
from typing import Any

from accounts.actor import Actor
from files.workbooks import Column, Sheet
from suggestions import reports
from suggestions.reports import ENDS, OPINIONS, Tally
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
    ("建议总数", "已登记编号的建议，不含已撤回的"),
    ("已交办", "县人大常委会已交办的建议，含政府办尚未确定承办单位的"),
    ("主办件", "已确定主办单位的建议；一件只计一次，计入当前一轮的主办单位"),
    ("会(协)办件", "本单位会办(协办)过的建议；只计件数，不重复计入已答复等各栏"),
    ("分办件、退办", "本系统目前未发生，按0计"),
    ("已签收", "主办单位有签收记录的件"),
    ("已面商", "有当面沟通(走访、座谈、邀请)记录的件；电话、微信沟通只计入已沟通"),
    ("面商率、沟通率", "已面商(已沟通)÷沟通情况清楚的主办件"),
    ("历史台账导入的件", "台账未载明签收和面商，在系统内未补记前视为情况不详，不计入签收、面商、沟通各项的分子和分母"),
    ("已答复、办复率", "有答复函的件；办复率=已答复÷主办件"),
    ("按期答复", "最近一次答复函的落款日期不晚于该轮答复期限；按期答复率=按期答复÷应答复(已答复或答复期限已过的件)"),
    (
        "超期",
        "最近一次答复晚于期限，或本轮答复期限已过仍未答复(汇总含政府办尚未转办的)；法定期限为交办之日起三个月或六个月，不因节假日顺延",
    ),
    ("A类、B类、C类、D类", "以最近一次答复的办理类别为准；占比=该类÷已答复"),
    ("满意、基本满意、不满意", "对最近一次答复的评价，联名建议以领衔代表的评价为准"),
    ("未反馈", "已答复但尚未收到代表评价的件；不计入满意率"),
    ("满意率", "(满意+基本满意)÷已反馈；满意与基本满意分别列出，反馈率=已反馈÷已答复"),
    ("初次办理满意率", "第一次答复即满意或基本满意的件÷第一次答复已反馈的件"),
    ("重新办理", "因代表不满意进入第2次及以后办理的件；二次办理率=重新办理÷主办件"),
    ("办结", "代表满意或基本满意后办结的件，主任会议决定办结的件，以及历史台账载明已办结的件"),
    (
        "主任会议决定办结",
        "经主任会议决定，以代表表示理解、依法不能办理并已说明、代表未反馈意见办结的件；单独统计，不计为满意",
    ),
    ("单位更名、合并", "按现单位统计"),
    ("存在问题、下步措施", "由承办单位填写"),
)


def sheets(actor: Actor) -> list[Sheet]:
    """The four sheets, from what the actor may see today."""
    today = clock.today()
    hosts, co_hosted, total = reports.by_organ(actor, today)
    note = f"数据截至{today.year}年{today.month}月{today.day}日；{_scope(actor)}；统计口径见“统计口径”表"
    return [
        _summary(total, note),
        _by_organ(hosts, co_hosted, note),
        _ledger(actor, note),
        Sheet(
            "统计口径",
            "统计口径",
            "各表各栏的算法",
            [Column("名称", 28), Column("口径", 110)],
            [list(row) for row in DEFINITIONS],
        ),
    ]


def _scope(actor: Actor) -> str:
    """Whose view it is: only the committee's holds everything."""
    if actor.is_system or actor.is_committee:
        return "全部建议"
    organ = actor.post.organ if actor.post else None
    return f"{organ.name}可见的建议" if organ else "本人可见的建议"


def _summary(total: Tally, note: str) -> Sheet:
    columns = [
        Column("项目", 34),
        Column("件数", 12, "integer"),
        Column("比率", 12, "percent"),
        Column("比率的算法", 60),
    ]
    rows = [[name, count, _share(count, whole), how] for name, count, whole, how in _summary_rows(total)]
    return Sheet("汇总", TITLE + "汇总", note, columns, rows)


def _summary_rows(total: Tally) -> Iterator[tuple[str, int, int, str]]:
    """Name, count, what it is a share of, and that in words."""
    assigned, replied, judged = total["assigned"], total["replied"], total.judged
    yield "建议总数", total["accepted"], 0, ""
    yield "其中重点建议", total["key"], total["accepted"], "÷建议总数"
    yield "已交办", total["handed_over"], total["accepted"], "交办率：÷建议总数"
    yield "主办件(已确定主办单位)", assigned, total["handed_over"], "÷已交办"
    yield "已签收", total["received"], total["receipt_known"], "÷签收情况清楚的主办件"
    yield "已面商", total["in_person"], total["contact_known"], "面商率：÷沟通情况清楚的主办件"
    yield "已沟通(含电话、微信)", total["contacted"], total["contact_known"], "沟通率：÷沟通情况清楚的主办件"
    yield "已答复", replied, assigned, "办复率：÷主办件"
    yield "按期答复", total["on_time"], total["due"], "按期答复率：÷应答复(已答复或期限已过)"
    yield "超期", total["overdue"], total["due"], "÷应答复(已答复或期限已过)"
    for code in "ABCD":
        yield f"{code}类", total[f"class_{code}"], replied, "÷已答复"
    yield "已反馈", judged, replied, "反馈率：÷已答复"
    for value, word in OPINIONS.items():
        yield word, total[value], judged, "÷已反馈"
    yield "满意和基本满意", total.content, judged, "满意率：÷已反馈"
    yield "初次办理满意和基本满意", total["first_content"], total["first_judged"], "初次办理满意率：÷第一次答复已反馈"
    yield "未反馈", total["no_feedback"], replied, "÷已答复，不计入满意率"
    yield "重新办理", total["reworked"], assigned, "二次办理率：÷主办件"
    yield "办结", total["closed"], assigned, "÷主办件"
    for basis, word in ENDS.items():
        yield f"其中主任会议决定办结({word})", total[basis], total["closed"], "÷办结，不计为满意"
    yield "已撤回", total["withdrawn"], 0, "不计入以上各项"


def _by_organ(hosts: dict[str, Tally], co_hosted: Counter, note: str) -> Sheet:
    names = sorted({*hosts, *co_hosted}, key=lambda name: (-hosts.get(name, Tally())["assigned"], name))
    rows = [_organ_row(place, name, hosts.get(name, Tally()), co_hosted[name]) for place, name in enumerate(names, 1)]
    known = sum(tally["contact_known"] for tally in hosts.values())
    return Sheet("按承办单位", "建议办理进度统计表(按承办单位)", note, _organ_columns(known), rows)


def _organ_columns(known: int) -> list[Column]:
    """Counts with sums below them, rates with the rate of the sums."""
    rates = {
        "面商率": f"{{已面商}}/{known}",
        "办复率": "{已答复}/{主办件}",
        "满意率": "({满意}+{基本满意})/({满意}+{基本满意}+{不满意})",
    }
    others = {
        "序号": Column("序号", 6, "integer"),
        "承办单位": Column("承办单位", 24),
        "备注": Column("备注", 20),
        **{name: Column(name, 9, "percent", f'IFERROR({rate},"")') for name, rate in rates.items()},
    }
    return [others.get(heading) or Column(heading, len(heading) + 5, "integer", "sum") for heading in BY_ORGAN]


def _organ_row(place: int, name: str, tally: Tally, co_hosted: int) -> list[Any]:
    assigned, replied = tally["assigned"], tally["replied"]
    unknown = assigned - tally["contact_known"]
    remark = f"{unknown}件历史台账导入" if unknown else ""
    return [
        place, name, assigned, co_hosted, 0, assigned + co_hosted, tally["received"], 0, tally["in_person"],
        _share(tally["in_person"], tally["contact_known"]), replied, _share(replied, assigned), tally["on_time"],
        tally["overdue"], *(tally[f"class_{code}"] for code in "ABCD"), *(tally[value] for value in OPINIONS),
        tally["no_feedback"], _share(tally.content, tally.judged), tally["reworked"], remark,
    ]  # fmt: skip


def _ledger(actor: Actor, note: str) -> Sheet:
    widths = {"编号": 8, "标题": 48, "承办单位": 23, "联系电话": 15, "答复文号": 22, "类别": 6, "备注": 25}
    widths |= dict.fromkeys(("存在问题", "下步措施"), 13)
    columns = [_ledger_column(heading, widths.get(heading, 10)) for heading in LEDGER]
    rows, size = reports.rows_of_ledger(actor, clock.today()), reports.ledger(actor).count()
    return Sheet("办理台账", "代表建议办理情况汇总表(台账)", note, columns, rows, size)


def _ledger_column(heading: str, width: int) -> Column:
    if heading == "序号":
        return Column(heading, 6, "integer")
    return Column(heading, 11, "date") if heading.endswith("日期") else Column(heading, width)


def _share(part: int, whole: int) -> float | None:
    return part / whole if whole else None
