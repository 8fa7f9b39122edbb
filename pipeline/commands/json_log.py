"""Logs as JSON lines: one event a line, no document text."""

import json
import logging
from datetime import UTC, datetime

_STANDARD = frozenset(vars(logging.makeLogRecord({}))) | {"message", "asctime", "taskName"}


class JsonFormatter(logging.Formatter):
    """Formats a record as one JSON object; what was given as `extra` becomes keys.

    >>> record = logging.makeLogRecord({"msg": "done", "levelname": "INFO", "name": "clauseline", "stage": "parse"})
    >>> '"stage": "parse"' in JsonFormatter().format(record)
    True
    """

    def format(self, record: logging.LogRecord) -> str:
        """The record as one line."""
        event = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "event": record.getMessage(),
            **{key: value for key, value in vars(record).items() if key not in _STANDARD},
        }
        if record.exc_info:
            event["trace"] = self.formatException(record.exc_info)
        return json.dumps(event, default=str, ensure_ascii=False)
