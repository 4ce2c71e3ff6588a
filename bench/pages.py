"""The pages that everybody opens every day, beside a page that does nothing."""

import json
import os
from base64 import urlsafe_b64encode
from collections.abc import Callable, Iterator
from statistics import median
from time import perf_counter
from typing import Any

from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from bench.pattern import COMMON, SOME, account
from suggestions.models import Suggestion

#: Requests of each page that count, after a few that do not.
ROUNDS, WARM = int(os.environ.get("ROUNDS", "120")), 5
#: The session and the user.
SIGNED_IN = 2


def measure() -> list[dict[str, Any]]:
    """Median and 95 % of each page in milliseconds, its queries, and both as a multiple of the reference page."""
    settings.ROOT_URLCONF, settings.ALLOWED_HOSTS = "bench.urls", ["*"]
    pages = {name: _request(who, url) for name, who, url in _pages()}
    for request in pages.values():
        for _time in range(WARM):
            request()
    taken: dict[str, list[float]] = {name: [] for name in pages}
    for _round in range(ROUNDS):
        for name, request in pages.items():
            begun = perf_counter()
            request()
            taken[name].append((perf_counter() - begun) * 1000)
    base = taken["reference"]
    return [
        {
            "page": name,
            "queries": _queries(pages[name]),
            "p50": round(median(times), 1),
            "p95": round(_p95(times), 1),
            "p50_ratio": round(median(times) / median(base), 2),
            "p95_ratio": round(_p95(times) / _p95(base), 2),
        }
        for name, times in taken.items()
    ]


def _pages() -> Iterator[tuple[str, str, str]]:
    rows = "/suggestions/"
    yield "reference", "staff", "/bench/reference/"
    yield "list, first page", "staff", rows
    yield "list, deep page", "staff", f"{rows}?after={_deep()}"
    yield "list, filtered by state and time", "staff", f"{rows}?status=HANDLING&light=within_30"
    yield "list, filtered by organ", "staff", f"{rows}?organ={account('unit').posts.get().organ_id}"
    yield "list of an organ", "unit", rows
    for name, words in _searches():
        yield f"search, {name}", "staff", f"{rows}?q={words}"
    yield "case page, full history", "staff", f"{rows}{_told_most()}/"
    yield "case page, ordinary", "staff", f"{rows}{Suggestion.objects.filter(series='BENCH').latest('pk').pk}/"
    yield "workbench of staff", "staff", "/"
    yield "workbench of the chairperson", "chair", "/"
    yield "workbench of an organ", "unit", "/"


def _searches() -> Iterator[tuple[str, str]]:
    rare = Suggestion.objects.filter(series="BENCH").order_by("pk").last().search_text.split()[-1]
    yield "2 characters in all", COMMON
    yield "2 characters in 4 %", SOME
    yield "2 characters, rare", rare
    yield "2 characters, absent", "鱻麤"
    yield "6 characters, common", "群众反映多年"
    yield "6 characters, absent", "骉羴猋麤鱻飝"


def _deep() -> str:
    """The place behind nine tenths of the list."""
    rows = Suggestion.objects.submitted().order_by("-received_on", "-pk").values_list("received_on", "pk")
    day, key = rows[int(rows.count() * 0.9)]
    return urlsafe_b64encode(json.dumps([day.isoformat(), key]).encode()).decode().rstrip("=")


def _told_most() -> int:
    """The suggestion with the longest record."""
    return Suggestion.objects.exclude(series="BENCH").order_by("-version").values_list("pk", flat=True)[0]


def _request(who: str, url: str) -> Callable[[], None]:
    client = Client()
    client.force_login(account(who), "django.contrib.auth.backends.ModelBackend")

    def request() -> None:
        status = client.get(url).status_code
        if status != 200:
            raise RuntimeError(f"{url}: {status}")

    return request


def _queries(request: Callable[[], None]) -> int:
    with CaptureQueriesContext(connection) as seen:
        request()
    return len(seen) - SIGNED_IN


def _p95(times: list[float]) -> float:
    return sorted(times)[int(len(times) * 0.95)]
