"""Settings from the environment: nothing set works, and what is malformed stops the start with a sentence."""

import os
import sqlite3
import stat
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import connection

from config import environment as the

SMTP = ("smtp", "smtp+tls", "consolemail")
DATABASES = ("sqlite", "postgres", "postgresql")


def manage(*arguments, **environment):
    """``manage.py`` as an operator runs it, with nothing set but what is told."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    return subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=settings.BASE_DIR, env=kept | environment, capture_output=True, text=True,
    )  # fmt: skip


READERS = {
    "boolean": lambda: the.boolean("NAME", False),
    "hosts": lambda: the.hosts("NAME", ["localhost"]),
    "origins": lambda: the.origins("NAME", []),
    "site_url": lambda: the.site_url("NAME"),
    "time_zone": lambda: the.time_zone("NAME"),
    "redis": lambda: the.url("NAME", "", ("redis", "rediss")),
    "mail": lambda: the.url("NAME", "", SMTP),
    "database": lambda: the.url("NAME", "sqlite:////tmp/x", DATABASES),
}


@pytest.mark.parametrize(
    ("reader", "value"),
    [
        ("boolean", "maybe"),
        ("boolean", "2"),
        ("hosts", "https://rd.example.cn"),
        ("hosts", "rd.example.cn rd2.example.cn"),
        ("hosts", "rd.example.cn:8000"),
        ("origins", "rd.example.cn"),
        ("origins", "https://rd.example.cn,ftp://x"),
        ("origins", "https://rd.example.cn/path"),
        ("site_url", "rd.example.cn"),
        ("site_url", "ftp://rd.example.cn"),
        ("site_url", "http://"),
        ("site_url", "http://rd.example.cn/portal"),
        ("site_url", "http://rd.example.cn?x=1"),
        ("site_url", "http://user:word@rd.example.cn"),
        ("site_url", "http://rd.example.cn:port"),
        ("site_url", "http://rd.example.cn:99999"),
        ("site_url", "http://[bad"),
        ("time_zone", "Mars/Olympus"),
        ("time_zone", "../etc/passwd"),
        ("redis", "redis"),
        ("redis", "http://127.0.0.1:6379"),
        ("redis", "redis://"),
        ("redis", "redis://127.0.0.1:x/0"),
        ("mail", "smtp"),
        ("mail", "smtp://mail.example.cn:x"),
        ("mail", "imap://mail.example.cn"),
        ("database", "mysql://127.0.0.1/portal"),
        ("database", "postgres://"),
        ("database", "postgres://127.0.0.1"),
        ("database", "postgres://127.0.0.1:x/portal"),
        ("database", "sqlite:portal"),
    ],
)
def test_a_malformed_value_is_named_with_what_is_wanted(monkeypatch, reader, value):
    monkeypatch.setenv("NAME", value)
    with pytest.raises(ImproperlyConfigured, match="NAME"):
        READERS[reader]()


@pytest.mark.parametrize(
    ("reader", "value", "read"),
    [
        ("boolean", "On", True),
        ("boolean", "0", False),
        (
            "hosts",
            "rd.example.cn, .example.cn,*,[::1],127.0.0.1",
            ["rd.example.cn", ".example.cn", "*", "[::1]", "127.0.0.1"],
        ),
        ("origins", "https://rd.example.cn/,http://127.0.0.1:8000", ["https://rd.example.cn", "http://127.0.0.1:8000"]),
        ("site_url", "https://rd.example.cn/", "https://rd.example.cn"),
        ("site_url", "http://[::1]:8000", "http://[::1]:8000"),
        ("time_zone", "Asia/Urumqi", "Asia/Urumqi"),
        ("redis", "rediss://:word@127.0.0.1:6379/3", "rediss://:word@127.0.0.1:6379/3"),
        ("mail", "smtp+tls://u:p@mail.example.cn:587", "smtp+tls://u:p@mail.example.cn:587"),
        ("mail", "consolemail://", "consolemail://"),
        ("database", "postgres://u:p%40@127.0.0.1:5432/portal", "postgres://u:p%40@127.0.0.1:5432/portal"),
    ],
)
def test_a_value_is_read(monkeypatch, reader, value, read):
    monkeypatch.setenv("NAME", value)
    assert READERS[reader]() == read


@pytest.mark.parametrize(
    ("reader", "default"),
    [
        ("boolean", False),
        ("hosts", ["localhost"]),
        ("site_url", "http://127.0.0.1:8000"),
        ("time_zone", "Asia/Shanghai"),
        ("redis", ""),
        ("database", "sqlite:////tmp/x"),
    ],
)
@pytest.mark.parametrize("value", [None, "", "  "])
def test_an_empty_variable_is_not_set(monkeypatch, reader, default, value):
    monkeypatch.delenv("NAME", raising=False)
    if value is not None:
        monkeypatch.setenv("NAME", value)
    assert READERS[reader]() == default


@pytest.mark.parametrize("address", ["http://rd.example.cn:8000", "https://[2001:db8::1]:8443"])
def test_the_host_of_the_site_is_allowed_as_a_request_names_it(address):
    assert the.host_of(address) == address.partition("://")[2].rpartition(":")[0]


@pytest.mark.parametrize("name", the.SECRET)
def test_a_secret_is_never_shown_not_even_malformed(monkeypatch, name):
    monkeypatch.setenv(name, "a-word-nobody-may-see")
    assert "a-word-nobody-may-see" not in str(the.stop(name, "something else"))


class TestSecrets:
    def test_a_key_is_made_once_for_its_owner_only(self, monkeypatch, tmp_path):
        monkeypatch.delenv("SECRET_KEY", raising=False)
        made = the.secret("SECRET_KEY", tmp_path)
        assert len(made) >= 32 and the.secret("SECRET_KEY", tmp_path) == made
        assert stat.S_IMODE((tmp_path / "secret_key").stat().st_mode) == 0o600

    def test_an_empty_key_file_stops_the_start(self, monkeypatch, tmp_path):
        monkeypatch.delenv("SECRET_KEY", raising=False)
        (tmp_path / "secret_key").touch()
        with pytest.raises(ImproperlyConfigured, match="secret_key"):
            the.secret("SECRET_KEY", tmp_path)

    def test_a_key_that_is_given_is_not_written_down(self, monkeypatch, tmp_path):
        monkeypatch.setenv("SECRET_KEY", "k" * 32)
        assert the.secret("SECRET_KEY", tmp_path) == "k" * 32
        assert list(tmp_path.iterdir()) == []

    def test_keys_are_a_list_the_newest_first(self, monkeypatch, tmp_path):
        monkeypatch.setenv("FIELD_KEYS", f"{'n' * 32},{'o' * 40}")
        assert the.keys("FIELD_KEYS", tmp_path) == ["n" * 32, "o" * 40]

    @pytest.mark.parametrize("value", ["short", f"{'n' * 32},short", f"{'n' * 32},"])
    def test_each_key_is_long_enough(self, monkeypatch, tmp_path, value):
        monkeypatch.setenv("FIELD_KEYS", value)
        with pytest.raises(ImproperlyConfigured, match="FIELD_KEYS"):
            the.keys("FIELD_KEYS", tmp_path)


def test_a_folder_is_made(monkeypatch, tmp_path):
    monkeypatch.setenv("DATA_DIR", str(tmp_path / "a" / "b"))
    assert the.folder("DATA_DIR", Path("unused")) == tmp_path / "a" / "b"
    assert list((tmp_path / "a" / "b").iterdir()) == []


def test_a_folder_that_is_a_file_stops_the_start(monkeypatch, tmp_path):
    (tmp_path / "file").touch()
    monkeypatch.setenv("DATA_DIR", str(tmp_path / "file"))
    with pytest.raises(ImproperlyConfigured, match="DATA_DIR"):
        the.folder("DATA_DIR", Path("unused"))


def test_with_nothing_but_a_folder_the_tables_can_be_made(tmp_path, db):
    """The first thing that anybody does: no key, no database, no server is named."""
    done = manage("migrate", "--verbosity", "0", DATA_DIR=str(tmp_path))
    assert (done.returncode, done.stderr) == (0, "")
    assert {"secret_key", "field_keys", "portal.sqlite3"} <= {path.name for path in tmp_path.iterdir()}
    if connection.vendor == "sqlite":
        assert_migrations_make_what_the_models_say(tmp_path / "portal.sqlite3")


def assert_migrations_make_what_the_models_say(path):
    """The same tables, indexes, guards and default rows as the suite has, whose tables come from the models."""
    with closing(sqlite3.connect(path)) as migrated, connection.cursor() as cursor:
        for query in (
            "SELECT type, tbl_name, name FROM sqlite_master WHERE type IN ('table', 'trigger') AND name != 'django_migrations'",
            "SELECT tbl_name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL",
            "SELECT code, name FROM deliberations_subjectfield",
            "SELECT code, label FROM suggestions_resultclass",
            "SELECT year, source FROM workflow_calendaryear",
            "SELECT valid_from FROM workflow_ruleset",
        ):
            cursor.execute(query)
            there = {tuple(map(str, row)) for row in cursor.fetchall()}
            assert {tuple(map(str, row)) for row in migrated.execute(query)} == there, query


@pytest.mark.parametrize(("name", "value"), [("DEBUG", "maybe"), ("SITE_URL", "http://[x")])
def test_the_command_line_says_one_sentence_and_no_traceback(tmp_path, name, value):
    done = manage("check", **{"DATA_DIR": str(tmp_path), name: value})
    assert done.returncode == 1
    assert len(done.stderr.splitlines()) == 1 and name in done.stderr


def test_production_settings_pass_djangos_own_check(tmp_path):
    environment = {"DATA_DIR": str(tmp_path), "SITE_URL": "https://rd.example.cn", "TRUST_PROXY": "on"}
    done = manage("check", "--deploy", "--fail-level", "WARNING", **environment)
    assert done.returncode == 0, done.stderr
