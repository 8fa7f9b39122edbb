"""The pipeline: parse, classify, retrieve, prompt, generate, validate. The only file that knows every stage."""

import gc
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from pathlib import Path
from time import perf_counter
from typing import Any, get_args

from pipeline.asking import ClauseAsker
from pipeline.classify import Classified, doc_type_of, jurisdiction_of
from pipeline.errors import told
from pipeline.generate import assemble_terms, backend_for
from pipeline.generate.backend import Backend
from pipeline.knowledge import KnowledgeSource, OwnPacks
from pipeline.parse import KeptPages, ParseOptions, locate, parse
from pipeline.prompt import render, wanted_schema
from pipeline.retrieve import Searcher, chunk, passages_for
from pipeline.settings import Settings
from pipeline.stores import kept_packs
from pipeline.tenancies import tenancies
from pipeline.validate import validate_document
from schemas import (
    Analysis,
    Answer,
    DocType,
    Document,
    DocumentInfo,
    FieldGroup,
    Jurisdiction,
    LeaseTerms,
    Passage,
    Result,
    StageError,
    Status,
    Task,
    Tenancy,
    Term,
    Terms,
    Usage,
    ValidationReport,
    analysis_for,
)
from schemas.task import TaskKind

_NO_TEXT = "no text was found on its pages; if it is a scan, run it with --ocr, else give a better copy"
_OPENING = 6  # passages from which an LLM is asked a document's type


class Pipeline:
    """Reads documents: `run` one, `run_many` in parallel, or `read` and `analyse` in two steps.

    Args:
        settings: every knob; read from the environment when not given.
        backend: what answers; made from `settings.backend` when not given.
        knowledge: the team's own requirements; read from `settings.database` when not given.

    >>> Pipeline().run("no such file.pdf").status
    'failed'
    """

    def __init__(
        self,
        settings: Settings | None = None,
        *,
        backend: Backend | None = None,
        knowledge: KnowledgeSource | None = None,
    ) -> None:
        self.settings = settings or Settings()
        self.backend = backend or backend_for(self.settings.backend, self.settings)
        self._given = backend  # worker processes get a given one, and make one from the settings else
        self._knowledge = knowledge

    @property
    def knowledge(self) -> KnowledgeSource:
        """The team's own requirements, read once.

        Raises:
            StoreError: they are there, but can't be read.
        """
        if self._knowledge is None:
            self._knowledge = OwnPacks(kept_packs(self.settings.database))
        return self._knowledge

    def run(self, path: str | Path, *, jurisdiction: str | None = None, as_of: date | None = None) -> Result:
        """Read one document and say everything about it; a document that can't be read gives a failed result.

        Args:
            path: the file.
            jurisdiction: used where neither document nor file name says ("US-OH").
            as_of: the day whose law is applied; the document's own date, else today, when not given.
        """
        return self.run_with_document(path, jurisdiction=jurisdiction, as_of=as_of)[0]

    def run_with_document(
        self, path: str | Path, *, jurisdiction: str | None = None, as_of: date | None = None
    ) -> tuple[Result, Document | None]:
        """Like `run`, with the document as it was parsed (None if it could not be)."""
        with _uncollected(), KeptPages() as kept:
            return self._run(path, jurisdiction, as_of, kept)

    def _run(
        self, path: str | Path, jurisdiction: str | None, as_of: date | None, kept: KeptPages
    ) -> tuple[Result, Document | None]:
        watch = _Stopwatch()
        try:
            with watch.stage("parse"):
                document = self.read(path, kept)
        except Exception as error:  # one document's trouble is its own: told in its result, never raised
            result = Result(document=DocumentInfo(path=str(path)), status="failed", usage=self._usage(()))
            return result.model_copy(update={"errors": [told(error, "parse")], "timings_ms": watch.spent}), None
        return self.analyse(document, path, jurisdiction=jurisdiction, as_of=as_of, watch=watch, kept=kept), document

    def run_many(
        self, paths: str | Path | Iterable[str | Path], *, workers: int | None = None, jurisdiction: str | None = None
    ) -> Iterator[Result]:
        """Read files and folders in parallel, lazily, in input order; a broken document costs only its own result."""
        from pipeline.sources import discover
        from pipeline.workers import run_tasks

        given = [paths] if isinstance(paths, str | Path) else paths
        files = (source.path for source in discover([Path(p) for p in given]))
        work = _Work(self.settings, jurisdiction, self._given, self._knowledge)
        count = self.settings.workers if workers is None else workers
        for path, outcome in run_tasks(work, files, workers=count, timeout=self.settings.patience):
            if isinstance(outcome, Result):
                yield outcome
            else:
                info = DocumentInfo(path=str(path))
                yield Result(document=info, status="failed", usage=self._usage(()), errors=[told(outcome, "run")])

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
        ocr = s.ocr == "auto"
        options = ParseOptions(self._password(), ocr, s.max_bytes, s.max_pages, s.max_page_inches, s.max_unpacked_bytes)
        return parse(Path(path), options, kept)

    def _password(self) -> str | None:
        return self.settings.password.get_secret_value() if self.settings.password else None

    def analyse(
        self,
        document: Document,
        path: str | Path = "",
        *,
        jurisdiction: str | None = None,
        as_of: date | None = None,
        watch: "_Stopwatch | None" = None,
        kept: KeptPages | None = None,
    ) -> Result:
        """Classify, extract and validate a parsed document.

        Args:
            document: as `read` gave it.
            path: where it came from; without it evidence has no boxes.
            jurisdiction, as_of: as in `run`.
            kept: as `read` filled it.
        """
        watch = watch or _Stopwatch()
        errors: list[StageError] = []
        if not document.text.strip():
            errors.append(StageError(stage="parse", type="NoText", message=_NO_TEXT))
        with watch.stage("classify"):
            kind = self._classify(document, errors)
        analysis = analysis_for(kind.doc_type)
        answers, passages = self._ask(document, analysis, watch, errors)
        with watch.stage("ground"):
            terms, invalid = assemble_terms(analysis, answers, document, passages, self.backend.name)
            errors += invalid
            if self.settings.boxes and path:
                terms = _with_boxes(terms, document, Path(path), self._password(), kept, errors)
        place = _place(terms, document, jurisdiction, errors)
        with watch.stage("validate"):
            report, asked = self._validate(terms, document, kind, place, as_of, errors)
        review = _to_review(terms, analysis)
        return Result(
            document=DocumentInfo(
                path=str(path), sha256=document.sha256, media_type=document.media_type, pages=len(document.pages),
                characters=len(document.text), ocr_pages=document.ocr_pages,
            ),
            doc_type=kind.doc_type, doc_type_confidence=kind.confidence, jurisdiction=place,
            status=_status(errors, review), needs_review=review, terms=terms, validation=report,
            schedule_of_activities=next((a.schedule for a in answers if a.schedule), None),
            eligibility=[criterion for a in answers for criterion in a.eligibility],
            usage=self._usage([*answers, *asked]), timings_ms=watch.spent, errors=errors,
        )  # fmt: skip

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
        return self._validate(terms, document, kind, result.jurisdiction, as_of, [])[0]

    def _classify(self, document: Document, errors: list[StageError]) -> Classified:
        """The document's type; a backend that reads messages is asked when the vocabulary leaves doubt."""
        guess = doc_type_of(document)
        if self.backend.context_tokens is None or guess.confidence >= self.settings.classify_doubt:
            return guess
        with _told_in(errors, "classify"):
            task = self._task("classify", document, guess.doc_type, None, chunk(document)[:_OPENING])
            answer = self.backend.answer(task).fields.get("doc_type")
            if answer is not None and answer.value in get_args(DocType):
                return Classified(answer.value, answer.confidence)
        return guess

    def _ask(
        self, document: Document, analysis: Analysis, watch: "_Stopwatch", errors: list[StageError]
    ) -> tuple[list[Answer], tuple[Passage, ...]]:
        """Put every field group of the analysis to the backend; a group that fails leaves the others standing."""
        answers: list[Answer] = []
        shown: list[Passage] = []
        searcher = None
        for group in analysis.groups:
            passages: tuple[Passage, ...] = ()
            if self.backend.context_tokens is not None:
                with watch.stage("retrieve"):
                    searcher = searcher or Searcher.by_words_and_meaning(chunk(document))
                    passages = passages_for(
                        group, searcher, min(self.settings.prompt_tokens, self.backend.context_tokens)
                    )
                    shown += passages
            with watch.stage("generate"), _told_in(errors, "generate"):
                answers.append(self.backend.answer(self._task("extract", document, analysis.doc_type, group, passages)))
        return answers, tuple(shown)

    def _task(
        self,
        kind: TaskKind,
        document: Document,
        doc_type: DocType,
        group: FieldGroup | None,
        passages: tuple[Passage, ...],
    ) -> Task:
        """A task whose messages are rendered only if the backend asks for them."""
        analysis = analysis_for(doc_type)
        reads = self.backend.context_tokens is not None
        wanted = wanted_schema(kind, analysis.model, group) if reads else {}
        messages = partial(render, kind, analysis, group=group, passages=passages)
        return Task(kind, doc_type, document, passages, group, wanted=wanted, render=messages)

    def _validate(
        self,
        terms: Terms,
        document: Document,
        kind: Classified,
        place: Jurisdiction | None,
        as_of: date | None,
        errors: list[StageError],
    ) -> tuple[ValidationReport | None, list[Answer]]:
        """The document against the law of its place and day (None where no law is known to apply), and what it cost."""
        reads = self.backend.context_tokens is not None and kind.doc_type != "other"
        asker = ClauseAsker(self.backend, document, kind.doc_type) if reads else None
        report = None
        with _told_in(errors, "validate"):
            report = validate_document(
                terms, document, kind.doc_type, place,
                today=date.today(), as_of=as_of, ask=asker, threshold=self.settings.validation_threshold,
                own=self.knowledge,
            )  # fmt: skip
        errors += asker.errors if asker else []
        return report, asker.answers if asker else []

    def _usage(self, answers: Iterable[Answer]) -> Usage:
        """What the backend used for these answers."""
        given = list(answers)
        return Usage(
            backend=self.backend.name,
            calls=sum(a.calls for a in given),
            input_tokens=sum(a.input_tokens for a in given),
            output_tokens=sum(a.output_tokens for a in given),
        )


@dataclass(slots=True)
class _Work:
    """What a worker process does with a path; the pipeline is built there, once."""

    settings: Settings
    jurisdiction: str | None
    backend: Backend | None
    knowledge: KnowledgeSource | None
    _pipeline: Pipeline | None = None

    def __call__(self, path: Path) -> Result:
        self._pipeline = self._pipeline or Pipeline(self.settings, backend=self.backend, knowledge=self.knowledge)
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


@dataclass(slots=True)
class _Stopwatch:
    """Milliseconds spent in each stage."""

    spent: dict[str, float] = field(default_factory=dict)

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        start = perf_counter()
        try:
            yield
        finally:
            self.spent[name] = round(self.spent.get(name, 0.0) + 1_000 * (perf_counter() - start), 1)


@contextmanager
def _told_in(errors: list[StageError], stage: str) -> Iterator[None]:
    """Turn whatever goes wrong inside into an entry of `errors`, so that the other stages go on."""
    try:
        yield
    except Exception as error:
        errors.append(told(error, stage))


def _with_boxes(
    terms: Terms,
    document: Document,
    path: Path,
    password: str | None,
    kept: KeptPages | None,
    errors: list[StageError],
) -> Terms:
    """The same terms, their evidence with boxes on the page."""
    found = {name: getattr(terms, name) for name in type(terms).model_fields}
    evidence = [e for term in found.values() for e in term.evidence]
    with _told_in(errors, "parse"):
        located = locate(path, document, [(e.start, e.end) for e in evidence], password, kept)
        boxes = iter([[tuple(round(c, 1) for c in box) for box in places] for places in located])
        update = {
            name: term.model_copy(
                update={"evidence": [e.model_copy(update={"boxes": next(boxes)}) for e in term.evidence]}
            )
            for name, term in found.items()
            if term.evidence
        }
        return terms.model_copy(update=update)
    return terms


def _place(terms: Terms, document: Document, fallback: str | None, errors: list[StageError]) -> Jurisdiction | None:
    """The place of a lease's property."""
    if not isinstance(terms, LeaseTerms):
        return None
    with _told_in(errors, "classify"):
        return jurisdiction_of(
            terms.state.value, terms.county.value, terms.city.value, terms.zipcode.value, document.name, fallback
        )
    return None


def _to_review(terms: Terms, analysis: Analysis) -> list[str]:
    """Fields a person should look at: a value below its threshold or without evidence, a required one missing."""
    review = []
    for name in type(terms).model_fields:
        term: Term[Any] = getattr(terms, name)
        doubtful = term.value is not None and term.confidence < analysis.threshold(name)
        if doubtful or (term.value is None and name in analysis.required):
            review.append(name)
    return review


def _status(errors: list[StageError], review: list[str]) -> Status:
    """partial when a stage failed on this document, needs_review when a field does, else ok."""
    return "partial" if errors else "needs_review" if review else "ok"
