"""The pipeline as others call it: one document or many, read, analysed, searched."""

from __future__ import annotations

import gc
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from pipeline import telemetry
from pipeline.account import Account
from pipeline.classify import Classified
from pipeline.errors import DocumentTooLarge, RunStopped, StoreError, UnreadableFile, WrongUsage, told
from pipeline.generate import Backend, backend_for, client_for, served
from pipeline.knowledge import KnowledgeSource, OwnPacks
from pipeline.originals import original
from pipeline.parse import KeptPages, ParseOptions, parse, textract_options
from pipeline.prompt import check_variant
from pipeline.searching import Search, SearchHit
from pipeline.settings import Settings
from pipeline.stages import Stages, password_of
from pipeline.stores import kept_packs
from pipeline.stores.objects import is_url
from pipeline.tenancies import tenancies
from schemas import (
    DocType,
    Document,
    DocumentInfo,
    Result,
    Tenancy,
    Terms,
    Usage,
    ValidationReport,
)

if TYPE_CHECKING:
    from pipeline.generate.chat import ModelClient


class Pipeline:
    """Reads documents: `run` one, `run_many` in parallel, or `read` and `analyse` in two steps.

    Args:
        settings: every knob; read from the environment when not given.
        backend: what answers; made from `settings.backend` when not given.
        knowledge: the team's own requirements; read from where the settings say when not given.
        client: puts the questions of a backend that is made from the settings; made from them too when not given.

    Raises:
        WrongUsage: there is no prompt as `settings.prompt` wants it.
        BackendUnavailable: the backend is unknown, not installed or not configured.

    >>> Pipeline().run("no such file.pdf").status
    'failed'
    """

    def __init__(
        self,
        settings: Settings | None = None,
        *,
        backend: Backend | None = None,
        knowledge: KnowledgeSource | None = None,
        client: ModelClient | None = None,
    ) -> None:
        self.settings = settings or Settings()
        check_variant(self.settings.prompt)
        self._opened = None if backend or client else client_for(self.settings)
        self._client = client or self._opened
        self.backend = backend or backend_for(self.settings.backend, self.settings, self._client)
        self._given = backend  # worker processes get a given one, and make one from the settings else
        self._knowledge = knowledge
        self._search = Search(self.settings)
        self._stages = Stages(self.settings, self.backend, lambda: self.knowledge)

    def close(self) -> None:
        """End what it has opened: the search index, the way to a chat model; questions under way raise RunStopped."""
        self._search.close()
        if self._opened is not None:
            self._opened.close()

    @property
    def knowledge(self) -> KnowledgeSource:
        """The team's own requirements, read once.

        Raises:
            StoreError: they are there, but can't be read.
        """
        if self._knowledge is None:
            self._knowledge = OwnPacks(kept_packs(self.settings.knowledge_url, self.settings.database_patience))
        return self._knowledge

    def run(self, path: str | Path, *, jurisdiction: str | None = None, as_of: date | None = None) -> Result:
        """Read one document and say everything about it; a document that can't be read gives a failed result.

        Args:
            path: the file, or the URL of an object (`s3://BUCKET/KEY`), which is fetched, read and forgotten.
            jurisdiction: used where neither document nor file name says ("US-OH").
            as_of: the day whose law is applied; the document's own date, else today, when not given.

        Raises:
            RunStopped: the backend can't be asked any more now; the document is to be done another time.
        """
        if is_url(path):
            return self._run_stored(str(path), jurisdiction, as_of)
        return self.run_with_document(path, jurisdiction=jurisdiction, as_of=as_of)[0]

    def _run_stored(self, url: str, jurisdiction: str | None, as_of: date | None) -> Result:
        """What `run` does with an object; one that can't be fetched is a failed result."""
        try:
            with (
                TemporaryDirectory(prefix="clauseline-") as scratch,
                original(url, 0, None).opened(Path(scratch), self.settings.max_bytes) as copy,
            ):
                result = self.run_with_document(copy.path, jurisdiction=jurisdiction, as_of=as_of)[0]
        except (UnreadableFile, DocumentTooLarge, WrongUsage, StoreError) as error:
            info, usage = DocumentInfo(path=url), Usage(backend=self.backend.name)
            return Result(document=info, status="failed", usage=usage, errors=[told(error, "parse")])
        info = result.document.model_copy(update={"path": url, "identity": copy.identity, "version": copy.version})
        return result.model_copy(update={"document": info})

    def run_with_document(
        self, path: str | Path, *, jurisdiction: str | None = None, as_of: date | None = None
    ) -> tuple[Result, Document | None]:
        """Like `run`, with the document as it was parsed (None if it could not be)."""
        with telemetry.document(path) as span:
            result, document = self._kept_open(path, jurisdiction, as_of)
            telemetry.tell(span, result)
        return result, document

    def _kept_open(
        self, path: str | Path, jurisdiction: str | None, as_of: date | None
    ) -> tuple[Result, Document | None]:
        """Read a document; its pages stay open until their boxes have been found, unless a model is asked meanwhile."""
        # asked last, for it may not be known yet how much the model can be shown
        if self._client is None and self.backend.context_tokens is None:
            with _uncollected(), KeptPages() as kept:
                return self._run(path, jurisdiction, as_of, kept)
        return self._run(path, jurisdiction, as_of, None)  # no page is kept open for as long as a model may think

    def _run(
        self, path: str | Path, jurisdiction: str | None, as_of: date | None, kept: KeptPages | None
    ) -> tuple[Result, Document | None]:
        account = Account(self.backend.name)
        try:
            with account.stage("parse"):
                document = self.read(path, kept)
        except Exception as error:  # one document's trouble is its own: told in its result, never raised
            result = Result(document=DocumentInfo(path=str(path)), status="failed", usage=account.usage)
            return result.model_copy(update={"errors": [told(error, "parse")], "timings_ms": account.timings_ms}), None
        result = self._stages.result(document, path, jurisdiction, as_of, account, kept)
        return result, document

    def run_many(
        self, paths: str | Path | Iterable[str | Path], *, workers: int | None = None, jurisdiction: str | None = None
    ) -> Iterator[Result]:
        """Read files and folders in parallel, lazily, in input order; a broken document costs only its own result.

        Raises:
            RunStopped: the backend can't be asked any more now; what is not yielded is to be done another time.
        """
        from pipeline.sources import discover
        from pipeline.workers import documents_at_once, run_tasks, worker_count

        given = [paths] if isinstance(paths, str | Path) else paths
        files = (source.path for source in discover([Path(p) for p in given]))
        count = worker_count(self.settings.workers if workers is None else workers)
        slots = documents_at_once(self.settings, count) if self._given is None else 1
        with served(self._client) as client:
            work = _Work(self.settings, jurisdiction, self._given, self._knowledge, client)
            for path, outcome in run_tasks(work, files, workers=count, timeout=self.settings.patience, slots=slots):
                if isinstance(outcome, Result):
                    yield outcome
                elif isinstance(outcome, RunStopped):
                    raise outcome
                else:
                    info, usage = DocumentInfo(path=str(path)), Usage(backend=self.backend.name)
                    yield Result(document=info, status="failed", usage=usage, errors=[told(outcome, "run")])

    def search(
        self, query: str, *, doc_type: DocType | None = None, state: str | None = None, limit: int = 10
    ) -> list[SearchHit]:
        """The passages of everything processed by `clauseline run` that answer a query best, as `Search`.

        Raises:
            StoreError: the database or the search index can't be read.

        >>> Pipeline(Settings(database="sqlite://")).search("security deposit above two months", state="Ohio")
        []
        """
        return self._search(query, doc_type=doc_type, state=state, limit=limit)

    def tenancies(self, results: Iterable[Result]) -> list[Tenancy]:
        """Each lease among the results with its amendments as one set of terms: the later date wins."""
        return tenancies(results)

    def read(self, path: str | Path, kept: KeptPages | None = None) -> Document:
        """Parse one document.

        Args:
            path: the file.
            kept: where its pages stay open until their boxes have been found.

        Raises:
            ClauselineError: the file can't be read; the message says what to do.
        """
        s = self.settings
        options = ParseOptions(
            password_of(s), s.ocr != "off", s.max_bytes, s.max_pages, s.max_page_inches, s.max_unpacked_bytes,
            textract_options(s) if s.ocr == "textract" else None,
        )  # fmt: skip
        return parse(Path(path), options, kept)

    def analyse(
        self,
        document: Document,
        path: str | Path = "",
        *,
        jurisdiction: str | None = None,
        as_of: date | None = None,
        kept: KeptPages | None = None,
    ) -> Result:
        """Classify, extract and validate a parsed document.

        Args:
            document: as `read` gave it.
            path: where it came from; without it evidence has no boxes.
            jurisdiction, as_of: as in `run`.
            kept: as `read` filled it.

        Raises:
            RunStopped: as `run`.
        """
        return self._stages.result(document, path, jurisdiction, as_of, Account(self.backend.name), kept)

    def revalidate(
        self, result: Result, document: Document, terms: Terms, *, as_of: date | None = None
    ) -> ValidationReport | None:
        """The report on a document with other terms than its own: those of the lease that it amends.

        Args:
            result: of the document.
            document: as it was parsed.
            terms: to be checked.
            as_of: as in `run`.
        """
        kind = Classified(result.doc_type, result.doc_type_confidence)
        reader = self._stages.reader(document, Account(self.backend.name))
        return self._stages.validated(terms, reader, kind, result.jurisdiction, as_of)


def warm(settings: Settings) -> Result:
    """Load what reading takes, for processes that are to be forked, by reading a lease of ours offline; what it says.

    Nothing stays open, no thread is started, nobody is asked.

    Args:
        settings: of the processes.
    """
    from pipeline.warming import lease, load, load_asking

    load()
    if settings.backend != "offline" and settings.context == "passages":
        load_asking()
    offline = settings.model_copy(update={"backend": "offline"})
    return Pipeline(offline, knowledge=OwnPacks(())).analyse(lease())


@dataclass(slots=True)
class _Work:
    """What a worker process does with a path; the pipeline is built there, once."""

    settings: Settings
    jurisdiction: str | None
    backend: Backend | None
    knowledge: KnowledgeSource | None
    client: ModelClient | None
    _pipeline: Pipeline | None = None

    def warm(self) -> None:
        """Load what reading takes, in the process that workers are forked from."""
        warm(self.settings)

    def __call__(self, path: Path) -> Result:
        self._pipeline = self._pipeline or Pipeline(
            self.settings, backend=self.backend, knowledge=self.knowledge, client=self.client
        )
        return self._pipeline.run(path, jurisdiction=self.jurisdiction)


@contextmanager
def _uncollected() -> Iterator[None]:
    """Hold the cyclic collector off while a document is read: its parts hold no cycles, and searching them costs 5 %."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()
