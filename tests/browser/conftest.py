"""The demo county behind a live server, and Chromium looking at it the way people do."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

import pytest
from django.test import TransactionTestCase
from pytest_django.live_server_helper import LiveServer

from supervision.demo import county
from tests.browser.watching import DESK, Watch

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page

# the plain tests run where no browser tools are installed
collect_ignore_glob = [] if find_spec("playwright") else ["test_*.py"]

# Playwright's own loop runs in this thread; Django takes that for an asynchronous program
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]

Visitor = Callable[..., "Page"]


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """The system's own Chromium: nothing is downloaded."""
    return {**browser_type_launch_args, "executable_path": CHROMIUM, "args": FLAGS}


@pytest.fixture(scope="package")
def portal(django_db_setup: None, django_db_blocker: Any) -> Iterator[str]:
    """The address of a portal that holds the demo county; its rows stay from test to test."""
    with django_db_blocker.unblock():
        county.build()
        server = LiveServer("127.0.0.1")
        try:
            yield server.url
        finally:
            server.stop()
            # as after a transactional test, so that nothing of the county is left for others
            TransactionTestCase("__init__")._fixture_teardown()


@pytest.fixture
def db(django_db_blocker: Any) -> Iterator[None]:
    """The database without a transaction around the test: the server writes beside it."""
    with django_db_blocker.unblock():
        yield


@pytest.fixture
def visitor(browser: Browser, portal: str, db: None) -> Iterator[Visitor]:
    """``visitor(size, **options)`` opens a page in a browser of its own; at the end nothing may have gone wrong."""
    visits: list[tuple[BrowserContext, Watch]] = []

    def come(size: dict[str, int] = DESK, **options: Any) -> Page:
        settings = {"locale": "zh-CN", "timezone_id": "Asia/Shanghai", **options}
        context = browser.new_context(base_url=portal, viewport=size, **settings)
        context.set_default_timeout(10_000)
        page = context.new_page()
        visits.append((context, Watch(page, portal)))
        return page

    yield come
    for context, _watch in visits:
        context.close()
    for _context, watch in visits:
        watch.require_nothing()
