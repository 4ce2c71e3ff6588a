"""What every page knows about whom it is for."""

from typing import Any

from django.http import HttpRequest


def actor(request: HttpRequest) -> dict[str, Any]:
    """As whom one acts."""
    return {"actor": getattr(request, "actor", None)}
