"""Who is asking, as whom, and in which language."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib.auth import logout
from django.contrib.auth.middleware import get_user
from django.contrib.sessions.backends.base import SessionBase
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import translation

from accounts.actor import NOBODY, Actor
from accounts.models import User
from workflow import clock

Handler = Callable[[HttpRequest], HttpResponse]
POST_KEY = "post"
SEEN_KEY = "seen"
#: What stays open to somebody who must first choose a password.
BEFORE_PASSWORD = frozenset({"accounts:change_password", "accounts:sign_out", "accounts:language"})


def acting(user: User, chosen: int | None) -> Actor:
    """The actor of a signed-in user: the chosen post if it is still held, else the last used, else the first."""
    posts = tuple(user.posts.current(clock.today()).select_related("organ", "user__person"))
    if posts:  # the name stands on every page
        user.person = posts[0].user.person
    by_id = {post.pk: post for post in posts}
    post = by_id.get(chosen) or by_id.get(user.last_post_id) or (posts[0] if posts else None)
    return Actor(user, post, posts)


def idle(session: SessionBase, role: str) -> bool:
    """Whether nobody has used the session for longer than the role's limit; a use is noted once a minute."""
    minutes = settings.SESSION_IDLE_MINUTES.get(role)
    if minutes is None:
        return False
    now = int(clock.now().timestamp())
    since = now - session.get(SEEN_KEY, now)
    if since > minutes * 60:
        return True
    if since >= 60 or SEEN_KEY not in session:
        session[SEEN_KEY] = now
    return False


class ActorMiddleware:
    """Put ``request.actor`` there: former posts give nothing, an idle session ends, a due password comes first."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer as whoever the session says one acts; nobody signed in holds no post."""
        actor, user = NOBODY, get_user(request)  # the row itself: verbs lock it, which a lazy stand-in cannot
        if isinstance(user, User):
            actor = acting(user, request.session.get(POST_KEY))
            if idle(request.session, actor.role):
                logout(request)
                actor = NOBODY
        request.actor = actor  # type: ignore[attr-defined]
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        """Lead whoever must choose a password to the page for it; pages open to everybody stay open."""
        due = getattr(request.user, "must_change_password", False)
        if not due or not getattr(view, "login_required", True):
            return None
        match = request.resolver_match
        if match is not None and match.view_name in BEFORE_PASSWORD:
            return None
        return redirect("accounts:change_password")


class LanguageMiddleware:
    """Chinese unless the user or a cookie says otherwise; the browser's own wish is not asked (many are English)."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer in the language chosen."""
        wished = getattr(request.user, "language", "") or request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
        language = wished if wished in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
        with translation.override(language):
            request.LANGUAGE_CODE = language
            response = self.get_response(request)
            response.setdefault("Content-Language", language)
            return response
