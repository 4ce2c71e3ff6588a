"""``manage.py collect_opinions [--json]``: make drafts of what closed meetings forwarded to the county."""

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from suggestions.transitions import collecting


class Command(BaseCommand):
    """Collect what waits; what was collected stays as it is."""

    help = "Make drafts of the opinions that closed deliberation meetings forwarded to the county."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The switch for scripts."""
        parser.add_argument("--json", action="store_true", help="print nothing but one object")

    def handle(self, **options: Any) -> None:
        """Collect once and say how many drafts are new."""
        told = {"collected": collecting.collect_waiting()}
        self.stdout.write(json.dumps(told) if options["json"] else "{collected} collected.".format(**told))
