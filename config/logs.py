"""One line per log record: time with offset, level, request id, where, what; line feeds are encoded."""

import logging
from datetime import datetime

from workflow.requests import request_id


class RequestIdFilter(logging.Filter):
    """Put the id of the request at hand on the record."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Always true; it only adds."""
        record.request_id = request_id() or "-"
        return True


class LineFormatter(logging.Formatter):
    """The line; a traceback follows it as it is, a message cannot forge a second line."""

    def __init__(self) -> None:
        super().__init__("%(asctime)s %(levelname)s %(request_id)s %(name)s %(message)s")

    def formatTime(self, record: logging.LogRecord, datefmt: str | None = None) -> str:  # noqa: N802
        """ISO with the offset."""
        return datetime.fromtimestamp(record.created).astimezone().isoformat(timespec="milliseconds")

    def formatMessage(self, record: logging.LogRecord) -> str:  # noqa: N802
        """The line with line feeds encoded."""
        return super().formatMessage(record).replace("\r", "\\r").replace("\n", "\\n")
