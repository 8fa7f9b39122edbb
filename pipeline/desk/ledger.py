"""What a team keeps of the desk's results beside their files: records, schedules, journal, results and passages to search."""

import logging
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from threading import Lock
from typing import TYPE_CHECKING, Literal

from pipeline.batch.books import Books
from pipeline.batch.events import Outcome
from pipeline.batch.layout import RESULT
from pipeline.errors import ServiceDown, StoreError
from pipeline.knowledge import KnowledgeSource
from pipeline.records import amended_record, keep, unit_key
from pipeline.records.consolidated import base_of
from pipeline.settings import Settings
from pipeline.stores import open_records, open_stores
from pipeline.stores.objects import Objects
from pipeline.stores.protocols import RunRow
from schemas import LeaseTerms, Passage, RecordSource, Result

if TYPE_CHECKING:
    from pipeline.stores.record_store import RecordStore

log = logging.getLogger("clauseline")

VALIDATED = "agreement is validated"
_BRIEFLY = 5.0  # seconds for which a worker that ends waits for the database


@dataclass(frozen=True, slots=True)
class Agreement:
    """What an amendment amends: the result of the lease, and of its amendments before, in the order of their days."""

    lease: Result
    earlier: tuple[Result, ...] = ()


@dataclass(slots=True)
class Ledger:
    """Keeps results where the settings say; all of it may be done again and changes nothing then.

    Args:
        settings: where records, schedules, database and search index are.
        run: the worker that the journal tells of.

    Raises:
        ServiceDown, StoreError: by every method: not now; what was kept before holds.
        ServiceRefused: by every method: never like this.
    """

    settings: Settings
    run: RunRow
    _records: "RecordStore | None" = None
    _open: ExitStack = field(default_factory=ExitStack, repr=False)
    _opening: Lock = field(default_factory=Lock, repr=False)
    _books: Books = field(init=False)

    def __post_init__(self) -> None:
        self._books = Books(self.settings, self.run)

    def record(self, result: Result, own: KnowledgeSource | None) -> str:
        """Put a valid lease or amendment into the records, and have its schedules follow; what became of it, "" if not valid.

        Args:
            result: of a document.
            own: the team's own requirements, which some dates go by.
        """
        if result.validation is None or result.validation.status != VALIDATED:
            return ""
        records = self._kept()
        update = keep(result, records)
        if update.tenancy and self.settings.schedules is not None:
            from pipeline.calendar.follow import follow_records

            follow_records(update.tenancy, records, self.settings.schedules, datetime.now(UTC), own=own)
        return update.outcome

    def agreement(self, amendment: Result, sink: Objects) -> Agreement | None:
        """The agreement that an amendment amends, as far as the records know it and the results are there.

        Args:
            amendment: its result.
            sink: the desk's results.
        """
        terms = amendment.terms
        if amendment.doc_type != "lease_amendment" or amendment.validation is None or not isinstance(terms, LeaseTerms):
            return None
        unit = unit_key(terms, amendment.jurisdiction)
        record = amended_record(amendment, tuple(self._kept().of_unit(unit))) if unit else None
        base = base_of(record.sources) if record else None
        lease = self._result_of(base, sink) if base else None
        if record is None or lease is None:
            return None
        day = terms.agreement_signed_date.value or terms.tenancy_start_date.value or ""
        later = record.sources[record.sources.index(base) + 1 :] if base else ()
        before = [s for s in later if s.dated <= day and s.sha256 != amendment.document.sha256]
        return Agreement(lease, tuple(self._results_of(before, sink)))

    def holds(self, result: Result) -> bool:
        """Whether a result is in the database, and so its passages are where searches find them."""
        return self._books.result(result.document.sha256, result.fingerprint) is not None

    def enter(
        self, result: Result, data: bytes, name: str, passages: Sequence[Passage] = (), seconds: float = 0.0
    ) -> None:
        """Have a document found by searches, its result in the database and what happened to it in the journal.

        Args:
            result: of the document.
            data: the same as JSON.
            name: of its folder among the results.
            passages: of the document.
            seconds: spent on it.
        """
        ended = [(Outcome.of(result, data, name, seconds=seconds, passages=tuple(passages)), datetime.now(UTC))]
        self._books.index(ended)
        self._books.enter(ended, [result])  # last: where the result is, all is

    def _kept(self) -> "RecordStore":
        with self._opening:
            if self._records is None:
                self._records = self._open.enter_context(open_records(self.settings))
            return self._records

    def _results_of(self, sources: Sequence[RecordSource], sink: Objects) -> Iterator[Result]:
        return (result for source in sources if (result := self._result_of(source, sink)))

    def _result_of(self, source: RecordSource, sink: Objects) -> Result | None:
        """The result of a document of a record: among the desk's, or in the database."""
        key = source.path.partition("://")[2].partition("/")[2]
        held = sink.read(f"{key}/{RESULT}") if source.path.startswith("s3://") else None
        if held:
            with suppress(ValueError):
                result = Result.model_validate_json(held)
                if result.document.sha256 == source.sha256:
                    return result
        return self._books.result(source.sha256)


def check_places(settings: Settings) -> None:
    """Look whether what the settings name for schedules and search index can be right, before anything is done.

    Raises:
        WrongUsage: one of the URLs is wrong.
        ServiceRefused: there is no such schedule group, or no permission. One that is away now is waited for later.
    """
    if settings.search_index is not None:
        from pipeline.stores.opensearch.address import Address

        Address.of(settings.search_index)
    if settings.schedules is not None:
        from pipeline.calendar.schedules import check_group

        with suppress(ServiceDown):
            check_group(settings.schedules)


def end_run(settings: Settings, run: str, status: Literal["done", "interrupted"]) -> None:
    """Note in the journal that a worker has ended; without a database, nowhere."""
    try:
        with open_stores(settings.database, min(settings.database_patience, _BRIEFLY)) as stores:
            stores.journal.finish(run, status, datetime.now(UTC))
    except StoreError as error:
        log.warning("the journal does not say that the worker has ended: %s", error)
