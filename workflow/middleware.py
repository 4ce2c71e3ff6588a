"""What every request carries: an id, and an answer for an act that was refused."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from workflow import pages
from workflow.engine import Refused
from workflow.requests import begin

Handler = Callable[[HttpRequest], HttpResponse]


class RequestIdMiddleware:
    """Give each request an id; events, log lines and the answer's header carry it."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer with the id in ``X-Request-ID``; an id sent from outside is not trusted."""
        made = begin()
        response = self.get_response(request)
        response["X-Request-ID"] = made
        return response


class RefusalMiddleware:
    """Answer a refused act with its page: 403 not allowed, 409 wrong or stale state, 422 invalid."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass on; refusals come back through ``process_exception``."""
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """The page of a refusal; anything else goes its usual way."""
        return pages.refusal(request, exception) if isinstance(exception, Refused) else None
