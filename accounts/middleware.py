"""Who is asking, as whom, and in which language."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib.auth import logout
from django.contrib.auth.middleware import get_user
from django.contrib.sessions.backends.base import SessionBase
from django.db.models import Exists
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import Resolver404, resolve
from django.utils import translation

from accounts import cards, entering
from accounts.actor import NOBODY, Actor
from accounts.models import Role, TrustedDevice, User
from accounts.transitions.cards import note_use
from workflow import clock

Handler = Callable[[HttpRequest], HttpResponse]
POST_KEY = "post"
SEEN_KEY = "seen"
#: What stays open to somebody who must first choose a password.
BEFORE_PASSWORD = frozenset({"accounts:change_password", "accounts:sign_out", "accounts:language"})
#: Pages without a sign-in on which a trusted phone is known all the same.
KNOWN_ON = frozenset({"accounts:sign_in", "binding:wait"})


def acting(user: User, chosen: int | None, device: int | None = None) -> Actor:
    """The actor of a signed-in user: the chosen post if it is still held, else the last used, else the first.

    By a trusted phone one acts as a deputy alone; once the phone is trusted no longer, as nobody.
    """
    rows = user.posts.current(clock.today()).select_related("organ", "user__person")
    if device is not None:
        trusted = TrustedDevice.objects.live(clock.now()).filter(pk=device, user=user.pk)
        rows = rows.filter(Exists(trusted), role=Role.DEPUTY)
    posts = tuple(rows)
    if posts:  # the name stands on every page
        user.person = posts[0].user.person
    by_id = {post.pk: post for post in posts}
    post = by_id.get(chosen) or by_id.get(user.last_post_id) or (posts[0] if posts else None)
    return Actor(user, post, posts, device_id=device)


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


class TrustedPhoneMiddleware:
    """Sign a trusted phone in again when its session has run out, so that an old deputy types nothing twice.

    What is sent meanwhile keeps the token of its page: the cookie that is believed here is the same browser's.
    """

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer the owner of the phone; whoever is signed in already stays who they are."""
        known = request.COOKIES.get(cards.COOKIE) and not request.COOKIES.get(cards.RESTING)
        if known and _is_for_signed_in(request):
            self._recognise(request)
        return self.get_response(request)

    def _recognise(self, request: HttpRequest) -> None:
        phone = None if get_user(request).is_authenticated else cards.phone_of(request)
        if phone is None or not _opens(phone):
            return
        page = request.META.get("CSRF_COOKIE")
        entering.begin(request, phone.user, phone)
        request._cached_user = phone.user  # type: ignore[attr-defined]
        if page:
            request.META["CSRF_COOKIE"] = page
        note_use(phone)


def _is_for_signed_in(request: HttpRequest) -> bool:
    """Whether the address asks who one is; public pages are the same for everybody, and may be kept by caches."""
    try:
        match = resolve(request.path_info)
    except Resolver404:
        return False
    asks = getattr(match.func, "login_required", True)
    return asks or match.view_name in KNOWN_ON or "api" in match.namespaces


def _opens(phone: TrustedDevice) -> bool:
    """Trusted today, of an account that may sign in and acts for a deputy."""
    now = clock.now()
    live = phone.bound_at and not phone.ended_at and phone.trusted_until > now and phone.user.is_active  # type: ignore[operator]
    return bool(live) and phone.user.posts.current(clock.today()).filter(role=Role.DEPUTY).exists()


class ActorMiddleware:
    """Put ``request.actor`` there: former posts give nothing, an idle session ends, a due password comes first."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer as whoever the session says one acts; nobody signed in holds no post."""
        actor, user = NOBODY, get_user(request)  # the row itself: verbs lock it, which a lazy stand-in cannot
        if isinstance(user, User):
            device = request.session.get(entering.DEVICE_KEY)
            actor = acting(user, request.session.get(POST_KEY), device)
            if idle(request.session, actor.role) or (device is not None and actor.post is None):
                logout(request)
                actor = NOBODY
        request.actor = actor  # type: ignore[attr-defined]
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        """Lead whoever must choose a password to the page for it; pages open to everybody stay open."""
        due = getattr(request.user, "must_change_password", False)
        if request.actor.device_id is not None:  # type: ignore[attr-defined]
            due = False  # whoever never types a password is not asked for one
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
