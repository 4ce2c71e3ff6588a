"""Make the portal's own Word templates of the official forms: ``python -m tools.documents``.

The result is committed beside the page templates. Layout by GB/T 9704-2012: A4, margins 37/35/28/26 mm, body in 仿宋
of size 三号 (16 points) on lines of 28 points, titles in 小标宋 of size 二号 (22 points); fonts by their office names.
A county edits a copy in Word or WPS and puts it in on the page of document templates.
"""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from docx import Document
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING, WD_TAB_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

FOLDER = Path(__file__).resolve().parent.parent / "templates" / "documents"

BODY, TITLE, HEAD, NAME, LATIN = "仿宋_GB2312", "方正小标宋简体", "黑体", "楷体_GB2312", "Times New Roman"
#: Points: sizes 二号, 三号, 四号, 小四; the line of a letter and that of a table.
SECOND, THIRD, FOURTH, SMALL_FOURTH = 22, 16, 14, 12
LINE, TABLE_LINE = 28, 19
WIDTH = 156
RED = RGBColor(0xE6, 0x00, 0x12)

Row = tuple[str, ...]


def main() -> None:
    """Write every template."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    made = {"slip": slip(), "card": card(), "opinion": opinion()}
    made |= {"letter_headed": letter(headed=True), "letter_plain": letter(headed=False)}
    for name, document in made.items():
        document.save(str(FOLDER / f"{name}.docx"))


def slip() -> Any:
    """F2 交办单."""
    document = _new()
    _title(document, "代表建议交办单")
    _line(document, "交办单号：{{交办单号}}　　年度：{{年度}}", right=True)
    _table(
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
    _line(document, "交办单位（章）：{{交办单位}}", right=True, before=8)
    _line(document, "{{交办日期}}", right=True)
    return document


def card() -> Any:
    """F3 督办卡: responsibility, time, process, feedback."""
    document = _new()
    _title(document, "重点建议督办卡")
    _line(document, "督办卡号：{{督办卡号}}　　{{版次}}", right=True)
    _table(
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
    document = _new(first_page=True)
    _head(document, headed=headed)
    _two(document, "{{公开标注}}", "类别：{{类别}}", left_font=HEAD)
    _two(document, "{{发文字号}}", "签发人：{{签发人}}", right_font=NAME)
    _line(document, "")
    _title(document, "{{答复标题}}")
    _line(document, "")
    _line(document, "{{称谓}}：")
    _text(document, "{{您}}提出的《{{建议标题}}》（{{建议编号}}）收悉，现答复如下：")
    _each(document, "段 in 正文", "{{段.段落}}")
    _each(document, "会办 in 会办意见", "{{会办.单位}}意见：{{会办.意见}}")
    _text(document, "感谢{{您}}对我们工作的关心和支持。如有意见，请填写征询意见表。")
    _line(document, "")
    _text(document, "附件：征询意见表", stays=True)
    _line(document, "", stays=True)
    _signature(document, "{{单位名称}}", 2)
    _signature(document, "{{成文日期}}", 4)
    _text(
        document, "（主管领导：{{责任领导}}　承办人：{{承办人}}\n　　　联系电话：{{联系电话}}）", stays=True, even=False
    )
    _copies(document, "抄送：{{抄送}}")
    return document


def opinion() -> Any:
    """F9 征询意见表: what is known is filled in, what the deputy says is ticked and written by hand."""
    document = _new()
    _title(document, "代表建议办理征询意见表")
    judged = "□满意　　□基本满意　　□不满意"
    met = "□见面　　□电话等　　□无"
    _table(
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
    _line(document, "请{% if 反馈期限 %}于{{反馈期限}}前{% endif %}填写后交{{收表单位}}。", size=FOURTH, before=6)
    return document


def _signed(words: str, asked: str, signed: str) -> str:
    """What was written, or else the room to write and sign by hand."""
    blank = "　\n　\n签字：　　　　　　　年　　月　　日"
    below = f"\n签字：{signed}" if signed else ""
    return f"{{% if {asked} %}}{words}{below}{{% else %}}{blank}{{% endif %}}"


def _new(*, first_page: bool = False) -> Any:
    document = Document()
    document.core_properties.author = document.core_properties.comments = document.core_properties.title = ""
    normal = document.styles["Normal"]
    _font(normal, BODY, THIRD)
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), "en-US")
    language.set(qn("w:eastAsia"), "zh-CN")
    normal.element.get_or_add_rPr().append(language)
    normal.paragraph_format.line_spacing_rule = WD_LINE_SPACING.EXACTLY
    normal.paragraph_format.line_spacing = Pt(LINE)
    normal.paragraph_format.space_before = normal.paragraph_format.space_after = Pt(0)
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin, section.left_margin, section.right_margin = (
        Mm(37),
        Mm(35),
        Mm(28),
        Mm(26),
    )
    section.footer_distance = Mm(25)
    section.different_first_page_header_footer = first_page
    document.settings.odd_and_even_pages_header_footer = first_page
    _page_number(section.footer, WD_ALIGN_PARAGRAPH.RIGHT if first_page else WD_ALIGN_PARAGRAPH.CENTER)
    if first_page:
        _page_number(section.even_page_footer, WD_ALIGN_PARAGRAPH.LEFT)
    return document


def _page_number(footer: Any, side: Any) -> None:
    """— 1 — in 宋体 of size 四号, a character away from the edge."""
    paragraph = footer.paragraphs[0]
    paragraph.alignment = side
    paragraph.paragraph_format.left_indent = paragraph.paragraph_format.right_indent = Pt(FOURTH)
    for kind, words in ((None, "— "), ("begin", ""), (None, "PAGE"), ("end", ""), (None, " —")):
        run = paragraph.add_run()
        _font(run, "宋体", FOURTH)
        if kind:
            mark = OxmlElement("w:fldChar")
            mark.set(qn("w:fldCharType"), kind)
        else:
            mark = OxmlElement("w:instrText" if words == "PAGE" else "w:t")
            mark.text = words
            mark.set(qn("xml:space"), "preserve")
        run._r.append(mark)


def _font(thing: Any, name: str, size: float) -> None:
    """Of a style or a run; Latin letters and digits have a font of their own."""
    thing.font.name, thing.font.size = LATIN, Pt(size)
    fonts = thing.element.get_or_add_rPr().get_or_add_rFonts() if hasattr(thing, "element") else None
    fonts.set(qn("w:eastAsia"), name)
    # a mark that both scripts know, such as □ or —, is a Chinese one here
    fonts.set(qn("w:hint"), "eastAsia")


def _words(paragraph: Any, words: str, font: str = BODY, size: float = THIRD) -> Any:
    """A run; a new line in the words is one on the paper."""
    run = paragraph.add_run(words)
    _font(run, font, size)
    return run


def _title(document: Any, words: str) -> None:
    paragraph = document.add_paragraph()
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    paragraph.paragraph_format.line_spacing = Pt(34)
    paragraph.paragraph_format.space_after = Pt(6)
    paragraph.paragraph_format.keep_with_next = True
    _words(paragraph, words, TITLE, SECOND)


def _line(
    document: Any, words: str, *, right: bool = False, before: float = 0, size: float = THIRD, stays: bool = False
) -> None:
    """A line by itself; one that ``stays`` is on the same page as the next."""
    paragraph = document.add_paragraph()
    paragraph.paragraph_format.keep_with_next = stays
    paragraph.paragraph_format.space_before = Pt(before)
    if right:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        size = FOURTH
    _words(paragraph, words, size=size)


def _text(document: Any, words: str, *, stays: bool = False, even: bool = True) -> None:
    """A paragraph of the body, its first line two characters in, ``even`` at both edges."""
    paragraph = document.add_paragraph()
    paragraph.paragraph_format.keep_with_next = stays
    paragraph.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY if even else WD_ALIGN_PARAGRAPH.LEFT
    paragraph.paragraph_format.first_line_indent = Pt(2 * THIRD)
    _words(paragraph, words)


def _each(document: Any, rows: str, words: str) -> None:
    """A paragraph of the body for each row."""
    _line(document, f"{{%p for {rows} %}}")
    _text(document, words)
    _line(document, "{%p endfor %}")


def _two(document: Any, left: str, right: str, *, left_font: str = BODY, right_font: str = BODY) -> None:
    """Words at the left edge and words that end at the right one."""
    paragraph = document.add_paragraph()
    paragraph.paragraph_format.tab_stops.add_tab_stop(Mm(WIDTH), WD_TAB_ALIGNMENT.RIGHT)
    _words(paragraph, left, left_font)
    _words(paragraph, "\t")
    label, colon, value = right.partition("：")
    _words(paragraph, label + colon)
    _words(paragraph, value, right_font)


def _signature(document: Any, words: str, characters: int) -> None:
    """Organ or date, so many characters away from the right edge."""
    paragraph = document.add_paragraph()
    paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    paragraph.paragraph_format.right_indent = Pt(characters * THIRD)
    paragraph.paragraph_format.keep_with_next = True
    _words(paragraph, words)


def _head(document: Any, *, headed: bool) -> None:
    """The organ's name above a red double line, and a second one at the foot of the first page; or room for both."""
    paragraph = document.add_paragraph()
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    paragraph.paragraph_format.line_spacing = Pt(44)
    # without the double line as much room as it takes
    paragraph.paragraph_format.space_after = Pt(10 if headed else 17)
    if headed:
        _words(paragraph, "{{单位名称}}", TITLE, 30).font.color.rgb = RED
        _rule(paragraph, "bottom", "thickThinSmallGap")
        _rule(document.sections[0].first_page_footer.paragraphs[0], "top", "thinThickSmallGap")


def _rule(paragraph: Any, side: str, kind: str, *, color: str = "E60012", size: int = 24) -> None:
    borders = paragraph._p.get_or_add_pPr().find(qn("w:pBdr"))
    if borders is None:
        borders = OxmlElement("w:pBdr")
        paragraph._p.get_or_add_pPr().insert_element_before(
            borders, "w:shd", "w:tabs", "w:suppressAutoHyphens", "w:spacing", "w:ind", "w:jc", "w:rPr"
        )
    line = OxmlElement(f"w:{side}")
    for name, value in (("val", kind), ("sz", str(size)), ("space", "4"), ("color", color)):
        line.set(qn(f"w:{name}"), value)
    borders.append(line)


def _copies(document: Any, words: str) -> None:
    """To whom copies go, between two lines."""
    paragraph = document.add_paragraph()
    paragraph.paragraph_format.left_indent = Pt(4 * FOURTH)
    paragraph.paragraph_format.first_line_indent = Pt(-3 * FOURTH)
    paragraph.paragraph_format.right_indent = Pt(FOURTH)
    paragraph.paragraph_format.keep_together = True
    paragraph.paragraph_format.space_before = Pt(14)
    paragraph.paragraph_format.line_spacing = Pt(22)
    _words(paragraph, words, size=FOURTH)
    _rule(paragraph, "top", "single", color="000000", size=8)
    _rule(paragraph, "bottom", "single", color="000000", size=8)


def _table(document: Any, rows: Iterable[Row], *, tall: dict[str, int], labels: int = 34) -> None:
    """Label and value, twice in a row or over its whole width; ``tall`` are heights in mm by label."""
    rows = list(rows)
    second = 30
    widths = (labels, (WIDTH - labels - second) // 2, second, WIDTH - labels - second - (WIDTH - labels - second) // 2)
    table = document.add_table(rows=len(rows), cols=4, style="Table Grid")
    table.alignment, table.autofit = WD_TABLE_ALIGNMENT.CENTER, False
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Mm(width)
    for row, words in zip(table.rows, rows, strict=True):
        row.height = Mm(tall.get(words[0], 8))
        cells = list(row.cells)
        if len(words) == 4:
            _keep_whole(row)
        else:
            cells = [cells[0], cells[1].merge(cells[3])]
        for place, (cell, said) in enumerate(zip(cells, words, strict=True)):
            cell.width = Mm(widths[place] if len(words) == 4 else (widths[0], WIDTH - widths[0])[place])
            _cell(cell, said, label=place % 2 == 0)


def _keep_whole(row: Any) -> None:
    """A row of short words is not broken over two pages; a report may be."""
    row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))


def _cell(cell: Any, words: str, *, label: bool) -> None:
    cell.vertical_alignment = 1
    paragraph = cell.paragraphs[0]
    paragraph.paragraph_format.line_spacing = Pt(TABLE_LINE)
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER if label else WD_ALIGN_PARAGRAPH.LEFT
    run = _words(paragraph, words, HEAD if label else BODY, SMALL_FOURTH if label else FOURTH)
    if "□" in words:
        # boxes of one size, whatever stands before them
        run.font.name = BODY


if __name__ == "__main__":
    main()
