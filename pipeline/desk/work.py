"""What a worker process does with an order: see to it that the results hold what the object says now."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory
from time import monotonic, perf_counter
from typing import TYPE_CHECKING, Any, Literal
from uuid import uuid4

from pipeline.aws import load_service
from pipeline.batch.fingerprint import fingerprint
from pipeline.batch.layout import RESULT
from pipeline.desk.events import WorkOrder
from pipeline.desk.ledger import Ledger
from pipeline.desk.policy import kind_of
from pipeline.desk.templates import DRAFT, draft_from
from pipeline.errors import Conflict, UnreadableFile, WrongUsage
from pipeline.knowledge import OwnPacks
from pipeline.reporting import report_files, with_lease
from pipeline.retrieve import chunked
from pipeline.settings import Settings
from pipeline.stores import kept_packs, load_drivers
from pipeline.stores.objects import Objects, open_objects
from pipeline.stores.protocols import RunRow
from pipeline.turns import waiting
from schemas import Document, Passage, Result, StageError

if TYPE_CHECKING:
    from pipeline.generate.chat import ModelClient
    from pipeline.pipeline import Pipeline

REPORTS = ("report.json", "report.md", "report.html")
WRITTEN = (RESULT, *REPORTS, DRAFT)
"""Names of what is written for an upload."""

CHANGES = 5
"""Times that an object is read again because it has changed meanwhile."""

KNOWLEDGE_SECONDS = 60.0
"""How long the team's own knowledge is used before it is looked at again."""

_MEDIA = {".json": "application/json", ".md": "text/markdown; charset=utf-8", ".html": "text/html; charset=utf-8"}


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of an order.

    Args:
        what: "done" now, "kept" because the results held it already, or "failed".
        status, doc_type: of the result; "draft" for a template.
        record: what became of the lease's record, such as "created"; "" where there is none to be made.
        error: why it failed.
    """

    what: Literal["done", "kept", "failed"]
    status: str = ""
    doc_type: str = ""
    record: str = ""
    error: StageError | None = None


@dataclass(slots=True)
class DeskWork:
    """The function of the worker processes. It is by the object as it is now, not by the message, that work is known.

    So messages may come twice, late and in any order: the results hold what the last version of the object says, a lease
    that is valid is in the records once, and searches find each document. What has been written is looked at again by the
    object that was read: whoever writes last has read the last version, or reads it now.

    Args:
        settings: what the pipeline is to do, where records and knowledge are.
        out: URL or folder of the results; below it each object has a folder by its key.
        jurisdiction: used where neither document nor file name says.
        client: puts the questions of a backend that asks a chat model.
        run: what the journal knows the worker by, the same in all its processes.

    Raises:
        RunStopped, StoreError: it is to be done another time.
        ClauselineError: nothing can be made of the object.
    """

    settings: Settings
    out: str
    jurisdiction: str | None = None
    client: "ModelClient | None" = None
    run: str = field(default_factory=lambda: uuid4().hex)
    _pipeline: "Pipeline | None" = field(default=None, repr=False)
    _mark: str = ""
    _looked: float = 0.0
    _ledger: Ledger | None = field(default=None, repr=False)

    def warm(self) -> None:
        """Load what an order takes, in the process that workers are forked from; database and buckets are opened later."""
        from pipeline.pipeline import warm

        dict(report_files(warm(self.settings)))  # asked for one by one
        load_service("s3")
        for url in {self.settings.database, self.settings.records_url, self.settings.knowledge_url}:
            load_drivers(url)

    def __call__(self, order: WorkOrder) -> Outcome:
        self._renew_knowledge()
        source, sink = open_objects(f"s3://{order.bucket}"), open_objects(self.out, kms_key=self.settings.s3_kms_key)
        template = bool(self.settings.templates) and order.key.startswith(self.settings.templates)
        name = DRAFT if template else RESULT
        for _ in range(CHANGES):
            held = _read(sink, f"{order.key}/{name}")
            if held and _about(held) not in (order.url, None):
                raise WrongUsage(
                    f"{sink.url}/{order.key} holds results of {_about(held)}; give each bucket a worker with its own --out"
                )
            fits = held is not None and self._holds(held, source, order.key)
            if held and fits and (kept := Outcome("kept") if template else self._kept(order, held, source, sink)):
                return kept
            with _fetched(source, order.key, self.settings.max_bytes) as (path, identity):
                outcome = (self._draft if template else self._result)(order, path, identity, sink)
            with waiting():
                now = source.head(order.key)
            if now is None or now.identity == identity:
                return outcome
        raise Conflict(f"{order.url} changes faster than it can be read")

    def _holds(self, held: bytes, source: Objects, key: str) -> bool:
        """Whether what is held was made in today's way of the object as it is now; a failure is not held."""
        try:
            found = json.loads(held)
            if found["fingerprint"] != self._mark or found.get("status") == "failed":
                return False
            identity = found["document"]["identity"]
        except (ValueError, KeyError, TypeError):
            return False
        with waiting():
            now = source.head(key)
        return now is not None and now.identity == identity

    def _kept(self, order: WorkOrder, held: bytes, source: Objects, sink: Objects) -> Outcome | None:
        """See to it that a result that is held is in the ledger too; None where it has to be made anew."""
        assert self._pipeline is not None
        result, ledger = Result.model_validate_json(held), self._books()
        with waiting():
            if result.amends is None and ledger.agreement(result, sink):
                return None  # the lease that it amends has come meanwhile
            record, whole = ledger.record(result, self._pipeline.knowledge), ledger.holds(result)
        if not whole:  # it could not be entered, or is of a run with another database
            with _fetched(source, order.key, self.settings.max_bytes) as (path, _):
                document = self._pipeline.read(path)
            if document.sha256 != result.document.sha256:
                return None
            passages = self._passages(document)
            with waiting():
                ledger.enter(result, held, order.key, passages)
        return Outcome("kept", result.status, result.doc_type, record)

    def _result(self, order: WorkOrder, path: Path, identity: str, sink: Objects) -> Outcome:
        """Read and validate a document, write its report and its result, and put it into the ledger."""
        assert self._pipeline is not None
        start, ledger = perf_counter(), self._books()
        result, document = self._pipeline.run_with_document(path, jurisdiction=self.jurisdiction)
        about = result.document.model_copy(update={"path": order.url, "identity": identity})
        result = result.model_copy(update={"document": about, "fingerprint": self._mark})
        if result.status == "failed" and result.errors and kind_of(result.errors[0].type) != "document":
            return Outcome("failed", error=result.errors[0])  # it may come out otherwise another time
        if document is not None:
            result = self._with_lease(result, document, sink)
        passages, reports = self._passages(document), dict(report_files(result))
        data = result.model_dump_json(indent=2).encode() + b"\n"
        with waiting():
            for name in REPORTS:
                if name in reports:
                    sink.write(f"{order.key}/{name}", reports[name], _MEDIA[PurePosixPath(name).suffix])
                else:
                    sink.delete(f"{order.key}/{name}")  # of an earlier version
            sink.write(f"{order.key}/{RESULT}", data, _MEDIA[".json"])  # last: where it is, the reports are
            record = ledger.record(result, self._pipeline.knowledge)
            ledger.enter(result, data, order.key, passages, perf_counter() - start)
        if result.status == "failed":
            return Outcome("failed", result.status, error=result.errors[0])
        return Outcome("done", result.status, result.doc_type, record)

    def _with_lease(self, result: Result, document: Document, sink: Objects) -> Result:
        """An amendment with the report on the agreement as amended, where the lease that it amends is recorded."""
        assert self._pipeline is not None
        with waiting():
            agreement = self._books().agreement(result, sink) if result.validation else None
        if agreement is None:
            return result
        return with_lease(result, document, agreement.lease, agreement.earlier, self._pipeline)[0]

    def _passages(self, document: Document | None) -> tuple[Passage, ...]:
        return chunked(document, self.settings.chunking) if document else ()

    def _books(self) -> Ledger:
        if self._ledger is None:
            run = RunRow(self.run, datetime.now(UTC), self.settings.backend, self._mark, self.out)
            self._ledger = Ledger(self.settings, run)
        return self._ledger

    def _draft(self, order: WorkOrder, path: Path, identity: str, sink: Objects) -> Outcome:
        """Draft knowledge from a template, and write what came of it."""
        drafted = draft_from(path, self.settings, self.client)
        about: dict[str, Any] = {
            "document": {"path": order.url, "identity": identity}, "fingerprint": self._mark, **drafted.model_dump(mode="json"),
        }  # fmt: skip
        with waiting():
            sink.write(f"{order.key}/{DRAFT}", json.dumps(about, indent=2).encode() + b"\n", _MEDIA[".json"])
        return Outcome("done", "ok", "draft")

    def _renew_knowledge(self) -> None:
        """Have the pipeline and its fingerprint go by the team's knowledge as it is now, or was a moment ago."""
        if self._pipeline is not None and monotonic() - self._looked < KNOWLEDGE_SECONDS:
            return
        from pipeline.pipeline import Pipeline

        own = OwnPacks(kept_packs(self.settings.knowledge_url, self.settings.database_patience))
        mark = fingerprint(self.settings, jurisdiction=self.jurisdiction, knowledge=own.version)
        if self._pipeline is None or mark != self._mark:
            self._pipeline, self._mark = Pipeline(self.settings, knowledge=own, client=self.client), mark
        self._looked = monotonic()


def _read(sink: Objects, key: str) -> bytes | None:
    with waiting():
        return sink.read(key)


def _about(held: bytes) -> str | None:
    """The object that what is held was made of, None if it does not say."""
    try:
        return str(json.loads(held)["document"]["path"])
    except (ValueError, KeyError, TypeError):
        return None


@contextmanager
def _fetched(source: Objects, key: str, limit: int) -> Iterator[tuple[Path, str]]:
    """The object as a file that has its name, as long as the context lasts, and its identity.

    Raises:
        UnreadableFile, DocumentTooLarge: it is gone, or too large.
    """
    with TemporaryDirectory(prefix="clauseline-", ignore_cleanup_errors=True) as folder:
        path = Path(folder) / _file_name(key)
        with waiting():
            try:
                info = source.fetch(key, path, limit=limit)
            except UnreadableFile:
                raise UnreadableFile(f"{source.url}/{key} is not there any more; was it deleted?") from None
        yield path, info.identity


def _file_name(key: str) -> str:
    """The last part of a key as the name of a file: it may say where a lease's property is.

    >>> _file_name("leases/ohio.pdf"), _file_name("a/.."), _file_name("x" * 300 + ".pdf")[-5:]
    ('ohio.pdf', 'document', 'x.pdf')
    """
    name = PurePosixPath(key).name.replace("\0", "")
    name = name.encode("utf-8", "replace")[-200:].decode("utf-8", "ignore")
    return name if name.strip(".") else "document"
