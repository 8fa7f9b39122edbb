"""Some worker processes that call one function, and what is done with an item whose process ended: tried again, at last alone."""

import os
from collections.abc import Callable
from queue import SimpleQueue
from threading import Lock
from typing import Generic, TypeVar

from pipeline import telemetry
from pipeline.workers.process import Again
from pipeline.workers.template import Template
from pipeline.workers.worker import Worker

T = TypeVar("T")
R = TypeVar("R")

STRIKES = 3
"""Times that an item's process may end, by whoever's fault, before the item gets one to itself."""


FRUGAL = {
    **dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "RAYON_NUM_THREADS"), "1"),
    "MALLOC_ARENA_MAX": "1",
}
"""Several processes share the cores, so the libraries in each must not take them all again; and threads that take turns need
no heaps of their own, each of which would keep what was once used."""


class Crew(Generic[T, R]):
    """Worker processes, and one more for items suspected of ending theirs; each is started when there is something to do.

    Args:
        function: of one argument, pickled.
        count: processes.
        memory: bytes each may hold, 0 for no limit.
        slots: items each works on at once.
        warm: loads what the function needs, for all processes at once; pickled. Without it each loads for itself.
    """

    def __init__(self, function: bytes, count: int, memory: int, slots: int, warm: bytes | None = None) -> None:
        environment = {**FRUGAL, **os.environ, **telemetry.handed_on()}
        self._template = None if warm is None else Template(warm, environment)
        self._workers = [Worker(function, memory, slots, environment, self._template) for _ in range(count)]
        self._lone, self._lone_turn = Worker(function, memory, 1, environment, self._template), Lock()
        self._idle: SimpleQueue[Worker] = SimpleQueue()
        for worker in self._workers * slots:
            self._idle.put(worker)

    def prepare(self) -> None:
        """Begin at once with what all processes need, where there is such, not with the first item."""
        if self._template is not None:
            self._template.begin()

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
        if self._template is not None:
            self._template.close()
