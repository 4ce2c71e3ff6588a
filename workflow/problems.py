"""Errors of the API as problem+json (RFC 9457): the same refusals as on the pages."""

from http import HTTPStatus
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, JsonResponse
from django.utils.translation import gettext_lazy as _
from rest_framework import exceptions
from rest_framework.response import Response
from rest_framework.views import exception_handler as rest_handler

from workflow.engine import Invalid, Refused

MEDIA_TYPE = "application/problem+json"
#: Where programs ask, who want no pages.
PREFIX = "/api/"
#: What is said where the refusal itself says nothing.
SENTENCES = {
    400: _("This request cannot be read."),
    401: _("Sign in, or send a valid API key."),
    403: _("Your post does not allow this."),
    404: _("This is not there, or not for you to see."),
    405: _("This address does not answer to that method."),
    413: _("This is too large."),
    415: _("This address does not take that kind of content."),
    422: _("Some of what was sent cannot be accepted."),
    429: _("Too many wrong API keys came from your network address. Please wait a quarter of an hour."),
    500: _("Something broke. Your request was not carried out."),
}
_KEPT_NOWHERE = {"Cache-Control": "no-store"}
_CODES = {400: "unreadable", 404: "not_found", 403: "not_allowed", 413: "too_large", 422: "invalid", 500: "broken"}


def exception_handler(exception: Exception, context: dict[str, Any]) -> Response | None:
    """A Response with ``type``, ``title``, ``status``, ``code``, ``detail``; None lets Django answer 500."""
    if isinstance(exception, Refused):
        errors = {exception.field: [exception.sentence]} if isinstance(exception, Invalid) else None
        return problem(exception.status, exception.code, exception.sentence, errors)
    if isinstance(exception, exceptions.ValidationError):
        return problem(422, "invalid", "", exception.detail)
    response = rest_handler(exception, context)
    if response is None:
        return None
    answer = problem(response.status_code, _code(exception), "")
    for header, value in response.items():
        if header != "Content-Type":
            answer[header] = value
    return answer


def problem(status: int, code: str, detail: str, errors: Any = None) -> Response:
    """One problem document; without ``detail`` it says what the status means."""
    return Response(_body(status, code, detail, errors), status, headers=_KEPT_NOWHERE, content_type=MEDIA_TYPE)


def plain_problem(status: int) -> JsonResponse:
    """A problem document outside of the API's own views: no such address, or a fault of ours."""
    body = _body(status, _CODES[status], "")
    told: dict[str, Any] = {"content_type": MEDIA_TYPE, "headers": _KEPT_NOWHERE}
    return JsonResponse(body, status=status, json_dumps_params={"ensure_ascii": False}, **told)


def is_wanted(request: HttpRequest) -> bool:
    """Whether whoever asks wants a problem document instead of a page."""
    return request.path.startswith(PREFIX)


def _body(status: int, code: str, detail: str, errors: Any = None) -> dict[str, Any]:
    body = {
        "type": "about:blank",
        "title": HTTPStatus(status).phrase,
        "status": status,
        "code": code,
        "detail": detail or str(SENTENCES.get(status, "")),
    }
    return body if errors is None else {**body, "errors": errors}


def _code(exception: Exception) -> str:
    if isinstance(exception, Http404):
        return "not_found"
    if isinstance(exception, PermissionDenied):
        return "not_allowed"
    return str(getattr(exception, "default_code", "error"))
