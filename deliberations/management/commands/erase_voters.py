"""``manage.py erase_voters``: erase names and numbers of voters whose visit was settled long enough ago."""

from typing import Any

from django.core.management.base import BaseCommand

from deliberations.transitions import erasing


class Command(BaseCommand):
    """Erase by the rule of the county; the words and the record stay."""

    help = "Erase names and numbers of voters whose visit was settled as many months ago as the rules say."

    def handle(self, **options: Any) -> None:
        """Sweep once and say at how many visits."""
        self.stdout.write(f"{erasing.sweep()} visits.")
