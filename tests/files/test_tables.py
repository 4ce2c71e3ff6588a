"""A table is found whatever stands around it."""

from datetime import date
from pathlib import Path

import pytest
from django.utils.translation import gettext, gettext_lazy, override

from files.workbooks import CellError, Heading, find_table, open_workbook
from tests.files.books import LEDGER, book
from workflow.engine import Invalid

DATA = Path(__file__).parent.parent / "data"
HEADINGS = [
    Heading("标题"),
    Heading("会(协)办单位", ("协办单位",)),
    Heading("交办日期"),
    Heading("备注", needed=False),
]


@pytest.fixture
def ledger(tmp_path):
    return find_table(open_workbook(book(tmp_path / "a.xlsx", 说明=[["看这里"]], 台账=LEDGER)), "台账", HEADINGS)


def test_blank_rows_repeated_headings_notes_and_totals_are_passed_over(ledger):
    assert [(row.number, row.text("标题")) for row in ledger.rows()] == [
        (4, "关于道路的建议"),
        (7, "关于饮水的建议"),
        (10, "关于电力的建议"),
    ]
    assert (ledger.sheet, ledger.above) == ("台账", ["台账", "截至2026年9月30日", "填报人：某某"])


def test_headings_go_by_any_of_their_spellings_in_any_order(tmp_path):
    rows = [["备 注", "交办日期", "〔协〕办单位", "标　题"], ["x", "2026-3-18", "甲、乙", "t"]]
    headings = [*HEADINGS[:1], Heading("会(协)办单位", ("（协）办单位",)), *HEADINGS[2:]]
    [row] = find_table(open_workbook(book(tmp_path / "a.xlsx", a=rows)), "台账", headings).rows()
    assert (row.text("标题"), row.names("会(协)办单位"), row.day("交办日期"), row.raw("备注")) == (
        "t", ["甲", "乙"], date(2026, 3, 18), "x",
    )  # fmt: skip


def test_a_column_that_is_not_needed_reads_as_empty(ledger):
    row = next(ledger.rows())
    assert (row.raw("备注"), row.text("备注"), row.names("备注"), row.day("备注")) == ("", "", [], None)


def test_a_needed_column_that_lacks_is_named(tmp_path):
    rows = [["标题", "备注"], ["t", "x"]]
    with pytest.raises(Invalid) as refused:
        find_table(open_workbook(book(tmp_path / "a.xlsx", 台账=rows)), "台账", HEADINGS)
    assert (refused.value.field, refused.value.code) == ("file", "missing_column")
    assert "台账" in refused.value.sentence and "会(协)办单位、交办日期" in refused.value.sentence


def test_a_workbook_without_such_a_sheet_is_refused(tmp_path):
    rows = [["姓名", "备注"], ["x", "y"]]
    with pytest.raises(Invalid) as refused:
        find_table(open_workbook(book(tmp_path / "a.xlsx", 名册=rows)), "台账", HEADINGS)
    assert refused.value.code == "missing_sheet" and "台账" in refused.value.sentence


def test_a_cell_that_means_nothing_names_its_column(ledger):
    row = list(ledger.rows())[-1]
    with pytest.raises(CellError) as wrong:
        row.day("交办日期")
    assert (wrong.value.column, wrong.value.code) == ("交办日期", "impossible_date")
    assert "2026.2.30" in wrong.value.sentence
    with pytest.raises(CellError, match="关于电力的建议") as wrong:
        row.digits("标题")
    assert wrong.value.code == "not_a_number"


def test_a_refusal_is_worded_when_it_is_read(ledger):
    row = next(ledger.rows())
    refusal = row.refuse("标题", "odd", gettext_lazy("“%(name)s” is empty."), name="1")
    assert (refusal.sheet, refusal.row, refusal.column, refusal.code) == ("台账", 4, "标题", "odd")
    for language in ("en", "zh-hans"):
        with override(language):
            assert str(refusal.reason) == gettext("“%(name)s” is empty.") % {"name": "1"}


@pytest.mark.parametrize(
    ("name", "title", "headings", "count"),
    [
        ("roster.xlsx", "家站", ("家站编号", "家站名称", "联系电话"), 30),
        ("roster.xlsx", "代表名册", ("代表证号", "姓名", "出生年月"), 835),
        ("roster.xlsx", "承办单位", ("单位名称", "单位类别", "联系电话"), 29),
        ("suggestion_ledger.xlsx", "办理情况台账", ("建议编号", "标题", "会(协)办单位"), 96),
        ("visit_register.xlsx", "走访登记", ("走访日期", "走访代表", "村(社区)"), 120),
    ],
)
def test_the_countys_own_workbooks_are_read(name, title, headings, count):
    table = find_table(open_workbook(DATA / name), title, [Heading(heading) for heading in headings])
    assert table.sheet == title
    assert len(list(table.rows())) == count
