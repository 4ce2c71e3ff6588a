"""The refused rows of a workbook, back as a workbook: corrected there, they are imported by themselves.

Each sheet has the headings of the file it came from, so that it can be read again as it is; the cell that was refused
stands out, and a last column says why.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import zip_longest
from typing import IO, Any

from files.workbooks import Column, Marked, RawSheet, Refusal, Sheet, Workbook, cells, write

#: The heading of the column that is added; no importer looks for it.
WHY = "未通过原因(改好后可直接再导入)"
WIDEST, NARROWEST = 40, 9


def write_refused(out: IO[bytes], book: Workbook, refused: Sequence[Refusal]) -> None:
    """Write the refused rows of the book, sheet by sheet in its order. A row that is gone from the file is left out."""
    by_sheet: dict[str, list[Refusal]] = defaultdict(list)
    for refusal in refused:
        by_sheet[refusal.sheet].append(refusal)
    write(out, [_sheet(raw, by_sheet[raw.name]) for raw in book.sheets if by_sheet[raw.name]])


def _sheet(raw: RawSheet, refused: Sequence[Refusal]) -> Sheet:
    """The texts above the headings stay, since they may name the session."""
    start = refused[0].heading
    headings = [cells.as_text(cell) for cell in raw.rows[start - 1]]
    above = [text for row in raw.rows[: start - 1] for cell in row if (text := cells.as_text(cell))]
    rows = list(_rows(raw, refused, len(headings)))
    columns = [Column(heading, _width(place, heading, rows)) for place, heading in enumerate(headings)]
    title, note = above[0] if above else raw.name, "；".join(above[1:])
    return Sheet(raw.name, title, note, [*columns, Column(WHY, WIDEST)], rows)


def _rows(raw: RawSheet, refused: Sequence[Refusal], width: int) -> Iterator[list[Any]]:
    for refusal in sorted(refused, key=lambda row: row.row):
        told = raw.rows[refusal.row - 1][:width]
        line = [cell for cell, _place in zip_longest(told, range(width), fillvalue="")]
        if refusal.place is not None:
            line[refusal.place] = Marked(line[refusal.place])
        yield [*line, str(refusal.reason)]


def _width(place: int, heading: str, rows: Sequence[Sequence[Any]]) -> int:
    longest = max((len(_plain(row[place])) for row in rows), default=0)
    return min(max(NARROWEST, 2 * longest, 2 * len(heading)) + 1, WIDEST)


def _plain(cell: Any) -> str:
    return cells.as_text(cell.value if isinstance(cell, Marked) else cell)
