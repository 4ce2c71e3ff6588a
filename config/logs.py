"""One line per log record: time with offset, level, request id, where, what; control characters are encoded."""

import logging
import re
from datetime import datetime

from workflow.requests import request_id


class RequestIdFilter(logging.Filter):
    """Put the id of the request at hand on the record."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Always true; it only adds."""
        record.request_id = request_id() or "-"
        return True


#: Everything that could begin a line of its own or act on a terminal.
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")

#: A one-time link: the code in it sets a password as long as it is not used.
_LINK = re.compile(r"(/accounts/first/)[^/\s]+")


class LineFormatter(logging.Formatter):
    """One line per record; a traceback follows it indented, so that nothing told by a user can forge a line."""

    def __init__(self) -> None:
        super().__init__("%(asctime)s %(levelname)s %(request_id)s %(name)s %(message)s")

    def formatTime(self, record: logging.LogRecord, datefmt: str | None = None) -> str:  # noqa: N802
        """ISO with the offset."""
        return datetime.fromtimestamp(record.created).astimezone().isoformat(timespec="milliseconds")

    def formatMessage(self, record: logging.LogRecord) -> str:  # noqa: N802
        """The line with control characters encoded, and without the code of a one-time link."""
        return _LINK.sub(r"\1…", _encoded(super().formatMessage(record)))

    def format(self, record: logging.LogRecord) -> str:
        """The line, and the lines of a traceback behind a bar."""
        line, *rest = super().format(record).split("\n")
        return "\n".join([line, *(f"  | {_encoded(part)}" for part in rest)])


def _encoded(text: str) -> str:
    return _CONTROL.sub(lambda found: found[0].encode("unicode_escape").decode(), text)
