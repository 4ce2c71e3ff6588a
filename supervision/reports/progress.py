"""The progress workbook: summary, by organ, by field, handed over, ledger, definitions (tables 1, 2, 4 and 5)."""

from collections.abc import Iterator
from typing import Any

from accounts.actor import Actor
from deliberations.models import Cycle
from files.workbooks import Column, Rate, Sheet
from suggestions import reports
from suggestions.reports import ENDS, OPINIONS, Counted, Returned, Tally
from supervision.reports import layout
from workflow import clock

TITLE = "代表建议办理进度"

BY_ORGAN = (
    "序号", "承办单位", "主办件", "会(协)办件", "分办件", "合计", "已签收", "退办", "已面商", "面商率", "已答复", "办复率",
    "按期答复", "超期", "A类", "B类", "C类", "D类", "满意", "基本满意", "不满意", "未反馈", "满意率", "重新办理", "备注",
)  # fmt: skip
BY_FIELD = ("序号", "类别", "件数", "占比", "重点件", "已答复", "A", "B", "C", "D", "落实率", "满意率")
HANDED_OVER = (
    "序号", "建议编号", "标题", "领衔代表", "附议代表", "代表团", "联系电话", "类别", "是否重点", "主办单位", "会办单位",
    "主管县领导", "督办领导", "交办日期", "答复期限",
)  # fmt: skip
LEDGER = (
    "序号", "编号", "标题", "领衔代表", "承办单位", "责任领导", "承办人", "联系电话", "交办日期", "签收日期", "办理进展",
    "存在问题", "下步措施", "答复日期", "答复文号", "类别", "代表意见", "备注",
)  # fmt: skip

_HANDED_WIDTHS = {
    "建议编号": 13, "标题": 40, "附议代表": 20, "代表团": 16, "联系电话": 14, "类别": 12, "主办单位": 20, "会办单位": 22,
}  # fmt: skip
_LEDGER_WIDTHS = {
    "编号": 13, "标题": 44, "承办单位": 20, "联系电话": 15, "存在问题": 12, "下步措施": 24, "答复文号": 20, "类别": 6,
    "备注": 22,
}  # fmt: skip

#: Each word and how it is counted, printed so that nobody has to guess.
DEFINITIONS = (
    ("建议总数", "已登记编号的建议，不含已撤回的"),
    ("并案", "内容相同、合并办理的建议；各自编号、答复、评价，各表均按件分别计数，另注明并为几案"),
    ("已交办", "县人大常委会已交办的建议，含政府办尚未确定承办单位的"),
    ("主办件", "已确定主办单位的建议；一件只计一次，计入当前一轮的主办单位"),
    ("会(协)办件", "本单位会办(协办)过的建议；只计件数，不重复计入已答复等各栏"),
    ("分办件", "本系统按主办、会办交办，不设分办，按0计"),
    (
        "退办",
        "承办单位(含会办单位)提出退办申请、经同意退出承办的次数，计入提出申请的单位；该件改交后计入新承办单位的主办件；同意主会办对调或增加会办单位的另列，不计为退办。退办率=退办申请÷首轮分派到单位的件次(主办、会办合计)",
    ),
    ("已签收", "主办单位有签收记录的件"),
    ("已面商", "有当面沟通(走访、座谈、邀请)记录的件；电话、微信沟通只计入已沟通"),
    ("面商率、沟通率", "已面商(已沟通)÷沟通情况清楚的主办件"),
    ("历史台账导入的件", "台账未载明签收和面商，在系统内未补记前视为情况不详，不计入签收、面商、沟通各项的分子和分母"),
    ("已答复、办复率", "有答复函的件；办复率=已答复÷主办件"),
    (
        "按期答复",
        "最近一次答复函的落款日期不晚于该轮答复期限(经批准延期的为延期后的期限)；按期答复率=按期答复÷应答复(已答复或答复期限已过的件)；另按延期前的原期限计算一次，两项并列",
    ),
    (
        "超期",
        "最近一次答复晚于期限，或本轮答复期限已过仍未答复(汇总含政府办尚未转办的)；法定期限为交办之日起三个月或六个月，不因节假日顺延",
    ),
    ("A类、B类、C类、D类", "以最近一次答复的办理类别为准；占比=该类÷已答复"),
    ("落实率", "A类÷已答复(即A类率)"),
    (
        "B类转A类",
        "曾答复为B类，其后再次答复为A类，或最近一次B类答复的承诺事项全部经代表确认兑现；B转A率=B类转A类÷曾答复为B类的件",
    ),
    (
        "承诺事项",
        "最近一次答复中承诺的事项，按项计：已兑现=代表确认办结；已报完成=单位已报、代表尚未确认；办理中=未到承诺期限；逾期未兑现=承诺期限已过、单位未报完成",
    ),
    ("满意、基本满意、不满意", "对最近一次答复的评价，联名建议以领衔代表(或接续代表)的评价为准"),
    ("未反馈", "已答复但尚未收到代表评价的件；不计入满意率"),
    ("满意率", "(满意+基本满意)÷已反馈；满意与基本满意分别列出，反馈率=已反馈÷已答复"),
    ("初次办理满意率", "第一次答复即满意或基本满意的件÷第一次答复已反馈的件"),
    ("重新办理", "因代表不满意进入第2次及以后办理的件；二次办理率=重新办理÷主办件"),
    ("办结", "代表满意或基本满意后办结的件，主任会议决定办结的件，以及历史台账载明已办结的件"),
    (
        "主任会议决定办结",
        "经主任会议决定，以代表表示理解、依法不能办理并已说明、代表未反馈意见办结的件；单独统计，不计为满意",
    ),
    ("单位更名、合并", "各表均按现单位统计和列名；台账备注注明原承办单位"),
    ("交办清单", "已交办且未撤回的建议；主管县领导由填表人填写"),
    ("存在问题、下步措施", "存在问题由承办单位填写；下步措施列出最近一次答复的承诺事项，其余由承办单位填写"),
)


def sheets(actor: Actor, cycle: Cycle | None = None) -> list[Sheet]:
    """The six sheets, from what the actor may see today, of one cycle where one is named."""
    today = clock.today()
    counted = reports.count(actor, cycle, today)
    returned = reports.returned(actor, cycle)
    note = layout.note(layout.scope(actor, "建议"), cycle) + "；统计口径见“统计口径”表"
    merged, promised = reports.merged(actor, cycle), reports.commitments(actor, cycle, today)
    return [
        _summary(list(_summary_rows(counted.total, returned, merged, promised)), note),
        _by_organ(counted, reports.co_hosted(actor, cycle), returned, note),
        _by_field(counted, note),
        _handed_over(actor, cycle, note),
        _ledger(actor, cycle, note),
        layout.definitions(DEFINITIONS),
    ]


def _summary(rows: list[tuple[str, int, int, str]], note: str) -> Sheet:
    columns = [
        Column("项目", 34),
        Column("件数", 12, "integer"),
        Column("比率", 12, "percent"),
        Column("比率的算法", 60),
    ]
    shares = [[name, count, _share(count, whole), how] for name, count, whole, how in rows]
    return Sheet("汇总", TITLE + "汇总", note, columns, shares)


def _summary_rows(
    total: Tally, returned: Returned, merged: tuple[int, int], promised: dict[str, int]
) -> Iterator[tuple[str, int, int, str]]:
    """Name, count, what it is a share of, and that in words."""
    yield "建议总数", total["accepted"], 0, ""
    yield "其中重点建议", total["key"], total["accepted"], "÷建议总数"
    yield "其中并案办理", merged[0], 0, "{}件并为{}案，仍按件计数".format(*merged) if merged[0] else "没有并案的建议"
    yield from _handling_rows(total)
    yield from _returned_rows(returned)
    yield from _answered_rows(total)
    yield from _class_rows(total)
    yield from _promised_rows(total, promised)
    yield from _judged_rows(total)
    yield from _ended_rows(total)


def _handling_rows(total: Tally) -> Iterator[tuple[str, int, int, str]]:
    yield "已交办", total["handed_over"], total["accepted"], "交办率：÷建议总数"
    yield "主办件(已确定主办单位)", total["assigned"], total["handed_over"], "÷已交办"
    yield "已签收", total["received"], total["receipt_known"], "÷签收情况清楚的主办件"
    yield "已面商", total["in_person"], total["contact_known"], "面商率：÷沟通情况清楚的主办件"
    yield "已沟通(含电话、微信)", total["contacted"], total["contact_known"], "沟通率：÷沟通情况清楚的主办件"


def _returned_rows(returned: Returned) -> Iterator[tuple[str, int, int, str]]:
    yield "退办申请", returned.asked, returned.given_out, "退办率：÷首轮分派到单位的件次"
    yield "其中同意退办", returned.given_back.total(), returned.asked, "÷退办申请"
    yield "其中同意调整主会办单位", returned.changed, returned.asked, "÷退办申请；主会办对调、增加会办单位"
    yield "其中不予退办", returned.refused, returned.asked, "÷退办申请"
    yield "其中尚未决定", returned.waiting, returned.asked, "÷退办申请"


def _answered_rows(total: Tally) -> Iterator[tuple[str, int, int, str]]:
    yield "已答复", total["replied"], total["assigned"], "办复率：÷主办件"
    yield "按期答复", total["on_time"], total["due"], "按期答复率：÷应答复(已答复或期限已过)"
    yield "按期答复(按延期前的原期限)", total["on_time_at_first"], total["due_at_first"], "÷原期限下应答复的件"
    yield "经批准延期", total["extended"], total["assigned"], "÷主办件"
    yield "超期", total["overdue"], total["due"], "÷应答复(已答复或期限已过)"


def _class_rows(total: Tally) -> Iterator[tuple[str, int, int, str]]:
    for code in "ABCD":
        yield f"{code}类", total[f"class_{code}"], total["replied"], "÷已答复"
    yield "B类转A类", total["b_to_a"], total["was_b"], "B转A率：÷曾答复为B类的件"


def _promised_rows(total: Tally, promised: dict[str, int]) -> Iterator[tuple[str, int, int, str]]:
    words = {"kept": "已兑现", "reported": "已报完成、待代表确认", "running": "办理中", "broken": "逾期未兑现"}
    yield "承诺事项(项)", promised["all"], 0, "B类答复承诺的事项，按项计"
    for name, word in words.items():
        yield f"其中{word}", promised[name], promised["all"], "÷承诺事项"
    yield "B类件中承诺情况不详", total["b_unknown"], total["class_B"], "÷B类；历史台账导入等未载明承诺的件"


def _judged_rows(total: Tally) -> Iterator[tuple[str, int, int, str]]:
    replied, judged = total["replied"], total.judged
    yield "已反馈", judged, replied, "反馈率：÷已答复"
    for value, word in OPINIONS.items():
        yield word, total[value], judged, "÷已反馈"
    yield "满意和基本满意", total.content, judged, "满意率：÷已反馈"
    yield "初次办理满意和基本满意", total["first_content"], total["first_judged"], "初次办理满意率：÷第一次答复已反馈"
    yield "未反馈", total["no_feedback"], replied, "÷已答复，不计入满意率"


def _ended_rows(total: Tally) -> Iterator[tuple[str, int, int, str]]:
    yield "重新办理", total["reworked"], total["assigned"], "二次办理率：÷主办件"
    yield "办结", total["closed"], total["assigned"], "÷主办件"
    for basis, word in ENDS.items():
        yield f"其中主任会议决定办结({word})", total[basis], total["closed"], "÷办结，不计为满意"
    yield "已撤回", total["withdrawn"], 0, "不计入以上各项"


def _by_organ(counted: Counted, co_hosted: dict[str, int], returned: Returned, note: str) -> Sheet:
    hosts, none = counted.hosts, Tally()
    names = {*hosts, *co_hosted, *returned.given_back}
    ranked = sorted(names, key=lambda name: (-hosts.get(name, none)["assigned"], name))
    rows = [
        _organ_row(place, name, hosts.get(name, none), co_hosted[name], returned.given_back[name])
        for place, name in enumerate(ranked, 1)
    ]
    known = sum(tally["contact_known"] for tally in hosts.values())
    title = "建议办理进度统计表(按承办单位)"
    return Sheet("按承办单位", title, note, _organ_columns(known), rows, empty=layout.NOTHING)


def _organ_columns(known: int) -> list[Column]:
    """Counts with sums below them, rates with the rate of the sums."""
    judged = ("满意", "基本满意", "不满意")
    rates = {
        "面商率": Rate(("已面商",), (known,)),
        "办复率": Rate(("已答复",), ("主办件",)),
        "满意率": Rate(judged[:2], judged),
    }
    others = {
        "序号": Column("序号", 6, "integer"),
        "承办单位": Column("承办单位", 24),
        "备注": Column("备注", 20),
        **{name: Column(name, 9, "percent", rate) for name, rate in rates.items()},
    }
    return [others.get(heading) or Column(heading, len(heading) + 5, "integer", "sum") for heading in BY_ORGAN]


def _organ_row(place: int, name: str, tally: Tally, co_hosted: int, returned: int) -> list[Any]:
    assigned, replied = tally["assigned"], tally["replied"]
    unknown = assigned - tally["contact_known"]
    remark = f"{unknown}件历史台账导入" if unknown else ""
    return [
        place, name, assigned, co_hosted, 0, assigned + co_hosted, tally["received"], returned, tally["in_person"],
        _share(tally["in_person"], tally["contact_known"]), replied, _share(replied, assigned), tally["on_time"],
        tally["overdue"], *(tally[f"class_{code}"] for code in "ABCD"), *(tally[value] for value in OPINIONS),
        tally["no_feedback"], _share(tally.content, tally.judged), tally["reworked"], remark,
    ]  # fmt: skip


def _by_field(counted: Counted, note: str) -> Sheet:
    total = counted.total
    kinds = {
        "序号": Column("序号", 6, "integer"),
        "类别": Column("类别", 24),
        "占比": Column("占比", 10, "percent", Rate(("件数",), (total["accepted"],))),
        "落实率": Column("落实率", 10, "percent", Rate(("A",), ("已答复",))),
        "满意率": Column("满意率", 10, "percent", Rate((total.content,), (total.judged,))),
    }
    columns = [kinds.get(heading) or Column(heading, 10, "integer", "sum") for heading in BY_FIELD]
    rows = [
        _field_row(place, name, tally, total["accepted"])
        for place, ((_order, name), tally) in enumerate(sorted(counted.fields.items()), 1)
    ]
    return Sheet("按类别", "代表建议按类别统计表", note, columns, rows, empty=layout.NOTHING)


def _field_row(place: int, name: str, tally: Tally, whole: int) -> list[Any]:
    count, replied = tally["accepted"], tally["replied"]
    return [
        place, name, count, _share(count, whole), tally["key"], replied,
        *(tally[f"class_{code}"] for code in "ABCD"),
        _share(tally["class_A"], replied), _share(tally.content, tally.judged),
    ]  # fmt: skip


def _handed_over(actor: Actor, cycle: Cycle | None, note: str) -> Sheet:
    columns = layout.columns(HANDED_OVER, _HANDED_WIDTHS)
    rows, size = reports.rows_of_hand_overs(actor, cycle), reports.handed_over(actor, cycle).count()
    return Sheet("交办清单", "代表建议交办清单", note, columns, rows, size, layout.NOTHING)


def _ledger(actor: Actor, cycle: Cycle | None, note: str) -> Sheet:
    columns = layout.columns(LEDGER, _LEDGER_WIDTHS)
    rows, size = reports.rows_of_ledger(actor, cycle, clock.today()), reports.cases(actor, cycle).count()
    return Sheet("办理台账", "代表建议办理情况汇总表(台账)", note, columns, rows, size, layout.NOTHING)


def _share(part: int, whole: int) -> float | None:
    return part / whole if whole else None
