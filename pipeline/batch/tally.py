"""Counts what came of the documents of a run."""

from collections import Counter
from datetime import UTC, datetime
from time import monotonic
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from pipeline.batch.events import BatchSummary, DocumentError, Outcome
from schemas import Usage

if TYPE_CHECKING:
    from pipeline.generate.chat.late import LateGateway

MOST_ERRORS = 1_000
"""Errors listed in the summary; each document's own result has its error anyway."""


class Tally:
    """The figures of a run as it goes on.

    Args:
        backend, mark, found: see `BatchSummary`; the mark is its fingerprint.
        passed_over: files not read, by reason.
        gateway: what asks the chat model, if there is one: it knows what the whole run spent.
    """

    def __init__(
        self, backend: str, mark: str, found: int, passed_over: Counter[str], gateway: "LateGateway | None" = None
    ) -> None:
        now = datetime.now(UTC)
        self._start = monotonic()
        self._gateway = gateway
        self.stopped = ""
        self.leases: dict[str, list[str]] = {"lease": [], "lease_amendment": []}
        self._summary = BatchSummary(
            run=uuid4().hex, started=now, finished=now, seconds=0.0, backend=backend, fingerprint=mark, found=found,
            usage=Usage(backend=backend), passed_over=dict(passed_over),
        )  # fmt: skip

    def add(self, outcome: Outcome) -> None:
        """Count one document."""
        s = self._summary
        s.documents += 1
        s.kept += outcome.kept
        s.pages += outcome.pages
        s.by_status[outcome.status] = s.by_status.get(outcome.status, 0) + 1
        if outcome.status != "failed":
            s.by_type[outcome.doc_type] = s.by_type.get(outcome.doc_type, 0) + 1
            if outcome.doc_type in self.leases:
                self.leases[outcome.doc_type].append(outcome.name)
        if outcome.error and len(s.errors) < MOST_ERRORS:
            s.errors.append(DocumentError(path=outcome.path, **outcome.error.model_dump()))
        if outcome.usage:
            s.usage = Usage.total(s.backend, (s.usage, outcome.usage))

    def warn(self, message: str) -> None:
        """Note something the user should know."""
        self._summary.warnings.append(message)

    def summary(self, *, interrupted: bool = False) -> BatchSummary:
        """The figures so far."""
        ended = {
            "finished": datetime.now(UTC),
            "seconds": round(monotonic() - self._start, 3),
            "interrupted": interrupted or bool(self.stopped),
            "stopped": self.stopped,
        }
        return self._summary.model_copy(update=ended | self._spent())

    def _spent(self) -> dict[str, Any]:
        """What the gateway counted: more than the documents' sum where some were not finished."""
        if self._gateway is None:
            return {}
        told = self._gateway.statistics()
        usage = self._summary.usage.model_copy(
            update={
                "calls": told.calls, "input_tokens": told.input_tokens, "output_tokens": told.output_tokens,
                "cached_input_tokens": told.cached_tokens, "cost_usd": round(told.cost_usd, 6), "kept": told.kept,
            }
        )  # fmt: skip
        return {"usage": usage, "throttled_seconds": round(told.throttled_seconds, 1)}
