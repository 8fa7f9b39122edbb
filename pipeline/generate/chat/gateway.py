"""The way to a chat model for a whole run: one event loop in a thread, replies kept, limits and budget kept to."""

import asyncio
import contextlib
import logging
import threading
from collections.abc import Callable
from concurrent.futures import CancelledError, Future, ThreadPoolExecutor
from dataclasses import replace
from typing import Protocol

from pipeline.errors import RunStopped, StoreError, WrongUsage
from pipeline.generate.chat.budget import Budget
from pipeline.generate.chat.desk import Desk, Patience, Provider, Statistics
from pipeline.generate.chat.limits import Limits
from pipeline.generate.chat.prices import FREE, Price, Prices, shipped_prices
from schemas import Ask, Reply

log = logging.getLogger("clauseline")
DEFAULT = Limits()
PATIENT = Patience()
_CLOSING = 1.0  # seconds that questions under way may take to end


class Kept(Protocol):
    """Where replies are kept (`pipeline.stores.protocols.ReplyStore`)."""

    def get(self, key: str) -> Reply | None: ...

    def put(self, key: str, model: str, reply: Reply) -> None: ...


class Gateway:
    """A `ModelClient`: any number of threads ask; questions go to the provider as its limits, its state and the budget allow.

    Args:
        provider: what is asked.
        limits, patience: see there.
        prices: the table; with `price` given, that is it (local models are `FREE`).
        max_cost: US dollars for all questions together; None: no limit.
        kept: replies of earlier runs; None: none are kept.
        identity: the model and whatever else of its configuration changes what it says; its name if not given.
        at_close: called when it is closed, to let go of what keeps the replies.

    Raises:
        WrongUsage: a budget for a model whose price is not known.

    Use it as a context, or `close` it.
    """

    def __init__(
        self,
        provider: Provider,
        *,
        limits: Limits = DEFAULT,
        patience: Patience = PATIENT,
        prices: Prices | None = None,
        price: Price | None = None,
        max_cost: float | None = None,
        kept: Kept | None = None,
        identity: str = "",
        at_close: Callable[[], None] | None = None,
    ) -> None:
        self._provider, self._kept, self._identity = provider, kept, identity or provider.name
        self._at_close = at_close
        self._complained = False
        pricing = _pricing(provider.name, prices or shipped_prices(), price, max_cost)
        self._loop = asyncio.new_event_loop()
        # LangChain runs providers without an asynchronous client (Bedrock) in the loop's threads: as many as may be in flight
        self._threads = ThreadPoolExecutor(limits.concurrency, thread_name_prefix="model")
        self._loop.set_default_executor(self._threads)
        self._thread = threading.Thread(target=self._run, name="gateway", daemon=True)
        self._desk = Desk(provider, pricing, self._loop.time, limits, patience, Budget(max_cost))
        self._under_way: set[Future[Reply]] = set()
        self._closed = False
        self._thread.start()

    @property
    def name(self) -> str:
        """Of the model, as results name it."""
        return self._provider.name

    @property
    def context_tokens(self) -> int:
        """How much the model can be shown."""
        return self._provider.context_tokens

    @property
    def attachments(self) -> frozenset[str]:
        """Media types of documents that the model reads itself."""
        return self._provider.attachments

    def ask(self, ask: Ask) -> Reply:
        """See `ModelClient.ask`.

        Raises:
            BackendUnavailable, ProviderDown, BudgetSpent: see there.
            RunStopped: the gateway was closed meanwhile.
        """
        key = self._key(ask)
        if (reply := self._known(key)) is not None:
            return reply
        future = self._submit(ask)
        try:
            reply = future.result()
        except CancelledError:
            raise _stopped(self.name) from None
        except BaseException:
            future.cancel()  # Ctrl-C in the asking thread
            raise
        self._keep(key, reply)
        return reply

    async def aask(self, ask: Ask) -> Reply:
        """`ask` for a caller with an event loop of its own."""
        key = self._key(ask)
        if (reply := await asyncio.to_thread(self._known, key)) is not None:
            return reply
        future = self._submit(ask)
        try:
            reply = await asyncio.wrap_future(future)
        except asyncio.CancelledError:
            if future.cancelled() and self._closed:
                raise _stopped(self.name) from None
            raise
        await asyncio.to_thread(self._keep, key, reply)
        return reply

    def _key(self, ask: Ask) -> str:
        """What its reply is kept by; to make it takes longer than to put the question, so not where none is kept."""
        return ask.key(self._identity) if self._kept is not None else ""

    def _submit(self, ask: Ask) -> "Future[Reply]":
        question = self._desk.reply(ask)
        try:
            if self._closed:
                raise RuntimeError
            future = asyncio.run_coroutine_threadsafe(question, self._loop)
        except RuntimeError:  # closed just now
            question.close()
            raise _stopped(self.name) from None
        self._under_way.add(future)
        future.add_done_callback(self._under_way.discard)
        return future

    def statistics(self) -> Statistics:
        """What was asked and spent so far."""
        desk = self._desk
        return replace(desk.statistics, throttled_seconds=desk.gate.paused_seconds)

    def close(self) -> None:
        """Give up what is under way, within a second or so; questions that wait raise RunStopped."""
        if self._closed:
            return
        self._closed = True
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(2 * _CLOSING)
        self._threads.shutdown(wait=False, cancel_futures=True)
        for future in list(self._under_way):  # came too late for the loop
            future.cancel()
        if self._at_close:
            self._at_close()

    def __enter__(self) -> "Gateway":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _run(self) -> None:
        """The loop's thread."""
        asyncio.set_event_loop(self._loop)
        self._loop.run_forever()
        tasks = asyncio.all_tasks(self._loop)
        for task in tasks:
            task.cancel()
        if tasks:
            self._loop.run_until_complete(asyncio.wait(tasks, timeout=_CLOSING))
        self._loop.close()

    def _known(self, key: str) -> Reply | None:
        """The kept reply to a question, which costs nothing."""
        if self._kept is None:
            return None
        try:
            reply = self._kept.get(key)
        except (StoreError, ValueError, TypeError) as error:
            self._complain(error)
            return None
        if reply is None:
            return None
        with contextlib.suppress(RuntimeError):  # closed, but known all the same
            self._loop.call_soon_threadsafe(self._desk.count_kept)
        return replace(
            reply, calls=0, input_tokens=0, output_tokens=0, cached_tokens=0, cost_usd=0.0, seconds=0.0, kept=True
        )

    def _keep(self, key: str, reply: Reply) -> None:
        """Keep a reply, if it is whole: one cut off or filtered is asked for anew."""
        if self._kept is None or reply.stopped:
            return
        try:
            self._kept.put(key, self.name, reply)
        except (StoreError, ValueError, TypeError) as error:
            self._complain(error)

    def _complain(self, error: Exception) -> None:
        """The cache is a convenience: its trouble is told once, and fails nothing."""
        if not self._complained:
            self._complained = True
            why = str(error) if isinstance(error, StoreError) else type(error).__name__
            log.warning("replies of %s are not kept: %s", self.name, why)


def _stopped(name: str) -> RunStopped:
    return RunStopped(f"the run was stopped while {name} was being asked; run again, it goes on where it stopped")


def _pricing(model: str, prices: Prices, price: Price | None, max_cost: float | None) -> Callable[[int], Price]:
    """The price of a question by its input tokens; one without a known price is free, with a warning.

    Raises:
        WrongUsage: there is a budget, but no price.
    """
    if price is not None:
        return lambda _: price
    if prices.of(model) is None:
        if max_cost is not None:
            raise WrongUsage(
                f"what {model} costs is not known, so --max-cost can't be kept to; leave it out, or name a file with its price "
                "(CLAUSELINE_PRICES, of the form of pipeline/generate/prices.yaml)"
            )
        log.warning(
            "what %s costs is not known: its cost is given as 0 (its price can be given by CLAUSELINE_PRICES)", model
        )
    return lambda tokens: prices.of(model, tokens) or FREE
