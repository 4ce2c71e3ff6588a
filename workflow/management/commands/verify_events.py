"""``manage.py verify_events [--json]``: recompute the whole record; exit 1 and the places when it was altered."""

import json
import sys
from argparse import ArgumentParser
from dataclasses import asdict
from typing import Any

from django.core.management.base import BaseCommand

from workflow.verification import Findings, verify


class Command(BaseCommand):
    """Check every chain of events and the guards of the database."""

    help = "Recompute the hashes of the whole record; exit 1 with the places when anything was altered."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """``--json`` for programs."""
        parser.add_argument("--json", action="store_true", help="print nothing but one object")

    def handle(self, **options: Any) -> None:
        """Check, tell, and say it by the exit status too."""
        found = verify()
        if options["json"]:
            self.stdout.write(json.dumps({"ok": not found.faults, **asdict(found)}, ensure_ascii=False))
        else:
            self._tell(found)
        if found.faults:
            sys.exit(1)

    def _tell(self, found: Findings) -> None:
        for row in found.redactions:
            self.stdout.write("{place}: {sentence}".format(**row))
        for row in found.faults:
            self.stderr.write("{place}: {sentence}".format(**row))
        told = f"{found.events} events of {found.cases} cases"
        self.stdout.write(
            f"{told}: {len(found.faults)} faults." if found.faults else f"{told} are as they were recorded."
        )
