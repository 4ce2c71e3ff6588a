"""The few rows that a page shows of many small tables, in one query instead of one for each.

``gather`` takes ordinary querysets, also with ``select_related``, and gives the rows that each of them would give;
``attach`` puts rows under their parents, so that ``parent.children.all()`` costs nothing, as ``prefetch_related``
does. The database hands each row over as an array of JSON, which holds no binary and no decimal without loss; a column
that is JSON itself comes back as long as it holds a list or an object.
"""

from collections.abc import Callable, Iterable, Iterator
from functools import partial
from operator import attrgetter
from typing import Any

from django.db import connections, models
from django.db.models import F, Func, QuerySet, Value


def gather(*querysets: QuerySet) -> list[list[Any]]:
    """The rows of each queryset in the order that its model gives them; one query."""
    shapes = [_Shape(rows.model, _along(rows), rows.db) for rows in querysets]
    parts = [_as_arrays(*place) for place in zip(range(len(shapes)), querysets, shapes, strict=True)]
    found: list[list[Any]] = [[] for _shape in shapes]
    for place, values in parts[0].union(*parts[1:], all=True):
        found[place].append(shapes[place].row(iter(values)))
    for rows, shape in zip(found, shapes, strict=True):
        _sort(rows, shape.model)
    return found


def attach(parents: Iterable[Any], relation: str, rows: Iterable[Any]) -> None:
    """Let each parent have those of the rows that point at it by this relation, and no others."""
    below: dict[Any, list[Any]] = {}
    for parent in parents:
        own = below.setdefault(parent.pk, [])
        link = parent._meta.get_field(relation).remote_field
        for row in rows:
            if getattr(row, link.attname) == parent.pk:
                setattr(row, link.name, parent)
                own.append(row)
        _remember(parent, relation, own)


class _Array(Func):
    """An array of JSON. Django's own asks an SQLite connection first whether it knows JSON, which costs queries."""

    function = "JSON_ARRAY"
    output_field = models.JSONField()

    def as_postgresql(self, compiler: Any, connection: Any) -> Any:
        """By the name that every version knows."""
        return self.as_sql(compiler, connection, function="JSONB_BUILD_ARRAY")


class _Shape:
    """How a row of a model, with what is read along with it, is laid out as one array."""

    def __init__(self, model: type[models.Model], along: dict[str, Any], alias: str) -> None:
        self.model, self.alias = model, alias
        self.names = [field.attname for field in model._meta.concrete_fields]
        self.readers = [_reader(field, alias) for field in model._meta.concrete_fields]
        self.along = {name: _Shape(_other(model, name), further, alias) for name, further in along.items()}

    def paths(self, prefix: str = "") -> Iterator[str]:
        """Every column of the model, then those of what is read along."""
        yield from (f"{prefix}{name}" for name in self.names)
        for name, shape in self.along.items():
            yield from shape.paths(f"{prefix}{name}__")

    def row(self, values: Iterator[Any]) -> Any:
        """The row whose values come next; None for a related row that is not there."""
        own = [read(next(values)) for read in self.readers]
        found: Any = self.model.from_db(self.alias, self.names, own)
        for name, shape in self.along.items():
            setattr(found, name, shape.row(values))
        return found if found.pk is not None else None


def _reader(field: Any, alias: str) -> Callable[[Any], Any]:
    """What makes a column's value of that which JSON made of what the database holds."""
    connection = connections[alias]
    column = field.get_col(field.model._meta.db_table)
    converters = [*connection.ops.get_db_converters(column), *field.get_db_converters(connection)]
    steps = [partial(_converted, convert, column, connection) for convert in converters]

    def read(value: Any) -> Any:
        # JSON within JSON arrives as itself from one database, and as its text from the other
        for step in steps if not isinstance(value, list | dict) else ():
            value = step(value)
        return field.to_python(value)

    return read


def _converted(convert: Callable[..., Any], column: Any, connection: Any, value: Any) -> Any:
    return convert(value, column, connection)


def _along(queryset: QuerySet) -> dict[str, Any]:
    """Which relations are read along, one below the other."""
    chosen = queryset.query.select_related
    return chosen if isinstance(chosen, dict) else {}


def _as_arrays(place: int, queryset: QuerySet, shape: _Shape) -> Any:
    rows = queryset.order_by().select_related(None)
    return rows.values_list(Value(place, models.IntegerField()), _Array(*map(F, shape.paths())))


def _other(model: type[models.Model], name: str) -> Any:
    return model._meta.get_field(name).related_model


def _sort(rows: list[Any], model: type[models.Model]) -> None:
    """As ``Meta.ordering`` says; what has no value comes last, as PostgreSQL has it."""
    for term in reversed(model._meta.ordering or ()):
        name = str(term)
        rows.sort(key=partial(_place, attrgetter(name.lstrip("-"))), reverse=name.startswith("-"))


def _place(read: Callable[[Any], Any], row: Any) -> tuple[bool, Any]:
    value = read(row)
    return (True, 0) if value is None else (False, value)


def _remember(parent: Any, relation: str, rows: list[Any]) -> None:
    """Put rows where ``prefetch_related`` puts them."""
    field = parent._meta.get_field(relation)
    if field.one_to_one:
        field.set_cached_value(parent, rows[0] if rows else None)
        return
    known = getattr(parent, field.get_accessor_name()).get_queryset()
    known._result_cache, known._prefetch_done = rows, True
    if not hasattr(parent, "_prefetched_objects_cache"):
        parent._prefetched_objects_cache = {}
    parent._prefetched_objects_cache[field.cache_name] = known
