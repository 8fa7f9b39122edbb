"""What the reading of one document took, cost and ran into: kept while the stages go on, part of the result at the end."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from time import perf_counter
from typing import Any

from pipeline import telemetry
from pipeline.errors import RunStopped, told
from schemas import Answer, Document, GroupUsage, StageError, Usage


@dataclass(slots=True)
class Account:
    """The account of one document.

    Args:
        backend: what answers, by name.
        timings_ms: milliseconds spent in each stage.
        errors: what went wrong, in the order it did.
        notes: what was done otherwise than asked for.

    >>> account = Account("offline")
    >>> account.spend("rent", Answer(calls=1, input_tokens=900))
    >>> account.usage.by_group[0].group
    'rent'
    """

    backend: str
    timings_ms: dict[str, float] = field(default_factory=dict)
    errors: list[StageError] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    _spent: list[Usage] = field(default_factory=list)

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        """Time what is done inside."""
        start = perf_counter()
        try:
            with telemetry.stage(name):
                yield
        finally:
            self.timings_ms[name] = round(self.timings_ms.get(name, 0.0) + 1_000 * (perf_counter() - start), 1)

    @contextmanager
    def tolerating(self, stage: str) -> Iterator[None]:
        """Note what goes wrong inside and go on: a stage that fails leaves the others standing.

        Raises:
            RunStopped: that is no trouble of this document.
        """
        try:
            yield
        except RunStopped:
            raise
        except Exception as error:
            self.errors.append(told(error, stage))

    def spend(self, group: str, answer: Answer) -> None:
        """Count what an answer cost, and note what it says went wrong.

        Args:
            group: what was asked for: a field group, "classify" or "validate".
        """
        self.errors += answer.errors
        cost: dict[str, Any] = {
            "calls": answer.calls, "input_tokens": answer.input_tokens, "output_tokens": answer.output_tokens,
            "cost_usd": answer.cost_usd, "seconds": answer.seconds,
        }  # fmt: skip
        part = Usage(cached_input_tokens=answer.cached_tokens, kept=answer.kept, **cost)
        if answer.input_tokens or answer.seconds or answer.kept:  # what is read offline costs nothing worth a line
            part.by_group.append(GroupUsage(group=group, **cost))
        self._spent.append(part)

    def read(self, document: Document) -> None:
        """Note how a document could be read, and what a service that read its pages charges for."""
        self.notes += document.warnings
        if pages := sum(page.source == "textract" for page in document.pages):
            self._spent.append(Usage(textract_pages=pages))

    @property
    def usage(self) -> Usage:
        """Everything spent so far."""
        return Usage.total(self.backend, self._spent)
