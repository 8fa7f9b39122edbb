"""Run a function over many items in several processes, lazily, without ever losing more than the item at hand."""

import os
import pickle
from collections import deque
from collections.abc import Callable, Generator, Iterable
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from contextlib import closing
from typing import TypeVar

from pipeline.workers.crew import Crew

T = TypeVar("T")
R = TypeVar("R")

LOOK_AHEAD = 4
"""Items taken from the input before they are needed, per slot."""

MEMORY = 1_000_000_000
"""Bytes a worker may hold; a document that needs more is given up."""


def worker_count(wanted: int = 0) -> int:
    """How many workers to start: as many as wanted, or one per CPU this process may use.

    >>> worker_count(3), worker_count(0) >= 1
    (3, True)
    """
    if wanted > 0:
        return wanted
    affinity = getattr(os, "sched_getaffinity", None)
    return len(affinity(0)) if affinity else os.cpu_count() or 1


def run_tasks(
    function: Callable[[T], R],
    items: Iterable[T],
    *,
    workers: int = 0,
    timeout: float | Callable[[T], float] = 120.0,
    memory: int = MEMORY,
    slots: int = 1,
    ordered: bool = True,
    on_start: Callable[[T], None] | None = None,
) -> Generator[tuple[T, R | Exception], None, None]:
    """Call `function` on every item in child processes, and give each item with its result, or its error as a value.

    There is always a child process, with one worker too: a document that crashes, hangs or eats memory costs only
    itself, its worker is replaced and its neighbours go on. (To run in this process, call the function.) Items are
    taken from the input only a few ahead, so an endless generator is fine; ending the iteration early (break, Ctrl-C,
    closing the generator) ends the processes.

    Args:
        function: importable by name or otherwise picklable; unpickled once in each process, so an object with
            `__call__` can build what it needs on first use and keep it. What its `warm()` loads, if it has one, is loaded once,
            in a process of which the workers are forked; it must open nothing and start no thread.
        items: arguments; picklable.
        workers: processes, 0 for one per CPU; started when there is something for them to do.
        timeout: seconds an item may take, or a function that says it of each item; while it waits in
            `pipeline.turns.waiting`, no time passes.
        memory: bytes a process may hold, 0 for no limit (watched on Linux).
        slots: items each process works on at once, for functions that wait much. When a process ends with several in it,
            the one that was at work is done again in a process to itself, the others as if nothing had been.
        ordered: results in the order of the items; otherwise as they come.
        on_start: called with each item when a worker takes it up, from another thread.

    Raises:
        WorkerDied: no process can be started at all.

    >>> list(run_tasks(len, ["one", "three"], workers=1))
    [('one', 3), ('three', 5)]
    """
    count = worker_count(workers)
    crew: Crew[T, R] = Crew(pickle.dumps(function), count, memory, slots, warmth(function))

    def work(item: T) -> R | Exception:
        return crew.do(item, timeout(item) if callable(timeout) else timeout, on_start)

    threads = ThreadPoolExecutor(count * slots, thread_name_prefix="worker")
    window = count * slots
    try:
        submitted = ((item, threads.submit(work, item)) for item in items)
        with closing(_in_order(submitted, LOOK_AHEAD * window) if ordered else _as_done(submitted, 2 * window)) as done:
            for item, future in done:
                yield item, future.result()
    finally:
        threads.shutdown(wait=False, cancel_futures=True)
        crew.close()
        threads.shutdown(wait=True)


def warmth(function: object) -> bytes | None:
    """What loads that which a function needs, pickled; None if it has no such method.

    >>> warmth(len) is None
    True
    """
    warm = getattr(function, "warm", None)
    return None if warm is None else pickle.dumps(warm)


Submitted = Generator[tuple[T, Future[R | Exception]], None, None]


def _in_order(submitted: Submitted[T, R], window: int) -> Submitted[T, R]:
    pending: deque[tuple[T, Future[R | Exception]]] = deque()
    for entry in submitted:
        pending.append(entry)
        while pending and (len(pending) >= window or pending[0][1].done()):
            yield pending.popleft()
    yield from pending


def _as_done(submitted: Submitted[T, R], window: int) -> Submitted[T, R]:
    pending: dict[Future[R | Exception], T] = {}
    for item, future in submitted:
        pending[future] = item
        while len(pending) >= window:
            for ready in wait(pending, return_when=FIRST_COMPLETED).done:
                yield pending.pop(ready), ready
    while pending:
        for ready in wait(pending, return_when=FIRST_COMPLETED).done:
            yield pending.pop(ready), ready
