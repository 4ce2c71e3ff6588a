"""``manage.py sweep_files [--json]``: delete stored files that nothing owns."""

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from files import transitions


class Command(BaseCommand):
    """Delete stored files, older than a day, that nothing owns."""

    help = "Delete stored files, older than a day, that nothing owns."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The switch for scripts."""
        parser.add_argument("--json", action="store_true", help="print nothing but one object")

    def handle(self, **options: Any) -> None:
        """Sweep once and say what went."""
        told = transitions.sweep_files()
        self.stdout.write(json.dumps(told) if options["json"] else "{rows} rows, {files} files deleted.".format(**told))
