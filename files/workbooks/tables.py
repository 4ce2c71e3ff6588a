"""Finding a table in a workbook, whatever stands around it, and reading its rows."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, TypeVar

from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _

from files.workbooks import cells
from files.workbooks.reading import RawSheet, Workbook
from workflow.engine import Invalid
from workflow.text import key

#: The heading row is looked for this far down.
DEPTH = 30
#: So much of a refused cell is shown.
SHOWN = 60

_BRACKETS = str.maketrans("[{〔【〈《]}〕】〉》", "(" * 6 + ")" * 6)
_TOTAL = re.compile(r"(本页|全县|各项)?(合计|总计|小计|共计):?")

T = TypeVar("T")


class CellError(Invalid):
    """A cell that means nothing; ``column`` is the heading's own name."""

    @property
    def column(self) -> str:
        """The heading's own name."""
        return self.field


@dataclass(frozen=True)
class Heading:
    """A column that is looked for: its name, other names it goes by, and whether the table is useless without it.

    What stands in a ``private`` one is shown on no page: a voter's name, number and words.
    """

    name: str
    aliases: tuple[str, ...] = ()
    needed: bool = True
    private: bool = False

    def spellings(self) -> set[str]:
        """All its names as they are compared."""
        return {_key(name) for name in (self.name, *self.aliases)}


@dataclass(frozen=True)
class Refusal:
    """A row that was not taken over, its first wrong column, and why; the reason is translated when it is read.

    ``place`` is the column counted from 0 where the sheet has it, ``heading`` the row of its headings, ``cell`` what
    stands there, empty for a private column.
    """

    sheet: str
    row: int
    column: str
    code: str
    reason: Any
    place: int | None = None
    heading: int = 0
    cell: str = ""


@dataclass(frozen=True)
class Row:
    """A row of a table; ``number`` is what Excel shows beside it. Columns go by their headings' own names."""

    sheet: str
    number: int
    cells: Sequence[Any] = field(repr=False)
    columns: Mapping[str, int] = field(repr=False)
    heading: int = 0
    private: frozenset[str] = frozenset()

    def raw(self, name: str) -> Any:
        """The cell as it lies in the file, "" for an empty one and for a column that the sheet lacks."""
        place = self.columns.get(name)
        return self.cells[place] if place is not None and place < len(self.cells) else ""

    def text(self, name: str) -> str:
        """The cell as Excel shows it, stripped."""
        return cells.as_text(self.raw(name))

    def person(self, name: str) -> str:
        """A person's name, without the blanks that pad it."""
        return cells.as_person(self.raw(name))

    def phone(self, name: str) -> str:
        """A phone number."""
        return cells.as_phone(self.raw(name))

    def names(self, name: str) -> list[str]:
        """Several names in one cell (D41)."""
        return cells.as_names(self.raw(name))

    def day(self, name: str) -> date | None:
        """A day, None for an empty cell. Raises CellError ``impossible_date``."""
        return self._read(cells.as_day, name, "impossible_date", _("“%(value)s” is not a day of the calendar."))

    def month(self, name: str) -> date | None:
        """The first day of a month, None for an empty cell. Raises CellError ``impossible_date``."""
        return self._read(
            cells.as_month, name, "impossible_date", _("“%(value)s” cannot be read as a month; write 1990年10月.")
        )

    def digits(self, name: str) -> int | None:
        """A whole number, None for an empty cell. Raises CellError ``not_a_number``."""
        return self._read(cells.as_digits, name, "not_a_number", _("“%(value)s” is not a number."))

    def refuse(self, column: str, code: str, sentence: Any, **params: Any) -> Refusal:
        """This row as refused because of a column."""
        reason, place = _filled_later(sentence, params), self.columns.get(column)
        cell = "" if column in self.private else self.text(column)[:SHOWN]
        return Refusal(self.sheet, self.number, column, code, reason, place, self.heading, cell)

    def _read(self, reader: Callable[[Any], T], name: str, code: str, sentence: Any) -> T:
        try:
            return reader(self.raw(name))
        except (ValueError, OverflowError) as error:
            raise CellError(name, code, sentence, value=self.text(name)[:40]) from error


@dataclass(frozen=True)
class Table:
    """A table that was found: the sheet's name and the texts above the heading row."""

    sheet: str
    above: list[str]
    _raw: RawSheet = field(repr=False)
    _start: int = field(repr=False)
    _columns: Mapping[str, int] = field(repr=False)
    _private: frozenset[str] = frozenset()

    def rows(self) -> Iterator[Row]:
        """The rows that hold data: no blank ones, repeated headings, notes (one filled cell) or totals."""
        heading = self._raw.rows[self._start]
        for number, row in enumerate(self._raw.rows[self._start + 1 :], self._start + 2):
            if not _is_aside(row) and not self._repeats(heading, row):
                yield Row(self.sheet, number, row, self._columns, self._start + 1, self._private)

    def _repeats(self, heading: Sequence[Any], row: Sequence[Any]) -> bool:
        same = sum(
            1 for place in self._columns.values() if place < len(row) and _key(row[place]) == _key(heading[place])
        )
        return same * 2 > len(self._columns)


@dataclass(frozen=True)
class _Place:
    """A row that may be the heading row, and what it would lack."""

    sheet: RawSheet
    index: int
    columns: dict[str, int]
    lacking: list[str]
    named: bool

    def worth(self) -> tuple[bool, int, bool]:
        return not self.lacking, len(self.columns), self.named


def find_table(book: Workbook, title: str, headings: Sequence[Heading]) -> Table:
    """The table that holds most of the headings, columns in any order, in the first rows of any sheet.

    ``title`` is what the table is called, for the sentences and to choose between equals. Raises Invalid
    ``missing_column`` when needed columns are lacking, ``missing_sheet`` when no sheet resembles the table.
    """
    places = [place for sheet in book.sheets for place in _places(sheet, title, headings)]
    best = max(places, key=_Place.worth, default=None)
    needed = sum(heading.needed for heading in headings)
    if best is None or (not best.named and len(best.columns) * 2 < needed):
        raise Invalid("file", "missing_sheet", _("There is no sheet “%(title)s” in this workbook."), title=title)
    if best.lacking:
        sentence = _("In “%(title)s” these columns are missing: %(columns)s.")
        raise Invalid("file", "missing_column", sentence, title=title, columns="、".join(best.lacking))
    above = [cells.as_text(cell) for row in best.sheet.rows[: best.index] for cell in row]
    private = frozenset(heading.name for heading in headings if heading.private)
    return Table(best.sheet.name, [text for text in above if text], best.sheet, best.index, best.columns, private)


def _places(sheet: RawSheet, title: str, headings: Sequence[Heading]) -> Iterator[_Place]:
    named = _key(sheet.name) == _key(title)
    wanted = {name: heading.name for heading in headings for name in heading.spellings()}
    for index, row in enumerate(sheet.rows[:DEPTH]):
        columns: dict[str, int] = {}
        for place, cell in enumerate(row):
            name = wanted.get(_key(cell))
            if name is not None:
                columns.setdefault(name, place)
        lacking = [heading.name for heading in headings if heading.needed and heading.name not in columns]
        if columns:
            yield _Place(sheet, index, columns, lacking, named)


def _is_aside(row: Sequence[Any]) -> bool:
    """Blank, a note, or a total."""
    filled = [text for text in (cells.as_text(cell) for cell in row) if text]
    return len(filled) < 2 or any(_TOTAL.fullmatch(_key(text)) for text in filled[:2])


def _key(value: Any) -> str:
    return key(cells.as_text(value)).translate(_BRACKETS)


def _fill(sentence: Any, params: dict[str, Any]) -> str:
    return str(sentence) % params if params else str(sentence)


_filled_later = lazy(_fill, str)
