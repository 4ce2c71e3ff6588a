"""The record of a case of deliberation in the words of the reader."""

from collections.abc import Callable, Mapping
from typing import Any

from accounts.timeline import READ_ALONG, row


def _nothing(_event: Any) -> list[str]:
    return []


def timeline(
    case: Any,
    verbs: Mapping[str, Any],
    states: Mapping[str, Any],
    changes: Callable[[Any], list[str]] = _nothing,
) -> list[dict[str, Any]]:
    """The events of a case, newest first; ``changes`` makes sentences of what an event tells."""
    events = case.events.select_related(*READ_ALONG).order_by("-seq")
    return [row(event, verbs, states, changes(event)) for event in events]
