"""Rows as the API tells them: named fields only, other rows by key and name, nothing that a page would hide."""

from collections.abc import Callable, Iterator, Mapping
from functools import reduce
from typing import Any, ClassVar

from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.db.models import Prefetch
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers


class RefSerializer(serializers.Serializer):
    """Another row: its key, and the name people know it by."""

    id = serializers.IntegerField()
    name = serializers.CharField()


class ProblemSerializer(serializers.Serializer):
    """Why a request was refused (RFC 9457)."""

    type = serializers.CharField(help_text="Always about:blank; the code says which problem it is.")
    title = serializers.CharField(help_text="What the status means.")
    status = serializers.IntegerField()
    code = serializers.CharField(help_text="Stable; for programs.")
    detail = serializers.CharField(help_text="One sentence for people, in the reader's language.")
    errors = serializers.DictField(  # type: ignore[assignment]
        child=serializers.ListField(child=serializers.CharField()),
        required=False,
        help_text="With status 422: what is wrong with which field.",
    )


@extend_schema_field(RefSerializer)
class Ref(serializers.Field):
    """One row that is pointed at; ``path`` leads from it to its name."""

    def __init__(self, path: str, **options: Any) -> None:
        super().__init__(read_only=True, **options)
        self.path = path

    def to_representation(self, row: Any) -> dict[str, Any]:
        """Key and name."""
        return {"id": row.pk, "name": str(reduce(getattr, self.path.split("."), row))}


@extend_schema_field(RefSerializer(many=True))
class Refs(serializers.Field):
    """Several rows; what they are read from is fetched with the list."""

    def __init__(self, path: str, **options: Any) -> None:
        super().__init__(read_only=True, **options)
        self.path = path

    def to_representation(self, rows: Any) -> list[dict[str, Any]]:
        """Key and name of each."""
        one = Ref(self.path)
        return [one.to_representation(row) for row in rows.all()]


def name_of(model: type[models.Model]) -> str:
    """The way from a row to the name people know it by; empty where there is none."""
    columns = {field.name: field for field in model._meta.concrete_fields}
    if "person" in columns and columns["person"].is_relation:
        return "person.name"
    return next((path for path in ("name", "title") if path in columns), "")


@extend_schema_field({"type": "string", "pattern": r"^\d{2}:\d{2}(:\d{2}(\.\d+)?)?$", "example": "09:00:00"})
class LocalTime(serializers.TimeField):
    """An hour of the county's clock. JSON Schema's own "time" asks for a zone, which a planned hour has not."""


class Row(serializers.ModelSerializer):
    """One row, read-only. A relation is told by key and name, or by the key alone where it has no name.

    ``veiled`` are fields that some readers get as null: a policy ``(actor, row)`` each. It must not query: it is
    asked for every row of a list.
    """

    veiled: ClassVar[Mapping[str, Callable[[Any, Any], bool]]] = {}
    serializer_field_mapping: ClassVar[dict[Any, Any]] = {
        **serializers.ModelSerializer.serializer_field_mapping,
        models.TimeField: LocalTime,
    }

    def get_fields(self) -> dict[str, Any]:
        """All read-only; what can be empty or veiled says so."""
        found = super().get_fields()
        for name, field in found.items():
            field.read_only, field.required = True, False
            column = self._column(name)
            if name in self.veiled or getattr(column, "null", False):
                field.allow_null = True
            if isinstance(field, serializers.ChoiceField) and getattr(column, "blank", False):
                field.allow_blank = True
        return found

    def get_uniqueness_extra_kwargs(self, field_names: Any, declared_fields: Any, extra_kwargs: Any) -> Any:
        """None: nothing is written here."""
        return extra_kwargs, {}

    def build_standard_field(self, field_name: str, model_field: Any) -> Any:
        """Without what only matters when it is written."""
        kind, options = super().build_standard_field(field_name, model_field)
        kept = {key: value for key, value in options.items() if key in ("choices", "max_digits", "decimal_places")}
        return kind, kept

    def build_relational_field(self, field_name: str, relation_info: Any) -> Any:
        """Key and name."""
        path = name_of(relation_info.related_model)
        if not path:
            return serializers.IntegerField, {"source": f"{field_name}_id"}
        return (Refs if relation_info.to_many else Ref), {"path": path}

    def to_representation(self, row: Any) -> dict[str, Any]:
        """The row without what its reader may not see."""
        told = super().to_representation(row)
        for name, may in self.veiled.items():
            if name in told and not may(self.context["request"].actor, row):
                told[name] = None
        return told

    def joins(self) -> Iterator[str]:
        """The relations that a row reads along, in one query with it."""
        for field in self.fields.values():
            if isinstance(field, Ref):
                steps = [str(field.source).replace(".", "__"), *field.path.split(".")[:-1]]
                yield "__".join(steps)
            elif "." in str(field.source) and not isinstance(field, serializers.BaseSerializer):
                yield str(field.source).rpartition(".")[0].replace(".", "__")

    def prefetches(self) -> Iterator[Prefetch]:
        """The lists that rows read along, one query each."""
        for field in self.fields.values():
            if isinstance(field, Refs):
                model: Any = self.Meta.model._meta.get_field(str(field.source)).related_model  # type: ignore[attr-defined]
                along = "__".join(field.path.split(".")[:-1])
                rows = model._default_manager.all()
                yield Prefetch(str(field.source), queryset=rows.select_related(along) if along else rows)

    def _column(self, name: str) -> Any:
        try:
            return self.Meta.model._meta.get_field(name)  # type: ignore[attr-defined]
        except FieldDoesNotExist:
            return None


def of(source: str, kind: type[serializers.Field] = serializers.IntegerField, **options: Any) -> Any:
    """A field that stands in another row, or is computed there."""
    return kind(source=source, read_only=True, **options)
