"""Turns: of the threads of a process that work on several documents, one computes at a time; who waits lets others.

A thread that waits for a chat model gives its turn up meanwhile. So nothing that is not thread-safe (pdfium) is ever used by
two threads at once, threads do not fight over the interpreter's lock, and whoever watches knows which document is at work:
only for that one time passes. Outside such a process there are no turns, and everything here does nothing.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar, copy_context
from dataclasses import dataclass
from functools import partial
from threading import Lock, Thread
from typing import TypeVar

T = TypeVar("T")


class Turns:
    """The turns of one process.

    Args:
        tell: called by the thread whose turn it is with what it works on, and with 0 when it gives up its turn.

    >>> told = []
    >>> with Turns(told.append).taken(7):
    ...     with waiting():
    ...         pass
    >>> told
    [7, 0, 7, 0]
    """

    def __init__(self, tell: Callable[[int], None]) -> None:
        self._lock, self._tell = Lock(), tell

    @contextmanager
    def taken(self, work: int) -> Iterator[None]:
        """Wait for a turn and have it, on behalf of some work."""
        mine = _CURRENT.set(_Turn(self, work))
        self.begin(work)
        try:
            yield
        finally:
            self.end()
            _CURRENT.reset(mine)

    def begin(self, work: int) -> None:
        """Wait for a turn."""
        self._lock.acquire()
        self._tell(work)

    def end(self) -> None:
        """Give the turn up."""
        try:
            self._tell(0)
        finally:
            self._lock.release()


@dataclass(frozen=True, slots=True)
class _Turn:
    turns: Turns
    work: int


_CURRENT: ContextVar[_Turn | None] = ContextVar("turn", default=None)


@contextmanager
def waiting() -> Iterator[None]:
    """Let other threads have the turn while this one waits for something outside the process."""
    turn = _CURRENT.get()
    if turn is None:
        yield
        return
    turn.turns.end()
    try:
        yield
    finally:
        turn.turns.begin(turn.work)


def side_by_side(calls: Sequence[Callable[[], T]]) -> list[T | Exception]:
    """What each call returned or raised, in order; all are called at once, in threads that take turns where there are turns.

    Args:
        calls: that spend most of their time waiting.

    >>> side_by_side([lambda: 1, lambda: 1 // 0])
    [1, ZeroDivisionError('integer division or modulo by zero')]
    """
    if len(calls) < 2:
        return [_outcome(call) for call in calls]
    outcomes: list[T | Exception] = [RuntimeError("not called")] * len(calls)

    def work(place: int, call: Callable[[], T]) -> None:
        outcomes[place] = _in_turn(call)

    # threads of our own, not an executor's: Ctrl-C must not wait for what they wait for
    threads = [Thread(target=partial(copy_context().run, work, *entry), daemon=True) for entry in enumerate(calls)]
    for thread in threads:
        thread.start()
    with waiting():
        for thread in threads:
            thread.join()
    return outcomes


def _in_turn(call: Callable[[], T]) -> T | Exception:
    turn = _CURRENT.get()
    if turn is None:
        return _outcome(call)
    with turn.turns.taken(turn.work):
        return _outcome(call)


def _outcome(call: Callable[[], T]) -> T | Exception:
    try:
        return call()
    except Exception as error:
        return error
