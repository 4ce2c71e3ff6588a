"""``open_administrator``: the first account of a county. The product ships none."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction
from django.utils.translation import gettext as _

from accounts import links
from accounts.actor import SYSTEM
from accounts.models import ADMINISTRATORS, Role
from accounts.transitions.accounts import PostFacts, give_post, open_account
from accounts.transitions.people import PersonFacts
from workflow.engine import Refused

#: What one person may hold in a county; the audit role goes to somebody else.
BOTH = (Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN)


class Command(BaseCommand):
    """Open an administrator's account and print the one-time link by which its password is chosen."""

    help = "Open an administrator's account and print a one-time link. Without --role: system and security together."

    def add_arguments(self, parser: CommandParser) -> None:
        """User name, the person's name, and which of the three roles."""
        parser.add_argument("username")
        parser.add_argument("--name", required=True, help="the person's name")
        parser.add_argument("--role", action="append", choices=[role.value for role in ADMINISTRATORS])

    def handle(self, *args: Any, **options: Any) -> None:
        """Print the link, or one sentence why there is no account."""
        try:
            token = _open(options["username"], options["name"], options["role"] or BOTH)
        except Refused as refused:
            raise CommandError(refused.sentence) from refused
        self.stdout.write(_("Open this link once, within three days, and choose the password:"))
        self.stdout.write(links.address_of(token))


@transaction.atomic
def _open(username: str, name: str, roles: Any) -> str:
    user, token = open_account(actor=SYSTEM, person=PersonFacts(name), username=username)
    for role in roles:
        give_post(user, actor=SYSTEM, facts=PostFacts(role))
    return token
