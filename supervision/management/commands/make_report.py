"""``manage.py make_report NAME OUT [--cycle ID] [--json]``: a workbook of everything, without a job."""

import json
import os
from argparse import ArgumentParser
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from accounts.actor import SYSTEM
from supervision import reports


class Command(BaseCommand):
    """Write a report beside its final name and rename it, so that a half-written one is never found."""

    help = "Write a report to a file."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Name and file."""
        parser.add_argument("name")
        parser.add_argument("out", type=Path)
        parser.add_argument("--json", action="store_true", help="print nothing but one object")

    def handle(self, name: str, out: Path, **options: Any) -> None:
        """Write and say where."""
        report = reports.REPORTS.get(name)
        if report is None:
            raise CommandError(f"There is no report “{name}”. There are: {', '.join(reports.REPORTS)}.")
        if not out.parent.is_dir():
            raise CommandError(f"There is no folder {out.parent}.")
        count = _write(report, out)
        told = {"report": name, "file": str(out), "rows": count}
        self.stdout.write(json.dumps(told, ensure_ascii=False) if options["json"] else f"{out}: {count} rows.")


def _write(report: reports.Report, out: Path) -> int:
    rows = 0

    def count(done: int) -> None:
        nonlocal rows
        rows = done

    with NamedTemporaryFile(dir=out.parent, suffix=".part", delete=False) as part:
        try:
            reports.write(report, part, SYSTEM, on_row=count)
            part.flush()
            os.fsync(part.fileno())
        except BaseException:
            os.unlink(part.name)
            raise
    os.replace(part.name, out)
    os.chmod(out, 0o644)
    return rows
