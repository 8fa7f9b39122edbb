"""Where the workers of a run are: on this machine, or on the machines of a Ray cluster."""

from collections.abc import Callable, Generator, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

from pipeline.settings import Settings
from pipeline.workers import run_tasks, worker_count

if TYPE_CHECKING:
    from pipeline.cluster import Cluster

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


@dataclass(frozen=True, slots=True)
class RayExecutor:
    """Worker processes on a Ray cluster, one a CPU; documents and results must be where every machine sees them.

    Args:
        cluster: that this process has joined.
        wanted: most processes, which a cluster that can grow is asked to make room for; 0 for as many as it has CPUs.
    """

    cluster: "Cluster"
    wanted: int = 0

    @property
    def workers(self) -> int:
        """As many as wanted, or one for each CPU the cluster has at present."""
        return self.wanted or self.cluster.cpus

    @property
    def host(self) -> str | None:
        """See `Executor.host`."""
        return self.cluster.host

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
        from pipeline.cluster import run_tasks as run_on_cluster

        return run_on_cluster(
            function, items, workers=lambda: self.workers, timeout=timeout, slots=slots, again=_anew, on_start=on_start
        )


@contextmanager
def executor_for(settings: Settings) -> Iterator[Executor]:
    """The executor that the settings name, as long as the context lasts.

    Raises:
        WrongUsage: Ray is not installed, or there is no cluster at the address.
    """
    count = worker_count(settings.workers)
    if settings.executor == "local":
        yield LocalExecutor(count)
        return
    from pipeline.cluster import joined

    with joined(settings.ray_address, count) as cluster:
        yield RayExecutor(cluster, settings.workers)


def _anew(item: Any) -> Any:
    """The document whose worker was lost, not to be taken for one that an earlier run did."""
    return replace(item, anew=True)
