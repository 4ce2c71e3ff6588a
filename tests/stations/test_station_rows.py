"""What the name of a township tells."""

import doctest

import pytest

from stations.importers import station_rows


def test_the_examples_in_the_docstrings_hold():
    assert doctest.testmod(station_rows).failed == 0


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("石桥镇", "TOWN"),
        ("双溪乡", "TOWNSHIP"),
        ("永安街道", "SUB_DISTRICT"),
        ("永安街道办事处", "SUB_DISTRICT"),
        ("县直机关", ""),
    ],
)
def test_the_end_of_a_name_tells_the_kind_of_a_township(name, kind):
    assert station_rows.kind_of(name) == kind
