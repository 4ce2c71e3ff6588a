"""The database's own refusal to change or delete what was recorded.

Every migration that creates or alters an event table must call ``guard`` for it again: on SQLite altering a
column rebuilds the table and silently drops its triggers.
"""

from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.db import models
from django.db.migrations import RunPython
from django.db.migrations.operations.base import Operation

from workflow.models import Event, EventDetail

_REFUSAL = "the record is append-only"


def guarded_models() -> Iterator[type[models.Model]]:
    """Every concrete event and detail table of the installed apps."""
    for model in apps.get_models():
        if issubclass(model, Event | EventDetail):
            yield model


def install_all(connection: Any) -> None:
    """Guard every event table that exists."""
    for model in guarded_models():
        install(connection, model._meta.db_table, detail=issubclass(model, EventDetail))


def lift_all(connection: Any) -> None:
    """Take the guards away. Nothing in the application calls this; tests that flush tables do."""
    for model in guarded_models():
        lift(connection, model._meta.db_table)


def missing(connection: Any) -> list[str]:
    """Guards that should stand in the database and do not."""
    there = _existing(connection)
    return [
        name
        for model in guarded_models()
        for name in _names(model._meta.db_table, connection.vendor)
        if name not in there
    ]


def guard(event: str, detail: str) -> Operation:
    """A migration's operation that guards one app's event table and the table of its words."""

    def forwards(_apps: Any, editor: Any) -> None:
        install(editor.connection, event, detail=False)
        install(editor.connection, detail, detail=True)

    def backwards(_apps: Any, editor: Any) -> None:
        lift(editor.connection, event)
        lift(editor.connection, detail)

    return RunPython(forwards, backwards)


def install(connection: Any, table: str, *, detail: bool) -> None:
    """Refuse UPDATE, DELETE and TRUNCATE on a table; a detail row may only be blanked, once, by an act."""
    lift(connection, table)
    make = _sqlite if connection.vendor == "sqlite" else _postgresql
    with connection.cursor() as cursor:
        for statement in make(table, detail):
            cursor.execute(statement)


def lift(connection: Any, table: str) -> None:
    """Drop the guards of one table."""
    on = f' ON "{table}"' if connection.vendor == "postgresql" else ""
    with connection.cursor() as cursor:
        for name in _names(table, connection.vendor):
            cursor.execute(f'DROP TRIGGER IF EXISTS "{name}"{on}')


def _names(table: str, vendor: str) -> list[str]:
    acts = ["update", "delete"] + (["truncate"] if vendor == "postgresql" else [])
    return [f"{table}_no_{act}" for act in acts]


#: When an UPDATE of a detail row is anything but its one blanking.
_BLANKING = (
    "OLD.redacted_by_seq IS NOT NULL OR NEW.redacted_by_seq IS NULL OR NEW.reason <> '' OR NEW.salt <> ''"
    " OR {changes} <> '{{}}' OR NEW.event_id <> OLD.event_id OR NEW.id <> OLD.id"
)


def _sqlite(table: str, detail: bool) -> list[str]:
    when = f" WHEN {_BLANKING.format(changes='NEW.changes')}" if detail else ""
    stop = f"BEGIN SELECT RAISE(ABORT, '{_REFUSAL}'); END"
    return [
        f'CREATE TRIGGER "{table}_no_update" BEFORE UPDATE ON "{table}" FOR EACH ROW{when} {stop}',
        f'CREATE TRIGGER "{table}_no_delete" BEFORE DELETE ON "{table}" FOR EACH ROW {stop}',
    ]


def _postgresql(table: str, detail: bool) -> list[str]:
    when = f" WHEN ({_BLANKING.format(changes='NEW.changes::text')})" if detail else ""
    run = "EXECUTE FUNCTION refuse_change_of_record()"
    return [
        "CREATE OR REPLACE FUNCTION refuse_change_of_record() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN RAISE EXCEPTION '{_REFUSAL}'; END $$",
        f'CREATE TRIGGER "{table}_no_update" BEFORE UPDATE ON "{table}" FOR EACH ROW{when} {run}',
        f'CREATE TRIGGER "{table}_no_delete" BEFORE DELETE ON "{table}" FOR EACH ROW {run}',
        f'CREATE TRIGGER "{table}_no_truncate" BEFORE TRUNCATE ON "{table}" FOR EACH STATEMENT {run}',
    ]


def _existing(connection: Any) -> set[str]:
    """Names of the guards that stand on their table and are not switched off."""
    query = (
        "SELECT name, tbl_name FROM sqlite_master WHERE type = 'trigger'"
        if connection.vendor == "sqlite"
        else "SELECT tgname, relname FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid"
        " WHERE NOT tgisinternal AND tgenabled IN ('O', 'A')"
    )
    with connection.cursor() as cursor:
        cursor.execute(query)
        return {name for name, table in cursor.fetchall() if name.startswith(f"{table}_no_")}
