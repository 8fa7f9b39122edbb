"""What becomes of a message whose work came to nothing: tried again after a while, or given up."""

import random
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Literal

from pipeline.desk.queue import Attempt, History
from pipeline.errors import ClauselineError

Kind = Literal["surroundings", "unexpected", "document"]

SURROUNDINGS = frozenset(
    {"ServiceDown", "RunStopped", "ProviderDown", "BudgetSpent", "StoreError", "Conflict", "DiskFull", "BackendUnavailable"}
)  # fmt: skip
"""Errors that say nothing of the document: a service or a disk that is to be waited for."""

DOCUMENT = frozenset(
    {
        "UnreadableFile", "UnsupportedFormat", "CorruptDocument", "EncryptedDocument", "DocumentTooLarge", "UnknownMessage",
        "KnowledgeError", "ServiceRefused", "WrongUsage",
    }
)  # fmt: skip
"""Errors that will be the same however often it is tried: nothing but a person can help."""


@dataclass(frozen=True, slots=True)
class Policy:
    """How often and how soon work is tried again.

    Args:
        attempts: before a document is given up that ends its process, takes too long or meets a bug.
        patience: attempts before it is given up because of its surroundings: with the default delays, half a day.
        first, longest: seconds that bound the delay: up to `first`, doubled with each attempt, up to `longest`.
        clock: the time now, UTC; in a test, any.
    """

    attempts: int = 5
    patience: int = 12
    first: float = 10.0
    longest: float = 4 * 3600.0
    clock: Callable[[], datetime] = lambda: datetime.now(UTC)

    def attempt(self, error: BaseException) -> Attempt:
        """What went wrong, now; of an error that is no ClauselineError the type only, for it may quote the document."""
        said = " ".join(str(error).split()) if isinstance(error, ClauselineError) else "unexpected; please report it"
        return Attempt(at=self.clock(), error_type=type(error).__name__, error=said)

    def delay(self, history: History) -> float | None:
        """Seconds until it is tried again, chosen at random below a bound that doubles; None to give it up.

        >>> from pipeline.errors import CorruptDocument, ServiceDown
        >>> policy = Policy(first=10, longest=60)
        >>> def after(*errors):
        ...     return policy.delay(History.of([policy.attempt(error) for error in errors]))
        >>> after(CorruptDocument("damaged")) is None, 0 <= after(ServiceDown("away")) <= 10
        (True, True)
        """
        kind = kind_of(history.attempts[-1].error_type)
        waits = sum(kind_of(a.error_type) == "surroundings" for a in history.attempts)
        failures = history.count - waits
        if kind == "document" or (failures >= self.attempts if kind == "unexpected" else waits >= self.patience):
            return None
        return random.uniform(0, min(self.longest, self.first * 2.0 ** (history.count - 1)))  # noqa: S311 - no secret

    def unheard_of(self, history: History) -> bool:
        """Whether a message is not to be tried once more: the workers that took it up ended, one after the other."""
        return sum(a.error_type == "WorkerLost" for a in history.attempts) >= self.attempts


def kind_of(error_type: str) -> Kind:
    """Whose fault an error is, by its name.

    >>> kind_of("EncryptedDocument"), kind_of("ServiceDown"), kind_of("WorkerDied")
    ('document', 'surroundings', 'unexpected')
    """
    if error_type in DOCUMENT:
        return "document"
    return "surroundings" if error_type in SURROUNDINGS else "unexpected"


def shuffled(seconds: float) -> float:
    """A pause of at most some seconds, so that many workers do not come back at once."""
    return random.uniform(seconds / 2, seconds)  # noqa: S311 - no secret
