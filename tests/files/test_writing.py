"""What is written is what is read back, and can be printed as it is."""

import tempfile
from datetime import UTC, date, datetime
from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook
from openpyxl.utils.escape import unescape

from files.workbooks import Column, Rate, Sheet, open_workbook, write
from files.workbooks.writing import inert

COLUMNS = [
    Column("序号", 6, "integer"),
    Column("标题", 30),
    Column("日期", 12, "date"),
    Column("比率", 8, "percent"),
    Column("件数", 8, "integer", "sum"),
    Column("金额", 10, "money", "sum"),
]
DAY = date(2026, 3, 18)
#: Begin as formulas, links, commands or errors do.
PAYLOADS = [
    "=1+1", "=cmd|' /C calc'!A0", "+1+1", "-1+1", "@SUM(A1:A9)", "=HYPERLINK(\"http://example.org\",\"x\")", "\t=1+1",
    "\n=1+1", "==1", "=", "＝1+1", "=DDE(\"a\";\"b\";\"c\")", "#N/A", "#REF!", "#DIV/0!", "TRUE", "true", "1", "1.0", "1e5", "00123",
    "'=1", "\"=1\"", ";=1", "|calc", "%0A=1", "_x0041_", "_x003D_1+1", "{=1+1}", "=IMPORTXML(\"http://example.org\")", "2026-03-18",
]  # fmt: skip


def written(tmp_path, texts):
    path = tmp_path / "out.xlsx"
    rows = [[n, text, DAY, 0.125, 1, 2.5] for n, text in enumerate(texts, 1)]
    write(path, [Sheet("汇总", "标题", "数据截至2026年3月18日", COLUMNS, rows)])
    return path


@pytest.mark.parametrize("payload", PAYLOADS)
def test_a_text_that_looks_like_a_formula_stays_the_same_text(tmp_path, payload):
    path = written(tmp_path, [payload])
    assert open_workbook(path).sheets[0].rows[3][1] == payload
    cell = load_workbook(path)["汇总"]["B4"]
    assert (cell.data_type, cell.hyperlink) == ("s", None)


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("a\x00b\x1fc\x0bd", "abcd"),
        ("half \ud800 of a character", "half  of a character"),
        ("\ufffe\uffff", ""),
        ("a\r\nb\rc", "a\nb\nc"),
        ("  blanks around  ", "  blanks around  "),
        ("<b>&amp;</b> ]]>", "<b>&amp;</b> ]]>"),
        ("𠮷😀\u202e右", "𠮷😀\u202e右"),
        ("长" * 10_000, "长" * 10_000),
    ],
)
def test_text_is_kept_without_what_a_workbook_cannot_hold(tmp_path, text, kept):
    assert open_workbook(written(tmp_path, [text])).sheets[0].rows[3][1] == kept


@given(st.text())
@settings(max_examples=200)
def test_nothing_but_control_characters_is_lost(text):
    plain = text.replace("\r\n", "\n").replace("\r", "\n")
    kept = "".join(c for c in plain if c in "\t\n" or (ord(c) >= 32 and c not in "\ufffe\uffff"))
    assert unescape(inert(text)) == kept


def test_dates_and_numbers_are_real(tmp_path):
    page = load_workbook(written(tmp_path, ["a"]))["汇总"]
    assert [page.cell(4, n).data_type for n in range(1, 7)] == ["n", "s", "d", "n", "n", "n"]
    assert page["C4"].value.date() == DAY
    assert [page.cell(4, n).number_format for n in (3, 4)] == ["yyyy-mm-dd", "0.0%"]


def test_a_moment_is_written_in_local_time(tmp_path):
    path = tmp_path / "out.xlsx"
    columns = [Column("时间", 16), Column("日期", 12, "date")]
    moment = datetime(2026, 3, 17, 17, 30, tzinfo=UTC)
    write(path, [Sheet("表", "标题", "", columns, [[moment, moment]])])
    row = open_workbook(path).sheets[0].rows[3]
    assert row == ["2026-03-18 01:30", datetime(2026, 3, 18, 1, 30)]


def test_totals_are_formulas_over_all_rows(tmp_path):
    page = load_workbook(written(tmp_path, ["a", "b", "c"]))["汇总"]
    assert [page.cell(7, n).value for n in range(1, 7)] == ["合计", None, None, None, "=SUM(E4:E6)", "=SUM(F4:F6)"]


def test_an_empty_table_has_no_totals(tmp_path):
    assert load_workbook(written(tmp_path, []))["汇总"].max_row == 3


def test_it_is_laid_out_for_the_printer(tmp_path):
    page = load_workbook(written(tmp_path, ["a"]))["汇总"]
    assert sorted(str(merged) for merged in page.merged_cells.ranges) == ["A1:F1", "A2:F2"]
    assert (page["A1"].value, page["A2"].value) == ("标题", "数据截至2026年3月18日")
    assert [cell.value for cell in page[3]] == [column.heading for column in COLUMNS]
    assert (page.freeze_panes, page.print_title_rows) == ("A4", "$3:$3")
    assert (page.page_setup.orientation, int(page.page_setup.paperSize)) == ("landscape", 9)
    assert (page.page_setup.fitToWidth, page.page_setup.fitToHeight) == (1, 0)
    assert page.sheet_properties.pageSetUpPr.fitToPage
    assert page.column_dimensions["B"].width == 30


@pytest.mark.parametrize(
    ("text", "height"),
    [("短", None), ("十五个字的标题刚好占满一行宽度", 36), ("长" * 40, 52), ("a\nb", 36), ("长" * 9000, 409)],
)
def test_a_row_is_as_tall_as_its_text(tmp_path, text, height):
    assert load_workbook(written(tmp_path, [text]))["汇总"].row_dimensions[4].height == height


def test_progress_is_told_over_all_sheets():
    told = []
    sheets = [Sheet(name, name, "", COLUMNS[:1], [[1], [2]]) for name in ("一", "二")]
    write(BytesIO(), sheets, on_row=told.append)
    assert told == [1, 2, 3, 4]


def test_a_row_is_written_before_the_next_one_is_asked_for():
    asked = []

    def rows():
        for number in range(1, 51):
            asked.append(number)
            yield [number]

    write(BytesIO(), [Sheet("表", "标题", "", COLUMNS[:1], rows())], on_row=lambda done: asked.remove(done))
    assert asked == []


def test_what_shows_a_workbook_without_calculating_shows_the_totals(tmp_path):
    columns = [*COLUMNS[:5], Column("比率", 8, "percent", Rate(("件数",), (8,)))]
    path = tmp_path / "out.xlsx"
    write(path, [Sheet("表", "标题", "", columns, [[n, "a", DAY, 0.5, n, 0.5] for n in (1, 2, 3)])])
    assert open_workbook(path).sheets[0].rows[-1] == ["合计", "", "", "", 6.0, 0.75]
    assert load_workbook(path)["表"]["F7"].value == '=IFERROR(E7/8,"")'


def test_a_rate_over_nothing_is_empty(tmp_path):
    columns = [
        COLUMNS[0],
        Column("件数", 8, "integer", "sum"),
        Column("比率", 8, "percent", Rate(("件数",), ("件数",))),
    ]
    path = tmp_path / "out.xlsx"
    write(path, [Sheet("表", "标题", "", columns, [[1, 0, None]])])
    assert open_workbook(path).sheets[0].rows[-1] == ["合计", 0.0, ""]


def test_a_table_without_rows_can_say_so(tmp_path):
    path = tmp_path / "out.xlsx"
    write(path, [Sheet("表", "标题", "", COLUMNS, [], empty="没有记录")])
    page = load_workbook(path)["表"]
    assert page["A4"].value == "没有记录"
    assert "A4:F4" in {str(merged) for merged in page.merged_cells.ranges}


def test_a_row_of_the_wrong_length_is_a_fault_of_the_report():
    with pytest.raises(ValueError, match="zip"):
        write(BytesIO(), [Sheet("表", "标题", "", COLUMNS, [[1]])])


def test_a_book_that_is_given_up_leaves_no_temporary_file(tmp_path, monkeypatch):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))

    def stop(done):
        raise InterruptedError

    with pytest.raises(InterruptedError):
        write(BytesIO(), [Sheet("表", "标题", "", COLUMNS[:1], [[1]])], on_row=stop)
    assert list(tmp_path.iterdir()) == []


def test_a_tabs_name_fits_what_excel_allows(tmp_path):
    path = tmp_path / "out.xlsx"
    write(path, [Sheet("[a]/b:" + "长" * 40, "标题", "", COLUMNS[:1], [])])
    [sheet] = open_workbook(path).sheets
    assert len(sheet.name) <= 31 and not set("[]:/") & set(sheet.name)
