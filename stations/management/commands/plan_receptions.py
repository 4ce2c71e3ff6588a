"""``manage.py plan_receptions``: reception days for the next three months by the stations' rules; safe to repeat."""

from typing import Any

from django.core.management.base import BaseCommand

from stations.transitions import reception_rules


class Command(BaseCommand):
    """Plan ahead, and say how many days are new."""

    help = "Plan the reception days of the next three months by the rules of the stations."

    def handle(self, **options: Any) -> None:
        """At every station in use."""
        self.stdout.write(f"reception days planned: {reception_rules.sweep()}")
