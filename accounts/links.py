"""One-time links: the only way a first or a forgotten password is set by somebody who is not signed in.

Nothing is stored: the link is a digest over the account's present password and last sign-in, so using it,
signing in, or making another one ends it.
"""

from datetime import UTC, datetime
from uuid import UUID

from django.conf import settings
from django.contrib.auth.tokens import PasswordResetTokenGenerator
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils.timezone import make_naive

from accounts.models import User
from workflow import clock


class _Generator(PasswordResetTokenGenerator):
    """Django's generator on the clock of the house."""

    key_salt = "accounts.links"

    def _now(self) -> datetime:
        return make_naive(clock.now(), UTC)


_generator = _Generator()


def token_of(user: User) -> str:
    """A fresh token; it is good for ``settings.PASSWORD_RESET_TIMEOUT`` seconds."""
    return f"{user.uuid.hex}-{_generator.make_token(user)}"


def holder_of(token: str) -> User | None:
    """The active account that the token opens, or None: used, expired, replaced, forged and locked look the same."""
    key, _dash, rest = token.partition("-")
    try:
        user = User.objects.active().select_related("person").filter(uuid=UUID(key)).first()
    except (ValueError, ValidationError):
        return None
    return user if user is not None and _generator.check_token(user, rest) else None


def address_of(token: str) -> str:
    """The link as it is given to the person; built on SITE_URL, never on what a request says of its host."""
    return settings.SITE_URL + reverse("accounts:set_password", args=[token])
