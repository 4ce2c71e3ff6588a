"""The few formulas that stand below tables, calculated from the cells as a spreadsheet would."""

import re
from io import BytesIO

from openpyxl import load_workbook

_SUM = re.compile(r"=SUM\(([A-Z]+)(\d+):([A-Z]+)(\d+)\)")
_RATE = re.compile(r'=IFERROR\((.+)/(.+),""\)')


def totals(content):
    """By sheet: pairs of what each formula gives and what is kept beside it."""
    formulas, kept = load_workbook(BytesIO(content)), load_workbook(BytesIO(content), data_only=True)
    return {
        page.title: [
            (calculated(page, cell.value), kept[page.title][cell.coordinate].value)
            for cell in page[page.max_row]
            if cell.data_type == "f"
        ]
        for page in formulas
    }


def calculated(page, formula):
    """The value of a formula of a total; None for the empty text of a rate over nothing."""
    if found := _SUM.fullmatch(formula):
        column, first, same, last = found.groups()
        assert column == same
        return sum(page[f"{column}{row}"].value or 0 for row in range(int(first), int(last) + 1))
    part, whole = (_added(page, terms) for terms in _RATE.fullmatch(formula).groups())
    return part / whole if whole else None


def _added(page, terms):
    return sum(_term(page, term) for term in terms.strip("()").split("+"))


def _term(page, term):
    return int(term) if term.isdecimal() else calculated(page, page[term].value)
