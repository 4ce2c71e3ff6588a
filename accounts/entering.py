"""How a session begins: by password, by one-time link, or by a trusted phone."""

from datetime import timedelta

from django.conf import settings
from django.contrib.auth import login
from django.http import HttpRequest

from accounts.models import TrustedDevice, User
from workflow import clock

#: What a session of a trusted phone remembers: which.
DEVICE_KEY = "device"
_BACKEND = "django.contrib.auth.backends.ModelBackend"


def begin(request: HttpRequest, user: User, phone: TrustedDevice | None = None) -> None:
    """A new session under a new key, which ends at a fixed hour however busy it is."""
    login(request, user, backend=_BACKEND)
    request.session.set_expiry(clock.now() + timedelta(seconds=settings.SESSION_COOKIE_AGE))
    if phone is not None:
        request.session[DEVICE_KEY] = phone.pk
    else:
        request.session.pop(DEVICE_KEY, None)
