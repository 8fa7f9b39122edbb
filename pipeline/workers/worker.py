"""The parent's side of one worker process: start it, give it a task, end it when it takes too long or too much."""

import contextlib
import logging
import os
import pickle
import signal
import subprocess
import sys
import threading
import time
from multiprocessing import Pipe
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from pipeline.errors import DocumentTimeout, DocumentTooLarge, WorkerDied

START_SECONDS = 60.0
"""How long a worker may take to start."""

WATCH_SECONDS = 0.2
"""How often a busy worker's time and memory are looked at."""

ONE_THREAD = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "RAYON_NUM_THREADS"), "1")
"""Several processes share the cores, so the libraries in each must not take them all again."""


class Worker:
    """A process that calls one function again and again; it is started when first needed and after every mishap.

    Args:
        function: the pickled function of one argument. It is unpickled once per process, so what it builds and keeps
            stays warm from task to task.
        memory: bytes a process may hold, 0 for no limit.
    """

    def __init__(self, function: bytes, memory: int) -> None:
        self._function, self._memory = function, memory
        self._process: subprocess.Popen[bytes] | None = None
        self._connection: Connection[bytes, bytes] | None = None
        self._lifeline = os.pipe()  # nothing is ever written; the process ends when our end closes
        self._closed = False
        self._lock = threading.Lock()

    def call(self, item: object, timeout: float) -> Any:
        """What the function returns for `item`, or the error that came of it, as a value; it may take `timeout` seconds.

        Raises:
            WorkerDied: no process could be started.
            Exception: the function could not be loaded in the process.
        """
        try:
            request = pickle.dumps(item)
        except Exception as error:
            return error
        connection = self._started()
        try:
            connection.send_bytes(request)
            if overrun := self._watch(connection, timeout):
                self.kill()
                return overrun
            reply = connection.recv_bytes()
        except (EOFError, OSError):
            return WorkerDied(
                f"the process working on it {self._ending()}; save it again from another program, or split it"
            )
        try:
            outcome = pickle.loads(reply)  # noqa: S301 - comes from our own child
        except Exception as error:
            return error
        if isinstance(outcome, MemoryError):
            self.kill()  # who knows what else could not be allocated
            return _too_large(self._memory)
        if self._memory and resident_bytes(self._pid) > 0.75 * self._memory:
            self.kill()  # the next document gets a fresh process
        return outcome

    def kill(self) -> None:
        """End the process, whatever it is doing; the next call starts another."""
        with self._lock:
            process, connection, self._process, self._connection = self._process, self._connection, None, None
        if process is not None:
            _end(process)
        if connection is not None:
            connection.close()

    def close(self) -> None:
        """End the process for good; a call that is under way returns at once."""
        with self._lock:
            if self._closed:
                return
            self._closed = True
            process = self._process
        for end in self._lifeline:
            os.close(end)
        if process is not None:
            _end(process)  # its connection is closed by the call that reads from it, or with this object

    def _started(self) -> "Connection[bytes, bytes]":
        """The connection to a live process, started if there is none."""
        if self._process is not None and self._process.poll() is not None:
            self.kill()  # it died while it had nothing to do
        if self._connection is not None:
            return self._connection
        ours, theirs = Pipe()
        with self._lock:
            if self._closed:
                raise WorkerDied("the run was ended")
            arguments = (theirs.fileno(), self._lifeline[0], self._memory)
            self._process = subprocess.Popen(
                [sys.executable, "-P", "-c", _START.format(path=sys.path, arguments=arguments)],
                stdin=subprocess.DEVNULL,
                pass_fds=arguments[:2],
                env={**ONE_THREAD, **os.environ},
                start_new_session=True,  # Ctrl-C reaches the parent only
            )
            self._connection = ours
        theirs.close()
        try:
            ours.send_bytes(_log_settings())
            ours.send_bytes(self._function)
            if not ours.poll(START_SECONDS):
                raise EOFError
            error = pickle.loads(ours.recv_bytes())  # noqa: S301
        except (EOFError, OSError):
            raise WorkerDied(f"a worker process could not be started: it {self._ending()}") from None
        if error is not None:
            self.kill()
            raise error
        return ours

    def _watch(self, connection: "Connection[bytes, bytes]", timeout: float) -> Exception | None:
        """Wait for the reply; the error if it does not come in time or the process grows too large."""
        deadline = time.monotonic() + timeout
        while not connection.poll(max(0.0, min(WATCH_SECONDS, deadline - time.monotonic()))):
            if time.monotonic() >= deadline:
                return DocumentTimeout(
                    f"took longer than {timeout:g} s and was given up; allow more time if it is worth it"
                )
            if self._memory and resident_bytes(self._pid) > self._memory:
                return _too_large(self._memory)
        return None

    @property
    def _pid(self) -> int:
        process = self._process
        return process.pid if process is not None else 0

    def _ending(self) -> str:
        """How the process ended, in words; it is gone afterwards."""
        process, code = self._process, None
        if process is not None:
            with contextlib.suppress(subprocess.TimeoutExpired):
                code = process.wait(5)
        self.kill()
        if code is None:
            return "did not answer"
        if code >= 0:
            return f"ended with exit status {code}"
        name = signal.Signals(-code).name if -code in set(signal.Signals) else f"signal {-code}"
        return f"was ended by {name}" + _MEANING.get(name, " (crashed)")


_MEANING = {"SIGKILL": " (killed, or out of memory)", "SIGABRT": " (out of memory, or crashed)"}

_START = "import sys; sys.path[:] = {path!r}; from pipeline.workers.child import serve; serve{arguments!r}"


def _log_settings() -> bytes:
    """The level and form of our log, pickled, for a worker to write its own in the same way."""
    logger = logging.getLogger("clauseline")
    formatter = logger.handlers[0].formatter if logger.handlers else None
    try:
        return pickle.dumps((logger.level, formatter))
    except Exception:  # a program of its own has set up what can't be passed on
        return pickle.dumps((logger.level, None))


def _too_large(memory: int) -> DocumentTooLarge:
    return DocumentTooLarge(f"needs more than {memory // 1_000_000} MB of memory and was given up; split the document")


def _end(process: "subprocess.Popen[bytes]") -> None:
    """Kill the process and all it has started."""
    with contextlib.suppress(OSError):
        os.killpg(process.pid, signal.SIGKILL)
    with contextlib.suppress(subprocess.TimeoutExpired):
        process.wait(5)


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
