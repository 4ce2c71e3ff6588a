"""What the sheets of a roster have in common: how a row is checked, one column after the other."""

import unicodedata
from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from django.utils.translation import gettext_lazy as _

from files.workbooks import CellError, Refusal, Row, Table
from workflow.engine import Invalid
from workflow.text import key

T = TypeVar("T")


class Once:
    """Values that may stand in a sheet once only."""

    def __init__(self) -> None:
        self._rows: dict[Any, int] = {}

    def check(self, row: Row, column: str, value: Any, code: str) -> None:
        """Raise CellError when an earlier row has the value; every row counts, also one that is refused."""
        first = self._rows.setdefault(value, row.number)
        if first != row.number:
            shown = row.text(column)
            raise CellError(column, code, _("“%(value)s” stands in row %(row)d already."), value=shown, row=first)


def read_rows(table: Table, parse: Callable[[Row], T]) -> tuple[list[tuple[Row, T]], list[Refusal]]:
    """What each row says, and the rows that ``parse`` refused by a CellError."""
    good: list[tuple[Row, T]] = []
    refused: list[Refusal] = []
    for row in table.rows():
        try:
            good.append((row, parse(row)))
        except CellError as error:
            refused.append(row.refuse(error.column, error.code, error.sentence))
    return good, refused


def refused_by_verb(row: Row, refused: Invalid, columns: Mapping[str, str]) -> Refusal:
    """A verb's refusal as that of a row; ``columns`` names the column behind each of the verb's fields."""
    return row.refuse(columns[refused.field], refused.code, refused.sentence)


def needed(row: Row, column: str, code: str, sentence: Any, *, limit: int) -> str:
    """A name that must not be empty; the blanks in it mean nothing."""
    text = name_of(row, column, limit=limit)
    if not text:
        raise CellError(column, code, sentence)
    return text


def needed_number(row: Row, column: str, code: str, sentence: Any, *, limit: int) -> str:
    """A number by which a row is known, such as a certificate's: in half width, without blanks, never empty."""
    return unicodedata.normalize("NFKC", needed(row, column, code, sentence, limit=limit))


def name_of(row: Row, column: str, *, limit: int) -> str:
    """The name of a person, a place or a body, empty when there is none."""
    return _within(column, "".join(row.text(column).split()), limit)


def words(row: Row, column: str, *, limit: int) -> str:
    """Words as they stand, on one line."""
    return _within(column, " ".join(row.text(column).split()), limit)


def names(row: Row, column: str, *, limit: int = 40) -> list[str]:
    """The names in a cell, each once."""
    return [_within(column, name, limit) for name in dict.fromkeys(row.names(column))]


def phone(row: Row, column: str, *, limit: int) -> str:
    """A telephone number, empty when there is none. Raises CellError for what cannot be dialled."""
    number = row.phone(column)
    if number and sum(character.isdecimal() for character in number) < 7:
        raise CellError(column, "bad_phone", _("“%(value)s” is no telephone number."), value=number[:40])
    return _within(column, number, limit)


def chosen(row: Row, column: str, meanings: Mapping[str, T], code: str) -> T:
    """What a cell means by a table of aliases. Raises CellError for a word that is not in it."""
    word = key(row.text(column))
    if word in meanings:
        return meanings[word]
    if not word:
        raise CellError(column, code, _("“%(column)s” is not filled in."), column=column)
    first: dict[T, str] = {}
    for name, meaning in meanings.items():
        first.setdefault(meaning, name)
    known = "、".join(name for name in first.values() if name)
    sentence = _("“%(value)s” is not known here. Write one of these: %(known)s.")
    raise CellError(column, code, sentence, value=row.text(column)[:40], known=known)


def _within(column: str, text: str, limit: int) -> str:
    if len(text) > limit:
        raise CellError(column, "too_long", _("This is longer than %(limit)d characters."), limit=limit)
    return text
