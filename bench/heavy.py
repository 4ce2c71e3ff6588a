"""What takes long: reminders, the workbook of progress, the import of a ledger. Time, statements, memory."""

import tempfile
from collections.abc import Iterable, Iterator
from functools import partial
from io import StringIO
from pathlib import Path
from time import perf_counter
from typing import Any

from django.core.management import call_command
from django.db import connection
from openpyxl import Workbook, load_workbook

from bench.grow import grow, open_clocks
from bench.pattern import SIZE, Pattern, account
from files import workbooks
from files.workbooks import Column, Sheet
from supervision import reminders as sweep
from supervision import reports
from workflow import clock

LEDGER = Path(__file__).parent.parent / "tests/data/suggestion_ledger.xlsx"
ROSTER = Path(__file__).parent.parent / "tests/data/roster.xlsx"


def grown(sizes: Iterable[int]) -> Iterator[int]:
    """The database with so many suggestions, one size after the other."""
    Pattern(clock.today()).write()
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    have = SIZE
    for size in sorted(sizes):
        if size > have:
            grow(have, size)
            have = size
        yield have


def reminders(sizes: Iterable[int]) -> Iterator[dict[str, Any]]:
    """All limits for a reply run: the first sweep tells, the second has nothing to tell."""
    for _size in grown(sizes):
        told: dict[str, Any] = {"open_clocks": open_clocks()}
        for name in ("first", "second"):
            told[name] = _watched(sweep.run)
        yield told


def workbook(sizes: Iterable[int]) -> Iterator[dict[str, Any]]:
    """The report of progress, its longest sheet against plain openpyxl with the same cells. One size in one process."""
    for size in grown(sizes):
        actor = reports.as_of_post(account("staff").posts.get())
        report = reports.REPORTS["progress"]
        with tempfile.TemporaryFile() as out:
            made = _watched(partial(workbooks.write, out, report.sheets(actor, None)))
        yield {"suggestions": size, "report": made} | _beside_openpyxl(size)


def _beside_openpyxl(size: int) -> dict[str, Any]:
    cells = [["南门路道路供水医疗", 12, clock.today(), "县交通运输局", "周科员"] * 4] * size
    columns = [Column(str(place), 12, _KINDS[place % 5]) for place in range(20)]
    with tempfile.TemporaryFile() as out:
        ours = _watched(lambda: workbooks.write(out, [Sheet("台账", "台账", "", columns, cells)]))
    with tempfile.TemporaryFile() as out:
        plain = _watched(lambda: _plain(out, cells))
    return {"ours_s": ours["s"], "openpyxl_s": plain["s"], "ratio": round(ours["s"] / plain["s"], 2)}


_KINDS = ("text", "integer", "date", "text", "text")


def _plain(out: Any, cells: list[list[Any]]) -> None:
    book = Workbook(write_only=True)
    sheet = book.create_sheet("台账")
    for row in cells:
        sheet.append(row)
    book.save(out)


def ledger(sizes: Iterable[int]) -> Iterator[dict[str, Any]]:
    """The county's own ledger, then ledgers of so many rows, each into the same database after the roster."""
    call_command("import_roster", str(ROSTER), keep_good=True, stdout=StringIO())
    yield {"rows": "the county's own"} | _watched(lambda: _import(LEDGER))
    for size in sizes:
        path = _longer(size)
        yield {"rows": size} | _watched(lambda path=path: _import(path))


def _import(path: Path) -> None:
    call_command("import_suggestions", str(path), keep_good=True, stdout=StringIO())


def _longer(size: int) -> Path:
    """A ledger whose rows repeat those of the county's, each under a number of its own."""
    rows = [list(row) for row in load_workbook(LEDGER, read_only=True).active.iter_rows(values_only=True)]
    start = next(place for place, row in enumerate(rows) if "建议编号" in row)
    column, below = rows[start].index("建议编号"), [row for row in rows[start + 1 :] if any(row)]
    book = Workbook(write_only=True)
    sheet = book.create_sheet("台账")
    for row in rows[: start + 1]:
        sheet.append(row)
    for number in range(size):
        row = list(below[number % len(below)])
        row[column] = f"第{1000 + number}号"
        sheet.append(row)
    path = Path(tempfile.mkdtemp()) / "ledger.xlsx"
    book.save(path)
    return path


def _watched(act: Any) -> dict[str, Any]:
    """How long it took, how many statements, and the peak of memory so far."""
    statements = 0

    def count(execute: Any, *args: Any) -> Any:
        nonlocal statements
        statements += 1
        return execute(*args)

    Path("/proc/self/clear_refs").write_text("5")  # the peak begins here
    idle, begun = _memory("VmRSS"), perf_counter()
    with connection.execute_wrapper(count):
        result = act()
    told = {
        "s": round(perf_counter() - begun, 2),
        "statements": statements,
        "above_idle_mib": round(_memory("VmHWM") - idle, 1),
    }
    return told | ({"told": result} if isinstance(result, dict) else {})


def _memory(what: str) -> float:
    """Resident memory of this process in MiB: at present (``VmRSS``), or the most since it was reset (``VmHWM``)."""
    lines = Path("/proc/self/status").read_text().splitlines()
    return int(next(line for line in lines if line.startswith(what)).split()[1]) / 1024
