"""What is done with a message, wherever it runs: its orders are carried out, then it is acknowledged, put back or given up."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from pipeline.desk.events import WorkOrder, orders_in
from pipeline.desk.policy import Policy
from pipeline.desk.queue import Attempt, Message, Queue
from pipeline.desk.work import WRITTEN, Outcome
from pipeline.errors import ClauselineError
from pipeline.telemetry import count

log = logging.getLogger("clauseline")

Do = Callable[[WorkOrder], Outcome | Exception]
"""Carries out an order; says what came of it, or the error that came of it, as a value."""


@dataclass(frozen=True, slots=True)
class Handled:
    """What became of a message.

    Args:
        what: acknowledged ("done"), put back ("again"), given up ("dead"), or given back without having been tried ("back").
        message: which.
        outcome: of its order, where there was one and it came to an end.
        attempt: what went wrong, where something did.
        after: seconds after which it is tried again.
    """

    what: Literal["done", "again", "dead", "back"]
    message: Message
    outcome: Outcome | None = None
    attempt: Attempt | None = None
    after: float = 0.0


class Interrupted(Exception):
    """An order was not carried out because the worker is to end; it is nobody's fault."""


@dataclass(frozen=True)
class Desk:
    """Handles messages of a queue.

    Args:
        queue: where they come from.
        do: carries out an order; durably, before it returns.
        out: URL of the results; notifications of what we write there ourselves ask for nothing.
        policy: how often what is tried again.
    """

    queue: Queue
    do: Do
    out: str
    policy: Policy

    def handle(self, message: Message) -> Handled:
        """Do what a message asks, and settle it.

        Raises:
            ServiceDown, ServiceRefused: it could not be settled; the queue will give it to somebody again.
        """
        if self.policy.unheard_of(message.history):
            return self._given_up(message, message.history.attempts[-1], tried=False)
        try:
            orders = [order for order in orders_in(message.body) if not self._ours(order)]
        except ClauselineError as error:
            return self._given_up(message, self.policy.attempt(error))
        if len(orders) > 1:  # each has attempts of its own
            for order in orders:
                self.queue.send(order.as_message())
            orders = []
        if not orders:
            self.queue.done(message)
            return Handled("done", message)
        return self._settled(message, self.do(orders[0]))

    def give_back(self, message: Message) -> Handled:
        """Put a message back as if it had never been received."""
        self.queue.again(message, 0, message.history)
        return Handled("back", message)

    def _settled(self, message: Message, came: Outcome | Exception) -> Handled:
        if isinstance(came, Interrupted):
            return self.give_back(message)
        if isinstance(came, Exception):
            outcome, attempt = None, self.policy.attempt(came)
        elif came.error is not None:
            outcome, error = came, came.error
            attempt = Attempt(at=self.policy.clock(), error_type=error.type, error=error.message)
        else:
            self.queue.done(message)
            return Handled("done", message, came)
        history = message.history.and_then(attempt)
        after = self.policy.delay(history)
        if after is None:
            return self._given_up(message, attempt, outcome)
        self.queue.again(message, after, history)
        count("retries", reason=attempt.error_type)
        return Handled("again", message, outcome, attempt, after)

    def _given_up(
        self, message: Message, attempt: Attempt, outcome: Outcome | None = None, *, tried: bool = True
    ) -> Handled:
        history = message.history.and_then(attempt) if tried else message.history
        self.queue.dead(message, history.model_copy(update={"dead": self.policy.clock()}))
        count("dead_letters", reason=attempt.error_type)
        return Handled("dead", message, outcome, attempt)

    def _ours(self, order: WorkOrder) -> bool:
        """Whether an object is one that we wrote: results may lie in the bucket whose uploads are told of."""
        return order.url.startswith(f"{self.out.rstrip('/')}/") and order.key.rpartition("/")[2] in WRITTEN
