"""``manage.py make_report NAME OUT [--cycle ID] [--json]``: a workbook of everything, without a job."""

import json
import os
from argparse import ArgumentParser
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from accounts.actor import SYSTEM
from deliberations.models import Cycle
from supervision import reports
from workflow.text import number


class Command(BaseCommand):
    """Write a report beside its final name and rename it, so that a half-written one is never found."""

    help = "Write a report to a file."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Name and file."""
        parser.add_argument("name", help=_("one of those that list_reports prints"))
        parser.add_argument("out", metavar="OUT", type=Path, help=_("the workbook to write (.xlsx)"))
        parser.add_argument("--cycle", metavar="ID", help=_("only what belongs to this deliberation cycle"))
        parser.add_argument("--json", action="store_true", help=_("print one JSON object and nothing else"))

    def handle(self, name: str, out: Path, **options: Any) -> None:
        """Write and say where. Raises CommandError, with exit status 1, when that is not possible."""
        report, cycle = _report(name), _cycle(options["cycle"])
        try:
            count = _write(report, out, cycle)
        except OSError as error:
            raise CommandError(
                _("%(file)s cannot be written: %(why)s") % {"file": out, "why": error.strerror}
            ) from error
        told = {"report": name, "file": str(out), "rows": count}
        words = _("{file}: {rows} rows.").format(**told)
        self.stdout.write(json.dumps(told, ensure_ascii=False) if options["json"] else words)


def _report(name: str) -> reports.Report:
    if name not in reports.REPORTS:
        told = {"name": name, "known": ", ".join(reports.REPORTS)}
        raise CommandError(_("There is no report “%(name)s”. There are: %(known)s.") % told)
    return reports.REPORTS[name]


def _cycle(asked: str | None) -> Cycle | None:
    if asked is None:
        return None
    found = Cycle.objects.filter(pk=number(asked) or 0).first()
    if found is not None:
        return found
    known = ", ".join(f"{pk} ({title})" for pk, title in Cycle.objects.values_list("pk", "title")[:20])
    if not known:
        sentence = _("There is no deliberation cycle “%(cycle)s”: none has been entered yet.")
        raise CommandError(sentence % {"cycle": asked})
    sentence = _("There is no deliberation cycle “%(cycle)s”. There are: %(known)s.")
    raise CommandError(sentence % {"cycle": asked, "known": known})


def _write(report: reports.Report, out: Path, cycle: Cycle | None) -> int:
    rows = 0

    def count(done: int) -> None:
        nonlocal rows
        rows = done

    with NamedTemporaryFile(dir=out.parent, suffix=".part", delete=False) as file:
        part = Path(file.name)
        try:
            reports.write(report, file, SYSTEM, cycle, on_row=count)
            file.flush()
            os.fsync(file.fileno())
            part.chmod(0o644)
            part.replace(out)
        except BaseException:
            part.unlink()
            raise
    return rows
