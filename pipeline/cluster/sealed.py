"""Items and results as bytes, so that an actor through which they pass need not load what they are made of."""

import pickle
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Sealed:
    """A function on sealed items, whose results are sealed.

    >>> opened(Sealed(len)(sealed("three")))
    5
    """

    function: Callable[[Any], Any]

    def __call__(self, item: bytes) -> bytes:
        return sealed(self.function(opened(item)))

    @property
    def warm(self) -> Callable[[], object] | None:
        """What loads that which the function needs, see `pipeline.workers.run_tasks`."""
        return getattr(self.function, "warm", None)


def sealed(thing: object) -> bytes:
    """A thing to be sent; it must be picklable."""
    return pickle.dumps(thing)


def opened(data: bytes) -> Any:
    """The thing that was sent."""
    return pickle.loads(data)  # noqa: S301 - comes from a process of the same run
