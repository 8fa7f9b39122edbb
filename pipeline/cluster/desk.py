"""What runs in a process of the cluster: it keeps one worker process busy, as the local pool keeps several."""

import os
from collections.abc import Mapping
from importlib.metadata import version
from typing import Any

from pipeline.workers.crew import Crew
from pipeline.workers.logs import log_as


class Desk:
    """A Ray actor; the work itself is done in a process below it.

    So a document that crashes, hangs or eats memory ends that process, under the very rules of a local run, and the actor
    starts another. When the actor ends, however it does, so does the process.

    Args:
        function: of sealed items, pickled.
        memory: bytes the worker process may hold, 0 for no limit.
        slots: items it works on at once; as many calls of `do` come in side by side.
        logging: how to log, see `log_settings`.
        warm: loads what the function needs, pickled; None where it has no such thing.
        environment: by which what is told of the work is part of the run's trace and goes to its collector.
    """

    def __init__(
        self,
        function: bytes,
        memory: int,
        slots: int,
        logging: bytes,
        warm: bytes | None,
        environment: Mapping[str, str],
    ) -> None:
        os.environ.update(environment)
        log_as(logging)
        self._crew: Crew[Any, Any] = Crew(function, 1, memory, slots, warm)
        self._crew.prepare()  # while the run hears that we are ready

    def version(self) -> str:
        """Of this program, here."""
        return version("clauseline")

    def do(self, item: bytes, seconds: float) -> Any:
        """What the function makes of an item, or the error that came of it; see `Crew.do`."""
        return self._crew.do(item, seconds)

    def close(self) -> None:
        """End the worker process, which sends what it has to tell before."""
        self._crew.close()
