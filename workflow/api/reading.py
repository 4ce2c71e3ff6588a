"""Lists and rows to read: what one may see, narrowed by named filters, page by page."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, ClassVar
from urllib.parse import urlencode

from django.shortcuts import get_object_or_404
from django_filters.rest_framework import FilterSet
from drf_spectacular.utils import OpenApiParameter
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.viewsets import GenericViewSet

from workflow.api.bodies import KnownMethods
from workflow.asked import UNKNOWN, WRONG_KIND, field_schema
from workflow.engine import permit
from workflow.paging import Order, page_at
from workflow.serializers import Row
from workflow.text import number

#: Rows on a page where nothing else is asked for, and at most.
SIZE, LARGEST_SIZE = 50, 100
NEWEST: Order = (("pk", "desc"),)
_PAGING = ("cursor", "page_size")


class Reading(KnownMethods, GenericViewSet):
    """A kind of rows. ``through`` leads from a row to the case that it is seen with, and names that case's model.

    ``may`` is the right to the list where its page has one (403); to whoever may not see a row it is not there (404).
    ``filters`` narrow the list; what is not named there is refused.
    """

    http_method_names = ["get", "head"]
    model: ClassVar[Any]
    row: ClassVar[type[Row]]
    #: What one row says beyond what a list says.
    whole: ClassVar[type[Row] | None] = None
    order: ClassVar[Order] = NEWEST
    through: ClassVar[tuple[str, Any] | None] = None
    may: ClassVar[Any] = staticmethod(lambda _actor: True)
    filters: ClassVar[Mapping[str, Any]] = {}
    #: The filters of the page, which those named here complete or replace.
    filterset: ClassVar[type[FilterSet]] = FilterSet
    prefetch: ClassVar[Iterable[Any]] = ()
    filter_backends = ()
    lookup_value_converter = "int"

    def __init_subclass__(cls, **options: Any) -> None:
        super().__init_subclass__(**options)
        if "model" in cls.__dict__:
            cls.queryset = cls.model._default_manager.none()
            cls.filterset = type(f"{cls.__name__}Filter", (cls.filterset,), dict(cls.filters))

    def get_serializer_class(self) -> Any:
        """The row of the list, or the whole one."""
        return self.whole if self.whole is not None and self.action == "retrieve" else self.row

    def list(self, request: Request, **_place: Any) -> Response:
        """A page of the rows one may see."""
        permit(self.may(request.actor))  # type: ignore[attr-defined]
        asked = single(request, (*_PAGING, *self.filterset.base_filters))
        narrowed = self._narrowed(self._joined(), asked)
        try:
            page = page_at(narrowed, self.order, asked.get("cursor", ""), _size(asked))
        except ValueError as error:
            raise ValidationError({"cursor": [str(WRONG_KIND)]}) from error
        pages = {"next": _link(request, page.older), "previous": _link(request, page.newer)}
        return Response({**pages, "results": self.rendered(page.rows)})

    def retrieve(self, request: Request, pk: int) -> Response:
        """One row."""
        single(request, ())
        return Response(self.told(self.seen(pk)))

    def seen(self, pk: int) -> Any:
        """The row, as far as the reader sees it; raises Http404."""
        return get_object_or_404(self._joined(), pk=pk)

    def rendered(self, rows: Sequence[Any]) -> Any:
        """The rows of a page as they are answered."""
        return self.get_serializer(rows, many=True).data

    def told(self, row: Any) -> Any:
        """One row as it is answered."""
        kind = self.whole or self.row
        return kind(row, context=self.get_serializer_context()).data

    def visible(self, actor: Any) -> Any:
        """The rows one may see."""
        if self.through is None:
            return self.model._default_manager.visible_to(actor)
        path, case = self.through
        return self.model._default_manager.filter(**{f"{path}__in": case.objects.visible_to(actor)})

    def _joined(self) -> Any:
        row = self.get_serializer_class()()
        rows = self.visible(self.request.actor).select_related(*row.joins())  # type: ignore[attr-defined]
        return rows.prefetch_related(*row.prefetches(), *self.prefetch)

    def _narrowed(self, rows: Any, asked: Mapping[str, str]) -> Any:
        narrowed = self.filterset(asked, queryset=rows, request=self.request)
        if not narrowed.is_valid():
            raise ValidationError({name: [str(one) for one in told] for name, told in narrowed.errors.items()})
        return narrowed.qs

    @classmethod
    def parameters(cls) -> Sequence[OpenApiParameter]:
        """The filters and the paging of the list, as they are described."""
        fields = {name: made.field for name, made in cls.filterset(queryset=cls.queryset).filters.items()}
        told = [_parameter(name, field_schema(field)) for name, field in fields.items()]
        size = {"type": "integer", "minimum": 1, "maximum": LARGEST_SIZE, "default": SIZE}
        cursor = {"type": "string", "minLength": 1, "description": "What `next` or `previous` of a page said."}
        return [*told, _parameter("page_size", size), _parameter("cursor", cursor)]


def single(request: Request, known: Iterable[str]) -> dict[str, str]:
    """The parameters of an address: each known, said once, and not empty. Raises ValidationError."""
    sent = dict(request.query_params.lists())
    wrong = {name[:100]: [str(UNKNOWN)] for name in sent if name not in known}
    wrong |= {name: [str(WRONG_KIND)] for name, values in sent.items() if name in known and not _is_one(values)}
    if wrong:
        raise ValidationError(wrong)
    return {name: values[0] for name, values in sent.items()}


def _is_one(values: list[str]) -> bool:
    return len(values) == 1 and values[0] != ""


def _size(asked: Mapping[str, str]) -> int:
    found = number(asked.get("page_size", str(SIZE)))
    if found is None or not 1 <= found <= LARGEST_SIZE:
        raise ValidationError({"page_size": [str(WRONG_KIND)]})
    return found


def _link(request: Request, cursor: str) -> str | None:
    """The address of another page of the same list; null at its end."""
    if not cursor:
        return None
    asked = {**request.query_params.dict(), "cursor": cursor}
    return f"{request.path}?{urlencode(asked)}"


def _parameter(name: str, schema: dict[str, Any]) -> OpenApiParameter:
    told = {key: value for key, value in schema.items() if key != "description"}
    if told == {"type": "string", "enum": ["true", "false"]}:
        told = {"type": "boolean"}
    return OpenApiParameter(name, told, OpenApiParameter.QUERY, description=schema.get("description", ""))
