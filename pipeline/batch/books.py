"""What the database keeps of documents that were read: results and journal, and the passages to search."""

from collections.abc import Iterable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import datetime
from threading import Lock
from typing import TYPE_CHECKING, Literal

from pipeline.batch.events import Outcome
from pipeline.settings import Settings
from pipeline.stores import chunks_of, open_stores
from schemas import Result

if TYPE_CHECKING:
    from pipeline.stores.protocols import ChunkStore, IndexedDocument, JournalEntry, RunRow, Stores

Ended = tuple[Outcome, datetime]
"""What came of a document, and when."""


@dataclass
class Books:
    """The database, and the search index where that is elsewhere; each is opened when it is first needed. For many threads.

    All that is written may be written again; a result and an index entry replace what there was.

    Args:
        settings: say where database and search index are.
        run: whose documents these are; noted with the first of them.

    Raises:
        StoreError: by every method: the database can't be opened, read or written; by `index`, the search index.
    """

    settings: Settings
    run: "RunRow"
    _stores: "Stores | None" = None
    _chunks: "ChunkStore | None" = None
    _open: ExitStack = field(default_factory=ExitStack, repr=False)
    _opening: Lock = field(default_factory=Lock, repr=False)

    def enter(self, ended: Sequence[Ended], results: Iterable[Result] | None = None) -> None:
        """Keep results, and what happened to their documents in the journal.

        Args:
            ended: what came of documents.
            results: theirs, where they are at hand; else they are made of their JSON.
        """
        stores = self._opened()
        if results is None:
            results = (Result.model_validate_json(o.result) for o, _ in ended if o.result)
        stores.results.put(result for result in results if result.document.sha256)
        stores.journal.record(_entry(self.run.id, outcome, at) for outcome, at in ended)

    def index(self, ended: Sequence[Ended]) -> None:
        """Have the passages of documents found by searches.

        Raises:
            WrongUsage: the URL of the search index is wrong.
        """
        stores = self._opened()
        with self._opening:
            chunks = self._chunks = self._chunks or chunks_of(self.settings, stores)
        for outcome, _ in ended:
            if outcome.passages:
                chunks.put(_document(outcome), outcome.passages)

    def result(self, sha256: str, fingerprint: str | None = None) -> Result | None:
        """The result of a document that is kept, see `ResultStore.get`."""
        return self._opened().results.get(sha256, fingerprint)

    def finish(self, status: Literal["done", "interrupted"], at: datetime) -> None:
        """Note that the run has ended, if anything was noted of it."""
        if self._stores is not None:
            self._stores.journal.finish(self.run.id, status, at)

    def close(self) -> None:
        """Let go of the database."""
        self._open.close()

    def _opened(self) -> "Stores":
        with self._opening:
            if self._stores is None:
                stores = self._open.enter_context(open_stores(self.settings.database, self.settings.database_patience))
                stores.journal.begin(self.run)
                self._stores = stores
            return self._stores


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
