"""Writing a workbook that can be handed in and printed as it is: openpyxl behind one function."""

import re
from collections.abc import Callable, Iterable, Sequence, Sized
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import IO, Any

from django.utils import timezone
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.page import PageMargins
from openpyxl.worksheet.properties import PageSetupProperties

from files.workbooks.totals import Rate, Totals, keep_results

#: Rows of title and note above the heading row, which the data follow.
HEADING_ROW = 3
#: The paper's number in the file format.
A4 = 9
#: Points of a line of text, of the air around it in a row, and of the tallest row there can be.
LINE, AIR, TALLEST = 16, 4, 409

FORMATS = {"text": "@", "integer": "0", "percent": "0.0%", "date": "yyyy-mm-dd", "money": "#,##0.00"}

_LINE = Side(style="thin", color="9AA5B1")
_GRID = Border(left=_LINE, right=_LINE, top=_LINE, bottom=_LINE)
_SHADE = PatternFill("solid", fgColor="E8EEF4")
_MARK = PatternFill("solid", fgColor="FFE699")
#: What XML cannot hold: control characters, halves of characters, non-characters.
_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
#: Excel reads _x0041_ as "A"; the first underscore is written so that it stays.
_ESCAPE_LIKE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
_NOT_IN_A_NAME = re.compile(r"[\\/*?:\[\]]")


@dataclass(frozen=True)
class Column:
    """A column: its heading, width in characters, kind (a key of ``FORMATS``), and what stands below it.

    ``total`` is "sum", or the rate of other totals.
    """

    heading: str
    width: int
    kind: str = "text"
    total: str | Rate = ""


@dataclass(frozen=True)
class Marked:
    """A value whose cell stands out, because somebody has to look at it."""

    value: Any


@dataclass(frozen=True)
class Sheet:
    """One table: the name on its tab, its title, a note under the title, columns and rows (lists of cells).

    ``size`` says how many rows there are where they are not held in memory. ``empty`` stands in the first line of a
    table without rows.
    """

    name: str
    title: str
    note: str
    columns: Sequence[Column]
    rows: Iterable[Sequence[Any]]
    size: int = 0
    empty: str = ""

    def __len__(self) -> int:
        return self.size or (len(self.rows) if isinstance(self.rows, Sized) else 0)


def write(out: Path | str | IO[bytes], sheets: Iterable[Sheet], on_row: Callable[[int], None] | None = None) -> None:
    """Write the sheets; ``on_row`` is told after each row how many rows are written so far.

    Cells are None, str, int, float, Decimal, date or datetime, or one of these ``Marked``. A text stays text
    whatever it begins with (no formula, no link), without characters that XML cannot hold. Rows are streamed, so
    memory does not grow.
    """
    book = Workbook(write_only=True)
    book.properties.creator = ""
    book.calculation.fullCalcOnLoad = True
    try:
        _fill(book, sheets, on_row or _ignore)
    except BaseException:
        _discard(book)
        raise
    book.save(out)


def _fill(book: Workbook, sheets: Iterable[Sheet], on_row: Callable[[int], None]) -> None:
    done = 0
    for sheet in sheets:
        page = _page(book, sheet)
        pen = [_cell(page, column) for column in sheet.columns]
        totals, count = Totals(sheet.columns), 0
        for count, row in enumerate(sheet.rows, 1):
            _append(page, sheet.columns, pen, row, HEADING_ROW + count)
            totals.add(row)
            on_row(done + count)
        done += count
        if count:
            _append_totals(page, sheet, totals, count)
        elif sheet.empty:
            _append_sentence(page, sheet)


def _ignore(done: int) -> None:
    pass


def _discard(book: Workbook) -> None:
    """Remove the temporary files of a book that is given up; openpyxl keeps them until the process ends."""
    for page in book.worksheets:
        if not page.closed:
            page.close()
        page._writer.cleanup()


def _page(book: Workbook, sheet: Sheet) -> Any:
    page = book.create_sheet(_NOT_IN_A_NAME.sub(" ", sheet.name)[:31])
    for place, column in enumerate(sheet.columns, 1):
        page.column_dimensions[get_column_letter(place)].width = column.width
    page.sheet_format.defaultRowHeight, page.sheet_format.customHeight = LINE + AIR, True
    page.freeze_panes = f"A{HEADING_ROW + 1}"
    page.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    page.page_setup.orientation, page.page_setup.paperSize = "landscape", A4
    page.page_setup.fitToWidth, page.page_setup.fitToHeight = 1, 0
    page.print_title_rows = f"{HEADING_ROW}:{HEADING_ROW}"
    page.print_options.horizontalCentered = True
    page.page_margins = PageMargins(left=0.4, right=0.4, top=0.5, bottom=0.6, footer=0.3)
    page.oddFooter.center.text = "第 &P 页，共 &N 页"
    _append_head(page, sheet)
    return page


def _append_head(page: Any, sheet: Sheet) -> None:
    last = get_column_letter(len(sheet.columns))
    heights = (30, 18, 30)
    for number, height in enumerate(heights, 1):
        page.row_dimensions[number].height = height
    for number in (1, 2):
        page.merged_cells.add(f"A{number}:{last}{number}")
    centre = Alignment(horizontal="center", vertical="center", wrap_text=True)
    page.append([_styled(page, sheet.title, font=_font(16, bold=True), alignment=centre)])
    page.append([_styled(page, sheet.note, font=_font(10, color="5F6B7A"), alignment=centre)])
    style = {"font": _font(bold=True), "alignment": centre, "border": _GRID, "fill": _SHADE}
    page.append([_styled(page, column.heading, **style) for column in sheet.columns])


def _font(size: int = 11, **options: Any) -> Font:
    """The typeface of official tables; a program without it takes its own Chinese one."""
    return Font(name="宋体", size=size, **options)


def _styled(page: Any, text: str, **style: Any) -> WriteOnlyCell:
    cell = WriteOnlyCell(page)
    for name, value in style.items():
        setattr(cell, name, value)
    _put(cell, text)
    return cell


def _cell(page: Any, column: Column) -> WriteOnlyCell:
    """The one cell object of a column. Each row is written at once, so it serves all rows and is styled once."""
    side = {"text": "left", "money": "right"}.get(column.kind, "center")
    alignment = Alignment(horizontal=side, vertical="center", wrap_text=True)
    cell = _styled(page, "", font=_font(), border=_GRID, alignment=alignment)
    cell.number_format = FORMATS[column.kind]
    return cell


def _append(page: Any, columns: Sequence[Column], pen: list[WriteOnlyCell], row: Sequence[Any], number: int) -> None:
    if any(isinstance(value, Marked) for value in row):
        pen, row = _with_marks(page, columns, pen, row)
    lines = 1
    for column, cell, value in zip(columns, pen, row, strict=True):
        _put(cell, value)
        if isinstance(value, str):
            lines = max(lines, _lines(value, column.width))
    if lines > 1:
        # not every program fits a row to its text by itself
        page.row_dimensions[number].height = min(lines * LINE + AIR, TALLEST)
    page.append(pen)
    page.row_dimensions.pop(number, None)


def _with_marks(
    page: Any, columns: Sequence[Column], pen: list[WriteOnlyCell], row: Sequence[Any]
) -> tuple[list[WriteOnlyCell], list[Any]]:
    """The pen of a row in which some cells stand out, and its plain values."""
    marked = [
        _filled(_cell(page, column)) if isinstance(value, Marked) else cell
        for column, cell, value in zip(columns, pen, row, strict=True)
    ]
    return marked, [value.value if isinstance(value, Marked) else value for value in row]


def _filled(cell: WriteOnlyCell) -> WriteOnlyCell:
    cell.fill = _MARK
    return cell


def _lines(text: str, width: int) -> int:
    """How many lines a text takes in a column; a Chinese character is two wide."""
    if len(text) * 2 < width and "\n" not in text:
        return 1
    widths = (sum(2 if char > "\u2e7f" else 1 for char in line) for line in text.split("\n"))
    return sum(max(1, -(-wide // (width - 1))) for wide in widths)


def _put(cell: WriteOnlyCell, value: Any) -> None:
    if isinstance(value, datetime) and timezone.is_aware(value):
        value = timezone.localtime(value).replace(tzinfo=None)
    if isinstance(value, date) and cell.number_format != FORMATS["date"]:
        value = value.isoformat(" ", "minutes") if isinstance(value, datetime) else value.isoformat()
    cell.value = inert(value) if isinstance(value, str) else value
    if isinstance(value, str):
        # openpyxl takes a leading "=" for a formula, and "#N/A" for an error
        cell.data_type = "s"


def inert(text: str) -> str:
    """The text as a cell can hold it: line feeds only, nothing that XML refuses or Excel would read otherwise."""
    if not text.isprintable():
        text = _UNWRITABLE.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    return _ESCAPE_LIKE.sub("_x005F_", text) if "_x" in text else text


def _append_sentence(page: Any, sheet: Sheet) -> None:
    """Say across the whole table that there is nothing in it."""
    page.merged_cells.add(f"A{HEADING_ROW + 1}:{get_column_letter(len(sheet.columns))}{HEADING_ROW + 1}")
    centre = Alignment(horizontal="center", vertical="center")
    page.append([_styled(page, sheet.empty, font=_font(color="5F6B7A"), alignment=centre)])


def _append_totals(page: Any, sheet: Sheet, totals: Totals, count: int) -> None:
    """The last row, after which the sheet is finished."""
    if not any(column.total for column in sheet.columns):
        return
    first, last = HEADING_ROW + 1, HEADING_ROW + count
    letters = {column.heading: get_column_letter(place) for place, column in enumerate(sheet.columns, 1)}
    cells = {heading: f"{letter}{last + 1}" for heading, letter in letters.items()}
    row = []
    for column in sheet.columns:
        cell = _cell(page, column)
        cell.font, cell.fill = _font(bold=True), _SHADE
        if isinstance(column.total, Rate):
            cell.value = column.total.formula(cells)
        elif column.total:
            cell.value = "=SUM({0}{1}:{0}{2})".format(letters[column.heading], first, last)
        row.append(cell)
    _put(row[0], "合计")
    page.append(row)
    page.close()
    keep_results(
        page._writer.out, {cells[column.heading]: totals.result(column) for column in sheet.columns if column.total}
    )
