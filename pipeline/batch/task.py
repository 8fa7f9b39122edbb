"""What a worker does with one document: see whether its result still holds, else make it and write it."""

import hashlib
import json
import os
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING, Any

from pipeline.batch.events import Outcome
from pipeline.batch.layout import RESULT
from pipeline.errors import RunStopped, told
from pipeline.settings import Settings
from pipeline.stores.files import write_whole
from schemas import DocumentInfo, Passage, Result, StageError, Usage

if TYPE_CHECKING:
    from pipeline.generate.chat import ModelClient

LARGEST = 2_000_000_000
"""Bytes beyond which a file is not read to know its digest."""


@dataclass(frozen=True, slots=True)
class Item:
    """One document of a run: its place in the order, its path, the folder of its result below the output folder.

    `anew`: whether the worker it was given to was lost, so that a result of this very run may be there, of which nobody was told.
    """

    index: int
    path: Path
    name: str
    anew: bool = False

    @property
    def shown(self) -> str:
        """The path as text that any encoding can hold."""
        return os.fsencode(self.path).decode("utf-8", "replace")


@dataclass(frozen=True, slots=True)
class Processed:
    """What a document says, and its passages for the search index."""

    result: Result
    passages: tuple[Passage, ...] = ()


Process = Callable[[Path], Processed]


@dataclass(slots=True)
class PipelineProcess:
    """Process documents by the pipeline, which is built where and when it is first needed: in the worker.

    Args:
        settings, jurisdiction: of the run.
        client: puts the questions of a backend that asks a chat model; picklable. Made from the settings if not given.

    Raises:
        RunStopped: no document can be done now.

    >>> PipelineProcess(Settings())(Path("no such file.pdf")).result.status
    'failed'
    """

    settings: Settings
    jurisdiction: str | None = None
    client: "ModelClient | None" = None
    _pipeline: Any = field(default=None, repr=False)

    def __call__(self, path: Path) -> Processed:
        from pipeline.pipeline import Pipeline
        from pipeline.retrieve import chunked

        self._pipeline = self._pipeline or Pipeline(self.settings, client=self.client)
        result, document = self._pipeline.run_with_document(path, jurisdiction=self.jurisdiction)
        return Processed(result, chunked(document, self.settings.chunking) if document else ())


@dataclass(frozen=True)
class Task:
    """The function of the workers; raises RunStopped where the document is to be done in another run.

    Args:
        process: makes the result of a path.
        out: the output folder.
        fingerprint: of the code, data and settings in use.
        backend: its name, for results of documents that failed.
        resume: whether a result that is there and has this fingerprint is kept.
    """

    process: Process
    out: Path
    fingerprint: str
    backend: str = "offline"
    resume: bool = True

    def __call__(self, item: Item) -> Outcome:
        start = perf_counter()
        if self.resume and not item.anew and (kept := self._kept(item)):
            return kept
        passages: tuple[Passage, ...] = ()
        try:
            processed = self.process(item.path)
            result, passages = processed.result, processed.passages
        except RunStopped:
            raise
        except Exception as error:
            result = self._failed(item, error)
        return self._written(item, result, passages, start)

    def give_up(self, item: Item, error: Exception) -> Outcome:
        """Write down that nothing could be made of a document, and why."""
        return self._written(item, self._failed(item, error), (), perf_counter())

    def _kept(self, item: Item) -> Outcome | None:
        """What an earlier run made of the same bytes in the same way, unless it failed."""
        try:
            found = json.loads((self.out / item.name / RESULT).read_bytes())
            document = found["document"]
            if found["fingerprint"] != self.fingerprint or found["status"] == "failed":
                return None
            if document["sha256"] != sha256_of(item.path):
                return None
            error = StageError.model_validate(found["errors"][0]) if found["errors"] else None
            return Outcome(
                item.shown, item.name, found["status"], found["doc_type"], document["pages"], document["sha256"], error,
                kept=True,
            )  # fmt: skip
        except (OSError, ValueError, KeyError, TypeError):
            return None

    def _failed(self, item: Item, error: Exception) -> Result:
        info, usage = DocumentInfo(path=item.shown), Usage(backend=self.backend)
        return Result(document=info, status="failed", usage=usage, errors=[told(error, "run")])

    def _written(self, item: Item, result: Result, passages: tuple[Passage, ...], start: float) -> Outcome:
        """Write the result as JSON; one that can't be put as JSON is a failure of its own."""
        try:
            result, data = self._as_json(item, result)
        except ValueError as error:
            result, data = self._as_json(item, self._failed(item, error))
        write_whole(self.out / item.name / RESULT, data)
        return Outcome(
            item.shown, item.name, result.status, result.doc_type, result.document.pages, result.document.sha256,
            result.errors[0] if result.errors else None, perf_counter() - start, False, data,
            result.jurisdiction.state if result.jurisdiction else None, passages, result.usage,
        )  # fmt: skip

    def _as_json(self, item: Item, result: Result) -> tuple[Result, bytes]:
        info = {"path": item.shown, "sha256": result.document.sha256 or sha256_of(item.path)}
        document = result.document.model_copy(update=info)
        result = result.model_copy(update={"document": document, "fingerprint": self.fingerprint})
        return result, result.model_dump_json(indent=2).encode() + b"\n"


def sha256_of(path: Path) -> str:
    """SHA-256 of a regular file in hexadecimal; "" if it can't be read, or is too large to be a document.

    >>> sha256_of(Path("no such file"))
    ''
    """
    try:
        if not path.is_file() or path.stat().st_size > LARGEST:
            return ""
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return ""
