"""What is being worked on: the document and the stage that logs and spans are told of."""

import hashlib
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter

from pipeline.telemetry.signals import Span, exporting, observe, span

log = logging.getLogger("clauseline")

_LARGEST = 500_000_000  # bytes beyond which a file is not read to know its digest


@dataclass(slots=True)
class Work:
    """A document that is being worked on.

    Args:
        path: path or URL, as a user knows it.
        span: of the work.
        file: where its content lies, if that is elsewhere.
    """

    path: str
    span: Span
    file: str = ""
    _digest: str = ""

    @property
    def document(self) -> str:
        """SHA-256 of its content, as in its result; of one that can't be read, see `nameless`.

        Found when first asked for: where nothing is logged and no trace is kept, it never is.
        """
        self._digest = self._digest or _digest(Path(self.file or self.path))
        return self._digest or nameless(self.path)


_WORK: ContextVar[Work | None] = ContextVar("work", default=None)
_STAGE: ContextVar[str] = ContextVar("stage", default="")


def at_work() -> tuple[Work | None, str]:
    """The document that this thread works on, and the stage it is in; None and "" if it does nothing of the kind."""
    return _WORK.get(), _STAGE.get()


def nameless(path: str) -> str:
    """What stands for a document whose content is not known: "path:" and a digest of its path, which may name people.

    >>> nameless("ada-byron.pdf")
    'path:b0b99c5d9a5b784c'
    """
    return "path:" + hashlib.sha256(path.encode("utf-8", "replace")).hexdigest()[:16]


@contextmanager
def document(path: str | Path) -> Iterator[Span]:
    """Work on a document: what is logged inside is told of it, and it has a span of its own.

    Inside work on a document already, nothing is begun anew: `path` is where its content lies, what is set is set on the
    span there is.

    >>> with document("a.pdf"), stage("parse"):
    ...     at_work()[0].path, at_work()[1]
    ('a.pdf', 'parse')
    """
    current = _WORK.get()
    if current is not None:
        current.file = current.file or str(path)
        yield current.span
        return
    with span("document") as begun:
        work = Work(str(path), begun)
        token = _WORK.set(work)
        try:
            yield begun
        finally:
            _WORK.reset(token)
            if exporting() is not None:
                begun.set(document=work.document)


@contextmanager
def stage(name: str) -> Iterator[Span]:
    """Do a stage of the work: a span, its seconds as a measurement, and its name in what is logged inside."""
    token, start = _STAGE.set(name), perf_counter()
    failed = True
    try:
        with span(name) as begun:
            yield begun
        failed = False
    finally:
        seconds = perf_counter() - start
        observe("stage_seconds", seconds, stage=name)
        log.debug("stage %s", "failed" if failed else "done", extra={"seconds": round(seconds, 4)})
        _STAGE.reset(token)


def _digest(file: Path) -> str:
    """SHA-256 of a file in hexadecimal; "" if it can't be read."""
    try:
        if file.is_file() and file.stat().st_size <= _LARGEST:
            with file.open("rb") as data:
                return hashlib.file_digest(data, "sha256").hexdigest()
    except (OSError, ValueError):
        pass
    return ""
