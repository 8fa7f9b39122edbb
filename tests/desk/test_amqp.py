"""The desk on RabbitMQ: what is wrong with a broker is said, and one that restarts in the middle costs nothing."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from pipeline.commands.doctor_checks import checks
from pipeline.desk import open_queue
from pipeline.errors import ClauselineError
from pipeline.settings import Settings
from schemas import Result
from tests.desk.uploads import Inbox
from tests.services import rabbitmq

pytestmark = [pytest.mark.slow, pytest.mark.timeout(600)]


@pytest.fixture
def broker() -> Iterator[rabbitmq.Broker]:
    """A RabbitMQ of the test's own."""
    if not Path(rabbitmq.PROGRAM).exists():
        pytest.skip("no RabbitMQ to start and kill: install rabbitmq-server")
    with rabbitmq.broker() as made:
        yield made


def doctor_of(url: str) -> str:
    """What the doctor says of a queue."""
    try:
        return checks(Settings(_env_file=None, database="sqlite://", queue=url))["queue"]() or ""
    except ClauselineError as error:
        return f"{type(error).__name__} {error}"


def test_the_doctor_says_what_is_wrong_with_a_broker(amqp_url: str) -> None:
    assert doctor_of(amqp_url) == amqp_url.replace("guest:guest", "guest:***")
    with socket.create_server(("127.0.0.1", 0)) as listening:
        closed = listening.getsockname()[1]
    refused = doctor_of(f"amqp://guest:s3cret@127.0.0.1:{closed}/%2F")
    assert refused.startswith("ServiceDown") and "Connection refused; check that the broker runs" in refused
    wrong = doctor_of(amqp_url.replace("guest:guest", "guest:s3cret"))
    assert wrong.startswith("ServiceRefused") and "check user and password" in wrong
    elsewhere = doctor_of(amqp_url.replace("%2F", "nowhere"))
    assert elsewhere.startswith("ServiceRefused") and "check the virtual host" in elsewhere
    plain = doctor_of(amqp_url.replace("amqp://", "amqps://"))
    assert plain.startswith("ServiceRefused") and "whether it speaks TLS" in plain
    assert all("s3cret" not in said and "\n" not in said for said in (refused, wrong, elsewhere, plain))


def test_a_broker_killed_and_started_again_in_the_middle_of_80_documents(
    broker: rabbitmq.Broker, aws: str, tmp_path: Path
) -> None:
    url = f"{broker.url}?queue=uploads"
    with closing(open_queue(url, Settings(_env_file=None))) as queue:
        inbox = Inbox.new(queue)
        inbox.put_many(80)
    command = ["worker", "--queue", url, "--out", str(tmp_path / "out"), "--concurrency", "4"]
    told = {"CLAUSELINE_DATABASE": f"sqlite:///{tmp_path}/db", "CLAUSELINE_WORKERS": "2", "CLAUSELINE_BOXES": "false"}
    process = subprocess.Popen(
        [sys.executable, "-c", "from pipeline.cli import entry; entry()", *command],
        env={**os.environ, **told}, stderr=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    try:
        assert process.stderr is not None
        done = (line for line in process.stderr if line.startswith("done"))
        for _ in range(15):
            next(done)
        broker.kill()
        time.sleep(3)
        broker.start()
        while len(list((tmp_path / "out").glob("leases/*/result.json"))) < 80 or _waiting(url):
            assert process.poll() is None
            time.sleep(1)
    finally:
        process.terminate()
        rest = process.communicate(timeout=60)[1]
    print("\n", *(line for line in rest.splitlines() if not line.startswith("done")), sep="\n")
    assert process.returncode == 0 and "Traceback" not in rest
    files = (tmp_path / "out").rglob("result.json")
    found = [Result.model_validate_json(file.read_bytes()).document.path for file in files]
    assert len(found) == len(set(found)) == 80
    with closing(open_queue(url, Settings(_env_file=None))) as queue:
        assert list(queue.dead_letters()) == []


def _waiting(url: str) -> bool:
    """Whether there are messages in the queue, given out or not."""
    import pika

    connection = pika.BlockingConnection(pika.URLParameters(url.partition("?")[0]))
    with closing(connection):
        names = ("uploads", *(f"uploads.retry.{seconds}" for seconds in (1, 2, 3, 4, 6, 8, 12, 16)))
        for name in names:
            try:
                channel = connection.channel()
                if channel.queue_declare(name, passive=True).method.message_count:
                    return True
            except pika.exceptions.ChannelClosedByBroker:  # no such queue
                continue
    return False
