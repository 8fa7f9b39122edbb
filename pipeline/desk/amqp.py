"""A queue of RabbitMQ (or Amazon MQ): quorum queues, publisher confirms, a queue for each delay, a queue of dead letters."""

import contextlib
import hashlib
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from queue import Empty, SimpleQueue
from typing import Any, TypeVar
from urllib.parse import parse_qs, urlsplit
from uuid import uuid4

from pipeline.desk.amqp_connection import Connection
from pipeline.desk.queue import Attempt, DeadLetter, History, Message
from pipeline.errors import ServiceDown
from pipeline.settings import without_password

R = TypeVar("R")

HISTORY = "clauseline"
"""Name of the header that holds the history."""

CONSUMER = "worker"
"""Name of what takes messages from the queue, on our channel."""

LONGEST_DELAY = 86_400
"""Seconds for which a message is held back, at most."""

_SURE = {"x-queue-type": "quorum", "x-dead-letter-strategy": "at-least-once", "x-overflow": "reject-publish"}


class AmqpQueue:
    """See `pipeline.desk.queue.Queue`. A message stays ours as long as the connection lives, so nothing has to be extended.

    Args:
        url: `amqp://USER:PASSWORD@HOST:PORT/VHOST?queue=NAME`; the queue "clauseline" if none is named. It is made, as are
            NAME.dead and one queue for each delay (NAME.retry.SECONDS), unless they are there.
        dead_letters: name of the queue of dead letters, NAME.dead if not given.
        prefetch: messages that we hold at once, at most.

    Raises:
        ServiceDown, ServiceRefused: the broker can't be reached, or lets us not in.
    """

    def __init__(self, url: str, *, dead_letters: str | None = None, prefetch: int = 10) -> None:
        parts = urlsplit(url)
        self.url = without_password(url)
        self._name = parse_qs(parts.query).get("queue", ["clauseline"])[0]
        self._dead = dead_letters or f"{self._name}.dead"
        self._inbox: SimpleQueue[tuple[int, Any, Any, bytes]] = SimpleQueue()
        self._prefetch, self._consuming = prefetch, False
        self._connection = Connection(parts._replace(query="").geturl(), self.url, self._begin)

    def send(self, body: str) -> None:
        self._publish(self._name, body, History())

    def receive(self, most: int, wait: float) -> list[Message]:
        if not self._consuming:
            self._consuming = True
            self._connection.call(self._consume)
        received: list[Message] = []
        with contextlib.suppress(Empty):
            while len(received) < most:
                delivery = self._inbox.get(timeout=0 if received else wait)
                if message := self._message(*delivery):
                    received.append(message)
        if not received and not self._connection.up:
            raise ServiceDown(f"{self.url} is away; it is being called again and again")
        return received

    def extend(self, messages: Sequence[Message]) -> None:
        """Nothing to be done."""

    def done(self, message: Message) -> None:
        generation, tag = message.receipt

        def acknowledge(channel: Any) -> None:
            if generation == self._connection.generation:  # else the broker has given it to somebody else
                channel.basic_ack(tag)

        self._connection.call(acknowledge)

    def again(self, message: Message, after: float, history: History) -> None:
        target = self._delayed(after) if after > 0 else self._name
        self._publish(target, message.body, history, message.id)
        self.done(message)

    def dead(self, message: Message, history: History) -> None:
        self._publish(self._dead, message.body, history, message.id)
        self.done(message)

    def dead_letters(self) -> Iterator[DeadLetter]:
        def look(channel: Any) -> list[DeadLetter]:
            return [_dead_letter(properties, body) for _, properties, body in _waiting(channel, self._dead)]

        yield from self._aside(look)  # the channel is closed, by which all are there as before

    def retry(self, ids: Sequence[str] | None = None) -> int:
        def move(channel: Any) -> int:
            count = 0
            for method, properties, body in _waiting(channel, self._dead):
                if ids is None or _id(properties, body) in ids:
                    _send(channel, self._name, body, History(), _id(properties, body))
                    channel.basic_ack(method.delivery_tag)
                    count += 1
            return count

        return self._aside(move)

    def close(self) -> None:
        """Put back what was given to us and not taken up, and disconnect."""
        with contextlib.suppress(ServiceDown, Empty):
            if self._consuming:
                self._connection.call(lambda channel: channel.basic_cancel(CONSUMER))
            while True:
                if message := self._message(*self._inbox.get_nowait()):
                    self.again(message, 0, message.history)
        self._connection.close()

    def _begin(self, channel: Any) -> None:
        """Have the queues there, on a new connection; go on consuming."""
        channel.queue_declare(
            self._dead, durable=True
        )  # looking at letters must not count as trying, as quorum queues do
        arguments = {**_SURE, "x-dead-letter-exchange": "", "x-dead-letter-routing-key": self._dead}
        _declare(channel, self._name, arguments)
        channel.basic_qos(prefetch_count=self._prefetch)
        if self._consuming:
            self._consume(channel)

    def _consume(self, channel: Any) -> None:
        generation = self._connection.generation

        def came(_: Any, method: Any, properties: Any, body: bytes) -> None:
            self._inbox.put((generation, method, properties, body))

        channel.basic_consume(self._name, came, consumer_tag=CONSUMER)

    def _message(self, generation: int, method: Any, properties: Any, body: bytes) -> Message | None:
        """A message that came; None if it is another's by now, or has been put back with what is known of it.

        Quorum queues say how often a message was given to a worker of whom nothing was heard. Others only say that it was, and
        would say no more the next time; so the message itself is told, by being put back with one attempt more.
        """
        if generation != self._connection.generation:
            return None
        headers = properties.headers or {}
        lost = int(headers.get("x-delivery-count", method.redelivered))
        unheard = Attempt(at=datetime.now(UTC), error_type="WorkerLost", error="the worker ended and said nothing")
        history = History.read(headers.get(HISTORY)).and_then(*[unheard] * lost)
        text = body.decode("utf-8", "replace")
        message = Message(_id(properties, body), text, (generation, method.delivery_tag), history)
        if lost and "x-delivery-count" not in headers:
            self.again(message, 0, history)
            return None
        return message

    def _delayed(self, after: float) -> str:
        """The queue that holds messages back for at least some seconds, and then puts them into ours."""
        seconds = rounded_delay(after)
        name = f"{self._name}.retry.{seconds}"
        back = {"x-dead-letter-exchange": "", "x-dead-letter-routing-key": self._name}
        arguments = {**_SURE, **back, "x-message-ttl": seconds * 1000}
        self._connection.call(lambda channel: channel.queue_declare(name, durable=True, arguments=arguments))
        return name

    def _publish(self, target: str, body: str, history: History, id: str = "") -> None:
        self._connection.call(lambda channel: _send(channel, target, body.encode(), history, id))

    def _aside(self, work: Callable[[Any], R]) -> R:
        """Do something on a channel of its own, beside what is being consumed."""

        def on_own_channel(channel: Any) -> R:
            own = channel.connection.channel()
            try:
                own.confirm_delivery()
                return work(own)
            finally:
                own.close()

        return self._connection.call(on_own_channel)


def rounded_delay(after: float) -> int:
    """Seconds, rounded up so that there are few different ones: 1, 2, 3, 4, 6, 8, 12, 16 ...

    >>> [rounded_delay(seconds) for seconds in (0.1, 4.5, 13, 100)]
    [1, 6, 16, 128]
    """
    power = 1
    while 2 * power < after:
        power *= 2
    seconds = next(
        s for s in (power, 3 * power // 2, 2 * power) if s >= min(after, s) and (s >= after or s == 2 * power)
    )
    return min(seconds, LONGEST_DELAY)


def _declare(channel: Any, name: str, arguments: dict[str, str]) -> None:
    """Have a durable queue there; one that somebody has made in another way is taken as it is."""
    from pika.exceptions import ChannelClosedByBroker

    probe = channel.connection.channel()
    try:
        probe.queue_declare(name, durable=True, arguments=arguments)
        probe.close()
    except ChannelClosedByBroker as error:
        if error.reply_code != 406:  # precondition failed: it is there with other properties
            raise


def _send(channel: Any, target: str, body: bytes, history: History, id: str = "") -> None:
    """Publish to a queue; returns when the broker has it on disk."""
    from pika import BasicProperties

    told = {HISTORY: history.model_dump_json(exclude_defaults=True)} if history.count else {}
    properties = BasicProperties(
        content_type="application/json", delivery_mode=2, headers=told, message_id=id or uuid4().hex,
        timestamp=int(datetime.now(UTC).timestamp()),
    )  # fmt: skip
    channel.basic_publish("", target, body, properties, mandatory=True)


def _waiting(channel: Any, name: str) -> Iterator[tuple[Any, Any, bytes]]:
    """The messages that are in a queue now."""
    for _ in range(channel.queue_declare(name, passive=True).method.message_count):
        method, properties, body = channel.basic_get(name)
        if method is None:
            return
        yield method, properties, body


def _dead_letter(properties: Any, body: bytes) -> DeadLetter:
    sent = datetime.fromtimestamp(properties.timestamp, UTC) if properties.timestamp else None
    history = History.read((properties.headers or {}).get(HISTORY))
    return DeadLetter(_id(properties, body), body.decode("utf-8", "replace"), history, sent)


def _id(properties: Any, body: bytes) -> str:
    """The message's own id, or one made of its content."""
    return properties.message_id or hashlib.sha256(body).hexdigest()[:32]
