"""Lists by key: every page costs the same, however far down and however many years there are.

An order is pairs of field and direction that end in a unique field::

    NEWEST = (("received_on", "desc"), ("pk", "desc"))

A cursor is the keys of the row at the edge of a page. It is readable and not signed: it can only move the
reader within rows that the queryset shows anyway. What cannot be read as keys means the first page.
"""

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import reduce
from typing import Any

from django.core.exceptions import FieldDoesNotExist, ValidationError
from django.db import models
from django.db.models import F, Q
from django.http import HttpRequest
from django.utils.timezone import is_naive
from django.utils.translation import gettext as _

from workflow.chips import Chip, chips
from workflow.counting import Counted

#: Rows on a page.
SIZE = 50
#: Counting stops here; the page says "1000+".
COUNT_CAP = 1000
#: Longer than any cursor of ours.
LONGEST_CURSOR = 2000

Order = Sequence[tuple[str, str]]


@dataclass(frozen=True)
class Page:
    """Rows of one page, the count of all (at most COUNT_CAP) and the cursors to both sides, empty at the ends."""

    rows: list[Any]
    count: int
    capped: bool
    newer: str = ""
    older: str = ""

    @property
    def counted(self) -> str:
        """The count as it is read: 12, or 1000+."""
        return f"{self.count}+" if self.capped else str(self.count)


@dataclass(frozen=True)
class Key:
    """One column of an order."""

    name: str
    field: models.Field
    descending: bool

    def ordering(self, backward: bool) -> Any:
        """The ORDER BY term, turned round when reading backward."""
        return F(self.name).desc() if self.descending != backward else F(self.name).asc()

    def beyond(self, value: Any, backward: bool) -> Q:
        """Rows strictly on the far side of the value."""
        return Q(**{f"{self.name}__{'lt' if self.descending != backward else 'gt'}": value})

    def up_to(self, value: Any, backward: bool) -> Q:
        """Rows on the far side of the value, or level with it."""
        return Q(**{f"{self.name}__{'lte' if self.descending != backward else 'gte'}": value})

    def read(self, row: Any) -> Any:
        """The column's value of a row: an object, a named tuple or a dict."""
        return _read(row, self.name)


def paginate(
    queryset: Any,
    order: Order,
    *,
    after: str = "",
    before: str = "",
    size: int = SIZE,
    shown: Callable[[Any], Any] | None = None,
) -> Page:
    """The page after or before a cursor, the first page without one: one query for the rows and their count.

    ``shown`` adds to the queryset what a row shows and the count need not know, which would be built twice otherwise.
    Raises ValueError for an order that could skip or double rows: a nullable key, or no unique last key.
    """
    keys = _keys(queryset, order)
    rows_of_page = shown(queryset) if shown else queryset
    counted = rows_of_page.annotate(counted_in_all=Counted(queryset, COUNT_CAP + 1))
    backward = bool(before) and not after
    edge = _decode(keys, before if backward else after)
    if edge is not None:
        rows, more = _fetch(counted, keys, edge, backward, size)
        if rows:
            ahead, behind = (more, True) if backward else (True, more)
            return Page(rows, *_count(rows), _cursor(keys, rows[0], ahead), _cursor(keys, rows[-1], behind))
    rows, more = _fetch(counted, keys, None, False, size)
    return Page(rows, *_count(rows), "", _cursor(keys, rows[-1] if rows else None, more))


def page_at(queryset: Any, order: Order, cursor: str, size: int) -> Page:
    """A page for programs: nothing is counted, and beyond the last row is an empty page instead of the first one.

    The cursor says itself in which direction it leads. Raises ValueError for one that is no cursor of this order.
    """
    keys = _keys(queryset, order)
    backward, edge = cursor[:1] == "b", _decode(keys, cursor[1:])
    if cursor and (cursor[0] not in "ab" or edge is None):
        raise ValueError("no cursor of this order")
    rows, more = _fetch(queryset, keys, edge, backward, size)
    ahead, behind = (more, True) if backward else (edge is not None, more)
    first, last = (rows[0], rows[-1]) if rows else (None, None)
    newer, older = _cursor(keys, first, ahead and bool(rows)), _cursor(keys, last, behind and bool(rows))
    return Page(rows, 0, False, newer and f"b{newer}", older and f"a{older}")


def listing(
    request: HttpRequest,
    queryset: Any,
    filterset: Any,
    order: Order,
    *,
    counted: Any = "",
    size: int = SIZE,
    shown: Callable[[Any], Any] | None = None,
) -> dict[str, Any]:
    """The context of ``components/list.html``: filters and place come from the URL.

    ``filterset`` is a FilterSet class or None. Filters that cannot be read show their error and no rows.
    ``counted`` is a translated sentence with ``%(count)s``, such as 共 %(count)s 件; ``shown`` as of ``paginate``.
    """
    form, active = None, list[Chip]()
    if filterset is not None:
        narrowed = filterset(request.GET, queryset=queryset, request=request)
        form, queryset = narrowed.form, narrowed.qs if narrowed.is_valid() else queryset.none()
        active = chips(form, request.GET)
    after, before = request.GET.get("after", ""), request.GET.get("before", "")
    page = paginate(queryset, order, after=after, before=before, size=size, shown=shown)
    sentence = str(counted or _("%(count)s in all")) % {"count": page.counted}
    return {"page": page, "rows": page.rows, "filter_form": form, "chips": active, "counted": sentence}


def _keys(queryset: Any, order: Order) -> list[Key]:
    keys = []
    for name, direction in order:
        if direction not in ("asc", "desc"):
            raise ValueError(f"{name}: the direction is asc or desc, not {direction!r}")
        name = queryset.model._meta.pk.name if name == "pk" else name
        keys.append(Key(name, _field(queryset, name), direction == "desc"))
    if not keys or not getattr(keys[-1].field, "unique", False) or "__" in keys[-1].name:
        raise ValueError("the last key of an order must be unique, for example pk")
    return keys


def _field(queryset: Any, name: str) -> models.Field:
    """The field behind a key; an annotation's output field. Refuses what may be NULL: NULL has no place in an order."""
    if name in queryset.query.annotations:
        return queryset.query.annotations[name].output_field
    meta, field = queryset.model._meta, None
    for part in name.split("__"):
        field = meta.get_field(part)
        if field.null:
            raise ValueError(f"{name} may be NULL; order by an annotation with Coalesce instead")
        meta = field.related_model._meta if field.is_relation else None
    if field is None or field.is_relation:
        raise FieldDoesNotExist(name)
    return field


def _count(rows: list[Any]) -> tuple[int, bool]:
    """How many there are in all, and whether there are more than were counted; each row of a page knows."""
    found = _read(rows[0], "counted_in_all") if rows else 0
    return min(found, COUNT_CAP), found > COUNT_CAP


def _read(row: Any, name: str) -> Any:
    if isinstance(row, dict):
        return row[name]
    return getattr(row, name) if hasattr(row, name) else reduce(getattr, name.split("__"), row)


def _fetch(queryset: Any, keys: list[Key], edge: list[Any] | None, backward: bool, size: int) -> tuple[list[Any], bool]:
    """Rows of a page in reading order, and whether there are more beyond them."""
    if edge is not None:
        queryset = queryset.filter(_beyond(keys, edge, backward))
    rows = list(queryset.order_by(*(key.ordering(backward) for key in keys))[: size + 1])
    more = len(rows) > size
    rows = rows[:size]
    return (rows[::-1] if backward else rows), more


def _beyond(keys: list[Key], edge: list[Any], backward: bool) -> Q:
    """Rows that come after the edge. The first key stands alone once more, because that is what an index can use."""
    condition = keys[-1].beyond(edge[-1], backward)
    for key, value in list(zip(keys, edge, strict=True))[-2::-1]:
        condition = key.beyond(value, backward) | (Q(**{key.name: value}) & condition)
    return keys[0].up_to(edge[0], backward) & condition


def _cursor(keys: list[Key], row: Any, wanted: bool) -> str:
    """The keys of a row as text for a URL; empty when there is nothing on that side."""
    if not wanted:
        return ""
    values = [_plain(key, key.read(row)) for key in keys]
    return urlsafe_b64encode(json.dumps(values, ensure_ascii=False).encode()).decode().rstrip("=")


def _plain(key: Key, value: Any) -> Any:
    if value is None:
        raise ValueError(f"{key.name} is NULL in a row; NULL has no place in an order")
    if isinstance(value, date | datetime):
        return value.isoformat()
    return value if isinstance(value, str | int | float | bool) else str(value)


def _decode(keys: list[Key], cursor: str) -> list[Any] | None:
    """The keys in a cursor, or None for one that is no cursor of this order."""
    if not cursor or len(cursor) > LONGEST_CURSOR:
        return None
    try:
        values = json.loads(urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
        return [_checked(key, value) for key, value in zip(keys, values, strict=True)]
    except (ValueError, TypeError, ArithmeticError, RecursionError, ValidationError):
        return None


def _checked(key: Key, value: Any) -> Any:
    """The value as the column's type, refused where the database could not even compare it."""
    if isinstance(value, list | dict | None):
        raise TypeError("not a key")
    found = key.field.to_python(value)
    if isinstance(found, int):
        key.field.run_validators(found)
    return _CHECKS.get(type(found), _as_is)(found)


def _as_is(value: Any) -> Any:
    return value


def _text(value: str) -> str:
    """Without NUL and lone surrogates, which no database takes."""
    if "\0" in value:
        raise ValueError("not a text")
    return value.encode().decode()


def _moment(value: datetime) -> datetime:
    """With its zone, and within the years that UTC has."""
    if is_naive(value):
        raise ValueError("not a moment")
    return value.astimezone(UTC)


_CHECKS: dict[type, Callable[[Any], Any]] = {str: _text, datetime: _moment}
