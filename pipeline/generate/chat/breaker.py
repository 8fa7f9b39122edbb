"""A circuit breaker: when a provider fails again and again it is left alone for a while, then tried with one question."""

from collections.abc import Hashable
from dataclasses import dataclass, field


@dataclass(slots=True)
class Breaker:
    """Knows whether a provider may be asked now; told of each success and failure, at a time the caller gives.

    It opens after a run of failures without a success in between. They must be of more than one question: one that always
    fails is that question's trouble. While it is open nobody asks; after a rest one question goes as a probe, and decides.

    Args:
        failures: in a row, that open it.
        rest: seconds from a failure to the next probe.
        patience: seconds of failures and nothing else after which the provider counts as down.

    >>> breaker = Breaker(failures=2, rest=15.0, patience=300.0)
    >>> breaker.failed("rent", now=0.0), breaker.failed("term", now=1.0), breaker.delay(now=6.0)
    (None, None, 10.0)
    >>> breaker.succeeded(), breaker.delay(now=6.0)
    (None, 0.0)
    """

    failures: int = 5
    rest: float = 15.0
    patience: float = 300.0
    _row: int = 0
    _by: set[Hashable] = field(default_factory=set)
    _since: float = 0.0
    _until: float | None = None  # None while closed
    _probing: bool = False
    _down: bool = False

    @property
    def open(self) -> bool:
        """Whether the provider is taken to be failing."""
        return self._until is not None

    def delay(self, now: float) -> float:
        """Seconds until a question may go; infinite while a probe is on its way."""
        if self._until is None:
            return 0.0
        return float("inf") if self._probing else max(0.0, self._until - now)

    def went(self) -> None:
        """A question has gone; if the breaker is open, it is the probe."""
        self._probing = self.open

    def failed(self, question: Hashable, now: float) -> None:
        """A question failed by the provider's fault; `question` tells it from others."""
        self._since = now if not self._row else self._since
        self._row += 1
        self._by.add(question)
        self._probing = False
        if self.open or (self._row >= self.failures and len(self._by) > 1):
            self._until = now + self.rest
            self._down = now - self._since >= self.patience

    def given_up(self) -> None:
        """A question was taken back before it was answered: if it was the probe, another one may go."""
        self._probing = False

    def succeeded(self) -> None:
        """The provider answered, whatever it said."""
        self._row, self._until, self._probing, self._down = 0, None, False, False
        self._by.clear()

    def down_for(self, now: float) -> float:
        """Seconds it has been failing, if that is for too long and it is not time to probe again; else 0."""
        waits = self._until is not None and now < self._until
        return now - self._since if self._down and waits else 0.0
