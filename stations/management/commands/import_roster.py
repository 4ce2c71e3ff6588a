"""``manage.py import_roster FILE``: read the county's roster."""

from typing import Any

from accounts.actor import Actor
from files.importing import ImportCommand, Outcome
from files.workbooks import Workbook
from stations.importers import roster


class Command(ImportCommand):
    """Stations, deputies of five levels and organs; what is known is brought up to date."""

    help = "Read the county's roster: stations, deputies and organs."
    kind = "roster"

    def read(self, book: Workbook, *, actor: Actor, options: dict[str, Any]) -> Outcome:
        """The three sheets."""
        return roster.read(book, actor=actor)
