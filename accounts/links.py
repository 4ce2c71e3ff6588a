"""One-time links: the only way a first or a forgotten password is set by somebody who is not signed in.

The code is short enough to be typed from a printed sheet, and only its digest is kept. An account has one
link at a time: using it, making another, or locking the account ends it.
"""

import secrets
from datetime import datetime, timedelta

from django.conf import settings
from django.urls import reverse
from django.utils.crypto import salted_hmac

from accounts.models import User
from workflow import clock
from workflow.text import key

#: Letters and digits that nobody takes for one another, on paper or on the telephone.
ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
LENGTH, GROUP = 12, 4


def fresh_code() -> str:
    """A code that nobody guesses."""
    return "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))


def grouped(code: str) -> str:
    """As it is printed and read out."""
    return "-".join(code[start : start + GROUP] for start in range(0, LENGTH, GROUP))


def plain_code(typed: str) -> str:
    """What was typed, without its dashes; empty where it cannot be a code."""
    plain = key(typed).upper().replace("-", "")
    return plain if len(plain) == LENGTH else ""


def fresh() -> tuple[str, dict[str, str | datetime]]:
    """A new code, such as K7QM-3XPA-9TRD, and the columns of the account that keep its digest and its end."""
    code = fresh_code()
    until = clock.now() + timedelta(seconds=settings.PASSWORD_RESET_TIMEOUT)
    return grouped(code), {"link_digest": _digest(code), "link_until": until}


def over() -> dict[str, str | None]:
    """The columns of an account without a link."""
    return {"link_digest": "", "link_until": None}


def holder_of(code: str) -> User | None:
    """The active account that the code opens, or None: used, expired, replaced, forged and locked look the same."""
    plain = plain_code(code)
    if not plain:
        return None
    live = User.objects.active().filter(link_until__gt=clock.now())
    return live.select_related("person").filter(link_digest=_digest(plain)).first()


def address_of(code: str) -> str:
    """The link as it is given to the person; built on SITE_URL, never on what a request says of its host."""
    return settings.SITE_URL + reverse("accounts:set_password", args=[code])


def _digest(code: str) -> str:
    return salted_hmac("accounts.links", code, algorithm="sha256").hexdigest()
