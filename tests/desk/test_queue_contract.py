"""What every queue promises, on SQS and on RabbitMQ."""

import time
from datetime import UTC, datetime, timedelta

import pytest

from pipeline.desk import Message, Queue
from pipeline.desk.queue import LONGEST, MOST_TOLD, History
from tests.desk.conftest import OpenQueue, failed


def one(queue: Queue, wait: float = 5.0) -> Message:
    """The only message there is."""
    deadline = time.monotonic() + wait
    received: list[Message] = []
    while not received and time.monotonic() < deadline:
        received = queue.receive(10, 1)
    (message,) = received
    return message


def test_what_is_sent_is_received_and_gone_when_done(queue: Queue) -> None:
    queue.send("first")
    queue.send("second ✓")
    received = queue.receive(10, 5)
    received += queue.receive(10, 1) if len(received) < 2 else []
    assert {m.body for m in received} == {"first", "second ✓"}
    assert all(m.history.count == 0 for m in received)
    for message in received:
        queue.done(message)
    assert queue.receive(10, 1) == []


def test_no_more_are_received_than_asked_for(queue: Queue) -> None:
    for number in range(5):
        queue.send(str(number))
    assert len(queue.receive(2, 5)) <= 2


def test_a_message_put_back_comes_later_with_its_history(queue: Queue) -> None:
    queue.send("try me")
    message = one(queue)
    began = time.monotonic()
    queue.again(message, 2, message.history.and_then(failed()))
    assert queue.receive(10, 1) == []
    again = one(queue)
    assert time.monotonic() - began >= 1.5
    assert (again.body, [a.error_type for a in again.history.attempts]) == ("try me", ["ServiceDown"])
    assert abs(again.history.attempts[0].at - datetime.now(UTC)) < timedelta(minutes=1)


def test_a_message_given_back_is_there_at_once_and_nothing_is_counted(queue: Queue) -> None:
    queue.send("not now")
    for _ in range(3):
        message = one(queue)
        queue.again(message, 0, message.history)
    assert one(queue).history.count == 0


def test_a_worker_that_ends_without_a_word_is_an_attempt(open_one: OpenQueue) -> None:
    first = open_one(visibility=10)
    first.send("poison")
    message = one(first)
    _end_without_a_word(first, message)
    second = one(open_one(visibility=10), wait=15)
    assert [a.error_type for a in second.history.attempts] == ["WorkerLost"]


def _end_without_a_word(queue: Queue, message: Message) -> None:
    """What a killed worker leaves: a connection that breaks, or a message that comes into sight again."""
    from pipeline.desk.sqs import SqsQueue

    if isinstance(queue, SqsQueue):
        queue._hide(queue.url, [message.receipt], 0)
    else:
        queue._connection.call(lambda channel: channel.connection.close())


def test_what_is_held_is_nobody_elses_as_long_as_it_is_kept(open_one: OpenQueue) -> None:
    ours, theirs = open_one(), open_one()
    ours.send("mine")
    message = one(ours)
    ours.extend([message])
    assert theirs.receive(10, 1) == []
    ours.done(message)


def test_to_settle_what_is_settled_does_no_harm(queue: Queue) -> None:
    queue.send("twice")
    message = one(queue)
    queue.done(message)
    if not message.receipt or isinstance(message.receipt, str):  # a broker ends a channel that does so
        queue.done(message)
        queue.extend([message])
    assert queue.receive(1, 1) == []


def test_dead_letters_are_looked_at_without_being_hidden(queue: Queue) -> None:
    queue.send("broken")
    message = one(queue)
    history = message.history.and_then(failed("CorruptDocument", "it is damaged"))
    queue.dead(message, history.model_copy(update={"dead": datetime.now(UTC)}))
    for _ in range(3):
        (letter,) = queue.dead_letters()
        assert letter.body == "broken"
        assert letter.history.attempts[-1].error == "it is damaged"
        assert letter.history.dead is not None and letter.sent is not None
    assert queue.receive(1, 1) == []


def test_dead_letters_are_put_back_all_or_some_as_if_nothing_had_been_tried(queue: Queue) -> None:
    for body in "abc":
        queue.send(body)
        message = one(queue)
        queue.dead(message, message.history.and_then(failed("CorruptDocument")))
    chosen = next(letter.id for letter in queue.dead_letters() if letter.body == "b")
    assert queue.retry([chosen]) == 1
    message = one(queue)
    assert (message.body, message.history.count) == ("b", 0)
    queue.done(message)
    assert sorted(letter.body for letter in queue.dead_letters()) == ["a", "c"]
    assert queue.retry() == 2
    assert list(queue.dead_letters()) == []


def test_a_look_that_is_broken_off_hides_nothing(queue: Queue) -> None:
    for body in "ab":
        queue.send(body)
        message = one(queue)
        queue.dead(message, message.history.and_then(failed()))
    look = queue.dead_letters()
    next(look)
    look.close()
    assert len(list(queue.dead_letters())) == 2


@pytest.mark.parametrize("count", [0, 1, MOST_TOLD, MOST_TOLD + 5])
def test_a_history_keeps_the_latest_attempts_and_counts_all(count: int) -> None:
    history = History()
    for number in range(count):
        history = history.and_then(failed(said=f"{number} " + "x" * 2 * LONGEST))
    read = History.read(history.model_dump_json(exclude_defaults=True))
    assert read == history and read.count == count
    assert len(read.attempts) <= MOST_TOLD and len(read.model_dump_json()) < 20_000
    assert not count or read.attempts[-1].error.startswith(f"{count - 1} ")
