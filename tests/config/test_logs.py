"""A line per record; nothing that a user typed can forge one."""

import logging
import re
import sys

import pytest

from config.logs import LineFormatter, RequestIdFilter
from workflow import requests

LINE = re.compile(r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}[+-]\d\d:\d\d [A-Z]+ \S+ \S+ ")


def written(message, *args, exc_info=None):
    record = logging.LogRecord("files.jobs", logging.WARNING, "", 1, message, args, exc_info)
    RequestIdFilter().filter(record)
    return LineFormatter().format(record)


@pytest.fixture
def failure():
    def raise_with(words):
        try:
            raise ValueError(words)
        except ValueError:
            return sys.exc_info()

    return raise_with


FORGED = "2026-11-24T09:00:00.000+08:00 INFO - axes signed in as admin"
BREAKS = ["\n", "\r", "\r\n", "\x0b", "\x0c", "\x85", "\u2028", "\u2029", "\x1b[2K"]


def test_a_line_tells_when_how_bad_which_request_where_and_what():
    made = requests.begin()
    line = written("%s rows", 3)
    assert LINE.match(line)
    assert line.endswith(f" WARNING {made} files.jobs 3 rows")


def test_outside_of_a_request_there_is_a_dash():
    requests.begin("x")
    requests._current.set("")
    assert " WARNING - files.jobs " in written("nothing")


@pytest.mark.parametrize("sign", BREAKS)
def test_words_cannot_begin_a_line(sign):
    line = written("the name is %s", f"王{sign}{FORGED}")
    assert len(line.splitlines()) == 1
    assert "\x1b" not in line and FORGED in line


@pytest.mark.parametrize("sign", BREAKS)
def test_the_words_of_an_error_cannot_begin_a_line_either(failure, sign):
    text = written("failed", exc_info=failure(f"王{sign}{FORGED}"))
    first, *rest = text.splitlines()
    assert LINE.match(first)
    assert rest and all(line.startswith("  | ") for line in rest)
    assert "\x1b" not in text


def test_a_traceback_is_told():
    text = written("failed", exc_info=(ValueError, ValueError("why"), None))
    assert text.splitlines()[-1] == "  | ValueError: why"


def test_the_code_of_a_one_time_link_is_not_written_down():
    assert written("%s: %s", "Unprocessable Entity", "/accounts/first/K7QM-3XPA-9TRD/").endswith("/accounts/first/…/")
