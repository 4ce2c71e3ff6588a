"""Make the portal's own Word templates of the official forms: ``python -m tools.documents``.

The result is committed beside the page templates. Layout by GB/T 9704-2012: A4, margins 37/35/28/26 mm, body in 仿宋
of size 三号 (16 points) on lines of 28 points, titles in 小标宋 of size 二号 (22 points); fonts by their office names.
A county edits a copy in Word or WPS and puts it in on the page of document templates.
"""

from pathlib import Path
from typing import Any

from tools import documents_activity, documents_plan
from tools.document_pieces import (
    FOURTH,
    HEAD,
    NAME,
    copies_to,
    each_line,
    form_table,
    letter_head,
    line_of,
    new_document,
    paragraph_of,
    signature_of,
    title_of,
    two_sides,
)

FOLDER = Path(__file__).resolve().parent.parent / "templates" / "documents"


def main() -> None:
    """Write every template."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    made = {"slip": slip(), "card": card(), "opinion": opinion()}
    made |= {"letter_headed": letter(headed=True), "letter_plain": letter(headed=False)}
    made |= {name: make() for name, make in documents_plan.TEMPLATES.items()}
    made |= {name: make() for name, make in documents_activity.TEMPLATES.items()}
    for name, document in made.items():
        document.save(str(FOLDER / f"{name}.docx"))


def slip() -> Any:
    """F2 交办单."""
    document = new_document()
    title_of(document, "代表建议交办单")
    line_of(document, "交办单号：{{交办单号}}　　年度：{{年度}}", right=True)
    form_table(
        document,
        [
            ("交办会(批次)", "{{交办会}}"),
            ("建议编号", "{{建议编号}}", "类别", "{{类别}}"),
            ("建议标题", "{{建议标题}}"),
            ("领衔代表", "{{领衔代表}}", "联系电话", "{{代表电话}}"),
            ("附议代表", "{{附议代表}}"),
            ("是否重点", "{{重点}}", "督办领导", "{{督办领导}}"),
            ("督办工委", "{{督办工委}}"),
            ("接收单位", "{{接收单位}}", "办理方式", "{{办理方式}}"),
            ("主办单位", "{{主办单位}}"),
            ("会(协)办单位", "{{会办单位}}"),
            ("主管县领导\n(政府督办领导)", "{{主管县领导}}"),
            ("交办日期", "{{交办日期}}", "退办截止", "{{退办截止}}"),
            ("会办意见截止", "{{会办意见截止}}", "答复期限", "{{答复期限}}"),
            ("办理要求", "{{办理要求}}"),
            ("签收人", "{{签收人}}", "签收日期", "{{签收日期}}"),
            ("责任领导", "{{责任领导}}", "承办人", "{{承办人}}"),
            ("联络员", "{{联络员}}", "联系电话", "{{单位电话}}"),
        ],
        tall={"办理要求": 18},
    )
    line_of(document, "交办单位（章）：{{交办单位}}", right=True, before=8)
    line_of(document, "{{交办日期}}", right=True)
    return document


def card() -> Any:
    """F3 督办卡: responsibility, time, process, feedback."""
    document = new_document()
    title_of(document, "重点建议督办卡")
    line_of(document, "督办卡号：{{督办卡号}}　　{{版次}}", right=True)
    form_table(
        document,
        [
            ("签发日期", "{{签发日期}}", "议政活动", "{{议政活动}}"),
            ("建议编号", "{{建议编号}}", "代表家站", "{{代表家站}}"),
            ("建议标题", "{{建议标题}}"),
            ("提出代表", "{{提出代表}}", "议政议题", "{{议政议题}}"),
            ("列为重点\n的理由", "{{重点理由}}"),
            ("主任会议", "{{主任会议}}"),
            ("督办领导", "{{督办领导}}", "督办工委\n督办人", "{{督办工委}}\n{{督办人}}"),
            ("责任单位", "{{责任单位}}", "责任领导", "{{责任领导}}"),
            ("承办人", "{{承办人}}", "联系电话", "{{联系电话}}"),
            ("配合单位", "{{配合单位}}"),
            ("督办要求", "{{督办要求}}"),
            ("节点安排", "{{节点安排}}"),
            ("完成时限", "{{完成时限}}"),
            ("督办领导签字", "{% if 签发人 %}{{签发人}}　{{签发日期}}{% else %}　　　　　　　　　年　　月　　日{% endif %}"),
            ("进展情况\n（按月）", ""),
            ("督办记录", ""),
            ("办结反馈", _signed("{{办结反馈}}", "办结反馈", "{{反馈签字}}　{{反馈日期}}")),
            ("代表意见", _signed("{{代表意见}}", "代表意见", "")),
            ("督办领导意见\n（销号）", _signed("{{督办领导意见}}", "督办领导意见", "{{督办领导}}　{{销号日期}}")),
        ],
        tall={"督办要求": 22, "进展情况\n（按月）": 26, "督办记录": 22, "办结反馈": 24, "代表意见": 20, "督办领导意见\n（销号）": 20},
    )  # fmt: skip
    return document


def letter(*, headed: bool) -> Any:
    """F8 答复函 as a letter of GB/T 9704; without its head for paper on which the head is printed already."""
    document = new_document(first_page=True)
    letter_head(document, headed=headed)
    two_sides(document, "{{公开标注}}", "类别：{{类别}}", left_font=HEAD)
    two_sides(document, "{{发文字号}}", "签发人：{{签发人}}", right_font=NAME)
    line_of(document, "")
    title_of(document, "{{答复标题}}")
    line_of(document, "")
    line_of(document, "{{称谓}}：")
    paragraph_of(document, "{{您}}提出的《{{建议标题}}》（{{建议编号}}）收悉，现答复如下：")
    each_line(document, "段 in 正文", "{{段.段落}}")
    each_line(document, "会办 in 会办意见", "{{会办.单位}}意见：{{会办.意见}}")
    paragraph_of(document, "感谢{{您}}对我们工作的关心和支持。如有意见，请填写征询意见表。")
    line_of(document, "")
    paragraph_of(document, "附件：征询意见表", stays=True)
    line_of(document, "", stays=True)
    signature_of(document, "{{单位名称}}", 2)
    signature_of(document, "{{成文日期}}", 4)
    paragraph_of(
        document, "（主管领导：{{责任领导}}　承办人：{{承办人}}\n　　　联系电话：{{联系电话}}）", stays=True, even=False
    )
    copies_to(document, "抄送：{{抄送}}")
    return document


def opinion() -> Any:
    """F9 征询意见表: what is known is filled in, what the deputy says is ticked and written by hand."""
    document = new_document()
    title_of(document, "代表建议办理征询意见表")
    judged = "□满意　　□基本满意　　□不满意"
    met = "□见面　　□电话等　　□无"
    form_table(
        document,
        [
            ("建议编号", "{{建议编号}}"),
            ("建议标题", "{{建议标题}}"),
            ("承办单位", "{{承办单位}}", "会(协)办单位", "{{会办单位}}"),
            ("办理类别", "{{类别}}", "办理次数", "{{办理次数}}"),
            ("答复文号、日期", "{{答复文号}}　{{答复日期}}"),
            ("代表姓名", "{{代表姓名}}", "代表证号", "{{代表证号}}"),
            ("代表身份", "{{代表身份}}", "代表团", "{{代表团}}"),
            ("走访（面商）情况", f"办前：{met}\n办中：{met}\n办后：{met}"),
            ("对办理态度的意见", judged),
            ("对办理结果的意见", judged),
            ("答复是否针对建议", "□是　　□部分　　□否"),
            ("分管领导是否参与", "□是　　□否"),
            ("对办理类别的意见", "□同意　　□不同意，应为＿＿＿类"),
            ("意见或建议\n（不满意的请\n写明理由）", ""),
            ("代表签名", "", "日期", "　　年　月　日"),
        ],
        tall={"意见或建议\n（不满意的请\n写明理由）": 40, "代表签名": 12},
        labels=38,
    )
    line_of(document, "请{% if 反馈期限 %}于{{反馈期限}}前{% endif %}填写后交{{收表单位}}。", size=FOURTH, before=6)
    return document


def _signed(words: str, asked: str, signed: str) -> str:
    """What was written, or else the room to write and sign by hand."""
    blank = "　\n　\n签字：　　　　　　　年　　月　　日"
    below = f"\n签字：{signed}" if signed else ""
    return f"{{% if {asked} %}}{words}{below}{{% else %}}{blank}{{% endif %}}"


if __name__ == "__main__":
    main()
