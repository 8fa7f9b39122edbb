"""Some worker processes that call one function, and what is done with an item whose process ended: tried again, at last alone."""

from collections.abc import Callable
from queue import SimpleQueue
from threading import Lock
from typing import Generic, TypeVar

from pipeline import telemetry
from pipeline.workers.process import Again
from pipeline.workers.worker import Worker

T = TypeVar("T")
R = TypeVar("R")

STRIKES = 3
"""Times that an item's process may end, by whoever's fault, before the item gets one to itself."""


class Crew(Generic[T, R]):
    """Worker processes, and one more for items suspected of ending theirs; each is started when there is something to do.

    Args:
        function: of one argument, pickled.
        count: processes.
        memory: bytes each may hold, 0 for no limit.
        slots: items each works on at once.
    """

    def __init__(self, function: bytes, count: int, memory: int, slots: int) -> None:
        self._workers = [Worker(function, memory, slots) for _ in range(count)]
        self._lone, self._lone_turn = Worker(function, memory), Lock()
        self._idle: SimpleQueue[Worker] = SimpleQueue()
        for worker in self._workers * slots:
            self._idle.put(worker)

    def do(self, item: T, seconds: float, on_start: Callable[[T], None] | None = None) -> R | Exception:
        """What the function makes of an item, or the error that came of it, as a value; waits until a process has room.

        Args:
            item: picklable.
            seconds: for which it may be at work.
            on_start: called with it when a process takes it up.

        Raises:
            WorkerDied: no process can be started at all.
            Exception: the function can't be loaded in a process.
        """
        for strike in range(STRIKES):
            worker = self._idle.get()
            try:
                if on_start and not strike:
                    on_start(item)
                outcome: R | Exception | Again = worker.call(item, seconds)
            finally:
                self._idle.put(worker)
            if not isinstance(outcome, Again):
                return outcome
            if outcome.suspect:
                break
        with self._lone_turn:
            last: R | Exception = self._lone.call(item, seconds)
            return last

    def close(self) -> None:
        """End the processes; calls that are under way return at once."""
        crew = (*self._workers, self._lone)
        if telemetry.wanted():
            for worker in crew:
                worker.retire()
        for worker in crew:
            worker.close()
