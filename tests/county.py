"""The county's own roster and ledger as a test case: read once per class, given back unchanged to every test."""

import json
from io import StringIO
from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.test import TestCase

DATA = Path(__file__).parent / "data"
ROSTER, LEDGER, REGISTER = DATA / "roster.xlsx", DATA / "suggestion_ledger.xlsx", DATA / "visit_register.xlsx"


def run(command: str, *args: Any) -> tuple[int, str]:
    """Exit status and standard output of a command."""
    out, status = StringIO(), 0
    try:
        call_command(command, *args, stdout=out, stderr=StringIO())
    except SystemExit as left:
        status = int(left.code or 0)
    return status, out.getvalue()


def run_json(command: str, *args: Any) -> tuple[int, Any]:
    """Exit status and the one object that a command prints."""
    status, text = run(command, *args, "--json")
    return status, json.loads(text)


def expected(name: str) -> dict[str, Any]:
    """What the papers say that a workbook gives."""
    return json.loads((DATA / f"{name}.expected.json").read_text(encoding="utf-8"))


class RosterTestCase(TestCase):
    """With the county's roster."""

    @classmethod
    def setUpTestData(cls):
        run("import_roster", ROSTER, "--keep-good")


class LedgerTestCase(RosterTestCase):
    """With the roster and the good rows of the ledger."""

    @classmethod
    def setUpTestData(cls):
        super().setUpTestData()
        cls.status, cls.told = run_json("import_suggestions", LEDGER, "--keep-good")
