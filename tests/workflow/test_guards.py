"""The database itself refuses to change or delete what was recorded, on SQLite and on PostgreSQL."""

import copy

import pytest
from django.apps import apps
from django.db import DatabaseError, connection, transaction
from django.db.migrations.state import ProjectState

from accounts.models import AccountEvent, AccountEventDetail
from tests.workflow.cases import make_record
from workflow import guards
from workflow.models import EventDetail

pytestmark = pytest.mark.django_db

on_postgresql = pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has no TRUNCATE")
on_sqlite = pytest.mark.skipif(connection.vendor != "sqlite", reason="only SQLite rebuilds tables and has REPLACE")

STATE = ProjectState()
TABLES = [model._meta.db_table for model in guards.guarded_models()]


def refused(act):
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        act()
    return True


def run(sql):
    with connection.cursor() as cursor:
        cursor.execute(sql)


def test_every_app_with_a_record_is_guarded_after_all_migrations():
    assert {"accounts_accountevent", "stations_stationevent", "suggestions_suggestionevent"} <= set(TABLES)
    assert len(TABLES) == 2 * sum(issubclass(model, EventDetail) for model in apps.get_models())
    assert guards.missing(connection) == []


def test_an_event_is_neither_changed_nor_deleted_through_django():
    case = make_record()
    events = AccountEvent.objects.filter(user=case)
    assert refused(lambda: events.update(verb="praise"))
    assert refused(lambda: events._raw_delete(events.db))
    event = events.first()
    event.verb = "praise"
    assert refused(event.save)


@pytest.mark.parametrize("table", ["accounts_accountevent", "accounts_accounteventdetail"])
@pytest.mark.parametrize("statement", ["UPDATE {} SET id = id + 1000", "DELETE FROM {}"])
def test_raw_statements_are_refused(table, statement):
    make_record()
    assert refused(lambda: run(statement.format(table)))


@on_postgresql
@pytest.mark.parametrize("table", TABLES)
def test_truncate_is_refused(table):
    assert refused(lambda: run(f"TRUNCATE {table} CASCADE"))


@on_sqlite
@pytest.mark.parametrize("table", ["accounts_accountevent", "accounts_accounteventdetail"])
def test_replacing_a_row_is_refused_like_deleting_it(table):
    make_record()
    assert refused(lambda: run(f"REPLACE INTO {table} SELECT * FROM {table}"))


BLANK = {"salt": "", "reason": "", "changes": {}, "redacted_by_seq": 4}


def words():
    return AccountEventDetail.objects.filter(event__user=make_record(), event__seq=2)


@pytest.mark.parametrize(
    "changed",
    [
        {"reason": "别的"},
        {"redacted_by_seq": 4},
        BLANK | {"reason": "别的"},
        BLANK | {"salt": "1" * 32},
        BLANK | {"changes": {"a": 1}},
        BLANK | {"redacted_by_seq": None},
        BLANK | {"id": 10**6},
    ],
)
def test_words_are_not_changed_but_by_blanking_all_of_them(changed):
    assert refused(lambda: words().update(**changed))


def test_words_are_blanked_once():
    row = words()
    assert row.update(**BLANK) == 1
    assert refused(lambda: row.update(**BLANK))
    assert refused(lambda: row.update(redacted_by_seq=None, reason="人员调离"))


def test_a_guard_that_stands_elsewhere_or_is_off_counts_as_missing():
    guards.lift(connection, "accounts_accountevent")
    assert sorted(guards.missing(connection)) == sorted(guards._names("accounts_accountevent", connection.vendor))
    if connection.vendor == "postgresql":
        guards.install_all(connection)
        run("ALTER TABLE accounts_accountevent DISABLE TRIGGER accounts_accountevent_no_update")
        assert guards.missing(connection) == ["accounts_accountevent_no_update"]


def alter_a_column():
    """What a later migration does that alters a column of an event table."""
    old = AccountEvent._meta.get_field("request_id")
    new = copy.copy(old)
    new.max_length = 40
    with connection.schema_editor() as editor:
        editor.alter_field(AccountEvent, old, new)
    with connection.schema_editor() as editor:
        editor.alter_field(AccountEvent, new, old)


@pytest.mark.django_db(transaction=True)
def test_altering_a_column_drops_the_guards_on_sqlite_and_the_migrations_own_guard_restores_them():
    alter_a_column()
    dropped = guards.missing(connection)
    assert bool(dropped) == (connection.vendor == "sqlite")
    again = guards.guard("accounts_accountevent", "accounts_accounteventdetail")
    with connection.schema_editor() as editor:
        again.database_forwards("accounts", editor, STATE, STATE)
    assert guards.missing(connection) == []
    make_record()
    assert refused(lambda: run("DELETE FROM accounts_accountevent"))


@pytest.mark.django_db(transaction=True)
def test_the_guard_of_a_migration_can_be_taken_back():
    operation = guards.guard("accounts_accountevent", "accounts_accounteventdetail")
    with connection.schema_editor() as editor:
        operation.database_backwards("accounts", editor, STATE, STATE)
    assert {name.partition("_no_")[0] for name in guards.missing(connection)} == {
        "accounts_accountevent",
        "accounts_accounteventdetail",
    }
