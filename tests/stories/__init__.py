"""Whole stories; the assertions of their steps explain themselves as those of tests do."""

import pytest

_STEPS = (
    "walking", "walk_to_the_suggestion", "walk_of_the_suggestion", "walk_of_the_court_item", "walk_on_paper",
    "chain_of_the_walk",
)  # fmt: skip
pytest.register_assert_rewrite(*(f"{__name__}.{name}" for name in _STEPS))
