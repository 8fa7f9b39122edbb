"""Asks a provider within its limits: waits its throttling out, tries again after failures, keeps to the budget."""

import asyncio
import logging
import random
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Protocol

from tenacity import AsyncRetrying, RetryCallState, retry_if_exception_type

from pipeline.errors import BackendUnavailable, BudgetSpent, ProviderDown
from pipeline.generate.chat.breaker import Breaker
from pipeline.generate.chat.budget import Budget
from pipeline.generate.chat.estimate import Estimate
from pipeline.generate.chat.limits import Gate, Limits
from pipeline.generate.chat.prices import Price
from pipeline.generate.chat.trouble import Throttled, Transient
from schemas import Ask, Reply

log = logging.getLogger("clauseline")
_LONGEST = 3_600.0  # seconds
_WORTH_TELLING = 10.0  # seconds


class Provider(Protocol):
    """One call to a chat model, without retries (`chat/provider.py`)."""

    @property
    def name(self) -> str: ...

    @property
    def context_tokens(self) -> int: ...

    @property
    def attachments(self) -> frozenset[str]: ...

    async def reply(self, ask: Ask) -> Reply:
        """Ask once.

        Raises:
            Throttled: it wants fewer questions.
            Transient: it failed, and may not fail again.
            BackendUnavailable, ContextTooLong: asking again would not help.
        """
        ...


@dataclass(frozen=True, slots=True)
class Patience:
    """How a failing provider is treated.

    Args:
        attempts: of one question, if it fails while others do not; throttling does not count.
        first, longest: seconds: the wait before the n-th further attempt is random between 0 and first * 2^(n-1), at most `longest`.
        failures, rest, down: see `Breaker` (`down` is its patience).
    """

    attempts: int = 8
    first: float = 1.0
    longest: float = 60.0
    failures: int = 5
    rest: float = 15.0
    down: float = 300.0

    def wait(self, attempt: int) -> float:
        """Seconds to wait after the n-th attempt (from 1): full jitter, so that those who failed together part."""
        return random.uniform(0.0, min(self.longest, self.first * 2.0 ** min(attempt - 1, 60)))  # noqa: S311 (no secret)


@dataclass(slots=True)
class Statistics:
    """What was asked and spent so far.

    Args:
        replies, kept, failed: questions answered by the provider, answered from the cache, given up.
        calls: that gave replies; `throttled` and `failures` of others were tried again.
        input_tokens, output_tokens, cached_tokens, cost_usd: of the replies.
        throttled_seconds: for which no question could go because the provider wanted none.
    """

    replies: int = 0
    kept: int = 0
    calls: int = 0
    throttled: int = 0
    failures: int = 0
    failed: int = 0
    input_tokens: int = 0
    output_tokens: int = 0
    cached_tokens: int = 0
    cost_usd: float = 0.0
    throttled_seconds: float = 0.0


@dataclass(slots=True, eq=False)
class _Order:
    """A question on its way; told from others by what it is, not by what it says."""

    ask: Ask
    failures: int = 0


class Desk:
    """Takes questions on one event loop.

    Args:
        provider: what is asked.
        price: of a question with so many input tokens.
        clock: seconds, of that loop.
        limits, patience, budget: what to keep to.
    """

    def __init__(
        self,
        provider: Provider,
        price: Callable[[int], Price],
        clock: Callable[[], float],
        limits: Limits,
        patience: Patience,
        budget: Budget,
    ) -> None:
        self._provider, self._price, self._patience = provider, price, patience
        self.budget = budget
        self.statistics = Statistics()
        self.gate = Gate(limits, Breaker(patience.failures, patience.rest, patience.down), patience.wait, clock)
        self._estimate = Estimate()

    async def reply(self, ask: Ask) -> Reply:
        """The model's reply, with what it cost and how long it took.

        Raises:
            BackendUnavailable, ProviderDown, BudgetSpent: see `ModelClient.ask`.
        """
        began = self.gate.clock()
        reply = await self._persist(_Order(ask))
        self._estimate.learn(ask, reply)
        return replace(reply, seconds=self.gate.clock() - began)

    async def _persist(self, order: _Order) -> Reply:
        """Ask until there is a reply, or no more use in asking."""
        retrying = AsyncRetrying(
            retry=retry_if_exception_type((Throttled, Transient)),
            stop=lambda _: order.failures >= self._patience.attempts and not self.gate.breaker.open,
            wait=self._wait,
            sleep=self.gate.rest,
            reraise=True,
        )
        try:
            reply: Reply = await retrying(self._once, order)
        except Transient as error:
            self.statistics.failed += 1
            raise BackendUnavailable(f"{error}; the question was asked {order.failures} times") from error
        except Exception:
            self.statistics.failed += 1
            raise
        return reply

    async def _once(self, order: _Order) -> Reply:
        """Wait until the question may go, and ask it once."""
        ticket = await self.gate.enter(order, sum(self._estimate.of(order.ask)))
        if ticket is None:
            raise ProviderDown(
                f"{self._provider.name} has failed for {self.gate.down_for():.0f} s on every question; "
                "run again when it is back, the run goes on where it stopped"
            )
        try:
            reply = await self._paid(order.ask)
        except Throttled as error:
            self.statistics.throttled += 1
            if (pause := self.gate.throttled(ticket, _at_most_an_hour(error))) >= _WORTH_TELLING:
                log.info("%s wants fewer questions: waiting for %.0f s", self._provider.name, pause)
            raise
        except Transient:
            self.statistics.failures += 1
            order.failures += 1
            if self.gate.failed(ticket):
                log.warning("%s is failing; it is tried every %g s", self._provider.name, self._patience.rest)
            raise
        except (BudgetSpent, asyncio.CancelledError):
            self.gate.given_up()
            raise
        except BaseException:
            self.gate.answered(ticket)  # whatever it said, it is there
            raise
        self.gate.answered(ticket, requests=reply.calls, tokens=reply.input_tokens + reply.output_tokens)
        return reply

    async def _paid(self, ask: Ask) -> Reply:
        """One call, within the budget."""
        question, answer = self._estimate.of(ask)
        reserved = self._price(question).cost(question, answer)
        await self.budget.reserve(reserved)
        cost = 0.0
        try:
            reply = await self._provider.reply(ask)
            cost = self._price(reply.input_tokens).cost(reply.input_tokens, reply.output_tokens, reply.cached_tokens)
        finally:
            self.budget.settle(reserved, cost)
        self._count(reply, cost)
        return replace(reply, cost_usd=cost)

    def _wait(self, state: RetryCallState) -> float:
        """Seconds before the next attempt of one question."""
        error = state.outcome.exception() if state.outcome else None
        told = _at_most_an_hour(error) if isinstance(error, Throttled) else None
        return told if told is not None else self._patience.wait(state.attempt_number)

    def count_kept(self) -> None:
        """A reply came from the cache."""
        self.statistics.kept += 1

    def _count(self, reply: Reply, cost: float) -> None:
        total = self.statistics
        total.replies += 1
        total.calls += reply.calls
        total.input_tokens += reply.input_tokens
        total.output_tokens += reply.output_tokens
        total.cached_tokens += reply.cached_tokens
        total.cost_usd += cost


def _at_most_an_hour(error: Throttled) -> float | None:
    """How long the provider says to wait; one that says "tomorrow" is asked again every hour."""
    return None if error.retry_after is None else min(max(0.0, error.retry_after), _LONGEST)
