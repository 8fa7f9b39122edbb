"""Workers log as the process that started them does."""

import logging
import pickle

from pipeline.telemetry.logs import start_logging


def log_settings() -> bytes:
    """The level and form of our log, pickled, for a worker to write its own in the same way."""
    logger = logging.getLogger("clauseline")
    formatter = logger.handlers[0].formatter if logger.handlers else None
    try:
        return pickle.dumps((logger.level, formatter))
    except Exception:  # a program of its own has set up what can't be passed on
        return pickle.dumps((logger.level, None))


def log_as(settings: bytes) -> None:
    """Write our log to stderr in the form that `log_settings` told; nothing if it had set none up."""
    level, formatter = pickle.loads(settings)  # noqa: S301 - comes from our own parent
    if level == logging.NOTSET:
        return
    start_logging(level, formatter)
