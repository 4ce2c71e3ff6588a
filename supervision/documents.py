"""The supervision card (F3) as a Word document, and every form whose template a county can make its own."""

from collections.abc import Mapping
from typing import Any

from accounts.actor import Actor
from deliberations.documents import PLAN_FORMS
from files.documents.writing import Form, Placeholder
from suggestions.documents import LETTER_HEADED, LETTER_PLAIN, OPINION, SLIP
from suggestions.documents.words import day
from suggestions.models import Rating
from supervision.card_contents import told
from supervision.folders.documents import ACTIVITY
from supervision.models import Card, CardFeedback

OPINIONS = {Rating.SATISFIED: "满意", Rating.BASICALLY: "基本满意", Rating.DISSATISFIED: "不满意"}

CARD = Form(
    "card",
    "F3",
    "督办卡",
    (
        Placeholder("督办卡号", "督办卡的编号", "督办〔2026〕1号"),
        Placeholder("议政活动", "所属的议政活动，没有的留空", "2026年第一轮议政"),
        Placeholder("签发日期", "签发的日期，尚未签发的留空", "2026年3月20日"),
        Placeholder("版次", "第几版，修改一次增加一版", "第1版"),
        Placeholder("建议编号", "登记时编的号", "第001号"),
        Placeholder("建议标题", "建议的标题", "关于加宽南门路的建议"),
        Placeholder("提出代表", "领衔和附议代表姓名", "赵大海、钱小河"),
        Placeholder("代表家站", "建议来自的代表家站", "石桥镇代表之家"),
        Placeholder("议政议题", "建议来自的议题，没有的留空", "农村供水"),
        Placeholder("重点理由", "列为重点的理由", "事关全县民生"),
        Placeholder(
            "主任会议", "确定重点的主任会议文号和日期，台账未载明的空缺", "主任会议纪要〔2026〕3号 2026年3月12日"
        ),
        Placeholder("督办领导", "督办的常委会副主任", "李主任"),
        Placeholder("督办工委", "督办的工作机构，没有的空缺", "县人大城建环资工委"),
        Placeholder("督办人", "督办工委的具体督办人，没有的空缺", "冯主任"),
        Placeholder("责任单位", "责任单位", "县交通运输局"),
        Placeholder("责任领导", "责任单位的责任领导", "李副局长"),
        Placeholder("承办人", "责任单位的承办人，没有的空缺", "周科员"),
        Placeholder("联系电话", "承办人的联系电话，没有的空缺", "0310-5212345"),
        Placeholder("配合单位", "配合单位，没有的为“无”", "县财政局"),
        Placeholder("督办要求", "督办的具体要求", "两个月内完工。"),
        Placeholder("节点安排", "节点安排，没有的留空", "4月底前完成招标。"),
        Placeholder("完成时限", "最后完成的日期", "2026年5月29日"),
        Placeholder("签发人", "签发督办卡的督办领导，尚未签发的留空签字", "李主任"),
        Placeholder("办结反馈", "责任单位的办结报告，尚未报告的留空", "道路已拓宽并通车。"),
        Placeholder("反馈签字", "报告的签字人，尚未报告的留空", "李副局长"),
        Placeholder("反馈日期", "报告的日期，尚未报告的留空", "2026年5月20日"),
        Placeholder("代表意见", "领衔代表对本次办理的意见，尚未公开的留空", "满意。路修好了。"),
        Placeholder("督办领导意见", "督办领导的结论，尚未作出的留空", "同意销号。"),
        Placeholder("销号日期", "作出结论的日期，尚未作出的留空", "2026年5月25日"),
    ),
)

FORMS = {form.name: form for form in (SLIP, CARD, LETTER_HEADED, LETTER_PLAIN, OPINION, ACTIVITY)} | PLAN_FORMS


def card_name(card: Card) -> str:
    """The name of the file."""
    return f"督办卡 {card.number} {card.suggestion.number}.docx"


def card(row: Card, actor: Actor) -> dict[str, Any]:
    """What stands in the card, as far as the reader may see it."""
    seen = told(row, actor)
    case, version = row.suggestion, seen["version"]
    resolution, cycle = case.key_resolution, case.cycle
    return {
        "督办卡号": row.number,
        "议政活动": cycle.title if cycle else "",
        "签发日期": day(version.issued_on) or "",
        "版次": f"第{version.version}版",
        "建议编号": case.number or None,
        "建议标题": case.title,
        "提出代表": "、".join(mandate.person.name for mandate in seen["deputies"]),
        "代表家站": "、".join(seen["stations"]) or None,
        "议政议题": "、".join(seen["topics"]),
        "重点理由": version.why_key,
        "主任会议": f"{resolution.number} {day(resolution.on)}" if resolution else None,
        "督办领导": row.leader.name,
        "督办工委": row.body.name if row.body else None,
        "督办人": row.body_person or None,
        "责任单位": version.organ.name,
        "责任领导": version.organ_leader,
        "承办人": version.handler or None,
        "联系电话": version.phone or None,
        "配合单位": "、".join(organ.name for organ in version.co_organs.all()) or "无",
        "督办要求": version.requirements,
        "节点安排": version.milestones,
        "完成时限": day(version.due_on),
        "签发人": version.signed_by.name if version.signed_by else "",
        **_feedback(next(iter(seen["feedback"]), None)),
    }


def _feedback(row: CardFeedback | None) -> Mapping[str, str]:
    """The newest report, what the deputy said of it, and what came of it; blank until then, to be written by hand."""
    opinion: Any = getattr(row, "opinion", None)
    return {
        "办结反馈": row.report if row else "",
        "反馈签字": row.signed_by if row else "",
        "反馈日期": (day(row.on) if row else "") or "",
        "代表意见": f"{OPINIONS[Rating(opinion.result)]}。{opinion.text}" if opinion else "",
        "督办领导意见": row.conclusion if row else "",
        "销号日期": (day(row.concluded_on) if row else "") or "",
    }
