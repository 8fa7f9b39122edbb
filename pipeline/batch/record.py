"""Put what came of a run into the database: its journal, the results, the passages to search. A run works without."""

from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from time import monotonic
from typing import Literal

from pipeline import telemetry
from pipeline.batch.books import Books, Ended
from pipeline.batch.events import BatchSummary, Outcome
from pipeline.errors import StoreError, WrongUsage
from pipeline.settings import Settings

AT_ONCE = 50
"""Outcomes written in one go, at most."""

SECONDS = 1.0
"""How long an outcome waits to be written, at most, while others come."""


class Recorder:
    """Writes outcomes to the database in small portions; what can't be kept is told once, and the run goes on without.

    Args:
        settings: say where database and search index are; opened with the first portion, while the workers are at work.
        run: whose outcomes these are.
        out: its output folder.
        warn: told when the database, or the search index alone, can't be used.
    """

    def __init__(self, settings: Settings, run: BatchSummary, out: str, warn: Callable[[str], None]) -> None:
        self._settings, self._run, self._out, self._warn = settings, run, out, warn
        self._books: Books | None = None
        self._enters = self._indexes = True
        self._waiting: list[Ended] = []
        self._written = monotonic()

    def add(self, outcome: Outcome) -> None:
        """Take an outcome; nothing happened to a document whose result was kept."""
        if not self._enters or outcome.kept:
            return
        self._waiting.append((outcome, datetime.now(UTC)))
        if len(self._waiting) >= AT_ONCE or monotonic() - self._written >= SECONDS:
            self._write()

    def close(self, status: Literal["done", "interrupted"]) -> None:
        """Write what is waiting, and that the run has ended."""
        self._write()
        if self._books is not None:
            self._enters = self._enters and self._does(partial(self._books.finish, status, datetime.now(UTC)), _ALL)
            self._books.close()

    def _write(self) -> None:
        waiting, self._waiting = self._waiting, []
        if not waiting or not self._enters:
            return
        with telemetry.stage("record"):
            books = self._books = self._books or self._opened()
            self._enters = self._does(partial(books.enter, waiting), _ALL)
            self._indexes = self._indexes and self._enters and self._does(partial(books.index, waiting), _INDEX)
        self._written = monotonic()

    def _opened(self) -> Books:
        from pipeline.stores.protocols import RunRow

        run = self._run
        return Books(self._settings, RunRow(run.run, run.started, run.backend, run.fingerprint, self._out))

    def _does(self, work: Callable[[], None], lost: str) -> bool:
        """Whether some work succeeds; if not, it is told what is not kept."""
        try:
            work()
        except (StoreError, WrongUsage) as error:  # the latter: a search index whose URL is wrong
            self._warn(f"{error} (results are written to {self._out}; {lost})")
            return False
        return True


_ALL = "journal and search index are not kept"
_INDEX = "searches will not find what came from here on; run it again with --no-resume when the index answers"
