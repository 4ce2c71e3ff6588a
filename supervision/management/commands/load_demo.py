"""``manage.py load_demo``: the demo county, once; ``--forget`` throws it away with its database file."""

import shutil
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import OperationalError, ProgrammingError, connection
from django.utils import translation

from supervision.demo import cast, county
from supervision.demo.cast import PASSWORD
from workflow.engine import Refused

#: What is told of what was built; the demo speaks the county's language.
LABELS = {
    "stations": "家站",
    "deputies": "代表",
    "organs": "承办单位",
    "suggestions": "台账建议",
    "visits": "走访记录",
    "running": "在办建议",
}


class Command(BaseCommand):
    """Build the demo county and say how to sign in."""

    help = "Load the demo county into an empty database; a second time it only tells the accounts."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """``--forget`` for starting over."""
        parser.add_argument("--forget", action="store_true", help="delete the demo county's database file and files")

    def handle(self, **options: Any) -> None:
        """Build or forget."""
        if options["forget"]:
            self.stdout.write(_forget())
            return
        with translation.override(settings.LANGUAGE_CODE):
            try:
                counts = county.build()
            except Refused as refused:
                raise CommandError(refused.sentence) from refused
            self._tell(counts)

    def _tell(self, counts: dict[str, Any]) -> None:
        self.stdout.write("  ".join(f"{label} {counts[kind]}" for kind, label in LABELS.items()))
        for username, name, held in cast.accounts():
            self.stdout.write(f"  {username:<10}{name}  {' / '.join(held)}")
        self.stdout.write(f"密码 / password (demo only):  {PASSWORD}")


def _forget() -> str:
    """Delete the file, never rows: the record refuses to be emptied."""
    if connection.vendor != "sqlite":
        raise CommandError("Only the SQLite file of a demo can be thrown away; drop the database by hand.")
    database = Path(str(settings.DATABASES["default"]["NAME"]))
    if not database.exists():
        return "There is no demo county."
    if not _is_demo():
        raise CommandError(f"{database} does not hold the demo county; it stays.")
    connection.close()
    for path in (database, *database.parent.glob(f"{database.name}-*"), settings.DATA_DIR / "broker.sqlite3"):
        path.unlink(missing_ok=True)
    shutil.rmtree(settings.DATA_DIR / "files", ignore_errors=True)
    return "The demo county is thrown away."


def _is_demo() -> bool:
    try:
        return county.is_there()
    except (OperationalError, ProgrammingError):
        # tables that are not there hold nothing
        return False
