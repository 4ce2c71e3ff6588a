"""Workbooks that were written, as a reader finds them: values by calamine, looks and formulas by openpyxl."""

from html import unescape
from io import BytesIO
from zipfile import ZipFile

from openpyxl import load_workbook
from python_calamine import CalamineWorkbook

from supervision.reports import REPORTS, layout, write


def written(actor, name="progress", cycle=None):
    """The report as bytes."""
    out = BytesIO()
    write(REPORTS[name], out, actor, cycle)
    return out.getvalue()


def tables(content):
    """By sheet: the heading row and the rows below it, as they were read back; none where it says so."""
    book = CalamineWorkbook.from_filelike(BytesIO(content))
    rows = {name: book.get_sheet_by_name(name).to_python(skip_empty_area=False) for name in book.sheet_names}
    return {name: (table[2], [row for row in table[3:] if row[0] != layout.NOTHING]) for name, table in rows.items()}


def looks(content):
    """The workbook with its formats and formulas."""
    return load_workbook(BytesIO(content))


def by_name(content, sheet, key):
    """Rows of a sheet as dictionaries by one column; its total row under 合计."""
    heading, rows = tables(content)[sheet]
    named = [dict(zip(heading, row, strict=True)) for row in rows]
    return {"合计" if row.get("序号") == "合计" else row[key]: row for row in named}


def rows_of(content, sheet):
    """Rows of a sheet as dictionaries, in order, without its total."""
    heading, rows = tables(content)[sheet]
    return [dict(zip(heading, row, strict=True)) for row in rows if row[0] != "合计"]


def total_of(content, sheet):
    """The last row of a sheet, as whatever does not calculate shows it."""
    heading, rows = tables(content)[sheet]
    assert rows[-1][0] == "合计"
    return dict(zip(heading, rows[-1], strict=True))


def summary(content):
    """Counts of the summary by name."""
    return {name: row["件数"] for name, row in by_name(content, "汇总", "项目").items()}


def unpacked(content):
    """Every part of the file, so that no word hides in it."""
    with ZipFile(BytesIO(content)) as archive:
        return unescape("".join(archive.read(name).decode() for name in archive.namelist()))
