"""Reminders by hand: ``manage.py run_reminders [--now ISO] [--json]``; safe to repeat."""

import json
from argparse import ArgumentParser
from contextlib import nullcontext
from datetime import datetime
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from supervision import reminders
from workflow import clock


class Command(BaseCommand):
    """Tell handlers, deputies and staff what is due or late."""

    help = "Write the reminders that are due now; running it again changes nothing."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """``--now`` looks from another moment."""
        parser.add_argument("--now", help="ISO date or moment to look from")
        parser.add_argument("--json", action="store_true", help="print nothing but one object")

    def handle(self, **options: Any) -> None:
        """Run once and say what came of it."""
        with clock.at(_moment(options["now"])) if options["now"] else nullcontext():
            told = reminders.run()
        if options["json"]:
            self.stdout.write(json.dumps(told))
        else:
            self.stdout.write("{created} reminders written, {voided} voided.".format(**told))


def _moment(text: str) -> datetime:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        raise CommandError(f"--now: “{text}” is no ISO date or moment.") from error
    return timezone.make_aware(moment) if timezone.is_naive(moment) else moment
