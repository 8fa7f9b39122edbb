"""One document through every stage: classify, retrieve, prompt, generate, validate. The only file that knows them all."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import get_args

from pipeline.account import Account
from pipeline.asking import ClauseAsker
from pipeline.boxes import boxed
from pipeline.classify import Classified, doc_type_of, jurisdiction_of
from pipeline.extraction import Reader
from pipeline.generate import Backend, assemble_terms
from pipeline.knowledge import KnowledgeSource
from pipeline.parse import KeptPages
from pipeline.review import status_of, to_review
from pipeline.settings import Settings
from pipeline.validate import validate_document
from schemas import (
    DocType,
    Document,
    DocumentInfo,
    Jurisdiction,
    LeaseTerms,
    Result,
    StageError,
    Terms,
    ValidationReport,
    analysis_for,
)

_NO_TEXT = "no text was found on its pages; if it is a scan, run it with --ocr, else give a better copy"


@dataclass(frozen=True, slots=True)
class Stages:
    """What is done with a parsed document.

    Args:
        settings: every knob.
        backend: what answers.
        knowledge: gives the team's own requirements, when they are needed.
    """

    settings: Settings
    backend: Backend
    knowledge: Callable[[], KnowledgeSource]

    def reader(self, document: Document, account: Account, path: Path | None = None) -> Reader:
        """What asks the backend about a document."""
        return Reader(document, self.backend, self.settings, account, path)

    def result(
        self,
        document: Document,
        path: str | Path,
        jurisdiction: str | None,
        as_of: date | None,
        account: Account,
        kept: KeptPages | None,
    ) -> Result:
        """Everything that is said about a document.

        Args:
            document: as it was parsed.
            path: where it came from; without it evidence has no boxes.
            jurisdiction: used where neither document nor file name says ("US-OH").
            as_of: the day whose law is applied; None for the document's own date, else today.
            account: of the document, with what parsing took.
            kept: its pages that are still open.

        Raises:
            RunStopped: the backend can't be asked any more now.
        """
        account.read(document)
        if not document.text.strip():
            account.errors.append(StageError(stage="parse", type="NoText", message=_NO_TEXT))
        reader = self.reader(document, account, Path(path) if path else None)
        with account.stage("classify"):
            kind = classified(reader, self.settings.classify_doubt)
        analysis = analysis_for(kind.doc_type)
        answers, passages = reader.extract(analysis)
        with account.stage("ground"):
            terms, invalid = assemble_terms(analysis, answers, document, passages, self.backend.name)
            account.errors += invalid
            if self.settings.boxes and path:
                with account.tolerating("parse"):
                    terms = boxed(terms, document, Path(path), password_of(self.settings), kept)
        place = _place(terms, document, jurisdiction, account)
        with account.stage("validate"):
            report = self.validated(terms, reader, kind, place, as_of)
        review = to_review(terms, analysis)
        return Result(
            document=DocumentInfo(
                path=str(path), sha256=document.sha256, media_type=document.media_type, pages=len(document.pages),
                characters=len(document.text), ocr_pages=document.ocr_pages,
            ),
            doc_type=kind.doc_type, doc_type_confidence=kind.confidence, jurisdiction=place,
            status=status_of(account.errors, review), needs_review=review, terms=terms, validation=report,
            schedule_of_activities=next((a.schedule for a in answers if a.schedule), None),
            eligibility=[criterion for a in answers for criterion in a.eligibility],
            usage=account.usage, timings_ms=account.timings_ms, errors=account.errors, notes=account.notes,
        )  # fmt: skip

    def validated(
        self, terms: Terms, reader: Reader, kind: Classified, place: Jurisdiction | None, as_of: date | None
    ) -> ValidationReport | None:
        """The document against the law of its place and day; None where no law is known to apply."""
        with reader.account.tolerating("validate"):
            asks = reader.asks and kind.doc_type != "other"
            return validate_document(
                terms, reader.document, kind.doc_type, place, today=date.today(), as_of=as_of,
                ask=ClauseAsker(reader, analysis_for(kind.doc_type)) if asks else None,
                threshold=self.settings.validation_threshold, own=self.knowledge(),
            )  # fmt: skip
        return None


def classified(reader: Reader, doubt: float) -> Classified:
    """The document's type; a backend that reads messages is asked when the vocabulary leaves doubt.

    Args:
        reader: of the document.
        doubt: confidence from which nobody is asked.
    """
    guess = doc_type_of(reader.document)
    if not reader.asks or guess.confidence >= doubt:
        return guess
    with reader.account.tolerating("classify"):
        said = reader.doc_type(guess.doc_type).fields.get("doc_type")
        if said is not None and said.value in get_args(DocType):
            return Classified(said.value, said.confidence)
    return guess


def _place(terms: Terms, document: Document, fallback: str | None, account: Account) -> Jurisdiction | None:
    """The place of a lease's property."""
    if not isinstance(terms, LeaseTerms):
        return None
    with account.tolerating("classify"):
        return jurisdiction_of(
            terms.state.value, terms.county.value, terms.city.value, terms.zipcode.value, document.name, fallback
        )
    return None


def password_of(settings: Settings) -> str | None:
    """What opens encrypted documents."""
    return settings.password.get_secret_value() if settings.password else None
