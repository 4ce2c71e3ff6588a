"""What every test needs: a data folder of its own, guards that survive a flush, defaults that are always there."""

import os
import tempfile
from collections.abc import Iterator
from typing import Any

_WORKER = os.environ.get("PYTEST_XDIST_WORKER", "main")
# before Django reads its settings
os.environ["DATA_DIR"] = tempfile.mkdtemp(prefix=f"portal-test-{_WORKER}-")
for _name in ("SITE_URL", "SECRET_KEY", "FIELD_KEYS", "DEBUG", "EMAIL_URL", "ALLOWED_HOSTS", "TIME_ZONE"):
    os.environ.pop(_name, None)

import pytest  # noqa: E402
from django.apps import apps  # noqa: E402
from django.conf import settings  # noqa: E402
from django.db import connection  # noqa: E402
from django.test import TransactionTestCase  # noqa: E402

from workflow import defaults, guards  # noqa: E402

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
        database.setdefault("TEST", {})["NAME"] = f"test_portal_{os.environ.get('PORTAL_RUN', '0')}_{_WORKER}"


@pytest.fixture(autouse=True)
def _quiet_outside(settings: Any, tmp_path: Any) -> Iterator[None]:
    """Letters stay in memory, and stored files in a folder of the test."""
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    settings.STORAGES = settings.STORAGES | {
        "default": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": str(tmp_path / "files")},
        }
    }
    yield
