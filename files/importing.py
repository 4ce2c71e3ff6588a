"""The frame of every import command: one workbook, one transaction, all of its good rows or none.

A command is a name and an importer::

    class Command(ImportCommand):
        help = "Read the county's roster."
        kind = "roster"

        def read(self, book: Workbook, *, actor: Actor, options: dict[str, Any]) -> Outcome:
            return roster.read(book, actor=actor)

The importer reads the whole workbook, writes what is good through the verbs of its app and returns an
``Outcome``: a count per kind of what is good, and one ``Refusal`` per refused row (its first failing column
in the order of the sheet's own meaning). It need not care for ``--dry-run`` or ``--keep-good``: ``run``
rolls everything back when rows were refused and ``keep_good`` is not set, and after a dry run. What makes
the whole file unusable (no workbook, a needed column is missing, no roster yet) is raised as a ``Refused``
with a code and one sentence; nothing is written then.

Exit status of a command: 0 all good, or good rows kept; 1 rows were refused and nothing was written
(a dry run tells the same); 2 the file as a whole cannot be used.

Standard output with ``--json`` is exactly one object: the counts and ``refused``, a list of ``{sheet, row,
column, code, reason}``; or, with status 2, ``{"error": {"code", "sentence"}}``.
"""

import hashlib
import json
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, ClassVar, Protocol

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser
from django.db import transaction
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from accounts.actor import SYSTEM, Actor
from accounts.models import How
from files.models import Attachment, ImportBatch
from files.workbooks import Refusal, Workbook, open_workbook
from workflow import clock
from workflow.engine import Refused

#: Who imports by command: the portal itself, by the road of an import.
IMPORT = SYSTEM.recording(None, How.IMPORT)


@dataclass
class Outcome:
    """What came of reading a workbook: how many of each kind are good, and which rows are not.

    A count is a number, or numbers by name.
    """

    counts: dict[str, int | dict[str, int]] = field(default_factory=dict)
    refused: list[Refusal] = field(default_factory=list)
    written: bool = False
    batch: ImportBatch | None = None
    #: The refused rows as a workbook, once the good ones were taken over.
    left_out: Attachment | None = None
    #: What it made and changed, where that has no record of its own (``stations.transitions.taking_back``).
    journal: dict[str, Any] = field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        """The one object that scripts read."""
        return {**self.counts, "refused": [_row(refusal) for refusal in self.refused]}


@dataclass(frozen=True)
class ImportKind:
    """A kind of workbook that staff import from a page; ``asks_session`` where its title may not name the session.

    ``take_back`` undoes a batch as long as nobody has worked with what it brought; returns how many are gone.
    """

    title: Any
    read: "PageImporter"
    take_back: "TakeBack"
    asks_session: bool = False


class PageImporter(Protocol):
    """An importer with what the page knows of the file besides."""

    def __call__(self, book: Workbook, *, actor: Actor, sha256: str, session: str) -> Outcome:
        """Raises Refused when the file as a whole cannot be used."""


class TakeBack(Protocol):
    """How a batch of one kind is undone, in the caller's transaction."""

    def __call__(self, batch: ImportBatch, *, actor: Actor) -> int:
        """Raises NotAllowed, and Conflict when somebody has worked with what the batch brought."""


def known_imports() -> dict[str, ImportKind]:
    """The kinds by name, as ``settings.IMPORT_KINDS`` names them, in the order in which they are needed."""
    return import_string(settings.IMPORT_KINDS)


class Importer(Protocol):
    """Reads a workbook and writes its good rows, in the caller's transaction."""

    def __call__(self, book: Workbook, *, actor: Actor) -> Outcome:
        """Raises Refused when the file as a whole cannot be used."""


def run(
    path: Path,
    importer: Importer,
    *,
    kind: str,
    actor: Actor = IMPORT,
    name: str = "",
    dry_run: bool = False,
    keep_good: bool = False,
) -> Outcome:
    """Read the file in one transaction; write nothing after a dry run or when rows were refused.

    ``name`` is what people call the file, if not as it lies here.

    With ``keep_good`` the good rows stay although others were refused. What was written leaves an
    ``ImportBatch``. Raises Refused when the file as a whole cannot be used.
    """
    with transaction.atomic():
        outcome = importer(open_workbook(path, name=name), actor=actor)
        outcome.written = not dry_run and (keep_good or not outcome.refused)
        if outcome.written:
            outcome.batch = _note(path, kind, name or path.name, outcome, actor)
        else:
            transaction.set_rollback(True)
    return outcome


def file_sha256(path: Path) -> str:
    """SHA-256 of a file in hexadecimal."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


class ImportCommand(BaseCommand):
    """Arguments, exit status and output that all import commands share."""

    #: Kind of the ``ImportBatch``.
    kind: ClassVar[str]

    def read(self, book: Workbook, *, actor: Actor, options: dict[str, Any]) -> Outcome:
        """The importer of this command."""
        raise TypeError(f"{type(self).__module__} reads nothing")

    def add_arguments(self, parser: CommandParser) -> None:
        """FILE and the three switches; a command with more calls this first."""
        parser.add_argument("file", metavar="FILE", type=Path, help=_("the workbook (.xlsx or .xls)"))
        parser.add_argument("--dry-run", action="store_true", help=_("read and check only; write nothing"))
        parser.add_argument(
            "--keep-good", action="store_true", help=_("write the good rows although others are refused")
        )
        parser.add_argument("--json", action="store_true", help=_("print one JSON object and nothing else"))

    def handle(self, *args: Any, **options: Any) -> None:
        """Run, tell, and leave with the status that the module's docstring names."""
        switches = {name: options[name] for name in ("dry_run", "keep_good")}
        try:
            outcome = run(options["file"], self._importer(options), kind=self.kind, **switches)
        except Refused as refused:
            self._tell_refusal(refused, options["json"])
            sys.exit(2)
        self._tell(outcome, **options)
        if outcome.refused and not options["keep_good"]:
            sys.exit(1)

    def _importer(self, options: dict[str, Any]) -> Importer:
        def importer(book: Workbook, *, actor: Actor) -> Outcome:
            return self.read(book, actor=actor, options=options)

        return importer

    def _tell_refusal(self, refused: Refused, as_json: bool) -> None:
        self.stderr.write(refused.sentence)
        if as_json:
            self._print_json({"error": {"code": refused.code, "sentence": refused.sentence}})

    def _tell(self, outcome: Outcome, **options: Any) -> None:
        if options["json"]:
            self._print_json(outcome.as_json())
            return
        for kind, count in outcome.counts.items():
            self._tell_count(kind, count)
        for refusal in outcome.refused:
            row = _row(refusal)
            self.stdout.write(_("refused: {sheet}, row {row}, {column}: {reason}").format(**row))
        self.stdout.write(_ending(outcome, options["dry_run"]))

    def _tell_count(self, kind: str, count: int | dict[str, int]) -> None:
        if isinstance(count, int):
            self.stdout.write(f"{count:>6}  {kind}")
            return
        self.stdout.write(f"        {kind}:")
        for name, number in count.items():
            self.stdout.write(f"{number:>10}  {name}")

    def _print_json(self, answer: dict[str, Any]) -> None:
        self.stdout.write(json.dumps(answer, ensure_ascii=False, indent=1))


def _row(refusal: Refusal) -> dict[str, Any]:
    return {
        "sheet": refusal.sheet,
        "row": refusal.row,
        "column": refusal.column,
        "code": refusal.code,
        "reason": str(refusal.reason),
    }


def _ending(outcome: Outcome, dry_run: bool) -> str:
    if dry_run:
        return _("Only checked; nothing was written.")
    if not outcome.written:
        return _("Nothing was written. Correct these rows, or repeat with --keep-good to take over the good rows.")
    return _("Written.")


def _note(path: Path, kind: str, name: str, outcome: Outcome, actor: Actor) -> ImportBatch:
    return ImportBatch.objects.create(
        kind=kind,
        name=name[:200],
        sha256=file_sha256(path),
        counts=outcome.counts,
        refused=outcome.as_json()["refused"],
        journal=outcome.journal,
        by=actor.user,
        at=clock.now(),
    )
