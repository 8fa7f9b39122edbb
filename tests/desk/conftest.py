"""Queues of every kind, each on a real server; "another queue" is one more line here."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from uuid import uuid4

import pytest

from pipeline.aws import aws_client
from pipeline.desk import Attempt, Queue, open_queue
from pipeline.settings import Settings
from tests.desk.uploads import Inbox
from tests.services import rabbitmq

OpenQueue = Callable[..., Queue]


@pytest.fixture(scope="session")
def amqp_url() -> Iterator[str]:
    """A RabbitMQ for all tests of a process; each takes queues of its own."""
    if why := rabbitmq.missing():
        pytest.skip(why)
    with rabbitmq.rabbitmq() as url:
        yield url


@pytest.fixture
def sqs_url(aws: str) -> str:
    """The URL of a new queue on SQS that has dead letters."""
    return make_sqs()


def make_sqs() -> str:
    """A new queue on SQS, with dead letters of the same name and "-dead"."""
    client, name = aws_client("sqs"), f"desk-{uuid4().hex[:12]}"
    dead = client.create_queue(QueueName=f"{name}-dead")["QueueUrl"]
    arn = client.get_queue_attributes(QueueUrl=dead, AttributeNames=["QueueArn"])["Attributes"]["QueueArn"]
    policy = f'{{"deadLetterTargetArn": "{arn}", "maxReceiveCount": 50}}'
    return client.create_queue(QueueName=name, Attributes={"RedrivePolicy": policy})["QueueUrl"]


@pytest.fixture(params=["sqs", pytest.param("amqp", marks=pytest.mark.slow)])
def queue_url(request: pytest.FixtureRequest) -> str:
    """The URL of a new queue of each kind."""
    if request.param == "sqs":
        return request.getfixturevalue("sqs_url")
    return f"{request.getfixturevalue('amqp_url')}?queue=desk-{uuid4().hex[:12]}"


@pytest.fixture
def open_one(queue_url: str) -> Iterator[OpenQueue]:
    """Opens the queue, as one worker after the other would; all are closed at the end."""
    opened: list[Queue] = []

    def open_it(**settings: object) -> Queue:
        opened.append(open_queue(queue_url, Settings(_env_file=None, **settings)))
        return opened[-1]

    yield open_it
    for queue in opened:
        queue.close()


@pytest.fixture
def queue(open_one: OpenQueue) -> Queue:
    """A queue of each kind."""
    return open_one()


@pytest.fixture
def inbox(queue: Queue) -> Inbox:
    """A new bucket whose uploads the test's queue is told of."""
    return Inbox.new(queue)


def failed(error: str = "ServiceDown", said: str = "the service is away") -> Attempt:
    """An attempt that came to nothing now."""
    return Attempt(at=datetime.now(UTC), error_type=error, error=said)
