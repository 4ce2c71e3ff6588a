"""Sweeping away stored files that nothing owns: an act that was rolled back, a process that was killed."""

import os
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

from files import storage
from files.models import Attachment
from workflow import clock

#: Nothing younger is touched; no form or job takes that long.
AGE = timedelta(days=1)


def sweep_files() -> dict[str, int]:
    """Delete rows that no owner points at, then files without a row; say how many of each."""
    before = clock.now() - AGE
    rows, _ = Attachment.objects.unowned().filter(at__lt=before).delete()
    orphans = [path for path in _stored(before.timestamp()) if not Attachment.objects.filter(path=path).exists()]
    for path in orphans:
        storage.local(path).unlink(missing_ok=True)
    return {"rows": rows, "files": len(orphans)}


def _stored(before: float) -> Iterator[str]:
    """The paths of files that were last written before a moment."""
    root = storage.local("")
    for folder, _folders, names in os.walk(root):
        for name in names:
            path = Path(folder) / name
            if path.stat().st_mtime < before:
                yield path.relative_to(root).as_posix()
