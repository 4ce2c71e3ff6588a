"""Run as a process of its own: parses one workbook under limits and writes its cells as JSON.

Imports nothing of the portal, so that it starts quickly and holds nothing worth stealing. Dates travel as
``{"date": …}`` and ``{"datetime": …}``. Exit status: 0 well, or one of the constants below; a signal means that a
limit was reached.
"""

import json
import resource
import sys
from datetime import date, datetime
from typing import Any

from python_calamine import CalamineError, CalamineWorkbook, PasswordError

UNREADABLE, ENCRYPTED, TOO_MUCH = 3, 4, 5

#: Bytes of address space and seconds of processor time.
MEMORY, SECONDS = 1 << 30, 30
#: Cells and characters of all sheets together; a county's largest register has a tenth of them.
CELLS, CHARACTERS = 2_000_000, 50_000_000


def main(path: str) -> int:
    """Parse and print; the exit status."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    try:
        sheets = read(path)
    except PasswordError:
        return ENCRYPTED
    except MemoryError:
        return TOO_MUCH
    except (CalamineError, ValueError, OSError):
        return UNREADABLE
    except BaseException:  # a panic of the parser is no Exception
        return UNREADABLE
    if sheets is None:
        return TOO_MUCH
    json.dump(sheets, sys.stdout, ensure_ascii=True, default=_tagged)
    return 0


def read(path: str) -> list[Any] | None:
    """Name and rows of each sheet; None when there is more than anybody could have typed."""
    cells = characters = 0
    sheets = []
    with open(path, "rb") as stream:
        # by content, never by the name of the file
        book = CalamineWorkbook.from_filelike(stream)
        for name in book.sheet_names:
            rows = book.get_sheet_by_name(name).to_python(skip_empty_area=False)
            cells += sum(map(len, rows))
            characters += sum(len(cell) for row in rows for cell in row if isinstance(cell, str))
            if cells > CELLS or characters > CHARACTERS:
                return None
            sheets.append([name, rows])
    return sheets


def _tagged(value: Any) -> Any:
    if isinstance(value, datetime):
        return {"datetime": value.isoformat()}
    if isinstance(value, date):
        return {"date": value.isoformat()}
    return str(value)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
