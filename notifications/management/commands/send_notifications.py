"""Sending by hand: ``manage.py send_notifications [--json]``; safe to repeat."""

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from notifications import transitions

STOPPED = {
    "paused": "Outgoing messages are paused (OUTGOING_PAUSED); nothing was sent.",
    "unreachable": "The mail server does not take letters now; the rest stays due.",
}


class Command(BaseCommand):
    """Send the notifications that are due by e-mail."""

    help = "Send the notifications that are due; running it again, or beside another, sends none twice."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The switch for scripts."""
        parser.add_argument("--json", action="store_true", help="print nothing but one object")

    def handle(self, **options: Any) -> None:
        """Run once and say what came of it."""
        told = transitions.send_due()
        if options["json"]:
            self.stdout.write(json.dumps(told))
            return
        line = "{sent} sent, {postponed} postponed, {failed} failed, {unknown} unknown, {dropped} dropped."
        self.stdout.write(line.format(**told))
        if told["stopped"]:
            self.stdout.write(STOPPED[told["stopped"]])
