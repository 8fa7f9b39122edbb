"""Run a function over many items on a Ray cluster, lazily; what was on a machine that is lost is done again elsewhere."""

import pickle
from collections import deque
from collections.abc import Callable, Generator, Iterable
from itertools import islice
from typing import TypeVar

from pipeline.cluster.fleet import Fleet, Job, Lost
from pipeline.cluster.sealed import Sealed, opened
from pipeline.errors import WorkerDied
from pipeline.workers.crew import STRIKES
from pipeline.workers.pool import MEMORY, warmth

_DEAD = "the worker of the cluster on it was lost again and again; save it again from another program, or split it"

T = TypeVar("T")
R = TypeVar("R")


def run_tasks(
    function: Callable[[T], R],
    items: Iterable[T],
    *,
    workers: Callable[[], int],
    timeout: Callable[[T], float],
    memory: int = MEMORY,
    slots: int = 1,
    again: Callable[[T], T] | None = None,
    on_start: Callable[[T], None] | None = None,
) -> Generator[tuple[T, R | Exception], None, None]:
    """Like `pipeline.workers.run_tasks`, as they come, with the worker processes on a cluster that was joined before.

    Each process has a CPU of the cluster. Items are taken from the input as processes have room for them, and a few ahead, so
    that this process's memory does not grow with their number. When a process or its machine is lost, its items are given to others; one
    that was lost with several is given a process to itself, and given up when that is lost too.

    Args:
        function, items, timeout, memory, slots, on_start: see there.
        workers: most processes; asked again and again, as a cluster grows and shrinks.
        again: what a worker is given for an item that was lost with another, who may have done it already.

    Raises:
        WrongUsage: the cluster can't start workers, or has another version of the program.
    """
    work = Sealed(function)
    fleet: Fleet[T] = Fleet(pickle.dumps(work), workers, memory, slots, warmth(work))
    source, waiting = iter(items), deque[Job[T]]()
    try:
        while True:
            ahead = islice(source, max(0, fleet.capacity - len(waiting)))
            waiting.extend(Job(item, item, timeout(item)) for item in ahead)
            fleet.staff(len(waiting))
            plenty = len(waiting) >= fleet.capacity
            while waiting and fleet.give(waiting[0], plenty):
                job = waiting.popleft()
                if on_start and not job.losses:
                    on_start(job.item)
            if not waiting and not fleet.busy:
                return
            for job, outcome in fleet.heard():
                if not isinstance(outcome, Lost):
                    yield job.item, outcome if isinstance(outcome, Exception) else _result(outcome)
                elif job.alone:
                    yield job.item, WorkerDied(_DEAD)
                else:
                    job.losses, job.alone = job.losses + 1, job.losses + 1 >= STRIKES
                    job.given = again(job.item) if again else job.item
                    waiting.appendleft(job)
    finally:
        fleet.close()


def _result(outcome: bytes) -> R | Exception:
    """What was sent; the error, where it can't be read here."""
    try:
        result: R = opened(outcome)
    except Exception as error:
        return error
    return result
