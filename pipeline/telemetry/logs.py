"""The program's log: as lines for a person, or as JSON, one event a line.

An event says which document (the SHA-256 of its content, as in its result) and which stage it is of. No event holds words of
a document; paths and file names, which may name people, only where they are asked for. Of an error its type and the place in
our code are told, not what it says.
"""

import json
import logging
import sys
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from pipeline.errors import trace_of
from pipeline.telemetry.work import at_work

LOG = "clauseline"

NAMING = frozenset({"path", "message_told"})
"""Keys of an event that may name people: left out unless paths are asked for."""

_STANDARD = frozenset(vars(logging.makeLogRecord({}))) | {"message", "asctime", "taskName"}


class JsonFormatter(logging.Formatter):
    """Formats a record as one JSON object; what was given as `extra` becomes keys.

    Args:
        paths: whether paths of documents are told.

    >>> record = logging.makeLogRecord({"msg": "done", "levelname": "INFO", "name": "clauseline", "path": "ada.pdf"})
    >>> "ada" in JsonFormatter().format(record), "ada" in JsonFormatter(paths=True).format(record)
    (False, True)
    """

    def __init__(self, paths: bool = False) -> None:
        super().__init__()
        self._paths = paths

    def format(self, record: logging.LogRecord) -> str:
        """The record as one line."""
        event = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "event": _said(record),
            **_about(record, self._paths),
        }
        if error := _error(record):
            event |= {"error": type(error).__name__, "trace": trace_of(error)}
        return json.dumps(event, default=str, ensure_ascii=False)


class TextFormatter(logging.Formatter):
    """Formats a record as a line for a person; see `JsonFormatter`."""

    def __init__(self, paths: bool = False) -> None:
        super().__init__()
        self._paths = paths

    def format(self, record: logging.LogRecord) -> str:
        """The record as text."""
        about = _about(record, self._paths)
        if "document" in about:
            about["document"] = str(about["document"])[:16]
        told = " ".join(f"{key}={value}" for key, value in about.items() if value is not None)
        error = _error(record)
        trace = f"\n{trace_of(error)}" if error else ""
        return f"{record.levelname} {record.name}: {_said(record)}{' ' * bool(told)}{told}{trace}"


def start_logging(level: str | int, formatter: logging.Formatter | None) -> None:
    """Send the program's log to stderr; of other libraries' warnings only that there was one, and where.

    Args:
        level: from which on it is told.
        formatter: None for the bare messages.
    """
    ours, root = logging.getLogger(LOG), logging.getLogger()
    ours.handlers[:] = [_Stderr(formatter, ours=True)]
    ours.setLevel(level)
    root.handlers[:] = [*(h for h in root.handlers if not isinstance(h, _Stderr)), _Stderr(formatter, ours=False)]
    logging.captureWarnings(True)


def is_json() -> bool:
    """Whether the program's log is JSON, and stderr with it."""
    return any(isinstance(handler.formatter, JsonFormatter) for handler in logging.getLogger(LOG).handlers)


class _Stderr(logging.Handler):
    """Writes events to stderr, each at once, so that those of several processes don't mix; ours, or all others."""

    def __init__(self, formatter: logging.Formatter | None, ours: bool) -> None:
        super().__init__()
        self.setFormatter(formatter)
        self.addFilter(lambda record: _is_ours(record) == ours)

    def emit(self, record: logging.LogRecord) -> None:
        """Write one."""
        try:
            sys.stderr.write(self.format(record) + "\n")
            sys.stderr.flush()
        except Exception:
            self.handleError(record)


def _is_ours(record: logging.LogRecord) -> bool:
    return record.name.partition(".")[0] == LOG


def _said(record: logging.LogRecord) -> str:
    """What an event says; of a library only where it warns, for it may quote the document."""
    return record.getMessage() if _is_ours(record) else f"a warning of {record.module}, line {record.lineno}"


def _about(record: logging.LogRecord, paths: bool) -> dict[str, Any]:
    """The document and stage at work, and what was given as `extra`."""
    work, stage = at_work()
    known: Mapping[str, Any] = {"document": work.document, "path": work.path} if work else {}
    given = {key: value for key, value in vars(record).items() if key not in _STANDARD}
    about = {**known, **({"stage": stage} if stage else {}), **given}
    return {key: value for key, value in about.items() if paths or key not in NAMING}


def _error(record: logging.LogRecord) -> BaseException | None:
    return record.exc_info[1] if record.exc_info else None
