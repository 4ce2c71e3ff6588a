"""Who is asking, as whom, and in which language."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation

from accounts.actor import Actor
from accounts.models import User
from workflow import clock

Handler = Callable[[HttpRequest], HttpResponse]
POST_KEY = "post"


def acting(user: User, chosen: int | None) -> Actor:
    """The actor of a signed-in user: the chosen post if it is still held, else the last used, else the first."""
    posts = tuple(user.posts.current(clock.today()).select_related("organ"))
    by_id = {post.pk: post for post in posts}
    post = by_id.get(chosen) or by_id.get(user.last_post_id) or (posts[0] if posts else None)
    return Actor(user, post, posts)


class ActorMiddleware:
    """Put ``request.actor`` there; former posts give nothing."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer as whoever the session says one acts."""
        user = request.user
        signed_in = isinstance(user, User) or user.is_authenticated
        request.actor = acting(user, request.session.get(POST_KEY)) if signed_in else Actor(None, None)  # type: ignore
        return self.get_response(request)


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
