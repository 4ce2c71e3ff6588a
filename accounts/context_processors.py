"""What every page knows about whom it is for."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest


def actor(request: HttpRequest) -> dict[str, Any]:
    """The actor, the county, and the line that says whom to ask."""
    return {
        "actor": getattr(request, "actor", None),
        "county_name": settings.COUNTY_NAME,
        "help_line": settings.HELP_LINE,
    }
