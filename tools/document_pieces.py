"""What the portal's own Word templates are built of: pages, fonts, lines and tables as GB/T 9704-2012 has them."""

from collections.abc import Iterable
from typing import Any

from docx import Document
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING, WD_TAB_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

BODY, TITLE, HEAD, NAME, LATIN = "仿宋_GB2312", "方正小标宋简体", "黑体", "楷体_GB2312", "Times New Roman"
#: Points: sizes 二号, 三号, 四号, 小四; the line of a letter and that of a table.
SECOND, THIRD, FOURTH, SMALL_FOURTH = 22, 16, 14, 12
LINE, TABLE_LINE = 28, 19
WIDTH = 156
RED = RGBColor(0xE6, 0x00, 0x12)

Row = tuple[str, ...]


def new_document(*, first_page: bool = False) -> Any:
    document = Document()
    document.core_properties.author = document.core_properties.comments = document.core_properties.title = ""
    normal = document.styles["Normal"]
    set_font(normal, BODY, THIRD)
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
    page_number(section.footer, WD_ALIGN_PARAGRAPH.RIGHT if first_page else WD_ALIGN_PARAGRAPH.CENTER)
    if first_page:
        page_number(section.even_page_footer, WD_ALIGN_PARAGRAPH.LEFT)
    return document


def page_number(footer: Any, side: Any) -> None:
    """— 1 — in 宋体 of size 四号, a character away from the edge."""
    paragraph = footer.paragraphs[0]
    paragraph.alignment = side
    paragraph.paragraph_format.left_indent = paragraph.paragraph_format.right_indent = Pt(FOURTH)
    for kind, words in ((None, "— "), ("begin", ""), (None, "PAGE"), ("end", ""), (None, " —")):
        run = paragraph.add_run()
        set_font(run, "宋体", FOURTH)
        if kind:
            mark = OxmlElement("w:fldChar")
            mark.set(qn("w:fldCharType"), kind)
        else:
            mark = OxmlElement("w:instrText" if words == "PAGE" else "w:t")
            mark.text = words
            mark.set(qn("xml:space"), "preserve")
        run._r.append(mark)


def set_font(thing: Any, name: str, size: float) -> None:
    """Of a style or a run; Latin letters and digits have a font of their own."""
    thing.font.name, thing.font.size = LATIN, Pt(size)
    fonts = thing.element.get_or_add_rPr().get_or_add_rFonts() if hasattr(thing, "element") else None
    fonts.set(qn("w:eastAsia"), name)
    # a mark that both scripts know, such as □ or —, is a Chinese one here
    fonts.set(qn("w:hint"), "eastAsia")


def run_of(paragraph: Any, words: str, font: str = BODY, size: float = THIRD) -> Any:
    """A run; a new line in the words is one on the paper."""
    run = paragraph.add_run(words)
    set_font(run, font, size)
    return run


def title_of(document: Any, words: str) -> None:
    paragraph = document.add_paragraph()
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    paragraph.paragraph_format.line_spacing = Pt(34)
    paragraph.paragraph_format.space_after = Pt(6)
    paragraph.paragraph_format.keep_with_next = True
    run_of(paragraph, words, TITLE, SECOND)


def line_of(
    document: Any, words: str, *, right: bool = False, before: float = 0, size: float = THIRD, stays: bool = False
) -> None:
    """A line by itself; one that ``stays`` is on the same page as the next."""
    paragraph = document.add_paragraph()
    paragraph.paragraph_format.keep_with_next = stays
    paragraph.paragraph_format.space_before = Pt(before)
    if right:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        size = FOURTH
    run_of(paragraph, words, size=size)


def paragraph_of(document: Any, words: str, *, stays: bool = False, even: bool = True) -> None:
    """A paragraph of the body, its first line two characters in, ``even`` at both edges."""
    paragraph = document.add_paragraph()
    paragraph.paragraph_format.keep_with_next = stays
    paragraph.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY if even else WD_ALIGN_PARAGRAPH.LEFT
    paragraph.paragraph_format.first_line_indent = Pt(2 * THIRD)
    run_of(paragraph, words)


def each_line(document: Any, rows: str, words: str) -> None:
    """A paragraph of the body for each row."""
    line_of(document, f"{{%p for {rows} %}}")
    paragraph_of(document, words)
    line_of(document, "{%p endfor %}")


def two_sides(document: Any, left: str, right: str, *, left_font: str = BODY, right_font: str = BODY) -> None:
    """Words at the left edge and words that end at the right one."""
    paragraph = document.add_paragraph()
    paragraph.paragraph_format.tab_stops.add_tab_stop(Mm(WIDTH), WD_TAB_ALIGNMENT.RIGHT)
    run_of(paragraph, left, left_font)
    run_of(paragraph, "\t")
    label, colon, value = right.partition("：")
    run_of(paragraph, label + colon)
    run_of(paragraph, value, right_font)


def signature_of(document: Any, words: str, characters: int) -> None:
    """Organ or date, so many characters away from the right edge."""
    paragraph = document.add_paragraph()
    paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    paragraph.paragraph_format.right_indent = Pt(characters * THIRD)
    paragraph.paragraph_format.keep_with_next = True
    run_of(paragraph, words)


def letter_head(document: Any, *, headed: bool) -> None:
    """The organ's name above a red double line, and a second one at the foot of the first page; or room for both."""
    paragraph = document.add_paragraph()
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    paragraph.paragraph_format.line_spacing = Pt(44)
    # without the double line as much room as it takes
    paragraph.paragraph_format.space_after = Pt(10 if headed else 17)
    if headed:
        run_of(paragraph, "{{单位名称}}", TITLE, 30).font.color.rgb = RED
        ruled(paragraph, "bottom", "thickThinSmallGap")
        ruled(document.sections[0].first_page_footer.paragraphs[0], "top", "thinThickSmallGap")


def ruled(paragraph: Any, side: str, kind: str, *, color: str = "E60012", size: int = 24) -> None:
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


def copies_to(document: Any, words: str) -> None:
    """To whom copies go, between two lines."""
    paragraph = document.add_paragraph()
    paragraph.paragraph_format.left_indent = Pt(4 * FOURTH)
    paragraph.paragraph_format.first_line_indent = Pt(-3 * FOURTH)
    paragraph.paragraph_format.right_indent = Pt(FOURTH)
    paragraph.paragraph_format.keep_together = True
    paragraph.paragraph_format.space_before = Pt(14)
    paragraph.paragraph_format.line_spacing = Pt(22)
    run_of(paragraph, words, size=FOURTH)
    ruled(paragraph, "top", "single", color="000000", size=8)
    ruled(paragraph, "bottom", "single", color="000000", size=8)


def form_table(document: Any, rows: Iterable[Row], *, tall: dict[str, int], labels: int = 34) -> None:
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
            keep_whole(row)
        else:
            cells = [cells[0], cells[1].merge(cells[3])]
        for place, (cell, said) in enumerate(zip(cells, words, strict=True)):
            cell.width = Mm(widths[place] if len(words) == 4 else (widths[0], WIDTH - widths[0])[place])
            fill_cell(cell, said, label=place % 2 == 0)


def keep_whole(row: Any) -> None:
    """A row of short words is not broken over two pages; a report may be."""
    row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))


def fill_cell(cell: Any, words: str, *, label: bool) -> None:
    cell.vertical_alignment = 1
    paragraph = cell.paragraphs[0]
    paragraph.paragraph_format.line_spacing = Pt(TABLE_LINE)
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER if label else WD_ALIGN_PARAGRAPH.LEFT
    run = run_of(paragraph, words, HEAD if label else BODY, SMALL_FOURTH if label else FOURTH)
    if "□" in words:
        # boxes of one size, whatever stands before them
        run.font.name = BODY
