"""``manage.py import_visits FILE [--dry-run] [--keep-good] [--json]``."""

from typing import Any

from accounts.actor import Actor
from deliberations.importers import register
from files.importing import ImportCommand, Outcome, file_sha256
from files.workbooks import Workbook


class Command(ImportCommand):
    """Read the register of visits to voters; rows that were read before are left alone."""

    help = "Read the county's register of visits to voters; the roster must have been read before."
    kind = "visits"

    def read(self, book: Workbook, *, actor: Actor, options: dict[str, Any]) -> Outcome:
        """Take over the good rows of the workbook."""
        return register.read(book, sha256=file_sha256(options["file"]), actor=actor)
