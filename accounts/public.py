"""Doors for whoever is not signed in: pages that are the same for everybody, and forms that a stranger sends.

Such a page knows nobody, whoever opens it: no session, no message meant for somebody, the county's own language. So a
cache may keep it. How often an address may come is counted in the database; a whole village may share one address.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import translation
from django.views.decorators.http import conditional_page, require_http_methods, require_safe

from accounts.actor import NOBODY
from accounts.doors import address_of
from workflow.throttling import take

View = Callable[..., HttpResponseBase]

#: Pages that one address may open within so many seconds.
PAGES, PAGES_SECONDS = 300, 300
#: How long a cache may show a page without asking.
KEPT_SECONDS = 300


def open_page(view: View) -> View:
    """A page without sign-in, the same for everybody: kept by caches, with an ETag, not too often from one address."""

    @login_not_required
    @require_safe
    @wraps(view)
    def answered(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        response = _kept(view)(_stranger(request), *args, **kwargs) if may_come(request) else too_often(request)
        response.same_for_all = True  # type: ignore[attr-defined]
        return response

    return answered


def open_form(view: View) -> View:
    """A form without sign-in: never kept, and sent by nobody in particular even if somebody is signed in."""

    @login_not_required
    @require_http_methods(["GET", "HEAD", "POST"])
    @wraps(view)
    def answered(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        response = _spoken(view)(_stranger(request), *args, **kwargs) if may_come(request) else too_often(request)
        response["Cache-Control"] = "no-store"
        response["X-Robots-Tag"] = "noindex"
        return response

    return answered


def may_come(request: HttpRequest) -> bool:
    """Whether the address of the request may open one more page now."""
    return take("public page", whose(request), most=PAGES, seconds=PAGES_SECONDS)


def whose(request: HttpRequest) -> str:
    """By what a stranger is counted: the network address."""
    return address_of(request) or ""


def too_often(request: HttpRequest) -> HttpResponse:
    """429, with the sentence that says to wait."""
    with translation.override(settings.LANGUAGE_CODE):
        response = render(_stranger(request), "errors/429.html", status=429)
    response["Retry-After"] = "60"
    response["Cache-Control"] = "no-store"
    return response


def _stranger(request: HttpRequest) -> HttpRequest:
    request.actor = NOBODY  # type: ignore[attr-defined]
    return request


def _kept(view: View) -> View:
    """With an ETag; what was not found, or was refused, is not kept."""

    @conditional_page
    def answered(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        response = _spoken(view)(request, *args, **kwargs)
        kept = f"public, max-age={KEPT_SECONDS}"
        response["Cache-Control"] = kept if response.status_code == 200 else "no-store"
        return response

    return answered


def _spoken(view: View) -> View:
    """In the county's language: a page that caches keep cannot follow the choice of one reader."""

    def answered(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        with translation.override(settings.LANGUAGE_CODE):
            response = view(request, *args, **kwargs)
        response["Content-Language"] = settings.LANGUAGE_CODE
        return response

    return answered
