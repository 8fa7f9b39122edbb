"""The worker: takes messages as it has room for them, keeps them while they are worked on, ends without losing any."""

import contextlib
import logging
import pickle
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import partial
from threading import Condition, Event, Thread
from typing import Literal

from pipeline.desk.desk import Desk, Handled, Interrupted
from pipeline.desk.events import WorkOrder
from pipeline.desk.ledger import check_places, end_run
from pipeline.desk.policy import Policy, kind_of, shuffled
from pipeline.desk.queue import Message, Queue
from pipeline.desk.work import DeskWork, Outcome
from pipeline.errors import ServiceDown, StoreError, WorkerDied, told
from pipeline.generate import backend_for, client_for, served
from pipeline.settings import Settings
from pipeline.workers import documents_at_once, worker_count
from pipeline.workers.crew import Crew
from pipeline.workers.pool import MEMORY, warmth

log = logging.getLogger("clauseline")

WAIT = 5.0
"""Seconds that one request waits for messages; as long may the worker take to notice that it is to end."""

GRACE = 20.0
"""Seconds for which documents that are being read may be finished when the worker is to end."""

SLOTS = 3
"""Documents in one process: while one is computed, others are fetched and written."""

LONGEST_PAUSE = 60.0
"""Seconds without taking messages, at most, where one after the other fails because of its surroundings."""

_FATAL = frozenset({"DiskFull", "BudgetSpent", "ProviderDown", "RunStopped", "BackendUnavailable"})
"""Errors after which no document can be done by this worker."""

Mode = Literal["forever", "drain", "once"]


@dataclass(slots=True)
class Summary:
    """What a worker did: messages by what became of them, and why it ended of itself, if it did."""

    handled: Counter[str] = field(default_factory=Counter)
    stopped: str = ""


def run_worker(
    queue: Queue,
    settings: Settings,
    out: str,
    *,
    jurisdiction: str | None = None,
    concurrency: int = 0,
    mode: Mode = "forever",
    stop: Event | None = None,
    policy: Policy | None = None,
    on_handled: Callable[[Handled], None] | None = None,
) -> Summary:
    """Work on what a queue asks for, until told to stop.

    A message is acknowledged only when what it asks for has been written durably. At most `concurrency` messages are in
    hand, whatever waits in the queue. Documents are read in worker processes, so one that crashes, hangs or eats memory
    costs only its own message an attempt.

    Args:
        queue: where messages come from.
        settings: what the pipeline is to do, and in how many processes.
        out: URL or folder of the results.
        jurisdiction: used where neither document nor file name says ("US-OH").
        concurrency: messages in hand at once; 0 for as many as the processes are good for.
        mode: "drain" ends when the queue gives nothing more, "once" after the first messages.
        stop: when set, nothing more is taken; what is being read may be finished for `GRACE` seconds. Set it and clear it
            never.
        policy: how often what is tried again.
        on_handled: told what became of each message, by several threads.

    Raises:
        BackendUnavailable, WrongUsage: there is no such backend, or it is not configured; a URL of the settings is wrong.
        ServiceRefused: the queue can't be read, or there is no such schedule group.
    """
    check_places(settings)
    policy, stop, summary = policy or Policy(settings.attempts), stop or Event(), Summary()
    processes, slots = _room(settings, concurrency)
    gateway = client_for(settings)  # at once: a message is taken only when there is a way to the model
    try:
        backend_for(settings.backend, settings, gateway)
        with served(gateway) as client:
            work = DeskWork(settings, out, jurisdiction, client)
            crew: Crew[WorkOrder, Outcome] = Crew(pickle.dumps(work), processes, MEMORY, slots, warmth(work))
            crew.prepare()
            hands = _Hands(queue, crew, settings, out, policy, stop, summary, on_handled)
            hands.work(concurrency or processes * slots, mode)
        if summary.handled["done"]:
            end_run(settings, work.run, "interrupted" if stop.is_set() else "done")
    finally:
        if gateway is not None:
            gateway.close()
    return summary


def _room(settings: Settings, concurrency: int) -> tuple[int, int]:
    """How many processes there are, and how many documents in each."""
    processes = worker_count(settings.workers)
    if concurrency:
        processes = min(processes, concurrency)
        return processes, -(-concurrency // processes)
    return processes, max(SLOTS, documents_at_once(settings, processes))


@dataclass
class _Hands:
    """The messages in hand, and what is done with them; see `run_worker`."""

    queue: Queue
    crew: "Crew[WorkOrder, Outcome]"
    settings: Settings
    out: str
    policy: Policy
    stop: Event
    summary: Summary
    on_handled: Callable[[Handled], None] | None
    _held: dict[int, Message] = field(default_factory=dict)
    _changed: Condition = field(default_factory=Condition)
    _cut: bool = False
    _failures: int = 0

    def __post_init__(self) -> None:
        self._desk = Desk(self.queue, self._do, self.out, self.policy)

    def work(self, most: int, mode: Mode) -> None:
        """Take messages and hand them to threads; at the end let go of everything."""
        threads = ThreadPoolExecutor(most, thread_name_prefix="message")
        with _heartbeat(self.settings.visibility / 3, self._keep):
            try:
                for message in self._taken(most, mode):
                    with self._changed:
                        self._held[id(message)] = message
                    threads.submit(self._handle, message)
                self._finish(GRACE if self.stop.is_set() else None)
            finally:
                self._cut = True
                self.crew.close()
                threads.shutdown(wait=True)

    def _taken(self, most: int, mode: Mode) -> Iterator[Message]:
        """Messages as there is room for them; for some at once where many may be in hand, as each request costs time and money."""
        together = max(1, most // 3)  # the rest keeps the processes busy meanwhile
        while not self.stop.is_set():
            with self._changed:
                if not self._changed.wait_for(
                    lambda: len(self._held) <= most - together or self.stop.is_set(), timeout=1.0
                ):
                    continue
                room = most - len(self._held)
            if self._failures and self.stop.wait(shuffled(min(2.0**self._failures, LONGEST_PAUSE))):
                return
            try:
                messages = self.queue.receive(room, WAIT if mode == "forever" else 1.0)
            except ServiceDown as error:
                self._failures += 1
                log.warning("%s; the worker waits for it", error)
                continue
            if self.stop.is_set():
                for message in messages:
                    self._settle(partial(self._desk.give_back, message))
                return
            yield from messages
            if mode == "once" or (mode == "drain" and not messages and not self._held):
                return

    def _handle(self, message: Message) -> None:
        try:
            self._settle(partial(self._desk.handle, message))
        finally:
            with self._changed:
                del self._held[id(message)]
                self._changed.notify_all()

    def _settle(self, what: Callable[[], Handled]) -> None:
        """Have a message settled; where that fails the queue gives it out again, and it is found done."""
        try:
            handled = what()
        except StoreError as error:
            self.summary.handled["unsettled"] += 1
            log.warning("a message could not be settled and will come again: %s", error)
            return
        except Exception as error:
            self.summary.handled["unsettled"] += 1
            log.error("a message could not be settled: %s", told(error, "run").message)
            return
        self.summary.handled[handled.what] += 1
        kind = handled.attempt and handled.what == "again" and kind_of(handled.attempt.error_type)
        self._failures = self._failures + 1 if kind == "surroundings" else 0
        if handled.attempt and handled.attempt.error_type in _FATAL:
            self.summary.stopped = self.summary.stopped or handled.attempt.error
            self.stop.set()
        if self.on_handled:
            self.on_handled(handled)

    def _do(self, order: WorkOrder) -> Outcome | Exception:
        """Carry out an order in a worker process."""
        if self._cut:
            return Interrupted()
        try:
            came: Outcome | Exception = self.crew.do(order, self.settings.patience_for(order.size))
        except WorkerDied as error:
            came = error
        return Interrupted() if self._cut and isinstance(came, WorkerDied) else came

    def _keep(self) -> None:
        """Have the queue leave us what is in hand."""
        with self._changed:
            held = list(self._held.values())
        if held:
            self.queue.extend(held)

    def _finish(self, seconds: float | None) -> None:
        """Wait until nothing is in hand, or for some seconds."""
        with self._changed:
            self._changed.wait_for(lambda: not self._held, timeout=seconds)


@contextlib.contextmanager
def _heartbeat(seconds: float, beat: Callable[[], None]) -> Iterator[None]:
    """Call a function again and again from a thread of its own, as long as the context lasts; its trouble is logged."""
    end = Event()

    def run() -> None:
        while not end.wait(seconds):
            try:
                beat()
            except Exception as error:
                log.warning("messages in hand could not be kept: %s", told(error, "run").message)

    thread = Thread(target=run, name="heartbeat", daemon=True)
    thread.start()
    try:
        yield
    finally:
        end.set()
        thread.join()
