"""How long a network address that keeps guessing stays out; per account and address django-axes counts itself."""

from datetime import datetime, timedelta
from ipaddress import ip_address

from axes.models import AccessAttempt
from django.conf import settings
from django.db.models import F, Sum
from django.http import HttpRequest
from django.utils import timezone

#: Under this name stand the wrong API keys of an address; no account can be called so.
_KEYS = "(api key)"


def address_of(request: HttpRequest) -> str | None:
    """From where the request comes: behind a trusted proxy what the proxy saw, which it names last."""
    seen = request.META.get("REMOTE_ADDR") or None
    if settings.TRUST_PROXY:
        named = request.META.get("HTTP_X_FORWARDED_FOR", "").rpartition(",")[2].strip()
        return named if _is_address(named) else seen
    return seen


def _is_address(text: str) -> bool:
    try:
        ip_address(text)
    except ValueError:
        return False
    return True


def is_pressed(request: HttpRequest, *, keys: bool = False) -> bool:
    """Whether too many sign-ins, or API ``keys``, failed from the request's address of late, under whatever names.

    A whole office may share one address, so the limit is wider than that of one account; a program with a revoked
    key keeps nobody from signing in. Time is the wall clock, as axes writes it.
    """
    tries = AccessAttempt.objects.filter(ip_address=address_of(request), attempt_time__gt=_since())
    tries = tries.filter(username=_KEYS) if keys else tries.exclude(username=_KEYS)
    failed = tries.aggregate(failed=Sum("failures_since_start"))["failed"] or 0
    return failed >= settings.FAILED_SIGN_INS_PER_ADDRESS


def note_wrong_key(request: HttpRequest) -> None:
    """Count one more API key that is none."""
    row, is_new = AccessAttempt.objects.get_or_create(
        username=_KEYS, ip_address=address_of(request), user_agent="", defaults={"failures_since_start": 1}
    )
    if not is_new:
        again = F("failures_since_start") + 1 if row.attempt_time > _since() else 1
        AccessAttempt.objects.filter(pk=row.pk).update(failures_since_start=again, attempt_time=timezone.now())


def _since() -> datetime:
    return timezone.now() - timedelta(hours=settings.AXES_COOLOFF_TIME)
