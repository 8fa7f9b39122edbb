"""What goes wrong in earnest: workers killed, services that fail, a full disk, a document that ends its process.

Each test says what was done to the desk and asserts that nothing was lost and nothing was there twice.
"""

import os
import resource
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Thread

import pytest

from pipeline import Pipeline
from pipeline.aws import aws_client
from pipeline.desk import Queue, WorkOrder, open_queue
from pipeline.desk.desk import Handled
from pipeline.desk.policy import Policy
from pipeline.desk.work import DeskWork, Outcome
from pipeline.desk.worker import run_worker
from pipeline.settings import Settings
from pipeline.stores import open_records
from schemas import Result
from tests.desk.uploads import SAMPLES, Inbox
from tests.services import postgres
from tests.services.aws_server import point_at
from tests.services.faults import FaultProxy, Rates

pytestmark = [pytest.mark.slow, pytest.mark.timeout(600)]

SOON = Policy(first=0.2, longest=2, patience=50)


@pytest.fixture
def queue(sqs_url: str) -> Queue:
    return open_queue(sqs_url, Settings(_env_file=None, visibility=10))


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    url = f"sqlite:///{tmp_path / 'clauseline.db'}"
    return Settings(_env_file=None, database=url, workers=2, visibility=10, boxes=False)


def results(out: Path) -> Counter[str]:
    """How often each document has a result."""
    found = [Result.model_validate_json(file.read_bytes()) for file in out.rglob("result.json")]
    return Counter(result.document.path for result in found)


def nothing_waits(queue: Queue) -> bool:
    names = [
        "ApproximateNumberOfMessages",
        "ApproximateNumberOfMessagesNotVisible",
        "ApproximateNumberOfMessagesDelayed",
    ]
    said = aws_client("sqs").get_queue_attributes(QueueUrl=queue.url, AttributeNames=names)["Attributes"]
    return all(int(said[name]) == 0 for name in names) and not list(queue.dead_letters())


def drained(queue: Queue, settings: Settings, out: Path | str, seconds: float = 120) -> list[Handled]:
    """Work until nothing waits any more, also not for another try."""
    handled: list[Handled] = []
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        run_worker(queue, settings, str(out), mode="drain", policy=SOON, on_handled=handled.append)
        names = [
            "ApproximateNumberOfMessages",
            "ApproximateNumberOfMessagesNotVisible",
            "ApproximateNumberOfMessagesDelayed",
        ]
        said = aws_client("sqs").get_queue_attributes(QueueUrl=queue.url, AttributeNames=names)["Attributes"]
        if not any(int(said[name]) for name in names):
            return handled
        time.sleep(1)
    raise TimeoutError("the queue was not emptied in time")


@contextmanager
def worker_process(queue: Queue, settings: Settings, out: Path, **more: object) -> Iterator["subprocess.Popen[str]"]:
    """The command itself, as a service manager would start it."""
    code = "from pipeline.cli import entry; entry()"
    command = [sys.executable, "-c", code, "worker", "--queue", queue.url, "--out", str(out), "--visibility", "10"]
    told = {"CLAUSELINE_DATABASE": settings.database, "CLAUSELINE_WORKERS": "2", "CLAUSELINE_BOXES": "false"}
    process = subprocess.Popen(
        command, env={**os.environ, **told}, stderr=subprocess.PIPE, stdout=subprocess.PIPE, text=True, **more
    )
    try:
        yield process
    finally:
        process.kill()
        process.wait()


def test_a_worker_killed_three_times_in_200_documents(
    queue: Queue, inbox: Inbox, settings: Settings, tmp_path: Path
) -> None:
    inbox.put_many(200)
    out = tmp_path / "out"
    for kill in range(3):
        with worker_process(queue, settings, out) as process:
            assert process.stderr is not None
            lines = (line for line in process.stderr if line.startswith("done"))
            for _ in range(25):
                next(lines)
            process.send_signal(signal.SIGKILL)
        assert len(results(out)) < 200, f"killed too late: {kill}"
    handled = drained(queue, settings, out, 300)
    lost = [a.error_type for h in handled for a in h.message.history.attempts]
    print("\nattempts that ended with the worker:", Counter(lost))
    assert len(lost) > 0 and set(lost) == {"WorkerLost"}  # it was killed in the middle of documents
    found = results(out)
    assert len(found) == 200 and set(found.values()) == {1}
    assert nothing_waits(queue)


def test_s3_and_sqs_that_fail_a_tenth_of_their_calls(
    aws_url: str, aws: str, queue: Queue, inbox: Inbox, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    inbox.put_many(60)
    with FaultProxy(aws_url, Rates(errors=0.04, throttles=0.04, drops=0.01, losses=0.01), seed=7) as proxy:
        point_at(proxy.url, monkeypatch)
        faulty = open_queue(queue.url.replace(aws_url, proxy.url), settings)
        drained(faulty, settings, f"s3://{inbox.bucket}/out", 200)
        print("\ncalls:", dict(proxy.counts))
        assert proxy.faults > 20
    point_at(aws_url, monkeypatch)
    pages = aws_client("s3").get_paginator("list_objects_v2").paginate(Bucket=inbox.bucket, Prefix="out/")
    keys = [o["Key"] for page in pages for o in page["Contents"] if o["Key"].endswith("/result.json")]
    assert len(keys) == 60
    assert nothing_waits(queue)


def test_a_disk_that_is_full(queue: Queue, inbox: Inbox, settings: Settings, tmp_path: Path) -> None:
    inbox.put_many(4)
    out = tmp_path / "out"

    def little_room() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096))

    with worker_process(queue, settings, out, preexec_fn=little_room) as process:
        _, told = process.communicate(timeout=120)
    assert process.returncode == 1
    assert "could not be written" in told and "make room" in told and "Traceback" not in told
    assert not list(out.rglob("result.json")) and not list(out.rglob("*.part"))
    drained(queue, settings, out)
    assert len(results(out)) == 4
    assert nothing_waits(queue)


def test_a_database_that_is_gone_for_20_seconds(queue: Queue, inbox: Inbox, settings: Settings, tmp_path: Path) -> None:
    if why := postgres.missing():
        pytest.skip(why)
    valid = Pipeline(settings).read(SAMPLES / "leases" / "california-compliant.pdf").text
    for number in range(40):  # each of premises of its own, so each a record of its own
        inbox.put(f"{number}.txt", valid.replace("1318", str(2000 + number)).encode())
    with postgres.postgres_server() as server, postgres.database(server.url) as url:
        told = settings.model_copy(update={"database": url})
        handled: list[Handled] = []
        away: list[Thread] = []

        def interrupt(one: Handled) -> None:
            handled.append(one)
            if len(handled) == 5:
                away.append(Thread(target=_away, args=(server, 20)))
                away[0].start()

        run_worker(queue, told, str(tmp_path / "out"), mode="drain", policy=SOON, on_handled=interrupt)
        away[0].join()
        drained(queue, told, tmp_path / "out")
        with open_records(told) as records:
            found = list(records.find())
    assert len(found) == 40 and {record.version for record in found} == {1}
    assert len(results(tmp_path / "out")) == 40
    assert nothing_waits(queue)


def _away(server: postgres.Server, seconds: float) -> None:
    """Kill a database and start it again after some seconds."""
    server.kill()
    time.sleep(seconds)
    server.start()


class Poisoned(DeskWork):
    """Work in which one document ends its process each time."""

    def __call__(self, order: WorkOrder) -> Outcome:
        if order.key.endswith("/3.txt"):
            os.kill(os.getpid(), signal.SIGKILL)
        return super().__call__(order)


def test_a_document_that_ends_its_process_each_time(
    queue: Queue, inbox: Inbox, settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    inbox.put_many(8)
    monkeypatch.setattr("pipeline.desk.worker.DeskWork", Poisoned)
    monkeypatch.setenv("PYTHONPATH", str(Path(__file__).parents[2]))
    drained(queue, settings, tmp_path / "out")
    (letter,) = queue.dead_letters()
    assert "3.txt" in letter.body
    assert [a.error_type for a in letter.history.attempts] == ["WorkerDied"] * SOON.attempts
    assert len(results(tmp_path / "out")) == 7


def test_a_message_that_ends_the_whole_worker_each_time(queue: Queue, inbox: Inbox, settings: Settings) -> None:
    inbox.put_many(1)
    for _ in range(SOON.attempts):
        (message,) = queue.receive(1, 5)
        queue._hide(queue.url, [message.receipt], 0)  # type: ignore[attr-defined] - what a killed worker leaves, sooner
    handled: list[Handled] = []
    run_worker(queue, settings, "/nowhere", mode="drain", policy=SOON, on_handled=handled.append)
    assert [h.what for h in handled] == ["dead"]
    (letter,) = queue.dead_letters()
    assert [a.error_type for a in letter.history.attempts] == ["WorkerLost"] * SOON.attempts
