"""A chat model asked from another process: the worker's questions go over a socket to the process that has the model.

On one machine that is a socket in a folder of its own; on several, one of the network, where whoever has the key can ask. What
goes over it is authenticated, not encrypted: it is for a cluster's own network.
"""

import pickle
import socket
from collections.abc import Iterator
from concurrent.futures import Future
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from itertools import count
from multiprocessing import AuthenticationError
from multiprocessing.connection import Client, Connection, Listener, answer_challenge, deliver_challenge
from pathlib import Path
from secrets import token_bytes
from tempfile import TemporaryDirectory
from threading import Event, Lock, Thread
from typing import Any

from pipeline.errors import RunStopped, ServiceRefused
from pipeline.generate.chat.client import ModelClient
from pipeline.turns import waiting
from schemas import Ask, Reply

Address = str | tuple[str, int]
"""A path on this machine, or a host and port."""

BACKLOG = 128
"""Workers that may call at the same moment."""


@contextmanager
def served(client: ModelClient, host: str | None = None) -> Iterator["RemoteClient"]:
    """Answer the questions of other processes as long as the context lasts.

    Args:
        client: what is asked; errors it raises go back as they are.
        host: this machine's address, where the other processes are on other machines.

    Yields:
        the client for the other processes: to be sent to them pickled. Only who has it can ask.

    Raises:
        ServiceRefused: the address is not this machine's.
    """
    key = token_bytes(32)
    with TemporaryDirectory(prefix="clauseline-") as folder:
        listener = _listener(host, Path(folder))
        address: Address = listener.address
        done = Event()
        accepting = Thread(target=_accept, args=(listener, client, key, done), name="model-server", daemon=True)
        accepting.start()
        try:
            yield RemoteClient(address, key, client.name)
        finally:
            done.set()
            with suppress(OSError), socket.socket(socket.AF_INET if host else socket.AF_UNIX) as caller:
                caller.connect(address)  # wakes who waits for one
                accepting.join()  # a socket that is closed under somebody who accepts goes on accepting
            listener.close()


def _listener(host: str | None, folder: Path) -> Listener:
    if host is None:
        return Listener(str(folder / "model"), "AF_UNIX", BACKLOG)
    try:
        return Listener((host, 0), "AF_INET", BACKLOG)
    except OSError as error:
        raise ServiceRefused(f"workers can't reach this process at {host}: {error.strerror or error}") from None


@dataclass(frozen=True, slots=True)
class _About:
    """What a process that asks may want to know of the model."""

    context_tokens: int
    attachments: frozenset[str]


class RemoteClient:
    """A `ModelClient` for worker processes; it connects when it is first asked for more than the name. See `served`."""

    def __init__(self, address: Address, key: bytes, name: str) -> None:
        self._address, self._key, self._name = address, key, name
        self._lock = Lock()
        self._line: _Line | None = None
        self._known: _About | None = None

    def __reduce__(self) -> tuple[Any, ...]:
        return RemoteClient, (self._address, self._key, self._name)

    @property
    def name(self) -> str:
        return self._name

    @property
    def context_tokens(self) -> int:
        """How much the model can be shown.

        Raises:
            RunStopped: there is no way to the model.
        """
        return self._about.context_tokens

    @property
    def attachments(self) -> frozenset[str]:
        """Media types of documents that the model reads itself.

        Raises:
            RunStopped: there is no way to the model.
        """
        return self._about.attachments

    def ask(self, ask: Ask) -> Reply:
        """See `ModelClient.ask`; the thread gives its turn up while it waits.

        Raises:
            RunStopped: the process that has the model is gone.
        """
        reply: Reply = self._put(ask)
        return reply

    @property
    def _about(self) -> _About:
        if self._known is None:  # several threads may ask this: a lock held while one waits would keep the turn from it
            self._known = self._put(None)
        return self._known

    def _put(self, question: Ask | None) -> Any:
        with self._lock:
            self._line = line = self._line or _Line(self._address, self._key)
        future = line.put(question)
        with waiting():
            return future.result()


class _Line:
    """A connection over which many questions are under way at once, each with its number."""

    def __init__(self, address: Address, key: bytes) -> None:
        try:
            self._connection = Client(address, authkey=key)
        except (OSError, EOFError, AuthenticationError):
            raise _gone() from None
        self._lock, self._numbers = Lock(), count(1)
        self._open: dict[int, Future[Any]] = {}
        Thread(target=self._listen, name="model-client", daemon=True).start()

    def put(self, ask: Ask | None) -> "Future[Any]":
        """Send a question, or None to be told about the model; the reply or error comes in the future."""
        future: Future[Any] = Future()
        with self._lock:
            number = next(self._numbers)
            self._open[number] = future
            try:
                self._connection.send((number, ask))
            except OSError:
                raise _gone() from None
        return future

    def _listen(self) -> None:
        with suppress(EOFError, OSError):
            while True:
                number, outcome = self._connection.recv()
                question = self._open.pop(number)
                if isinstance(outcome, Exception):
                    question.set_exception(outcome)
                else:
                    question.set_result(outcome)
        with self._lock:
            self._connection.close()
            for question in self._open.values():
                question.set_exception(_gone())


def _gone() -> RunStopped:
    return RunStopped("the process that asks the model is gone; run again, it goes on where it stopped")


def _accept(listener: Listener, client: ModelClient, key: bytes, done: Event) -> None:
    """Serve each process that calls, until it is done and somebody calls once more."""
    while True:
        try:
            connection = listener.accept()
        except ConnectionError:
            continue
        except OSError:
            return
        if done.is_set():
            connection.close()
            return
        Thread(target=_serve, args=(connection, client, key), name="model-server", daemon=True).start()


def _serve(connection: "Connection[Any, Any]", client: ModelClient, key: bytes) -> None:
    """Answer one process if it knows the key (one that says nothing holds up nobody); each question waits in a thread of its own."""
    lock = Lock()

    def answer(number: int, ask: Ask | None) -> None:
        outcome = _about(client) if ask is None else _outcome(client, ask)
        with lock, suppress(OSError):  # it may be gone by now
            connection.send_bytes(pickle.dumps((number, outcome)))

    with suppress(EOFError, OSError, AuthenticationError), connection:
        deliver_challenge(connection, key)
        answer_challenge(connection, key)
        while True:
            number, ask = connection.recv()
            Thread(target=answer, args=(number, ask), name="model-question", daemon=True).start()


def _about(client: ModelClient) -> _About | RunStopped:
    """What is known of the model; where there is none, no document can be done now."""
    try:
        return _About(client.context_tokens, client.attachments)
    except Exception as error:
        return RunStopped(str(error))


def _outcome(client: ModelClient, ask: Ask) -> Reply | Exception:
    """The reply or the error; one that can't be pickled is replaced by its description."""
    try:
        return client.ask(ask)
    except Exception as error:
        try:
            pickle.loads(pickle.dumps(error))  # noqa: S301 - our own
        except Exception:
            return RuntimeError(f"{type(error).__name__}: {error}")
        return error
