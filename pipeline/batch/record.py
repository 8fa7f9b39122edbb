"""Put what came of a run into the database: its journal, the results, the passages to search. A run works without."""

from collections.abc import Callable
from datetime import UTC, datetime
from time import monotonic
from typing import TYPE_CHECKING, Literal

from pipeline import telemetry
from pipeline.batch.events import BatchSummary, Outcome
from pipeline.errors import ClauselineError, StoreError, WrongUsage
from pipeline.settings import Settings
from pipeline.stores import stores_of
from schemas import Result

if TYPE_CHECKING:
    from pipeline.stores.protocols import IndexedDocument, JournalEntry, Stores

AT_ONCE = 50
"""Outcomes written in one go, at most."""

SECONDS = 1.0
"""How long an outcome waits to be written, at most, while others come."""


class Recorder:
    """Writes outcomes to a database in small portions; the first trouble is told once, and the run goes on without.

    Args:
        settings: say where database and search index are; opened with the first portion, while the workers are at work.
        run: whose outcomes these are.
        out: its output folder.
        warn: told when the database can't be used.
    """

    def __init__(self, settings: Settings, run: BatchSummary, out: str, warn: Callable[[str], None]) -> None:
        self._settings, self._run, self._out, self._warn = settings, run, out, warn
        self._stores: Stores | None = None
        self._usable = True
        self._waiting: list[tuple[Outcome, datetime]] = []
        self._written = monotonic()

    def add(self, outcome: Outcome) -> None:
        """Take an outcome; nothing happened to a document whose result was kept."""
        if not self._usable or outcome.kept:
            return
        self._waiting.append((outcome, datetime.now(UTC)))
        if len(self._waiting) >= AT_ONCE or monotonic() - self._written >= SECONDS:
            self._write()

    def close(self, status: Literal["done", "interrupted"]) -> None:
        """Write what is waiting, and that the run has ended."""
        self._write()
        if self._stores and self._usable:
            try:
                self._stores.journal.finish(self._run.run, status, datetime.now(UTC))
            except StoreError as error:
                self._give_up(error)
        if self._stores:
            self._stores.close()

    def _write(self) -> None:
        waiting, self._waiting = self._waiting, []
        if not waiting or not self._usable:
            return
        try:
            with telemetry.stage("record"):
                stores = self._opened()
                stores.results.put(Result.model_validate_json(o.result) for o, _ in waiting if o.result and o.sha256)
                for outcome, _ in waiting:
                    if outcome.passages:
                        stores.chunks.put(_document(outcome), outcome.passages)
                stores.journal.record(_entry(self._run.run, outcome, finished) for outcome, finished in waiting)
        except (StoreError, WrongUsage) as error:  # the latter: a search index whose URL is wrong
            self._give_up(error)
        self._written = monotonic()

    def _opened(self) -> "Stores":
        if self._stores is None:
            from pipeline.stores.protocols import RunRow

            self._stores = stores_of(self._settings)
            run = RunRow(self._run.run, self._run.started, self._run.backend, self._run.fingerprint, self._out)
            self._stores.journal.begin(run)
        return self._stores

    def _give_up(self, error: ClauselineError) -> None:
        self._usable = False
        self._warn(f"{error} (results are written to {self._out}; journal and search index are not kept)")


def _document(outcome: Outcome) -> "IndexedDocument":
    from pipeline.stores.protocols import IndexedDocument

    return IndexedDocument(outcome.sha256, outcome.path, outcome.doc_type, outcome.state)


def _entry(run: str, outcome: Outcome, finished: datetime) -> "JournalEntry":
    from pipeline.stores.protocols import JournalEntry

    told = outcome.error
    return JournalEntry(
        run, outcome.path, outcome.sha256, outcome.status, finished, round(outcome.seconds, 3),
        told.type if told else "", told.message if told else "",
    )  # fmt: skip
