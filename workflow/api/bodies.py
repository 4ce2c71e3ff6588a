"""How requests are read and answers written: JSON whatever a client says it accepts, and nothing without an end."""

import json
from typing import Any

from django.http import QueryDict
from rest_framework.exceptions import APIException, MethodNotAllowed, ParseError
from rest_framework.negotiation import BaseContentNegotiation
from rest_framework.parsers import BaseParser, MultiPartParser
from rest_framework.request import Request

#: Bytes of a JSON body; the longest form is a fraction of it.
LARGEST_BODY = 1 << 20


class TooLarge(APIException):
    """The body is longer than anything that is asked for."""

    status_code = 413
    default_code = "too_large"


class JsonParser(BaseParser):
    """One JSON object in UTF-8."""

    media_type = "application/json"

    def parse(self, stream: Any, media_type: str | None = None, parser_context: Any = None) -> Any:
        """The object; raises ParseError for what is none, TooLarge."""
        body = stream.read(LARGEST_BODY + 1)
        if len(body) > LARGEST_BODY:
            raise TooLarge
        try:
            return json.loads(body.decode("utf-8"), parse_constant=_refuse)
        except (ValueError, RecursionError) as error:
            raise ParseError from error


class FormParser(MultiPartParser):
    """Parts, of which some may be files; a body that cannot be read is told as such."""


class AlwaysJson(BaseContentNegotiation):
    """There is one representation; a client that prefers another gets it all the same."""

    def select_parser(self, request: Request, parsers: Any) -> Any:
        """By the content type that was sent."""
        kind = (request.content_type or "").partition(";")[0].strip().lower()
        return next((parser for parser in parsers if parser.media_type == kind), None)

    def select_renderer(self, request: Request, renderers: Any, format_suffix: Any = None) -> tuple[Any, str]:
        """The only one."""
        return renderers[0], renderers[0].media_type


class KnownMethods:
    """For views: a method that the address does not answer is told so to everybody, signed in or not."""

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        """Refuse the method before anything else; raises MethodNotAllowed."""
        if request.method not in self.allowed_methods:  # type: ignore[attr-defined]
            raise MethodNotAllowed(str(request.method))
        super().initial(request, *args, **kwargs)  # type: ignore[misc]


def is_form(data: Any) -> bool:
    """Whether the request came in parts."""
    return isinstance(data, QueryDict)


def _refuse(constant: str) -> Any:
    raise ValueError(constant)
