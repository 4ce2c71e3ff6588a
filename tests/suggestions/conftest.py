import pytest

from tests.suggestions.factory import TODAY, make_county, noon


@pytest.fixture
def county(db):
    """The small county, on the day on which most tests take place."""
    with noon(TODAY):
        yield make_county()
