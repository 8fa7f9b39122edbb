"""The parent's side of one worker: start its process, give it items as it has room for them, replace it after a mishap."""

import os
import pickle
import threading
from collections.abc import Mapping
from multiprocessing import Pipe
from multiprocessing.connection import Connection
from typing import Any

from pipeline import telemetry
from pipeline.errors import WorkerDied
from pipeline.workers.logs import log_settings
from pipeline.workers.process import Process, ending
from pipeline.workers.template import START_SECONDS, Child, Order, Template


class Worker:
    """A process that calls one function again and again; it is started when first needed and after every mishap.

    Args:
        function: the pickled function of one argument. It is unpickled once per process, so what it builds and keeps
            stays warm from item to item.
        memory: bytes a process may hold, 0 for no limit.
        slots: items it works on at once, in threads that take turns (see `pipeline.turns`).
        environment: variables of its process.
        template: what its process is forked from, where there is such.
    """

    def __init__(
        self, function: bytes, memory: int, slots: int, environment: Mapping[str, str], template: Template | None = None
    ) -> None:
        self._function, self._memory, self._slots = function, memory, slots
        self._environment, self._template = environment, template
        self._process: Process | None = None
        self._starting: Child | None = None
        self._lifeline = os.pipe()  # nothing is ever written; the process ends when our end closes
        self._closed = False
        self._gate = threading.Lock()  # one item goes in at a time, so that the next is let in knowing what it took
        self._left = threading.Condition()  # an item has left

    def call(self, item: object, timeout: float) -> Any:
        """What the function returns for `item`, or the error that came of it, as a value; it may be at work for `timeout` s.

        Returns `Again` where the process ended while it worked on others too, and it is not known which of them was why.

        Raises:
            WorkerDied: no process could be started.
            Exception: the function could not be loaded in the process.
        """
        try:
            request = pickle.dumps(item)
        except Exception as error:
            return error
        with self._gate:
            outcome = self._ready().begin(request, timeout)
        try:
            return outcome.result()
        finally:
            with self._left:
                self._left.notify_all()

    def retire(self) -> None:
        """Ask a process that has nothing to do to send what it has to tell of itself, and to end; see `telemetry`."""
        if self._process is not None and self._process.idle and self._process.alive:
            self._process.retire()

    def close(self) -> None:
        """End the process for good; a call that is under way returns at once."""
        with self._left:
            if self._closed:
                return
            self._closed = True
            process, starting = self._process, self._starting
            self._left.notify_all()
        if process is not None and process.retiring:
            process.wait(telemetry.LEAVE_SECONDS)  # the lifeline's end would end it at once
        for end in self._lifeline:
            os.close(end)
        if process is not None:
            process.end()
        elif starting is not None:
            starting.kill()

    def _ready(self) -> Process:
        """A live process that has room for an item."""
        with self._left:
            process = self._process
            while process is not None and not self._closed and process.alive and process.swollen and not process.idle:
                self._left.wait(1.0)
        if process is not None and (not process.alive or process.swollen):
            process.end()
            process = None
        if process is None or self._closed:
            process = self._process = self._started()
        return process

    def _started(self) -> Process:
        """A process that has loaded the function."""
        ours, theirs = Pipe()
        try:
            with theirs:
                child = self._child(theirs.fileno())
            process, error = self._loaded(child, ours)
        except BaseException:
            ours.close()
            raise
        if error is not None:
            process.end()
            raise error
        if self._closed:
            process.end()
        return process

    def _loaded(self, child: Child, ours: "Connection[bytes, bytes]") -> tuple[Process, Exception | None]:
        """The process, when it has been sent the function, and what kept it from loading that."""
        try:
            ours.send_bytes(log_settings())
            ours.send_bytes(self._function)
            if not ours.poll(START_SECONDS):
                raise EOFError
            error: Exception | None = pickle.loads(ours.recv_bytes())  # noqa: S301
        except (EOFError, OSError):
            child.kill()
            raise WorkerDied(f"a worker process could not be started: it {ending(child)}") from None
        return Process(child, ours, self._memory), error

    def _child(self, socket: int) -> Child:
        """A new process, which ends with this one."""
        with self._left:
            self._check_open()
            lifeline = os.dup(self._lifeline[0])  # one's own: were it closed meanwhile, its number could be another's
        try:
            order = Order(socket, lifeline, self._memory, self._slots, self._environment)
            forked = self._template.fork(order) if self._template else None
            with self._left:
                if self._closed and forked is not None:
                    forked.kill()
                self._check_open()
                child = self._starting = forked or order.start()
            return child
        finally:
            os.close(lifeline)

    def _check_open(self) -> None:
        if self._closed:
            raise WorkerDied("the run was ended")
