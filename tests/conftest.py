"""What every test needs: a data folder of its own, guards that survive a flush, defaults that are always there."""

import os
from collections.abc import Iterator
from itertools import count
from typing import Any

import pytest
from django.apps import apps
from django.conf import settings
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.test import TransactionTestCase

from tests.environment import WORKER
from workflow import defaults, guards

_tests = count(1)
_fixture_teardown = TransactionTestCase._fixture_teardown


def _teardown_with_guards(case: Any) -> None:
    """Append-only tables refuse the flush after a transactional test: lift, flush, guard, fill (nothing else lifts)."""
    guards.lift_all(connection)
    try:
        _fixture_teardown(case)
    finally:
        guards.install_all(connection)
        defaults.install_all(apps)


TransactionTestCase._fixture_teardown = _teardown_with_guards  # type: ignore[method-assign]


@pytest.fixture(scope="session")
def django_db_modify_db_settings() -> None:
    """A file database for SQLite: threads and a live server need connections of their own."""
    database = settings.DATABASES["default"]
    if database["ENGINE"].endswith("sqlite3"):
        database.setdefault("TEST", {})["NAME"] = os.path.join(os.environ["DATA_DIR"], "test.sqlite3")
    else:
        database.setdefault("TEST", {})["NAME"] = f"test_portal_{os.environ.get('PORTAL_RUN', '0')}_{WORKER}"


@pytest.fixture(scope="session")
def django_db_use_migrations() -> bool:
    """On SQLite the tables are made from the models at once; there one test migrates for real and compares."""
    return not settings.DATABASES["default"]["ENGINE"].endswith("sqlite3")


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_use_migrations: bool, django_db_blocker: Any) -> None:
    """What migrations do beside making tables."""
    if django_db_use_migrations:
        return
    settings.MIGRATION_MODULES = {}
    with django_db_blocker.unblock():
        guards.install_all(connection)
        defaults.install_all(apps)
        recorder = MigrationRecorder(connection)
        recorder.ensure_schema()
        for app, name in MigrationLoader(connection).graph.nodes:
            recorder.record_applied(app, name)


@pytest.fixture(autouse=True)
def _quiet_outside(settings: Any) -> Iterator[None]:
    """Letters stay in memory, and stored files in a folder of the test that is made when one is stored."""
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    settings.STORAGES = settings.STORAGES | {
        "default": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": os.path.join(os.environ["DATA_DIR"], "files", str(next(_tests)))},
        }
    }
    yield
