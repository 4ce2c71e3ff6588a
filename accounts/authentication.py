"""As whom a program asks: by the session of a page, or by an API key that acts as one person under one post."""

from typing import Any

from django.conf import settings
from django.utils.translation import gettext_lazy as _
from drf_spectacular.extensions import OpenApiAuthenticationExtension
from rest_framework.authentication import BaseAuthentication, CSRFCheck, SessionAuthentication
from rest_framework.exceptions import APIException, AuthenticationFailed
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request

from accounts import doors, keys
from accounts.actor import actor_of
from accounts.models import ApiToken, User
from workflow.engine import NotAllowed, Refused

_REALM = 'Bearer realm="api"'


class TooManyKeys(APIException):
    """Too many wrong keys came from this address."""

    status_code = 429
    default_code = "too_many_keys"

    def __init__(self) -> None:
        super().__init__()
        self.wait = settings.AXES_COOLOFF_TIME * 3600


class Forged(Refused):
    """A session's request without the token of a page: it may have been made by another site."""

    status = 403

    def __init__(self) -> None:
        super().__init__("csrf_failed", _("The request carries no token of a page. Send it as X-CSRFToken."))


class Bearer(BaseAuthentication):
    """``Authorization: Bearer KEY``."""

    def authenticate(self, request: Request) -> tuple[User, ApiToken] | None:
        """User and key; None without a key. Raises AuthenticationFailed, TooManyKeys."""
        scheme, _blank, key = request.headers.get("Authorization", "").partition(" ")
        if scheme.lower() != "bearer":
            return None
        asked = request._request
        if doors.is_pressed(asked, keys=True):
            raise TooManyKeys
        token = keys.holder_of(key.strip())
        if token is None:
            doors.note_wrong_key(asked)
            raise AuthenticationFailed
        keys.note_use(token)
        user = token.post.user
        asked.actor = actor_of(user, token.post)  # type: ignore[attr-defined]
        return user, token

    def authenticate_header(self, request: Request) -> str:
        """What to send, and whether what was sent is wrong."""
        return f'{_REALM}, error="invalid_token"' if "Authorization" in request.headers else _REALM


class Session(SessionAuthentication):
    """The session of the pages, under the post chosen there; what it sends carries the token of a page."""

    def enforce_csrf(self, request: Request) -> None:
        """Raise Forged for a request that no page of ours made."""
        check = CSRFCheck(lambda _request: None)  # type: ignore[arg-type, return-value]
        check.process_request(request)  # type: ignore[arg-type]
        if check.process_view(request, None, (), {}):  # type: ignore[arg-type]
            raise Forged


class SignedIn(IsAuthenticated):
    """Signed in, and not before a password that must be chosen first."""

    def has_permission(self, request: Request, view: Any) -> bool:
        """Whether the request may go on; raises NotAllowed while a password is due."""
        if not super().has_permission(request, view):
            return False
        if request.auth is None and getattr(request.user, "must_change_password", False):
            raise NotAllowed
        return True


class BearerScheme(OpenApiAuthenticationExtension):
    """How the key is described."""

    target_class = Bearer
    name = "key"

    def get_security_definition(self, _auto_schema: Any) -> dict[str, Any]:
        """A key made on one's own account page."""
        return {"type": "http", "scheme": "bearer"}


class SessionScheme(OpenApiAuthenticationExtension):
    """How the session is described."""

    target_class = Session
    name = "session"

    def get_security_definition(self, _auto_schema: Any) -> dict[str, Any]:
        """The cookie of the pages."""
        return {"type": "apiKey", "in": "cookie", "name": settings.SESSION_COOKIE_NAME}
