"""The county's present term, to be numbered by the first import or by hand."""

from typing import Any


def install(apps: Any) -> None:
    """Put the present term of the county congress there."""
    apps.get_model("stations", "Term").objects.get_or_create(level="COUNTY", township=None, is_current=True)
