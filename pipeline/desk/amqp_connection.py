"""A connection to an AMQP broker that many threads may use, and that is made again whenever it breaks."""

import logging
import threading
from collections.abc import Callable
from concurrent.futures import Future
from concurrent.futures import TimeoutError as NotInTime
from queue import Empty, SimpleQueue
from ssl import SSLError
from typing import Any, TypeVar

from pipeline.errors import ServiceDown, ServiceRefused

log = logging.getLogger("clauseline")

R = TypeVar("R")

PATIENCE = 60.0
"""Seconds that a call waits for the connection."""

SLOWEST = 10.0
"""Seconds between two tries to connect, at most."""

_NOT_ALLOWED = 530
_REFUSED = (403, 404)
"""Reply codes of a broker: no such virtual host; no permission, no such queue."""


class Connection:
    """pika's connection belongs to one thread, ours; the others hand their calls to it.

    Args:
        url: with the password.
        shown: the URL in messages.
        begin: called with the channel of each new connection.

    Raises:
        ServiceDown, ServiceRefused: the first connection can't be made.
    """

    def __init__(self, url: str, shown: str, begin: Callable[[Any], None]) -> None:
        try:
            import pika
        except ImportError:
            raise ServiceRefused("AMQP queues need pika; install it with: pip install 'clauseline[amqp]'") from None
        logging.getLogger("pika").setLevel(logging.CRITICAL)  # it would log each try to connect with its trace
        self._parameters = pika.URLParameters(url)
        self._parameters.blocked_connection_timeout = PATIENCE
        self._shown, self._begin = shown, begin
        self._calls: SimpleQueue[tuple[Callable[[Any], Any], Future[Any]]] = SimpleQueue()
        self._closing = threading.Event()
        self._pika: Any = None
        self.generation = 0
        first: Future[None] = Future()
        self._thread = threading.Thread(target=self._live, args=(first,), name="amqp", daemon=True)
        self._thread.start()
        first.result()

    @property
    def up(self) -> bool:
        """Whether there is a connection now."""
        return self._pika is not None

    def call(self, work: Callable[[Any], R]) -> R:
        """What a function of the channel returns; it is called by the connection's own thread.

        Raises:
            ServiceDown, ServiceRefused: the connection broke, or there is none for too long.
        """
        future: Future[R] = Future()
        self._calls.put((work, future))
        if (connection := self._pika) is not None:
            try:
                connection.add_callback_threadsafe(_wake)
            except Exception as error:  # it has just closed; the call waits for the next one
                del error
        try:
            return future.result(PATIENCE)
        except NotInTime:
            future.cancel()
            raise ServiceDown(f"{self._shown} is away") from None

    def close(self) -> None:
        """Disconnect, after the calls that were handed over."""
        self._closing.set()
        self._thread.join(PATIENCE)

    def _live(self, first: "Future[None]") -> None:
        """Connect, serve, and connect again, until it is closed."""
        pause = 0.1
        while not self._closing.is_set():
            try:
                channel = self._connected()
                if not first.done():
                    first.set_result(None)
                pause = 0.1
                self._serve(channel)
            except Exception as error:
                if not first.done():
                    first.set_exception(self._told(error))
                    return
                log.debug("%s", self._told(error))
                self._closing.wait(pause)
                pause = min(2 * pause, SLOWEST)
            finally:
                self._drop()

    def _connected(self) -> Any:
        import pika

        connection = pika.BlockingConnection(self._parameters)
        channel = connection.channel()
        channel.confirm_delivery()
        self.generation += 1
        self._begin(channel)
        self._pika = connection
        return channel

    def _serve(self, channel: Any) -> None:
        """Let the connection work, and make the calls of other threads, until it breaks or is closed."""
        while not (self._closing.is_set() and self._calls.empty()):
            self._call_all(channel)
            self._pika.process_data_events(time_limit=0.2)
            if channel.is_closed:
                raise ConnectionError("the broker has closed the channel")

    def _call_all(self, channel: Any) -> None:
        while True:
            try:
                work, future = self._calls.get_nowait()
            except Empty:
                return
            if not future.set_running_or_notify_cancel():
                continue
            try:
                future.set_result(work(channel))
            except Exception as error:
                future.set_exception(self._told(error))
                if channel.is_closed or not self._pika.is_open:
                    raise

    def _drop(self) -> None:
        connection, self._pika = self._pika, None
        if connection is not None and connection.is_open:
            connection.close()

    def _told(self, error: Exception) -> Exception:
        """What pika raised as one line; an error of ours as it is."""
        from pika import exceptions as amqp

        if not isinstance(error, amqp.AMQPError | OSError):
            return error
        root = _root(error)
        said = " ".join(str(getattr(root, "reply_text", "") or getattr(root, "strerror", "") or root).split())
        what = f"{self._shown}: {said or type(root).__name__}"
        if isinstance(error, amqp.ProbableAuthenticationError | amqp.AuthenticationError):
            return ServiceRefused(f"{what}; check user and password in the queue's URL")
        if isinstance(error, amqp.ProbableAccessDeniedError) or getattr(root, "reply_code", 0) == _NOT_ALLOWED:
            return ServiceRefused(f"{what}; check the virtual host (/ is written %2F) and that the user may use it")
        if isinstance(error, amqp.UnroutableError) or getattr(root, "reply_code", 0) in _REFUSED:
            return ServiceRefused(f"{what}; check the queue and the user's permissions")
        if isinstance(root, SSLError):
            return ServiceRefused(f"{what}; check its certificate, and whether it speaks TLS there (else amqp://)")
        return ServiceDown(f"{what}; check that the broker runs and can be reached")


def _root(error: BaseException) -> BaseException:
    """What a connection failed of in the end: pika tells of it within errors that tell of its tries."""
    within = getattr(error, "exceptions", None) or getattr(error, "exception", None) or error.args[:1]
    inner = within[-1] if isinstance(within, list | tuple) and within else within
    return _root(inner) if isinstance(inner, BaseException) and inner is not error else error


def _wake() -> None:
    """Nothing; the connection's thread looks at the calls when something has happened."""
