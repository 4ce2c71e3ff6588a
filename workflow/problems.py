"""Errors of the API as problem+json (RFC 9457): the same refusals as on the pages."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404
from rest_framework import exceptions
from rest_framework.response import Response
from rest_framework.views import exception_handler as rest_handler

from workflow.engine import Invalid, Refused


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
    answer = problem(response.status_code, _code(exception), _detail(exception))
    for header, value in response.items():
        if header != "Content-Type":
            answer[header] = value
    return answer


def problem(status: int, code: str, detail: str, errors: Any = None) -> Response:
    """One problem document."""
    body = {"type": "about:blank", "title": code, "status": status, "code": code, "detail": detail}
    if errors is not None:
        body["errors"] = errors
    return Response(body, status=status, content_type="application/problem+json")


def _code(exception: Exception) -> str:
    if isinstance(exception, Http404):
        return "not_found"
    if isinstance(exception, PermissionDenied):
        return "not_allowed"
    return str(getattr(exception, "default_code", "error"))


def _detail(exception: Exception) -> str:
    detail = getattr(exception, "detail", "")
    return str(detail)
