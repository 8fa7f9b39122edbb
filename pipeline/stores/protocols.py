"""What a store can do, and the rows it holds: small protocols, so that a team's database can stand in for the embedded one."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Literal, Protocol

from pipeline.stores.record_store import RecordStore
from schemas import DocType, Pack, Passage, Reply, Requirement, Result, Status

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Vectors = NDArray[np.float32]  # one row per text
    EmbedTexts = Callable[[Sequence[str]], Vectors]

ChunkKey = int | str
"""Of a passage in a store; means nothing outside it."""


@dataclass(frozen=True, slots=True)
class ResultRow:
    """A stored result in brief; `fingerprint` names the code, data and settings it was made by."""

    sha256: str
    fingerprint: str
    path: str
    doc_type: DocType
    status: Status
    state: str | None
    backend: str
    made: datetime


class ResultStore(Protocol):
    """The results of documents, one for each document and fingerprint."""

    def put(self, results: Iterable[Result]) -> None:
        """Keep results; one of the same document and fingerprint is replaced. All are kept or none."""
        ...

    def get(self, sha256: str, fingerprint: str | None = None) -> Result | None:
        """The result of a document made by `fingerprint`, or the newest."""
        ...

    def find(
        self, *, doc_type: DocType | None = None, state: str | None = None, status: Status | None = None
    ) -> Iterator[ResultRow]:
        """The newest result of each document that matches, by path; as a stream."""
        ...

    def delete(self, sha256: str) -> None:
        """Forget every result of a document."""
        ...


@dataclass(frozen=True, slots=True)
class Reported:
    """A result with its validation report, and when it was made of which file."""

    path: str
    made: datetime
    result: Result


class ReportStore(Protocol):
    """The last reports on each file, for a new one to be compared with."""

    def put(self, path: str, result: Result) -> None:
        """Keep a result with its report.

        Args:
            path: the file's absolute path.
            result: what was read and found.
        """
        ...

    def last(self, path: str) -> Reported | None:
        """The last report on a file, None if there is none."""
        ...

    def latest(self, doc_type: DocType) -> Iterator[Reported]:
        """The last report on each file of a type, by path; as a stream."""
        ...


class ReplyStore(Protocol):
    """What chat models said to which question, so that asking again is free."""

    def get(self, key: str) -> Reply | None:
        """The reply kept under a key, as it was put."""
        ...

    def put(self, key: str, model: str, reply: Reply) -> None:
        """Keep a reply; another one under the same key is replaced.

        Args:
            key: `Ask.key`.
            model: whose reply it is, for people who look into the database.
            reply: what it said.
        """
        ...


@dataclass(frozen=True, slots=True)
class RunRow:
    """A run: who did what with which settings, and how it ended ("running" for ever if it was killed)."""

    id: str
    started: datetime
    backend: str
    fingerprint: str
    out: str = ""
    finished: datetime | None = None
    status: Literal["running", "done", "interrupted"] = "running"


@dataclass(frozen=True, slots=True)
class JournalEntry:
    """What happened to one document in one run; `attempt` counts from 1, over all runs that did not succeed before."""

    run: str
    path: str
    sha256: str
    status: Status
    finished: datetime
    seconds: float
    error_type: str = ""
    error: str = ""
    attempt: int = 1


class Journal(Protocol):
    """The history of runs."""

    def begin(self, run: RunRow) -> None:
        """Note that a run has begun; the first of several processes that say so is heard."""
        ...

    def record(self, entries: Iterable[JournalEntry]) -> None:
        """Note what happened to documents; the attempts are counted by the journal. All are kept or none."""
        ...

    def finish(self, run: str, status: Literal["done", "interrupted"], finished: datetime) -> None:
        """Note that a run has ended."""
        ...

    def runs(self, limit: int = 100) -> list[RunRow]:
        """The latest runs, newest first."""
        ...

    def entries(self, run: str) -> Iterator[JournalEntry]:
        """What happened in a run, in the order it was recorded; as a stream."""
        ...


class KnowledgeStore(Protocol):
    """Requirement packs by jurisdiction, every version kept: a team's own beside, or instead of, the shipped ones."""

    def put(self, pack: Pack) -> None:
        """Keep a version of a pack; the same again changes nothing.

        Raises:
            StoreError: that version is there with other content.
        """
        ...

    def get(self, jurisdiction: str, doc_type: str = "lease", version: str | None = None) -> Pack | None:
        """A version of a jurisdiction's pack, the last one put if none is named."""
        ...

    def versions(self, jurisdiction: str, doc_type: str = "lease") -> list[str]:
        """The versions of a jurisdiction's pack, in the order they were put."""
        ...

    def jurisdictions(self) -> list[str]:
        """The codes of all jurisdictions with a pack, sorted."""
        ...

    def in_force(self, jurisdiction: str, as_of: date, doc_type: str = "lease") -> list[Requirement]:
        """The requirements of the last version in force on a day, by id; drafts are not in force."""
        ...


@dataclass(frozen=True, slots=True)
class IndexedDocument:
    """What the search index knows of a document."""

    sha256: str
    path: str
    doc_type: DocType
    state: str | None = None


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage found: its document, the passage (its `score` is the fused rank score, higher is better), highlighted text."""

    document: IndexedDocument
    passage: Passage
    snippet: str


class ChunkStore(Protocol):
    """The passages of all documents, searched by words and by meaning."""

    def put(self, document: IndexedDocument, passages: Sequence[Passage]) -> None:
        """Index a document; what was indexed of it before is replaced, unless it is the same. Vectors are filled in later."""
        ...

    def delete(self, sha256: str) -> None:
        """Take a document out of the index."""
        ...

    def count(self) -> int:
        """How many passages are indexed."""
        ...

    def models(self) -> dict[str, int]:
        """The embedding models with vectors here, and the dimension of each."""
        ...

    def without_vectors(self, model: str, limit: int = 1_000) -> list[tuple[ChunkKey, str]]:
        """Key and text of passages that have no vector of the embedding `model` yet; empty when all have."""
        ...

    def set_vectors(self, model: str, keys: Sequence[ChunkKey], vectors: "Vectors") -> None:
        """Keep the vectors of passages (any of which may be gone by now).

        Raises:
            StoreError: their dimension is not that of the model's other vectors.
        """
        ...

    def search(
        self,
        words: str,
        *,
        vector: "Vectors | None" = None,
        model: str = "",
        doc_type: DocType | None = None,
        state: str | None = None,
        limit: int = 10,
    ) -> list[Hit]:
        """The passages that answer best, by words (BM25) and, when given, by closeness to `vector` of `model`.

        The two rankings are fused by reciprocal rank (Cormack, Clarke & Büttcher, SIGIR 2009).

        Args:
            words: what a person typed; "double quotes" keep words together. No query syntax, nothing can go wrong.
            vector: of one dimension, as embedded by `model`.
            doc_type, state: only passages of such documents; the state's full name.
        """
        ...

    def rebuild(self, model: str, embed: "EmbedTexts") -> int:
        """Make the index anew with vectors of one model only; searches go on meanwhile.

        Args:
            model: what its vectors are known by.
            embed: the model; one row per text.

        Returns:
            how many passages are indexed.
        """
        ...


@dataclass(frozen=True, slots=True)
class Stores:
    """The rooms of one database; close it, or use it as a context."""

    results: ResultStore
    reports: ReportStore
    replies: ReplyStore
    journal: Journal
    knowledge: KnowledgeStore
    chunks: ChunkStore
    records: RecordStore
    close: "Close"

    def __enter__(self) -> "Stores":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


class Close(Protocol):
    """Lets go of files and connections."""

    def __call__(self) -> None: ...
