"""How the API is described: every operation with all the problems it may answer."""

from collections.abc import Iterator
from typing import Any

from drf_spectacular.openapi import AutoSchema

from workflow.api.acting import Acting
from workflow.api.reading import Reading
from workflow.problems import MEDIA_TYPE
from workflow.serializers import ProblemSerializer

_CURSOR = {"type": ["string", "null"], "format": "uri-reference"}


class Described(AutoSchema):
    """Descriptions from what the views say of themselves."""

    view: Any

    def get_override_parameters(self) -> list[Any]:
        """Filters and paging of lists."""
        return self.view.parameters() if self._is_list() else []

    def get_filter_backends(self) -> list[Any]:
        """None: what narrows a list is named by ``get_override_parameters``."""
        return []

    def get_operation_id(self) -> str:
        """Acts by resource and verb; all else as it is made from the address."""
        return f"{self.view.name}" if isinstance(self.view, Acting) else super().get_operation_id()

    def get_tags(self) -> list[str]:
        """The resource."""
        return [self.path.removeprefix("/api/v1/").partition("/")[0]]

    def get_summary(self) -> str | None:
        """What an act is called on its page."""
        return str(self.view.label) if isinstance(self.view, Acting) else super().get_summary()

    def get_description(self) -> str:  # type: ignore[override]
        """Of an act what its page says of it before it is done, of rows what kind they are."""
        if isinstance(self.view, Acting):
            return str(self.view.note)
        is_read = isinstance(self.view, Reading) and self.method == "GET"
        return str(type(self.view).__doc__) if is_read else super().get_description()

    def get_request_serializer(self) -> Any:
        """What a form asks, in JSON and, where it takes files, in parts."""
        asked = getattr(self.view, "asked", None)
        return asked() if asked and self.method == "POST" else None

    def get_response_serializers(self) -> Any:
        """Rows for reading; what comes of an act."""
        answers = getattr(self.view, "answers", None)
        return answers() if answers and self.method == "POST" else super().get_response_serializers()

    def _is_list_view(self, serializer: Any = None) -> bool:
        return self._is_list()

    def _is_list(self) -> bool:
        return isinstance(self.view, Reading) and self.method == "GET" and self.view.action == "list"

    def _get_response_bodies(self, direction: Any = "response") -> Any:
        found = super()._get_response_bodies(direction)
        for status in self._problems():
            told = self._get_response_for_code(ProblemSerializer, str(status), [MEDIA_TYPE])
            found[str(status)] = {**told, "description": _MEANINGS[status]}
            if status == 401:
                found[str(status)]["headers"] = {"WWW-Authenticate": {"schema": {"type": "string"}}}
        return dict(sorted(found.items()))

    def _problems(self) -> Iterator[int]:
        yield from (401, 403, 422, 429)
        if "{" in self.path:
            yield 404
        if self.method == "POST":
            yield from (400, 409, 413, 415)

    def _get_paginator(self) -> Any:
        return _Pages() if self._is_list() else None


class _Pages:
    """How a page of a list is described."""

    def get_paginated_response_schema(self, schema: dict[str, Any]) -> dict[str, Any]:
        """Rows, and the addresses of the pages beside it."""
        return {
            "type": "object",
            "required": ["next", "previous", "results"],
            "properties": {"next": _CURSOR, "previous": _CURSOR, "results": schema},
        }

    def get_schema_operation_parameters(self, _view: Any) -> list[Any]:
        """Named with the filters."""
        return []


_MEANINGS = {
    400: "The body cannot be read",
    401: "Not signed in, or no valid API key",
    403: "The post does not allow it",
    404: "Not there, or not to be seen under this post",
    409: "Not possible in this state, or somebody was faster (code `stale`)",
    413: "The body is too large",
    415: "Neither JSON nor, where files are taken, parts",
    422: "Something of what was sent cannot be accepted; `errors` says what",
    429: "Too many wrong API keys from this network address",
}
