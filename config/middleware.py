"""Methods that are answered, and headers that every answer carries."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed

from workflow import problems

PERMISSIONS = "camera=(self), microphone=(self), geolocation=(), payment=(), usb=()"

METHODS = ("GET", "HEAD", "POST")


class MethodsMiddleware:
    """Reading and acting are all there is: any other method is refused before a view could take it for reading.

    The API refuses it itself, and says which methods each of its addresses answers.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer, or 405."""
        known = request.method in METHODS or problems.is_wanted(request)
        return self.get_response(request) if known else HttpResponseNotAllowed(METHODS)


class HeadersMiddleware:
    """Permissions-Policy everywhere; pages of signed-in people are not kept by the browser.

    A page that is the same for everybody (``accounts.public``) varies with no cookie, though the session was looked at.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer with the headers."""
        response = self.get_response(request)
        response["Permissions-Policy"] = PERMISSIONS
        user = getattr(request, "user", None)
        if user is not None and user.is_authenticated:
            response.setdefault("Cache-Control", "no-store")
        if getattr(response, "same_for_all", False):
            _vary_with_no_cookie(response)
        return response


def _vary_with_no_cookie(response: HttpResponse) -> None:
    if response.cookies:
        # a session that just ended says so to one reader only
        response["Cache-Control"] = "no-store"
        return
    others = [name.strip() for name in response.get("Vary", "").split(",")]
    others = [name for name in others if name and name.lower() != "cookie"]
    if others:
        response["Vary"] = ", ".join(others)
    else:
        del response["Vary"]
