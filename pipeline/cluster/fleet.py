"""The actors of a run: as many as there is work and room for, each given items as it has room, replaced when it is lost."""

import logging
import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from importlib import import_module
from importlib.metadata import version
from math import ceil
from time import monotonic, sleep
from typing import Any, Generic, TypeVar

from pipeline import telemetry
from pipeline.cluster.desk import Desk
from pipeline.cluster.sealed import sealed
from pipeline.errors import WorkerDied, WrongUsage
from pipeline.workers.logs import log_settings

T = TypeVar("T")

LOOK_SECONDS = 1.0
"""How often to look how large the cluster is."""

TRY_SECONDS = 0.2
"""How long to wait where there is no actor to hear from."""

FAILED_STARTS = 5
"""Actors that end before they are ready, one after the other, after which the run is ended."""

PATIENCE = 60.0
"""Seconds without a single actor after which the user is told what the run waits for."""

log = logging.getLogger("clauseline")


@dataclass(slots=True)
class Job(Generic[T]):
    """An item on its way: what an actor is given for it, its seconds, and how many actors were lost with it."""

    item: T
    given: T
    seconds: float
    losses: int = 0
    alone: bool = False


class Lost:
    """Comes of a job whose actor is gone: it is not known whether it was done."""


@dataclass(eq=False, slots=True)
class _Actor(Generic[T]):
    """An actor, and its jobs by what stands for their outcome; `opening` stands for its being ready."""

    handle: Any
    opening: Any
    jobs: dict[Any, Job[T]] = field(default_factory=dict)


class Fleet(Generic[T]):
    """Actors that call one function.

    Args:
        function: of sealed items, pickled.
        wanted: how many actors there may be, asked again and again.
        memory: bytes each may hold, 0 for no limit.
        slots: jobs each works on at once.
        warm: see `Desk`.
    """

    def __init__(
        self, function: bytes, wanted: Callable[[], int], memory: int, slots: int, warm: bytes | None = None
    ) -> None:
        self._ray: Any = import_module("ray")
        self._slots, self._wanted = slots, wanted
        options = {"num_cpus": 1, "max_concurrency": slots, "max_restarts": 0, "max_task_retries": 0}
        self._desk: Any = self._ray.remote(Desk).options(**options)
        told = {name: value for name, value in os.environ.items() if name.startswith("OTEL_")}
        self._given = (function, memory, slots, log_settings(), warm, {**told, **telemetry.handed_on()})
        self._actors: list[_Actor[T]] = []
        self._most, self._look = wanted(), monotonic() + LOOK_SECONDS
        self._failures, self._not_before = 0, 0.0
        self._alone_since: float | None = monotonic()

    @property
    def capacity(self) -> int:
        """Jobs that all actors there may be would work on at once."""
        return self._most * self._slots

    @property
    def busy(self) -> bool:
        """Whether any job is on its way."""
        return any(actor.jobs for actor in self._actors)

    def staff(self, waiting: int) -> None:
        """Start as many actors as there is work for.

        Args:
            waiting: jobs that wait for one.
        """
        now = monotonic()
        if now >= self._look:
            self._most, self._look = self._wanted(), now + LOOK_SECONDS
        under_way = sum(len(actor.jobs) for actor in self._actors)
        needed = min(self._most, ceil((under_way + waiting) / self._slots))
        while len(self._actors) < needed and now >= self._not_before:
            handle = self._desk.remote(*self._given)
            self._actors.append(_Actor(handle, handle.version.remote()))
        if self._alone_since is not None and now - self._alone_since > PATIENCE:
            log.warning("the cluster has had no CPU free for a worker for %d s; the run waits for one", PATIENCE)
            self._alone_since = None

    def give(self, job: Job[T], plenty: bool = False) -> bool:
        """Give a job to the actor with the most room; False if none has any.

        Args:
            job: what is given.
            plenty: whether there are many more, so that each actor may have one waiting, and need not wait for it.
        """
        most = 1 if job.alone else self._slots + plenty
        free = [a for a in self._actors if a.opening is None and len(a.jobs) < most and not _occupied(a)]
        if not free:
            return False
        actor = min(free, key=lambda a: len(a.jobs))
        actor.jobs[actor.handle.do.remote(sealed(job.given), job.seconds)] = job
        return True

    def heard(self) -> Iterator[tuple[Job[T], Any]]:
        """The next things that happen: jobs with what came of them. Waits for them, but not for ever.

        Raises:
            WrongUsage: actors can't be started, or are of another version of the program.
            Exception: the function can't be loaded.
        """
        by_ref = {ref: actor for actor in self._actors for ref in (*actor.jobs, actor.opening) if ref is not None}
        if not by_ref:
            sleep(TRY_SECONDS)
            return
        ready, _ = self._ray.wait(list(by_ref), num_returns=1, timeout=LOOK_SECONDS)
        for ref in ready:
            actor = by_ref[ref]
            try:
                told = self._ray.get(ref)
            except self._ray.exceptions.RayTaskError as error:
                if not isinstance(error.cause, WorkerDied):  # no process could be started there: as if it were lost
                    raise error.cause from None
                yield from self._lose(actor, error)
            except self._ray.exceptions.RayError as error:
                yield from self._lose(actor, error)
            else:
                if ref == actor.opening:
                    self._opened(actor, told)
                else:
                    yield actor.jobs.pop(ref), told

    def close(self) -> None:
        """End the actors and what they work on; where there is a collector, what they have to tell is sent before."""
        if telemetry.wanted():
            told = [actor.handle.close.remote() for actor in self._actors if not actor.jobs]
            if told:
                self._ray.wait(told, num_returns=len(told), timeout=telemetry.LEAVE_SECONDS)
        for actor in self._actors:
            self._ray.kill(actor.handle)
        self._actors.clear()

    def _opened(self, actor: _Actor[T], theirs: str) -> None:
        ours = version("clauseline")
        if theirs != ours:
            raise WrongUsage(f"the cluster has Clauseline {theirs}, here it is {ours}: install the same on both")
        actor.opening, self._failures, self._alone_since = None, 0, None

    def _lose(self, actor: _Actor[T], error: Exception) -> Iterator[tuple[Job[T], Lost]]:
        """Do without an actor; one that is only out of reach is ended, so that it works on nothing that another does."""
        self._actors.remove(actor)
        self._ray.kill(actor.handle)
        if actor.opening is not None:
            self._failures += 1
            self._not_before = monotonic() + self._failures
            if self._failures >= FAILED_STARTS:
                raise WrongUsage(f"the cluster can't start workers: {_reason(error)}")
        log.info("a worker of the cluster was lost with %d documents, which are done again", len(actor.jobs))
        for job in actor.jobs.values():
            yield job, Lost()


def _occupied(actor: _Actor[T]) -> bool:
    """Whether it has a job that is to be alone."""
    return any(job.alone for job in actor.jobs.values())


def _reason(error: Exception) -> str:
    """The last line of an error, where Ray puts what an actor raised."""
    lines = [line.strip() for line in str(error).splitlines() if line.strip()]
    return lines[-1] if lines else type(error).__name__
