"""What runs inside a worker process: take items, do them, send back what came of each, until the parent is gone.

Started by `pipeline.workers.template`: forked from a process that has one thread and nothing open, or as a fresh interpreter;
never forked from the parent, which has threads. The parent's main module is not imported again, so no
`if __name__ == "__main__"` guard is needed. It imports little.
"""

import contextlib
import os
import pickle
import signal
import traceback
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from multiprocessing.connection import Connection
from typing import Any

from pipeline import telemetry
from pipeline.turns import Turns
from pipeline.workers.logs import log_as

STACKS = 80_000_000
"""Bytes of address space that the stacks of an item's threads may take; little of it is ever used."""


def serve(socket: int, lifeline: int, memory: int, slots: int) -> None:
    """Answer items from `socket` for ever; ends with the parent.

    Says each item's number with what came of it, and whose turn it is whenever that changes (see `pipeline.turns`).

    Args:
        socket: descriptor of one end of a socket pair; first comes how to log, then the function, then its arguments,
            all pickled.
        lifeline: descriptor of the end of a pipe whose other end only the parent holds.
        memory: bytes of private memory after which allocations fail, 0 for no limit.
        slots: items worked on at once.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the parent's to handle
    die_with_parent(lifeline)
    os.dup2(2, 1)  # what a library prints must not end up in the command's output
    _limit_memory(memory and memory + (slots - 1) * STACKS)
    connection: Connection[bytes, bytes] = Connection(socket)
    with contextlib.suppress(EOFError, OSError):
        log_as(connection.recv_bytes())
        try:
            function = pickle.loads(connection.recv_bytes())  # noqa: S301 - comes from our own parent
        except Exception as error:
            connection.send_bytes(_pickled(error))
            return
        connection.send_bytes(pickle.dumps(None))
        _serve(connection, function, slots)


def _serve(connection: "Connection[bytes, bytes]", function: Callable[[Any], Any], slots: int) -> None:
    turns = Turns(lambda number: connection.send_bytes(pickle.dumps((number, None))))

    def work(number: int, request: bytes) -> None:
        with turns.taken(number):  # also for the reply: one thread sends at a time
            connection.send_bytes(pickle.dumps((number, _outcome(function, request))))

    threads = ThreadPoolExecutor(slots, thread_name_prefix="document")
    while True:
        message = pickle.loads(connection.recv_bytes())  # noqa: S301 - comes from our own parent
        if message is None:  # nothing more comes; the parent ends this process as soon as the connection is closed
            telemetry.flush()
            return
        number, request = message
        if slots == 1:
            work(number, request)
        else:
            threads.submit(work, number, request)


def die_with_parent(lifeline: int) -> None:
    """Have the kernel end this process when the pipe closes, that is when the parent ends, however it does.

    The signal SIGIO ends a process by default, without the interpreter's help: also one that is stuck in C code. A pipe that
    is closed already sends none: then it ends here.
    """
    import fcntl
    import select

    fcntl.fcntl(lifeline, fcntl.F_SETOWN, os.getpid())
    fcntl.fcntl(lifeline, fcntl.F_SETFL, fcntl.fcntl(lifeline, fcntl.F_GETFL) | os.O_ASYNC)
    watched = select.poll()
    watched.register(lifeline)
    if watched.poll(0):  # nothing is ever written: there is something to tell only when it is closed
        os._exit(0)


def _outcome(function: Callable[[Any], Any], request: bytes) -> bytes:
    try:
        return pickle.dumps(function(pickle.loads(request)))  # noqa: S301
    except Exception as error:
        return _pickled(error)
    except BaseException as error:  # leaving (sys.exit) is no way to answer
        return _pickled(RuntimeError(f"{type(error).__name__}: {error}"))


def _pickled(error: BaseException) -> bytes:
    """The error as bytes, its traceback as a note; one that can't be pickled is replaced by its description."""
    trace = "".join(traceback.format_exception(error)).rstrip()
    try:
        error.add_note(f"in the worker process:\n{trace}")
        data = pickle.dumps(error)
        pickle.loads(data)  # noqa: S301
    except Exception:
        return pickle.dumps(RuntimeError(f"{type(error).__name__}: {error}"))
    return data


def _limit_memory(limit: int) -> None:
    """Let allocations beyond `limit` fail: RLIMIT_DATA counts private writable memory, not mapped models or code."""
    if not limit:
        return
    with contextlib.suppress(ImportError, OSError, ValueError, AttributeError):
        import resource

        _, hard = resource.getrlimit(resource.RLIMIT_DATA)
        resource.setrlimit(resource.RLIMIT_DATA, (limit, hard))
