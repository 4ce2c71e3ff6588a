"""The templates of a cycle's plan: implementation plan, grouping table, schedule, notice to the stations."""

from collections.abc import Sequence
from typing import Any

from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.shared import Mm, Pt

from tools.document_pieces import HEAD, fill_cell, line_of, new_document, paragraph_of, run_of, signature_of, title_of

#: Headings with the words of a row and widths in millimetres, 156 together.
Columns = Sequence[tuple[str, str, int]]

_GROUPS: Columns = (
    ("组别", "{{组.组名}}", 20), ("组长", "{{组.组长}}", 20), ("成员", "{{组.成员}}", 30),
    ("代表家站", "{{组.家站}}", 34), ("参加部门", "{{组.部门}}", 28), ("时间", "{{组.时间}}", 24),
)  # fmt: skip
_STATIONS: Columns = (
    ("序号", "{{站.序号}}", 14), ("代表家站", "{{站.家站}}", 46), ("议政座谈会日期", "{{站.日期}}", 46),
    ("组别", "{{站.组名}}", 20), ("联系领导", "{{站.领导}}", 30),
)  # fmt: skip
_STEPS: Columns = (("步骤", "{{步.名称}}", 50), ("时间", "{{步.时间}}", 106))


def plan() -> Any:
    """实施方案, with grouping table and schedule behind it."""
    document = new_document()
    title_of(document, "{{县名}}人大常委会{{活动名称}}\n实施方案")
    line_of(document, "")
    head_of(document, "一、指导思想")
    each_of(document, "段 in 指导思想", "{{段.内容}}")
    paragraph_of(document, "政策依据：{{依据}}。")
    head_of(document, "二、时间安排")
    paragraph_of(document, "{{年度}}年度的议政活动于{{时间}}进行。")
    each_of(document, "步 in 步骤", "（{{步.序号}}）{{步.名称}}：{{步.时间}}。")
    head_of(document, "三、议政议题")
    each_of(
        document,
        "题 in 议题",
        "（{{题.序号}}）{{题.名称}}。{{题.内容}}（来源：{{题.来源}}；提出单位：{{题.提出单位}}）",
    )
    head_of(document, "四、分组安排")
    paragraph_of(document, "深入各代表家站召开代表议政座谈会，分组情况见附件1，日程见附件2。")
    head_of(document, "五、工作要求")
    each_of(document, "求 in 要求", "（{{求.序号}}）{{求.内容}}")
    head_of(document, "六、批准情况")
    each_of(document, "批 in 批准情况", "{{批.机构}}：{{批.文号}}，{{批.日期}}。")
    line_of(document, "", stays=True)
    signature_of(document, "{{落款单位}}", 2)
    signature_of(document, "{{成文日期}}", 4)
    _attachment(document, "附件1", "分组表")
    table_of(document, "组 in 分组", _GROUPS)
    _attachment(document, "附件2", "日程表")
    table_of(document, "站 in 家站安排", _STATIONS)
    return document


def grouping() -> Any:
    """分组表."""
    document = new_document()
    title_of(document, "{{活动名称}}分组表")
    table_of(document, "组 in 分组", _GROUPS)
    return document


def schedule() -> Any:
    """日程表: the four steps, then the meetings by their days."""
    document = new_document()
    title_of(document, "{{活动名称}}日程表")
    head_of(document, "一、准备工作")
    table_of(document, "步 in 步骤", _STEPS)
    line_of(document, "")
    head_of(document, "二、议政座谈会")
    table_of(document, "站 in 家站安排", _STATIONS)
    return document


def station_notice() -> Any:
    """下发家站通知."""
    document = new_document()
    title_of(document, "关于开展{{活动名称}}的通知")
    line_of(document, "")
    line_of(document, "各代表家站：")
    paragraph_of(document, "根据{{县名}}人大常委会的安排，将于{{首场日期}}起召开代表议政座谈会。现将有关事项通知如下：")
    head_of(document, "一、议政议题")
    each_of(document, "题 in 议题", "（{{题.序号}}）{{题.名称}}。{{题.内容}}")
    head_of(document, "二、走访选民")
    paragraph_of(
        document,
        "请各代表家站于{{走访时间}}组织代表带着议题走访选民，听取意见，做好登记，并向代表传达联系、走访选民的方式和方法。",
    )
    head_of(document, "三、座谈会安排")
    table_of(document, "站 in 家站安排", _STATIONS)
    head_of(document, "四、工作要求")
    each_of(document, "求 in 要求", "（{{求.序号}}）{{求.内容}}")
    paragraph_of(document, "收到通知后，请登录系统点击“收到”，并在传达到全体代表后登记传达日期。")
    line_of(document, "", stays=True)
    signature_of(document, "{{落款单位}}", 2)
    signature_of(document, "{{成文日期}}", 4)
    return document


def head_of(document: Any, said: str) -> None:
    """A first-order heading, two characters in, on the page of what follows."""
    paragraph = document.add_paragraph()
    paragraph.paragraph_format.first_line_indent = Pt(32)
    paragraph.paragraph_format.keep_with_next = True
    run_of(paragraph, said, HEAD)


def each_of(document: Any, rows: str, said: str) -> None:
    """A paragraph for each row."""
    line_of(document, f"{{%p for {rows} %}}")
    paragraph_of(document, said)
    line_of(document, "{%p endfor %}")


def _attachment(document: Any, number: str, said: str) -> None:
    """An attachment begins on a page of its own."""
    paragraph = document.add_paragraph()
    paragraph.paragraph_format.page_break_before = True
    run_of(paragraph, number, HEAD)
    title_of(document, said)


def table_of(document: Any, rows: str, columns: Columns) -> None:
    """A heading row that is repeated on each page, and a row for each."""
    table = document.add_table(rows=4, cols=len(columns), style="Table Grid")
    table.alignment, table.autofit = WD_TABLE_ALIGNMENT.CENTER, False
    for place, (heading, said, width) in enumerate(columns):
        table.columns[place].width = Mm(width)
        for row in table.rows:
            row.cells[place].width = Mm(width)
        fill_cell(table.rows[0].cells[place], heading, label=True)
        fill_cell(table.rows[2].cells[place], said, label=False)
    fill_cell(table.rows[1].cells[0], f"{{%tr for {rows} %}}", label=False)
    fill_cell(table.rows[3].cells[0], "{%tr endfor %}", label=False)
    _repeat(table.rows[0])


def _repeat(row: Any) -> None:
    properties = row._tr.get_or_add_trPr()
    properties.append(properties.makeelement(f"{{{row._tr.nsmap['w']}}}tblHeader", {}))


#: By the name of the form.
TEMPLATES = {"plan": plan, "grouping": grouping, "schedule": schedule, "station_notice": station_notice}
