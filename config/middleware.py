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
    """Permissions-Policy everywhere; pages of signed-in people are not kept by the browser."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer with the headers."""
        response = self.get_response(request)
        response["Permissions-Policy"] = PERMISSIONS
        user = getattr(request, "user", None)
        if user is not None and user.is_authenticated:
            response.setdefault("Cache-Control", "no-store")
        return response
