"""One worker process while it lives: what it is doing, for how long, and what comes of it."""

import contextlib
import os
import pickle
import signal
import subprocess
import threading
import time
from concurrent.futures import Future
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from pipeline.errors import DocumentTimeout, DocumentTooLarge, WorkerDied
from pipeline.workers.template import Child

WATCH_SECONDS = 0.2
"""How often a busy process's time and memory are looked at."""

_DEAD = "the process working on it {}; save it again from another program, or split it"
_MEANING = {"SIGKILL": " (killed, or out of memory)", "SIGABRT": " (out of memory, or crashed)"}


@dataclass(frozen=True, slots=True)
class Again:
    """Comes of an item whose process ended while others were in it: it is to be done again, alone if it is suspected.

    Args:
        suspect: whether it was the one at work when the process ended.
    """

    suspect: bool


@dataclass(slots=True)
class _Job:
    """An item in the process: the seconds it may take and has taken, and what came of it."""

    timeout: float
    spent: float = 0.0
    settled: threading.Event = field(default_factory=threading.Event)  # it has had its first turn
    outcome: "Future[Any]" = field(default_factory=Future)


class Process:
    """A process that works on one item or several at once, of which one computes at a time and the others wait.

    Args:
        child: the process, which has loaded its function.
        connection: to it.
        memory: bytes it may hold, 0 for no limit.
    """

    def __init__(self, child: Child, connection: "Connection[bytes, bytes]", memory: int) -> None:
        self._child, self._connection, self._memory = child, connection, memory
        self._lock = threading.Lock()  # of the four below, and of sending
        self._jobs: dict[int, _Job] = {}
        self._at_work, self._since, self._last = 0, 0.0, 0
        self._end: WorkerDied | None = None
        self.retiring = False
        self._watcher = threading.Thread(target=self._watch, name="watch-worker", daemon=True)
        self._watcher.start()

    @property
    def alive(self) -> bool:
        """Whether it can be given something to do."""
        return self._end is None and self._child.poll() is None

    @property
    def idle(self) -> bool:
        """Whether it has nothing to do."""
        return not self._jobs

    @property
    def swollen(self) -> bool:
        """Whether it holds so much memory that a fresh one had better take over."""
        return bool(self._memory) and resident_bytes(self._child.pid) > 0.75 * self._memory

    def begin(self, request: bytes, timeout: float) -> "Future[Any]":
        """Give it an item; returns when the item is done or waits for the first time: then one knows what it takes.

        Args:
            request: the item, pickled.
            timeout: seconds for which it may be at work.
        """
        job = _Job(timeout)
        with self._lock:
            if self._end is not None:
                job.outcome.set_result(Again(False))
                return job.outcome
            self._last += 1
            self._jobs[self._last] = job
            with contextlib.suppress(OSError):  # it has died, which the watching thread is about to tell
                self._connection.send_bytes(pickle.dumps((self._last, request)))
        job.settled.wait()
        return job.outcome

    def retire(self) -> None:
        """Tell it that nothing more comes; it ends when it has said what it has to."""
        with self._lock, contextlib.suppress(OSError):
            self.retiring = True
            self._connection.send_bytes(pickle.dumps(None))

    def wait(self, seconds: float) -> None:
        """Wait until it has ended, so long at most."""
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._child.wait(seconds)

    def end(self) -> None:
        """End it, whatever it is doing, and all that it has started."""
        with contextlib.suppress(OSError):
            os.killpg(self._child.pid, signal.SIGKILL)
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._child.wait(5)

    def _watch(self) -> None:
        """Take what the process says, and end it when an item takes too long or the process grows too large."""
        look = time.monotonic() + WATCH_SECONDS
        try:
            while self._end is None:
                if self._connection.poll(self._patience(look)):
                    self._heard(*pickle.loads(self._connection.recv_bytes()))  # noqa: S301 - comes from our own child
                elif (now := time.monotonic()) < look:
                    self._check_time(now)
                if time.monotonic() >= look:
                    look = time.monotonic() + WATCH_SECONDS
                    self._check_time(time.monotonic())
                    if self._memory and resident_bytes(self._child.pid) > self._memory:
                        self._give_up(_too_large(self._memory))
        except (EOFError, OSError):
            self._give_up(WorkerDied(_DEAD.format(ending(self._child))))

    def _check_time(self, now: float) -> None:
        job = self._jobs.get(self._at_work)
        if job is not None and now - self._since + job.spent >= job.timeout:
            self._give_up(_overrun(job.timeout), certain=True)

    def _patience(self, look: float) -> float:
        """Seconds until something must be looked at."""
        now = time.monotonic()
        job = self._jobs.get(self._at_work)
        left = look - now if job is None else min(look - now, self._since + job.timeout - job.spent - now)
        return max(0.0, left)

    def _heard(self, number: int, reply: bytes | None) -> None:
        """Note whose turn it is (no reply), or what came of an item."""
        if reply is None:
            now = time.monotonic()
            if waits := self._jobs.get(self._at_work):
                waits.spent += now - self._since
                waits.settled.set()
            self._at_work, self._since = number, now
            return
        try:
            outcome = pickle.loads(reply)  # noqa: S301 - comes from our own child
        except Exception as error:
            outcome = error
        if isinstance(outcome, MemoryError):
            self._give_up(_too_large(self._memory))  # who knows what else could not be allocated
            return
        with self._lock:
            done = self._jobs.pop(number, None)
        if done is not None:
            done.outcome.set_result(outcome)
            done.settled.set()

    def _give_up(self, error: Exception, certain: bool = False) -> None:
        """End the process because of the item at work; the others are to be done again.

        Args:
            error: what is wrong.
            certain: whether the item at work is to blame for sure; else it is only suspected, unless it was alone.
        """
        self.end()
        with self._lock:
            self._end = self._end or WorkerDied("the run was ended")
            jobs, self._jobs = self._jobs, {}
            self._connection.close()
        for number, job in jobs.items():
            suspect = number == self._at_work
            blamed = len(jobs) == 1 or (suspect and certain)
            job.outcome.set_result(error if blamed else Again(suspect))
            job.settled.set()


def _overrun(timeout: float) -> DocumentTimeout:
    return DocumentTimeout(f"took longer than {timeout:g} s and was given up; allow more time if it is worth it")


def _too_large(memory: int) -> DocumentTooLarge:
    return DocumentTooLarge(f"needs more than {memory // 1_000_000} MB of memory and was given up; split the document")


def ending(child: Child) -> str:
    """How a process ended, in words."""
    try:
        code = child.wait(5)
    except subprocess.TimeoutExpired:
        return "did not answer"
    if code >= 0:
        return f"ended with exit status {code}"
    name = signal.Signals(-code).name if -code in set(signal.Signals) else f"signal {-code}"
    return f"was ended by {name}" + _MEANING.get(name, " (crashed)")


def resident_bytes(pid: int) -> int:
    """Memory a process holds, as Linux counts it; 0 where that can't be known.

    >>> resident_bytes(0)
    0
    """
    try:
        pages = int(Path(f"/proc/{pid}/statm").read_bytes().split()[1])
    except (OSError, ValueError, IndexError):
        return 0
    return pages * os.sysconf("SC_PAGE_SIZE")
