"""Long tables read a few hundred rows at a time, so that nothing grows with them."""

from collections.abc import Iterator
from typing import TypeVar

from django.db.models import Model, QuerySet

R = TypeVar("R", bound=Model)


def by_key(rows: QuerySet[R], size: int) -> Iterator[R]:
    """The rows in the order of their keys, ``size`` held at a time; what changes meanwhile moves none of the others.

    Each chunk costs one query and what the rows prefetch.
    """
    rows, last = rows.order_by("pk"), 0
    while chunk := list(rows.filter(pk__gt=last)[:size]):
        yield from chunk
        if len(chunk) < size:
            return
        last = chunk[-1].pk
