"""How long a network address that keeps guessing stays out; per account and address django-axes counts itself."""

from datetime import timedelta
from ipaddress import ip_address

from axes.models import AccessAttempt
from django.conf import settings
from django.db.models import Sum
from django.http import HttpRequest
from django.utils import timezone


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


def is_pressed(request: HttpRequest) -> bool:
    """Whether too many sign-ins failed from the request's address of late, under whatever names.

    A whole office may share one address, so the limit is wider than that of one account. Time is the wall clock,
    as axes writes it.
    """
    since = timezone.now() - timedelta(hours=settings.AXES_COOLOFF_TIME)
    tries = AccessAttempt.objects.filter(ip_address=address_of(request), attempt_time__gt=since)
    failed = tries.aggregate(failed=Sum("failures_since_start"))["failed"] or 0
    return failed >= settings.FAILED_SIGN_INS_PER_ADDRESS
