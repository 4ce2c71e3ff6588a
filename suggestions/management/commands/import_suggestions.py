"""``manage.py import_suggestions FILE [--session 18-5] [--dry-run] [--keep-good] [--json]``."""

from typing import Any

from django.core.management.base import CommandParser
from django.utils.translation import gettext as _

from accounts.actor import Actor
from files.importing import ImportCommand, Outcome, file_sha256
from files.workbooks import Workbook
from suggestions.importers import ledger


class Command(ImportCommand):
    """Read the ledger of a session's suggestions."""

    help = "Read the county's ledger of a session's suggestions; the roster must have been read before."
    kind = "suggestions"

    def add_arguments(self, parser: CommandParser) -> None:
        """The session, for a ledger whose title does not name it."""
        super().add_arguments(parser)
        parser.add_argument(
            "--session", default="", metavar="18-5", help=_("term and session, if the title lacks them")
        )

    def read(self, book: Workbook, *, actor: Actor, options: dict[str, Any]) -> Outcome:
        """Take over the good rows of the workbook."""
        return ledger.read(book, sha256=file_sha256(options["file"]), actor=actor, given=options["session"])
