"""The worker with real documents: uploads in, results, reports, records and drafts out."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from pipeline.aws import aws_client
from pipeline.desk import Queue, open_queue
from pipeline.desk.desk import Handled
from pipeline.desk.worker import Summary, run_worker
from pipeline.settings import Settings
from pipeline.stores import open_knowledge, open_records
from schemas import Result
from tests.desk.uploads import SAMPLES, Inbox, lease

VALID = SAMPLES / "leases" / "california-compliant.pdf"
TEMPLATE = SAMPLES / "templates" / "ohio-standard-lease.pdf"

Drain = Callable[..., Summary]


@pytest.fixture
def queue(sqs_url: str) -> Queue:
    return open_queue(sqs_url, Settings(_env_file=None))


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(_env_file=None, database=f"sqlite:///{tmp_path / 'clauseline.db'}", workers=1)


@pytest.fixture
def drain(queue: Queue, settings: Settings, tmp_path: Path) -> Drain:
    """Runs a worker until the queue gives nothing more; results go to a folder."""

    def run(**options: object) -> Summary:
        return run_worker(queue, settings, str(tmp_path / "out"), mode="drain", **options)

    return run


def result(tmp_path: Path, key: str) -> Result:
    return Result.model_validate_json((tmp_path / "out" / key / "result.json").read_bytes())


def test_uploads_become_results_reports_records_and_drafts(
    inbox: Inbox, drain: Drain, settings: Settings, tmp_path: Path
) -> None:
    inbox.put("leases/Main St #4+5.pdf", VALID.read_bytes())
    inbox.put("leases/short.txt", lease(7))
    inbox.put("templates/ohio.pdf", TEMPLATE.read_bytes())
    assert drain().handled == {"done": 3}

    valid = result(tmp_path, "leases/Main St #4+5.pdf")
    assert valid.document.path == f"s3://{inbox.bucket}/leases/Main St #4+5.pdf"
    assert valid.validation is not None and valid.validation.status == "agreement is validated"
    folder = tmp_path / "out" / "leases/Main St #4+5.pdf"
    assert {f.name for f in folder.iterdir()} == {"result.json", "report.json", "report.md", "report.html"}
    short = result(tmp_path, "leases/short.txt")
    assert short.validation is not None and short.validation.status == "agreement is not fully validated"
    with open_records(settings) as records:
        (record,) = records.find()
        assert record.sources[0].sha256 == valid.document.sha256
    draft = json.loads((tmp_path / "out" / "templates/ohio.pdf" / "draft.json").read_text())
    assert draft["jurisdiction"] == "US-OH" and draft["new"]
    with open_knowledge(settings.knowledge_url) as knowledge:
        pack = knowledge.get("US-OH")
        assert pack is not None and pack.version == draft["version"]


def test_no_more_messages_are_in_hand_than_allowed(inbox: Inbox, drain: Drain, queue: Queue) -> None:
    inbox.put_many(8)
    most = 0

    def look(_: Handled) -> None:
        nonlocal most
        asked = {"QueueUrl": queue.url, "AttributeNames": ["ApproximateNumberOfMessagesNotVisible"]}
        said = aws_client("sqs").get_queue_attributes(**asked)["Attributes"]
        most = max(most, int(said["ApproximateNumberOfMessagesNotVisible"]))

    assert drain(concurrency=2, on_handled=look).handled == {"done": 8}
    assert most <= 2


@pytest.mark.slow
def test_told_to_end_a_worker_finishes_what_it_reads_and_loses_nothing(
    aws: str, inbox: Inbox, queue: Queue, settings: Settings, tmp_path: Path
) -> None:
    inbox.put_many(30)
    command = [sys.executable, "-m", "pipeline.cli", "worker", "--queue", queue.url, "--out", str(tmp_path / "out")]
    environment = {**os.environ, "CLAUSELINE_DATABASE": settings.database, "CLAUSELINE_WORKERS": "1"}
    command[1:3] = ["-c", "from pipeline.cli import entry; entry()"]
    process = subprocess.Popen(command, env=environment, stderr=subprocess.PIPE, text=True, cwd=tmp_path)
    try:
        assert process.stderr is not None
        for line in process.stderr:
            if line.startswith("done"):
                break
        process.send_signal(signal.SIGTERM)
        began = time.monotonic()
        assert process.wait(60) == 0
        assert time.monotonic() - began < 30
    finally:
        process.kill()
    handled: list[Handled] = []
    run_worker(queue, settings, str(tmp_path / "out"), mode="drain", on_handled=handled.append)
    assert all(h.message.history.count == 0 for h in handled)  # given back, not lost
    assert len(list((tmp_path / "out").glob("leases/*/result.json"))) == 30
    assert list(queue.dead_letters()) == []
