"""API keys: what a program shows instead of a password. Only the digest is kept, so a key is shown once."""

import secrets

from django.db.models import Q
from django.utils.crypto import salted_hmac

from accounts.models import ApiToken, User
from workflow import clock

#: So that a key that leaked into a mail or a log can be searched for.
PREFIX = "wc_"
LONGEST = 100


def fresh() -> tuple[str, str]:
    """A new key of 256 random bits, and its digest."""
    key = PREFIX + secrets.token_urlsafe(32)
    return key, _digest(key)


def holder_of(key: str) -> ApiToken | None:
    """The key's row, with account and post; None for a key that is none, is revoked, or whose post or account ended."""
    if not key.startswith(PREFIX) or len(key) > LONGEST or not key.isascii():
        return None
    today = clock.today()
    held = Q(post__until=None) | Q(post__until__gte=today)
    live = {"until": None, "post__since__lte": today, "post__user__status": User.Status.ACTIVE}
    rows = ApiToken.objects.filter(held, digest=_digest(key), **live)
    return rows.select_related("post__organ", "post__user__person").first()


def note_use(token: ApiToken) -> None:
    """Remember the day, once a day."""
    today = clock.today()
    if token.last_used_on != today:
        ApiToken.objects.filter(pk=token.pk).update(last_used_on=today)


def _digest(key: str) -> str:
    return salted_hmac("accounts.keys", key, algorithm="sha256").hexdigest()
