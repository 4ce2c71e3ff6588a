"""Judging a zip archive by its directory alone; nothing is unpacked."""

from pathlib import PurePosixPath
from typing import Any
from zipfile import BadZipFile, ZipFile

#: Bytes and entries after unpacking, and how many times a file may grow (RELIABILITY item 19).
UNPACKED, ENTRIES, RATIO = 50 << 20, 200, 100

ZIP = b"PK\x03\x04"


class Unfit(Exception):
    """An archive that is not opened; ``code`` is unreadable, unpacks_too_far or encrypted."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def entries(archive: Any, size: int) -> set[str]:
    """The names in an archive (a path or an open file of ``size`` bytes) that is safe to open. Raises Unfit."""
    try:
        with ZipFile(archive) as opened:
            found = opened.infolist()
    except (BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise Unfit("unreadable") from error
    unpacked = sum(entry.file_size for entry in found)
    if len(found) > ENTRIES or unpacked > UNPACKED or unpacked > size * RATIO:
        raise Unfit("unpacks_too_far")
    if any(entry.flag_bits & 1 for entry in found):
        raise Unfit("encrypted")
    names = {entry.filename for entry in found}
    if any(_leads_out(name) for name in names):
        raise Unfit("unreadable")
    return names


def _leads_out(name: str) -> bool:
    path = PurePosixPath(name.replace("\\", "/"))
    return path.is_absolute() or ".." in path.parts
