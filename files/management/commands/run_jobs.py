"""``manage.py run_jobs [--json]``: do what waits, here, without worker or broker."""

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from files import transitions
from files.transitions.sweeping import give_up


class Command(BaseCommand):
    """Run the jobs that wait."""

    help = "Run the jobs that wait; beside a worker, none is run twice."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The switch for scripts."""
        parser.add_argument("--json", action="store_true", help="print nothing but one object")

    def handle(self, **options: Any) -> None:
        """Run once and say what came of it."""
        told = {"given_up": give_up(), "run": transitions.run_due()}
        self.stdout.write(json.dumps(told) if options["json"] else "{run} run, {given_up} given up.".format(**told))
