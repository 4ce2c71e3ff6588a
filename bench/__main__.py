"""``python -m bench pages|reminders|workbook|ledger [SIZE …]``: builds its own database and prints what it measured as JSON.

``DATABASE_URL`` names a PostgreSQL server on which databases ``portal_bench_…`` may be made and thrown away.
"""

import io
import json
import os
import sys
import tempfile
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import urlsplit, urlunsplit

NAME = "portal_bench"
SIZES = (1_000, 10_000, 100_000)


def main() -> None:
    """Measure what is named, at the sizes that are named."""
    what, *sizes = sys.argv[1:] or ["pages"]
    _prepare(what)
    for told in _runs()[what]([int(size) for size in sizes] or list(SIZES)):
        print(json.dumps(told, ensure_ascii=False), flush=True)


def _prepare(what: str) -> None:
    """Settings of its own, an empty database, and the demo county in it."""
    os.environ["DATA_DIR"] = tempfile.mkdtemp(prefix="bench-")
    os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings"
    url, on_sqlite = os.environ.pop("DATABASE_URL", ""), what == "ledger"
    if not on_sqlite:
        if not url.startswith("postgres"):
            sys.exit("DATABASE_URL must name a PostgreSQL server.")
        os.environ["DATABASE_URL"] = _own_database(url, f"{NAME}_{what}")
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    if not on_sqlite:
        call_command("load_demo", stdout=io.StringIO())


def _own_database(url: str, name: str) -> str:
    import psycopg2

    parts = urlsplit(url)
    connection = psycopg2.connect(urlunsplit(parts._replace(path="/postgres")))
    connection.autocommit = True
    with connection.cursor() as cursor:
        cursor.execute(f"DROP DATABASE IF EXISTS {name}")
        cursor.execute(f"CREATE DATABASE {name}")
    connection.close()
    return urlunsplit(parts._replace(path=f"/{name}"))


def _runs() -> dict[str, Callable[[list[int]], Iterator[dict[str, Any]]]]:
    from bench import heavy, pages

    def at_each_size(sizes: list[int]) -> Iterator[dict[str, Any]]:
        for size in heavy.grown(sizes):
            yield {"suggestions": size, "pages": pages.measure()}

    return {"pages": at_each_size, "reminders": heavy.reminders, "workbook": heavy.workbook, "ledger": heavy.ledger}


if __name__ == "__main__":
    main()
