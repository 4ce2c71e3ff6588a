"""The addresses of the portal and the page that everything is measured against."""

from django.http import HttpRequest, HttpResponse
from django.urls import path

from config.urls import handler400, handler403, handler404, handler500, urlpatterns

__all__ = ["handler400", "handler403", "handler404", "handler500", "urlpatterns"]

_BYTES = b"<!doctype html><title>reference</title>" + b"x" * 20_000


def reference(request: HttpRequest) -> HttpResponse:
    """The same bytes for everybody who is signed in."""
    return HttpResponse(_BYTES)


urlpatterns = [path("bench/reference/", reference, name="reference"), *urlpatterns]
