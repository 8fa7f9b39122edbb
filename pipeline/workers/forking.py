"""What runs inside the template of workers: get warm, then fork a worker whenever one is asked for, until the parent is gone."""

import gc
import os
import pickle
import signal
import socket
import traceback
from collections.abc import Mapping
from contextlib import suppress
from multiprocessing.connection import Connection
from pathlib import Path

from pipeline import telemetry
from pipeline.workers import child
from pipeline.workers.template import FIT


def serve(control: int, lifeline: int) -> None:
    """Load what is asked for, say whether this process can be forked, and answer each order with a process; ends with the parent.

    Args:
        control: descriptor of one end of a socket pair; first comes a function that loads what workers need, pickled, then orders
            with their descriptors.
        lifeline: descriptor of the end of a pipe whose other end only the parent holds.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    child.die_with_parent(lifeline)
    os.dup2(2, 1)
    orders = socket.socket(fileno=control)
    with suppress(Exception):  # what can't be loaded now is the workers' to load, and to tell
        pickle.loads(orders.recv(_MESSAGE))()  # noqa: S301 - comes from our own parent
    gc.collect()
    gc.freeze()  # what is here is here to stay: a collector that looked at it would copy it into every worker
    with suppress(OSError):
        if _threads() > 1:
            return  # a lock that another thread holds would be held for ever in the forked process
        orders.send(FIT)
        _fork_on_demand(orders, lifeline)


def _fork_on_demand(orders: socket.socket, lifeline: int) -> None:
    told: dict[int, Connection[int, int]] = {}  # how to say that a child has ended, by its process id

    def reap(*_: object) -> None:
        for pid in list(told):
            with suppress(OSError):  # it has been told of meanwhile, or nobody listens any more
                ended, status = os.waitpid(pid, os.WNOHANG)
                if ended:
                    with told.pop(pid) as listener:
                        listener.send(os.waitstatus_to_exitcode(status))

    signal.signal(signal.SIGCHLD, reap)
    while True:
        message, descriptors, _, _ = socket.recv_fds(orders, _MESSAGE, 3)
        if not message:
            return
        memory, slots, environment = pickle.loads(message)  # noqa: S301 - comes from our own parent
        listener: Connection[int, int] = Connection(descriptors[2], readable=False)
        pid = os.fork()
        if pid == 0:
            inherited = (orders.fileno(), lifeline, listener.fileno(), *(other.fileno() for other in told.values()))
            _become_worker(descriptors[0], descriptors[1], memory, slots, environment, inherited)
        for descriptor in descriptors[:2]:
            os.close(descriptor)
        with suppress(OSError):
            listener.send(pid)
        told[pid] = listener
        reap()  # it may have ended before it was in the list


def _become_worker(
    connection: int, lifeline: int, memory: int, slots: int, environment: Mapping[str, str], inherited: tuple[int, ...]
) -> None:
    """Be a worker, and end; never returns into what the template was doing."""
    status = 1
    try:
        os.setsid()  # a group of its own, to be ended as one
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        for descriptor in inherited:
            os.close(descriptor)
        os.environ.update(environment)
        telemetry.exporting.cache_clear()  # the template had no collector to tell
        child.serve(connection, lifeline, memory, slots)
        status = 0
    except Exception:
        traceback.print_exc()
    finally:
        os._exit(status)


def _threads() -> int:
    """How many threads this process has, those of libraries too."""
    return len(list(Path("/proc/self/task").iterdir()))


_MESSAGE = 1_000_000
"""Bytes of the longest message."""
