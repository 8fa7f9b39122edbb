"""What is being worked on: the document and the stage that logs and spans are told of."""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from time import perf_counter

from pipeline.telemetry.signals import Span, exporting, observe, span

_LARGEST = 500_000_000  # bytes beyond which a file is not read to know its digest


@dataclass(frozen=True)
class Work:
    """A document that is being worked on, and its span."""

    path: str
    span: Span

    @cached_property
    def document(self) -> str:
        """SHA-256 of its content, as in its result; of a file that can't be read, "path:" and a digest of its path.

        Found when first asked for: where nothing is logged and no trace is kept, it never is.
        """
        try:
            path = Path(self.path)
            if path.is_file() and path.stat().st_size <= _LARGEST:
                with path.open("rb") as file:
                    return hashlib.file_digest(file, "sha256").hexdigest()
        except (OSError, ValueError):
            pass
        return "path:" + hashlib.sha256(self.path.encode("utf-8", "replace")).hexdigest()[:16]


_WORK: ContextVar[Work | None] = ContextVar("work", default=None)
_STAGE: ContextVar[str] = ContextVar("stage", default="")


def at_work() -> tuple[Work | None, str]:
    """The document that this thread works on, and the stage it is in; None and "" if it does nothing of the kind."""
    return _WORK.get(), _STAGE.get()


@contextmanager
def document(path: str | Path) -> Iterator[Span]:
    """Work on a document: what is logged inside is told of it, and it has a span of its own.

    Inside work on the same document already, nothing is begun anew: what is set is set on the span there is.

    >>> with document("a.pdf"), stage("parse"):
    ...     at_work()[0].path, at_work()[1]
    ('a.pdf', 'parse')
    """
    current = _WORK.get()
    if current is not None and current.path == str(path):
        yield current.span
        return
    with span("document") as begun:
        work = Work(str(path), begun)
        if exporting() is not None:
            begun.set(document=work.document)
        token = _WORK.set(work)
        try:
            yield begun
        finally:
            _WORK.reset(token)


@contextmanager
def stage(name: str) -> Iterator[Span]:
    """Do a stage of the work: a span, its seconds as a measurement, and the name in what is logged inside."""
    token, start = _STAGE.set(name), perf_counter()
    try:
        with span(name) as begun:
            yield begun
    finally:
        _STAGE.reset(token)
        observe("stage_seconds", perf_counter() - start, stage=name)
