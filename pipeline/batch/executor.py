"""Where the workers of a run are: on this machine, or on the machines of a Ray cluster."""

from collections.abc import Callable, Generator, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Protocol, TypeVar

from pipeline.settings import Settings
from pipeline.workers import run_tasks, worker_count

T = TypeVar("T")
R = TypeVar("R")


class Executor(Protocol):
    """Calls a function on items in worker processes; a document that kills or hangs its process costs only itself."""

    @property
    def workers(self) -> int:
        """How many worker processes there are to be."""
        ...

    @property
    def host(self) -> str | None:
        """The address at which workers on other machines reach this process; None if there are none."""
        ...

    def run(
        self,
        function: Callable[[T], R],
        items: Iterable[T],
        *,
        timeout: Callable[[T], float],
        slots: int,
        on_start: Callable[[T], None],
    ) -> Generator[tuple[T, R | Exception], None, None]:
        """Each item with its result, or its error as a value, as they come; see `pipeline.workers.run_tasks`."""
        ...


@dataclass(frozen=True, slots=True)
class LocalExecutor:
    """Worker processes on this machine.

    >>> executor = LocalExecutor(1)
    >>> list(executor.run(len, ["three"], timeout=lambda item: 60.0, slots=1, on_start=lambda item: None))
    [('three', 5)]
    """

    workers: int
    host: None = None

    def run(
        self,
        function: Callable[[T], R],
        items: Iterable[T],
        *,
        timeout: Callable[[T], float],
        slots: int,
        on_start: Callable[[T], None],
    ) -> Generator[tuple[T, R | Exception], None, None]:
        """See `Executor.run`."""
        return run_tasks(
            function, items, workers=self.workers, timeout=timeout, slots=slots, ordered=False, on_start=on_start
        )


@contextmanager
def executor_for(settings: Settings) -> Iterator[Executor]:
    """The executor that the settings name, as long as the context lasts."""
    yield LocalExecutor(worker_count(settings.workers))
