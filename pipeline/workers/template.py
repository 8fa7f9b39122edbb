"""Where worker processes come from: forked from a template that has loaded what they need, else interpreters of their own."""

import os
import pickle
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing import Pipe
from multiprocessing.connection import Connection
from typing import Protocol

from pipeline.errors import WorkerDied

START_SECONDS = 60.0
"""How long a worker, or the template of workers, may take to start."""

PRIVATE = "OTEL_"
"""How the environment variables begin that a template is not told of: what it does to get warm is nobody's document."""

FORKS = sys.platform == "linux"
"""Whether a process may go on after a fork; where the system's own libraries start threads (macOS), it may not."""

_RUN = "import sys; sys.path[:] = {path!r}; from pipeline.workers.{module} import serve; serve{arguments!r}"


class Child(Protocol):
    """A process that somebody started for us."""

    @property
    def pid(self) -> int:
        """Its id, and that of the group of all that it starts."""
        ...

    def poll(self) -> int | None:
        """Its exit status, negative for a signal; None while it is alive."""
        ...

    def wait(self, timeout: float | None = None) -> int:
        """Its exit status, as soon as it has ended.

        Raises:
            subprocess.TimeoutExpired: it has not, so many seconds later.
        """
        ...

    def kill(self) -> None:
        """End it at once."""
        ...


@dataclass(frozen=True, slots=True)
class Order:
    """What a worker process is to be like; see `pipeline.workers.child.serve`.

    Args:
        socket, lifeline: descriptors here, which it gets under numbers of its own.
        memory, slots: what it may use.
        environment: its variables.
    """

    socket: int
    lifeline: int
    memory: int
    slots: int
    environment: Mapping[str, str]

    def start(self) -> "subprocess.Popen[bytes]":
        """Start it as an interpreter of its own."""
        arguments = (self.socket, self.lifeline, self.memory, self.slots)
        return _interpreter("child", arguments, arguments[:2], self.environment)


class Template:
    """A process that has loaded what workers need, from which each of them is forked, in milliseconds, whenever one is wanted.

    It takes nothing up itself and has neither threads nor connections when it forks; what it has loaded, all workers share
    until they change it. It ends with this process. Where it can't be used, workers are started without it.

    Args:
        warm: loads what the workers need, and opens nothing; picklable, called once, in the template.
        environment: of the workers.
    """

    def __init__(self, warm: bytes, environment: Mapping[str, str]) -> None:
        self._warm = warm
        self._environment = {name: value for name, value in environment.items() if not name.startswith(PRIVATE)}
        self._turn, self._state = threading.Lock(), threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._control: socket.socket | None = None
        self._lifeline = os.pipe()
        self._usable, self._ready, self._closed = FORKS, False, False

    def begin(self) -> None:
        """Start it; it gets warm while we do something else."""
        with self._turn:
            if self._usable and not self._alive():
                self._begin()

    def fork(self, order: Order) -> "Child | None":
        """A worker process; None where it can't be had from a template.

        Raises:
            WorkerDied: the template has been closed.
        """
        with self._turn:
            for _ in range(2):  # it may die just now
                if self._usable and not self._alive():
                    self._begin()
                if not self._usable or not self._warmed():
                    return None
                with suppress(OSError, EOFError):
                    return self._forked(order)
        return None

    def close(self) -> None:
        """End it; the workers that come from it are not its to end."""
        with self._state:
            if self._closed:
                return
            self._closed = True
            for end in self._lifeline:
                os.close(end)
            if self._process is not None:
                self._process.kill()
                self._process.wait()
            if self._control is not None:
                self._control.close()

    def _forked(self, order: Order) -> "Forked":
        assert self._control is not None
        told = {name: value for name, value in order.environment.items() if name.startswith(PRIVATE)}
        hears, tells = Pipe(duplex=False)
        with tells:
            message = pickle.dumps((order.memory, order.slots, told))
            socket.send_fds(self._control, [message], [order.socket, order.lifeline, tells.fileno()])
        return Forked(hears)

    def _alive(self) -> bool:
        return self._process is not None and self._process.poll() is None

    def _begin(self) -> None:
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        with self._state, theirs:
            if self._closed:
                ours.close()
                raise WorkerDied("the run was ended")
            if self._control is not None:
                self._control.close()
            self._control, self._ready = ours, False
            descriptors = (theirs.fileno(), self._lifeline[0])
            self._process = _interpreter("forking", descriptors, descriptors, self._environment)
        with suppress(OSError):
            ours.send(self._warm)

    def _warmed(self) -> bool:
        """Wait until it is warm; whether it can be forked."""
        if self._ready:
            return True
        assert self._control is not None and self._process is not None
        try:
            self._control.settimeout(START_SECONDS)
            self._ready = self._control.recv(len(FIT)) == FIT
            self._control.settimeout(None)
        except OSError:
            self._ready = False
        if self._closed:
            raise WorkerDied("the run was ended")
        if not self._ready:
            self._usable = False
            self._process.kill()
            self._process.wait()
        return self._ready


FIT = b"f"
"""What a template says that can be forked."""


class Forked:
    """A process forked from the template, which says on a pipe how it ended.

    Args:
        hears: first the process id comes, then its exit status.

    Raises:
        EOFError: the template has died.
    """

    def __init__(self, hears: "Connection[int, int]") -> None:
        if not hears.poll(START_SECONDS):
            raise EOFError
        self.pid: int = hears.recv()
        self._hears, self._lock = hears, threading.Lock()
        self._status: int | None = None

    def poll(self) -> int | None:
        """See `Child.poll`."""
        with self._lock:
            if self._status is None and self._hears.poll():
                self._note()
            return self._status

    def wait(self, timeout: float | None = None) -> int:
        """See `Child.wait`."""
        with self._lock:
            if self._status is None:
                if not self._hears.poll(timeout):
                    raise subprocess.TimeoutExpired(f"process {self.pid}", timeout or 0.0)
                self._note()
            assert self._status is not None
            return self._status

    def kill(self) -> None:
        """See `Child.kill`."""
        if self.poll() is None:
            with suppress(ProcessLookupError):
                os.kill(self.pid, signal.SIGKILL)

    def _note(self) -> None:
        try:
            self._status = self._hears.recv()
        except (EOFError, OSError):  # the template is gone: nobody will ever say
            self._status = -signal.SIGKILL
            with suppress(ProcessLookupError):
                os.kill(self.pid, signal.SIGKILL)
        self._hears.close()


def _interpreter(
    module: str, arguments: tuple[int, ...], descriptors: tuple[int, ...], environment: Mapping[str, str]
) -> "subprocess.Popen[bytes]":
    """A fresh interpreter that serves as a module of this room does; it does not import our main module."""
    return subprocess.Popen(
        [sys.executable, "-P", "-c", _RUN.format(path=sys.path, module=module, arguments=arguments)],
        stdin=subprocess.DEVNULL,
        pass_fds=descriptors,
        env=environment,
        start_new_session=True,  # Ctrl-C reaches the parent only
    )
