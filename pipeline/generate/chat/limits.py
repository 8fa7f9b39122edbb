"""When the next question may go: questions in flight, questions and tokens a minute, the provider's own pauses."""

import asyncio
import contextlib
from collections import deque
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field

from pipeline.generate.chat.breaker import Breaker

_INFINITE = float("inf")


@dataclass(frozen=True, slots=True)
class Limits:
    """What a provider allows.

    Args:
        concurrency: questions in flight.
        requests, tokens: a minute; 0: no limit.
        minute: seconds in a minute (tests have shorter ones).
    """

    concurrency: int = 8
    requests: int = 0
    tokens: int = 0
    minute: float = 60.0


@dataclass(slots=True)
class Spent:
    """An amount taken from a window at a time (seconds)."""

    when: float
    amount: float
    counted: bool = True


class Window:
    """At most `limit` in any `seconds`, whenever they begin; 0: no limit. Pure: the caller says what time it is.

    A leaky bucket would let through up to twice its size in the first minute; this counts what was taken in the last one.
    An amount larger than the limit goes alone, when nothing else has been taken for `seconds`.

    >>> window = Window(10, seconds=60)
    >>> spent = window.take(8, now=0.0)
    >>> window.delay(2, now=1.0), window.delay(5, now=1.0)
    (0.0, 59.0)
    >>> window.settle(spent, 3)
    >>> window.delay(5, now=1.0)
    0.0
    """

    def __init__(self, limit: float, seconds: float = 60.0) -> None:
        self._limit, self._seconds = limit, seconds
        self._taken: deque[Spent] = deque()
        self._sum = 0.0

    def delay(self, amount: float, now: float) -> float:
        """Seconds until so much may be taken."""
        self._forget(now)
        excess = self._sum + amount - self._limit
        if not self._limit or not self._taken or excess <= 0:
            return 0.0
        for spent in self._taken:
            excess -= spent.amount
            if excess <= 0:
                break
        return spent.when + self._seconds - now

    def take(self, amount: float, now: float) -> Spent:
        """Take an amount, which `delay` has said may be taken."""
        spent = Spent(now, amount)
        if self._limit:
            self._taken.append(spent)
            self._sum += amount
        return spent

    def settle(self, spent: Spent, amount: float) -> None:
        """What was taken turned out to be another amount."""
        if spent.counted:
            self._sum += amount - spent.amount if self._limit else 0.0
            spent.amount = amount

    def _forget(self, now: float) -> None:
        while self._taken and self._taken[0].when + self._seconds <= now:
            spent = self._taken.popleft()
            spent.counted = False
            self._sum -= spent.amount
        if not self._taken:
            self._sum = 0.0  # no rounding errors for ever


@dataclass(slots=True)
class Ticket:
    """A question that has gone: when, and what it was taken to cost."""

    question: Hashable
    when: float
    request: Spent
    tokens: Spent


@dataclass(slots=True)
class Gate:
    """Lets questions to a provider through, first come first served, when everything allows it.

    When the provider throttles, all wait for as long as it says, and fewer are let in flight afterwards, so that those who
    waited do not all come back at once: half as many, growing again with each answer, fast up to half of what it took before
    it throttled, then slowly (as TCP does).

    Args:
        limits: to keep to.
        breaker: to keep to.
        pause: seconds to pause after the n-th throttling in a row, where the provider does not say.
        clock: seconds, of the loop it is used on.
    """

    limits: Limits
    breaker: Breaker
    pause: Callable[[int], float]
    clock: Callable[[], float]
    paused_seconds: float = 0.0
    _throttled_in_a_row: int = 0
    _allowed: float = 0.0
    _safe: float = 0.0
    _in_flight: int = 0
    _paused_from: float = 0.0
    _paused_to: float = 0.0
    _requests: Window = field(init=False)
    _tokens: Window = field(init=False)
    _turn: asyncio.Lock = field(default_factory=asyncio.Lock)
    _changed: asyncio.Event = field(default_factory=asyncio.Event)
    _fell: asyncio.Event = field(default_factory=asyncio.Event)

    def __post_init__(self) -> None:
        self._allowed = self._safe = float(self.limits.concurrency)
        self._requests = Window(self.limits.requests, self.limits.minute)
        self._tokens = Window(self.limits.tokens, self.limits.minute)

    @property
    def in_flight(self) -> int:
        """Questions that have gone and not come back."""
        return self._in_flight

    async def enter(self, question: Hashable, tokens: float) -> Ticket | None:
        """Wait until a question may go; None if the provider is down.

        Args:
            question: tells it from others.
            tokens: what it is taken to cost, question and answer.
        """
        async with self._turn:
            while delay := self._delay(tokens):
                if self.down_for():
                    return None
                await self._change(delay)
            if self.down_for():
                return None
            now = self.clock()
            self._in_flight += 1
            self.breaker.went()
            return Ticket(question, now, self._requests.take(1, now), self._tokens.take(tokens, now))

    def _delay(self, tokens: float) -> float:
        """Seconds until the first in line may go; infinite if that depends on others coming back."""
        if self._in_flight >= int(self._allowed):
            return _INFINITE
        now = self.clock()
        return max(
            self._paused_to - now,
            self.breaker.delay(now),
            self._requests.delay(1, now),
            self._tokens.delay(tokens, now),
            0.0,
        )

    async def _change(self, seconds: float) -> None:
        """Wait until something has changed, or for so long."""
        self._changed.clear()
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(None if seconds == _INFINITE else seconds):
                await self._changed.wait()

    def answered(self, ticket: Ticket, *, requests: int = 1, tokens: float | None = None) -> None:
        """The provider answered; what it really took, if known."""
        self.breaker.succeeded()
        self._fell.clear()
        self._throttled_in_a_row = 0
        growth = 1.0 if self._allowed < self._safe else 1 / self._allowed
        self._allowed = min(float(self.limits.concurrency), self._allowed + growth)
        self._requests.settle(ticket.request, requests)
        if tokens is not None:
            self._tokens.settle(ticket.tokens, tokens)
        self._back()

    def throttled(self, ticket: Ticket, seconds: float | None) -> float:
        """The provider wants no question for so long, or (None) does not say for how long; seconds added to the pause."""
        self.breaker.succeeded()
        self._tokens.settle(ticket.tokens, 0)
        now = self.clock()
        if ticket.when >= self._paused_from:  # else it went before the last pause began, which has answered it already
            self._throttled_in_a_row += 1
            self._allowed = max(1.0, self._allowed / 2)
            self._safe = self._allowed if self._throttled_in_a_row == 1 else self._safe
            self._paused_from = now
            seconds = self.pause(self._throttled_in_a_row) if seconds is None else seconds
        until = max(self._paused_to, now + (seconds or 0.0))
        added = until - max(now, self._paused_to)
        self.paused_seconds += added
        self._paused_to = until
        self._back()
        return added

    def failed(self, ticket: Ticket) -> bool:
        """The provider failed; whether that was enough to leave it alone for a while."""
        was_open = self.breaker.open
        self.breaker.failed(ticket.question, self.clock())
        if self.down_for():
            self._fell.set()
        self._back()
        return self.breaker.open and not was_open

    def given_up(self) -> None:
        """A question that went was taken back."""
        self.breaker.given_up()
        self._back()

    def _back(self) -> None:
        self._in_flight -= 1
        self._changed.set()

    def down_for(self) -> float:
        """Seconds the provider has been failing, if it counts as down; else 0."""
        return self.breaker.down_for(self.clock())

    async def rest(self, seconds: float) -> None:
        """Wait outside before the next attempt; not longer than until the provider is down."""
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                await self._fell.wait()
