"""Every odd form in which an office fills a cell."""

import doctest
from contextlib import suppress
from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from files.workbooks import cells

DAY = date(2026, 3, 18)


def test_the_examples_in_the_docstrings_hold():
    assert doctest.testmod(cells).failed == 0


@pytest.mark.parametrize(
    "cell",
    [
        "2026.3.18", "2026.03.18", "2026年3月18日", "2026年03月18日", "2026-03-18", "2026/3/18", "２０２６.０３.１８",
        "２０２６．３．１８", "２０２６年３月１８日", " 2026 年 3 月 18 日 ", "2026—3—18", "20260318", 20260318.0, DAY,
        datetime(2026, 3, 18, 9, 30), "2026-03-18 09:30:00", "2026-03-18T09:30", 46099.0, 46099, "46099", "2026.3.18.",
        "2026年3月18号",
    ],
)  # fmt: skip
def test_a_day_is_read_in_every_style(cell):
    assert cells.as_day(cell) == DAY


@pytest.mark.parametrize("cell", ["", None, "   ", "　"])
def test_an_empty_cell_is_no_day(cell):
    assert cells.as_day(cell) is None and cells.as_month(cell) is None and cells.as_digits(cell) is None


@pytest.mark.parametrize(
    "cell",
    [
        "2026年2月30日", "2026-13-01", "2026.0.1", "0026-03-18", "去年春天", "3月18日", "2026", 2026.0, 3.0, -1.0, 1e12,
        46099.25, "2026.3.18至2026.3.20", date(1, 1, 1), "99991231", True, float("inf"), float("nan"),
    ],
)  # fmt: skip
def test_what_is_no_day_is_refused(cell):
    with pytest.raises((ValueError, OverflowError)):
        cells.as_day(cell)


@pytest.mark.parametrize(
    ("cell", "month"),
    [
        ("1955年1月", (1955, 1)), ("1990.04", (1990, 4)), (1990.04, (1990, 4)), (1990.11, (1990, 11)), ("1990.10", (1990, 10)),
        ("1990-4", (1990, 4)), ("199004", (1990, 4)), (199004.0, (1990, 4)), (date(1988, 2, 19), (1988, 2)),
        ("1988年2月19日", (1988, 2)), ("１９８８．２", (1988, 2)), (32192.0, (1988, 2)),
    ],
)  # fmt: skip
def test_a_month_is_read_in_every_style(cell, month):
    assert cells.as_month(cell) == date(*month, 1)


@pytest.mark.parametrize("cell", [1990.1, 1990.0, "1990", "1990.13", "1990.00", 1990.131, "四月", float("inf")])
def test_what_is_no_month_or_may_be_two_is_refused(cell):
    with pytest.raises((ValueError, OverflowError)):
        cells.as_month(cell)


@pytest.mark.parametrize(
    ("cell", "number"),
    [("第001号", 1), (2.0, 2), ("004", 4), ("００７", 7), ("第 12 号", 12), ("第０９６件", 96), (0.0, 0), ("3.0", 3)],
)
def test_a_number_is_read_in_every_style(cell, number):
    assert cells.as_digits(cell) == number


@pytest.mark.parametrize("cell", ["第一号", "12a", "1-2", 2.5, -3.0, "1" * 30, True, "望供电函〔2026〕1号"])
def test_what_is_no_number_is_refused(cell):
    with pytest.raises(ValueError, match=r".*"):
        cells.as_digits(cell)


@pytest.mark.parametrize(
    ("cell", "names"),
    [
        ("谢强", ["谢强"]), ("汤  永", ["汤永"]), ("汤  永 孟磊飞", ["汤永", "孟磊飞"]), ("孟磊飞　汤 永", ["孟磊飞", "汤永"]),
        ("孟磊飞 谢强", ["孟磊飞", "谢强"]), ("甲 乙 丙 丁", ["甲乙", "丙丁"]), ("袁  平,丁  明", ["袁平", "丁明"]),
        ("谢强；于凯超;蒋飞明", ["谢强", "于凯超", "蒋飞明"]), ("谢强、\n于凯超，", ["谢强", "于凯超"]), ("谢强\r\n于凯超", ["谢强", "于凯超"]),
        ("、,", []), ("", []), (None, []),
    ],
)  # fmt: skip
def test_names_are_parted_as_they_are_meant(cell, names):
    assert cells.as_names(cell) == names


@pytest.mark.parametrize(
    ("cell", "phone"),
    [
        (13960655795.0, "13960655795"), ("13917126037", "13917126037"), ("139-1712-6037", "13917126037"),
        ("+8613917126037", "13917126037"), ("１３９１７１２６０３７", "13917126037"), ("0319-5648915", "0319-5648915"),
        ("0319—5648915", "0319-5648915"), ("5648915", "5648915"), ("", ""),
    ],
)  # fmt: skip
def test_a_phone_is_read_in_every_style(cell, phone):
    assert cells.as_phone(cell) == phone


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        (2.0, "2"), (2.5, "2.5"), (0.1, "0.1"), ("a\x00b\x1fc", "abc"), ("\ufeff编号", "编号"), ("a\r\nb", "a\nb"),
        (datetime(2026, 3, 18), "2026-03-18"), (datetime(2026, 3, 18, 9, 5), "2026-03-18 09:05"), ("　全角　", "全角"),
    ],
)  # fmt: skip
def test_a_text_is_what_excel_shows(cell, text):
    assert cells.as_text(cell) == text


ANYTHING = st.one_of(st.text(), st.floats(), st.integers(), st.dates(), st.datetimes(), st.none(), st.booleans())


@given(ANYTHING)
def test_no_cell_breaks_a_reader(cell):
    cells.as_text(cell), cells.as_person(cell), cells.as_names(cell), cells.as_phone(cell)
    for reader in (cells.as_day, cells.as_month, cells.as_digits):
        with suppress(ValueError, OverflowError):
            reader(cell)
