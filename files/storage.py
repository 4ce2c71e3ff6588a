"""Where files lie: under names the server makes, never half-written."""

import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO
from uuid import uuid4

from django.core.files.storage import default_storage

from workflow import clock

#: The ending of a file that is still being written; it is never served.
PART = ".part"


def new_path(ending: str) -> str:
    """A path that nobody can guess and no user has named."""
    return f"{clock.today():%Y/%m}/{uuid4().hex}{ending}"


def local(path: str) -> Path:
    """The file on this machine."""
    return Path(default_storage.path(path))


@contextmanager
def writing(path: str) -> Iterator[IO[bytes]]:
    """A stream into a file that appears under its name whole and durable, or not at all."""
    final = local(path)
    final.parent.mkdir(parents=True, exist_ok=True)
    part = final.with_name(final.name + PART)
    try:
        with open(part, "xb", opener=_private) as stream:
            yield stream
            stream.flush()
            os.fsync(stream.fileno())
        part.replace(final)
    except BaseException:
        part.unlink(missing_ok=True)
        raise
    _sync_folder(final.parent)


def digest(path: str) -> tuple[str, int]:
    """SHA-256 in hexadecimal, and the size in bytes."""
    with local(path).open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest(), os.fstat(stream.fileno()).st_size


def _private(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)


def _sync_folder(folder: Path) -> None:
    """Make the new name as durable as the content."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
