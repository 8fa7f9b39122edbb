"""What a worker does with one document: see whether its result still holds, else make it and write it."""

import json
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING, Any

from pipeline import telemetry
from pipeline.batch.events import Outcome
from pipeline.batch.layout import RESULT, SUMMARY
from pipeline.batch.sink import Sink
from pipeline.errors import RunStopped, StoreError, told
from pipeline.originals import Copy, LocalFile, Original, sha256_of
from pipeline.settings import Settings
from schemas import DocumentInfo, Passage, Result, StageError, Usage

if TYPE_CHECKING:
    from pipeline.generate.chat import ModelClient


@dataclass(frozen=True, slots=True)
class Item:
    """One document of a run: its place in the order, where it is, the folder of its result below the output folder.

    `anew`: whether the worker it was given to was lost, so that a result of this very run may be there, of which nobody was told.
    """

    index: int
    original: Original
    name: str
    anew: bool = False

    @property
    def shown(self) -> str:
        """Its path or URL as text that any encoding can hold."""
        return self.original.shown

    @property
    def result(self) -> str:
        """The name of its result in the sink."""
        return f"{self.name}/{RESULT}"


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

    def warm(self) -> None:
        """Load what reading takes, in the process that workers are forked from."""
        from pipeline.pipeline import warm

        warm(self.settings)

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
        sink: where results go.
        fingerprint: of the code, data and settings in use.
        backend: its name, for results of documents that failed.
        resume: whether a result that is there and has this fingerprint is kept.
        scratch: folder of the run in which a document that is fetched lies as long as it is at work.
        limit: bytes beyond which a document is not fetched.
    """

    process: Process
    sink: Sink
    fingerprint: str
    backend: str = "offline"
    resume: bool = True
    scratch: Path = Path("scratch")
    limit: int = 200_000_000

    def __call__(self, item: Item) -> Outcome:
        start = perf_counter()
        if self.resume and not item.anew and (kept := self._kept(item)):
            return kept
        with telemetry.document(item.shown):
            try:
                with item.original.opened(self.scratch, self.limit) as copy:
                    made = self._made(item, copy)
            except RunStopped:
                raise
            except Exception as error:  # it could not be fetched
                made = Processed(self._failed(item, error))
            return self._written(item, made.result, made.passages, start)

    @property
    def warm(self) -> Callable[[], None] | None:
        """What loads that which making results takes; None where most are kept, it seems, or somebody else's function makes them."""
        if self.resume and self.sink.read(SUMMARY):
            return None
        return getattr(self.process, "warm", None)

    def give_up(self, item: Item, error: Exception) -> Outcome:
        """Write down that nothing could be made of a document, and why."""
        failed, here = self._failed(item, error), item.original
        if isinstance(here, LocalFile):
            failed = _about(failed, sha256=sha256_of(here.path))
        telemetry.count("documents", doc_type=failed.doc_type, status=failed.status)
        return self._written(item, failed, (), perf_counter())

    def _made(self, item: Item, copy: Copy) -> Processed:
        """What the document says, or why nothing can be said, with what is known of the file it was read from."""
        try:
            made = self.process(copy.path)
        except RunStopped:
            raise
        except Exception as error:
            made = Processed(self._failed(item, error))
        sha256 = made.result.document.sha256 or sha256_of(copy.path)
        return replace(made, result=_about(made.result, sha256=sha256, identity=copy.identity, version=copy.version))

    def _kept(self, item: Item) -> Outcome | None:
        """What an earlier run made of the same bytes in the same way, unless it failed."""
        try:
            found = json.loads(self.sink.read(item.result) or b"")
            document = found["document"]
            if found["fingerprint"] != self.fingerprint or found["status"] == "failed":
                return None
            if not item.original.is_that_of(document):
                return None
            error = StageError.model_validate(found["errors"][0]) if found["errors"] else None
            return Outcome(
                item.shown, item.name, found["status"], found["doc_type"], document["pages"], document["sha256"], error,
                kept=True,
            )  # fmt: skip
        except (StoreError, ValueError, KeyError, TypeError):  # not there, or not one of ours, or not to be read now
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
        with telemetry.stage("store"):
            self.sink.write(item.result, data)
        return Outcome.of(result, data, item.name, seconds=perf_counter() - start, passages=passages)

    def _as_json(self, item: Item, result: Result) -> tuple[Result, bytes]:
        result = _about(result, path=item.shown).model_copy(update={"fingerprint": self.fingerprint})
        return result, result.model_dump_json(indent=2).encode() + b"\n"


def _about(result: Result, **known: str | None) -> Result:
    """The same result, with more known of its document."""
    return result.model_copy(update={"document": result.document.model_copy(update=known)})
