"""Repeat the pattern within the database, until there are as many suggestions as wanted."""

from typing import Any

from django.db import connection, models

from bench.pattern import MODELS, SIZE, SuggestionClock

#: Between the keys of one repetition and those of the next, in every table.
STEP = 1_000_000


def grow(have: int, want: int) -> None:
    """Add repetitions ``have / SIZE`` to ``want / SIZE - 1`` of what the pattern wrote."""
    with connection.cursor() as cursor:
        for model in MODELS:
            cursor.execute(_statement(model, have // SIZE, want // SIZE - 1))
        cursor.execute("ANALYZE")


def open_clocks() -> int:
    """Let every limit for a reply run that was met, and say how many run."""
    clocks = SuggestionClock.objects.filter(kind="REPLY")
    clocks.update(met_on=None)
    return clocks.count()


def _statement(model: Any, first: int, last: int) -> str:
    """One INSERT … SELECT: keys moved by the repetition, what is unique made so, the days of what is closed moved back."""
    fields = model._meta.concrete_fields
    columns = ", ".join(f'"{field.column}"' for field in fields)
    values = ", ".join(_value(model, field) for field in fields)
    table, begin = model._meta.db_table, model._base_manager.filter(pk__lt=STEP).order_by("pk")
    own = _first_of_pattern(model, begin)
    return (
        f'INSERT INTO "{table}" ({columns}) SELECT {values} FROM "{table}" t, generate_series({first}, {last}) k '
        f"WHERE t.id >= {own} AND t.id < {STEP}"
    )


def _first_of_pattern(model: Any, rows: Any) -> int:
    """The key of the first row that belongs to the pattern, not to the demo county."""
    path = {"Suggestion": "series", "Assignment": "suggestion__series", "HandOver": "suggestion__series"}
    paths = path | {
        "ContactRecord": "assignment__suggestion__series",
        "Reply": "assignment__suggestion__series",
        "Delivery": "reply__assignment__suggestion__series",
        "Evaluation": "reply__assignment__suggestion__series",
        "Verdict": "suggestion__series",
        "SuggestionClock": "suggestion__series",
        "SuggestionEvent": "suggestion__series",
        "SuggestionEventDetail": "event__suggestion__series",
    }
    return int(rows.filter(**{paths[model.__name__]: "BENCH"}).first().pk)


def _value(model: Any, field: Any) -> str:
    column = f't."{field.column}"'
    if field.primary_key or (field.is_relation and field.related_model in MODELS):
        return f"{column} + k::bigint * {STEP}"
    if isinstance(field, models.UUIDField) and field.unique:
        return f"md5({column}::text || k)::uuid"
    return _OTHERWISE.get((model.__name__, field.name), column)


_OTHERWISE = {
    # a rare piece of each repetition's row: two characters out of five thousand each
    ("Suggestion", "search_text"): (
        "t.search_text || ' ' || chr(19968 + ((t.id * 31 + k) * 7919 % 5003)::int)"
        " || chr(19968 + ((t.id * 17 + k) * 104729 % 5003)::int)"
    ),
    ("Suggestion", "serial"): f"t.serial + k * {SIZE}",
    ("Suggestion", "received_on"): (
        "CASE WHEN t.status = 'CLOSED' THEN t.received_on - (k * 37 % 7000)::int ELSE t.received_on END"
    ),
}
