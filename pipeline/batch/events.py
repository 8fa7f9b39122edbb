"""What a run tells while it goes on and when it is over."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from pydantic import BaseModel, Field

from schemas import DocType, Passage, Result, StageError, Status, Usage


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of one document.

    Args:
        path: of the document, as text (undecodable bytes of a file name replaced).
        name: of its folder below the output folder.
        status, doc_type, pages, sha256, error: as in the result.
        seconds: spent on it now, 0 if it was kept.
        kept: whether the result of an earlier run still holds.
        result: the result as JSON, for the database; empty if it was kept.
        state: of the place it falls under, for the search index.
        passages: for the search index.
        usage: what was spent on it now; None if it was kept.
    """

    path: str
    name: str
    status: Status
    doc_type: DocType = "other"
    pages: int = 0
    sha256: str = ""
    error: StageError | None = None
    seconds: float = 0.0
    kept: bool = False
    result: bytes = b""
    state: str | None = None
    passages: tuple[Passage, ...] = ()
    usage: Usage | None = None

    @classmethod
    def of(
        cls, result: Result, data: bytes, name: str, *, seconds: float = 0.0, passages: tuple[Passage, ...] = ()
    ) -> "Outcome":
        """What came of a document whose result was made now.

        Args:
            result: of it.
            data: the same as JSON.
            name, seconds, passages: as of an outcome.
        """
        document, state = result.document, result.jurisdiction.state if result.jurisdiction else None
        return cls(
            document.path, name, result.status, result.doc_type, document.pages, document.sha256,
            result.errors[0] if result.errors else None, seconds, False, data, state, passages, result.usage,
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Event:
    """Something a progress bar wants to know: `total` with "found", `outcome` with the last three, `message` with "warning"."""

    kind: Literal["found", "warning", "started", "done", "failed", "kept"]
    path: str = ""
    total: int = 0
    outcome: Outcome | None = None
    message: str = ""


OnEvent = Callable[[Event], None]


class DocumentError(StageError):
    """An error, and the document it befell."""

    path: str


class BatchSummary(BaseModel):
    """A run in figures: summary.json."""

    schema_version: Literal[1] = 1
    run: str = Field(description="identifier of the run in the journal")
    started: datetime
    finished: datetime
    seconds: float
    backend: str
    fingerprint: str = Field(description="digest of the code, data and settings the results depend on")
    interrupted: bool = Field(default=False, description="whether it ended before every document was done")
    stopped: str = Field(default="", description="why it was, if it was not by the user; those not done have no result")
    found: int = Field(description="documents of this run")
    documents: int = Field(default=0, description="documents with a result, kept ones included")
    kept: int = Field(default=0, description="results of an earlier run that still hold")
    by_status: dict[Status, int] = Field(default_factory=dict)
    by_type: dict[DocType, int] = Field(default_factory=dict)
    pages: int = 0
    usage: Usage = Field(
        default_factory=Usage,
        description="what the backend used in this run; also for documents that were not finished, but not by_group",
    )
    throttled_seconds: float = Field(default=0.0, description="for which the model's provider took no questions")
    passed_over: dict[str, int] = Field(default_factory=dict, description="files of the folders not read, by reason")
    errors: list[DocumentError] = Field(default_factory=list, description="the first thousand")
    warnings: list[str] = Field(default_factory=list)

    @property
    def failed(self) -> int:
        """How many documents failed."""
        return self.by_status.get("failed", 0)
