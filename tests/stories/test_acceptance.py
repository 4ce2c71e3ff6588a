"""The table of acceptance scenarios tells the truth: each test that it names is there."""

import ast
import re
from pathlib import Path

import pytest
from django.conf import settings

TABLE = Path(settings.BASE_DIR, "docs", "acceptance.md").read_text(encoding="utf-8")
NAMED = sorted(set(re.findall(r"`(tests/[\w/]+\.py)::(\w+)`", TABLE)))
SCENARIOS = {
    1,
    2,
    3,
    5,
    6,
    7,
    8,
    9,
    12,
    13,
    14,
    17,
    18,
    19,
    20,
    21,
    22,
    23,
    25,
    28,
    30,
    31,
    33,
    34,
    35,
    36,
    37,
    39,
    40,
    41,
}


@pytest.mark.parametrize(("path", "name"), NAMED)
def test_each_test_that_the_table_names_exists(path, name):
    tree = ast.parse(Path(settings.BASE_DIR, path).read_text(encoding="utf-8"))
    assert name in {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}


def test_every_scenario_of_the_walk_has_its_row_with_a_test():
    rows = re.findall(r"^\| (\d+) \|.*`tests/.*\|$", TABLE, re.MULTILINE)
    assert [int(number) for number in rows] == sorted(SCENARIOS)
