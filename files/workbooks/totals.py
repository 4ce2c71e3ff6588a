"""What stands below a table: a formula in each cell, and with it the number that it gives.

The numbers are for whatever shows a workbook without calculating, as the preview of a telephone does.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

#: The last row and what the file format puts behind it are shorter than this.
TAIL = 1 << 16

_FORMULA = re.compile(rb'(<c r="([A-Z]+\d+)"[^>]*><f>[^<]*</f>)(?:<v ?/>|<v></v>)')


@dataclass(frozen=True)
class Rate:
    """A share: the total of some columns (by heading) or numbers, over that of others; nothing over nothing."""

    of: tuple[str | int, ...]
    over: tuple[str | int, ...]

    def formula(self, cells: Mapping[str, str]) -> str:
        """As Excel calculates it, from the cells of the totals."""
        return f'=IFERROR({_added(self.of, cells)}/{_added(self.over, cells)},"")'

    def result(self, sums: Mapping[str, Any]) -> float | None:
        """What that gives."""
        part, whole = (sum(_number(term, sums) for term in terms) for terms in (self.of, self.over))
        return float(part) / float(whole) if whole else None


class Totals:
    """The sums of those columns of a table that have one, added up row by row."""

    def __init__(self, columns: Sequence[Any]) -> None:
        self._places = [place for place, column in enumerate(columns) if column.total == "sum"]
        self._columns = columns
        self.sums: dict[str, Any] = {columns[place].heading: 0 for place in self._places}

    def add(self, row: Sequence[Any]) -> None:
        """Add the numbers of a row."""
        for place in self._places:
            value = row[place]
            if isinstance(value, (int, float, Decimal)):
                self.sums[self._columns[place].heading] += value

    def result(self, column: Any) -> Any:
        """What stands below that column; None for nothing."""
        return column.total.result(self.sums) if isinstance(column.total, Rate) else self.sums.get(column.heading)


def keep_results(path: str, results: Mapping[str, Any]) -> None:
    """Put the results beside the formulas of a sheet's last row, by cell, in its file before it is packed.

    openpyxl writes formulas without their results.
    """
    with open(path, "r+b") as file:
        start = max(0, file.seek(0, 2) - TAIL)
        file.seek(start)
        tail = _FORMULA.sub(lambda found: _with_result(found, results), file.read())
        file.seek(start)
        file.write(tail)
        file.truncate()


def _with_result(found: "re.Match[bytes]", results: Mapping[str, Any]) -> bytes:
    result = results.get(found[2].decode())
    return found[0] if result is None else b"%b<v>%b</v>" % (found[1], str(result).encode())


def _added(terms: tuple[str | int, ...], cells: Mapping[str, str]) -> str:
    joined = "+".join(str(cells.get(str(term), term)) for term in terms)
    return f"({joined})" if len(terms) > 1 else joined


def _number(term: str | int, sums: Mapping[str, Any]) -> Any:
    return sums[term] if isinstance(term, str) else term
