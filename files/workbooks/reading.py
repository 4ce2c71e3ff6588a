"""Opening a workbook of unknown origin: by its content, within limits, in a process of its own."""

import json
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from django.utils.translation import gettext_lazy as _

from files import archives
from files.workbooks import child
from workflow.engine import Invalid

#: Bytes of a file.
LARGEST = 10 << 20
#: Seconds by the clock on the wall; the child's own limit counts processor time.
PATIENCE = 60

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
#: Parts that make a zip archive a workbook: .xlsx, .xlsb, .ods.
PARTS = {"xl/workbook.xml", "xl/workbook.bin", "content.xml"}

SENTENCES = {
    "not_a_workbook": _("“%(name)s” is not an Excel workbook. Please save it as .xlsx and choose it again."),
    "encrypted": _("“%(name)s” is protected by a password. Please remove the password and choose it again."),
    "empty_file": _("“%(name)s” is empty."),
    "too_large": _("“%(name)s” is larger than 10 MB."),
    "unpacks_too_far": _("“%(name)s” holds far more than a table of this kind can hold, so it was not opened."),
    "unreadable": _("“%(name)s” is damaged and cannot be read. Please open it in Excel, save it and choose it again."),
}


@dataclass(frozen=True)
class RawSheet:
    """A sheet as it lies in the file: ``rows[n - 1]`` is the row that Excel calls n.

    Cells are str, float, bool, date or datetime; an empty cell is "".
    """

    name: str
    rows: list[list[Any]]


@dataclass(frozen=True)
class Workbook:
    """All sheets of a file, in its order."""

    name: str
    sheets: tuple[RawSheet, ...]


def open_workbook(path: Path, *, name: str = "") -> Workbook:
    """Read a workbook (.xlsx; .xls, .xlsb and .ods as well); ``name`` is what people call it, if not as it lies here.

    Raises Invalid with one of the codes of ``SENTENCES``. Nothing of the file is trusted: its kind is told by its
    content, a zip directory is weighed before anything is unpacked (limits of RELIABILITY item 19), and the parser
    runs in a child that may take 1 GB and 30 s.
    """
    name = name or path.name
    refuse = _refuser(name)
    try:
        size = path.stat().st_size
        with path.open("rb") as stream:
            start = stream.read(8)
    except OSError as error:
        raise refuse("unreadable") from error
    if not size:
        raise refuse("empty_file")
    if size > LARGEST:
        raise refuse("too_large")
    if start.startswith(archives.ZIP):
        _weigh(path, size, refuse)
    elif start == OLE:
        _look_for_password(path, refuse)
    else:
        raise refuse("not_a_workbook")
    return Workbook(name, tuple(RawSheet(title, rows) for title, rows in _parse(path, refuse)))


def _refuser(name: str) -> Callable[[str], Invalid]:
    def refuse(code: str) -> Invalid:
        return Invalid("file", code, SENTENCES[code], name=name)

    return refuse


def _weigh(path: Path, size: int, refuse: Callable[[str], Invalid]) -> None:
    try:
        names = archives.entries(path, size)
    except archives.Unfit as unfit:
        raise refuse(unfit.code) from unfit
    if PARTS.isdisjoint(names):
        raise refuse("not_a_workbook")


def _look_for_password(path: Path, refuse: Callable[[str], Invalid]) -> None:
    """Excel wraps a workbook with a password into an OLE file; one of Word or the like holds no workbook."""
    content = path.read_bytes()
    if "EncryptedPackage".encode("utf-16-le") in content:
        raise refuse("encrypted")
    if not any(name.encode("utf-16-le") in content for name in ("Workbook", "Book")):
        raise refuse("not_a_workbook")


def _parse(path: Path, refuse: Callable[[str], Invalid]) -> list[Any]:
    command = [sys.executable, "-I", child.__file__, str(path.resolve())]
    try:
        done = subprocess.run(command, capture_output=True, timeout=PATIENCE, check=False)  # noqa: S603 - fixed words
    except subprocess.TimeoutExpired as error:
        raise refuse("unpacks_too_far") from error
    if done.returncode == child.ENCRYPTED:
        raise refuse("encrypted")
    if done.returncode < 0 or done.returncode == child.TOO_MUCH:
        raise refuse("unpacks_too_far")
    if done.returncode:
        raise refuse("unreadable")
    return json.loads(done.stdout, object_hook=_dated)


def _dated(tagged: dict[str, str]) -> date | datetime:
    if "datetime" in tagged:
        return datetime.fromisoformat(tagged["datetime"])
    return date.fromisoformat(tagged["date"])
