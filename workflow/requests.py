"""The id that ties together everything one request or one task does."""

import uuid
from contextvars import ContextVar

_current: ContextVar[str] = ContextVar("request_id", default="")


def request_id() -> str:
    """The id of the request at hand, empty outside of one."""
    return _current.get()


def begin(value: str = "") -> str:
    """Start a request: remember its id (a new one when none is given) and return it."""
    value = value or str(uuid.uuid4())
    _current.set(value)
    return value
