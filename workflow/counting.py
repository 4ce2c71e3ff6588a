"""Numbers that a page shows beside each other, in one query whatever tables they come from."""

from typing import Any

from django.db.models import IntegerField, Model, Subquery


class Counted(Subquery):
    """How many rows a queryset has, as a column of another query; never counted further than ``most``."""

    template = "(SELECT COUNT(*) FROM (%(subquery)s) counted)"
    output_field = IntegerField()

    def __init__(self, queryset: Any, most: int | None = None) -> None:
        super().__init__(queryset.order_by().values("pk")[:most])


class Least(Subquery):
    """The smallest value of a column in a queryset, as a column of another query; None where there is none."""

    def __init__(self, queryset: Any, column: str) -> None:
        super().__init__(queryset.exclude(**{column: None}).order_by(column).values(column)[:1])


def read_beside(row: Model, *expressions: Any) -> list[Any]:
    """The values of expressions that need no row of their own, read beside one that is there; one query."""
    if not expressions:
        return []
    return list(type(row)._base_manager.filter(pk=row.pk).values_list(*expressions).get())
