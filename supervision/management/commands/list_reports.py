"""``manage.py list_reports``: the name of every report, one per line."""

from typing import Any

from django.core.management.base import BaseCommand

from supervision.reports import REPORTS


class Command(BaseCommand):
    """Print the catalogue."""

    help = "Print the name of every report, one per line."

    def handle(self, **options: Any) -> None:
        """One name per line."""
        for name in REPORTS:
            self.stdout.write(name)
