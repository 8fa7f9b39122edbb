"""The desk as a Lambda function, called as AWS calls it."""

import atexit
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from pipeline.aws import aws_client
from pipeline.desk import Queue, lambda_handler, open_queue
from pipeline.errors import ServiceDown
from pipeline.settings import Settings
from pipeline.telemetry.signals import exporting
from tests.desk.uploads import Inbox, lease
from tests.services.otlp_collector import otlp_collector


@dataclass
class Context:
    """What Lambda tells a function of its call."""

    seconds: float = 300

    def get_remaining_time_in_millis(self) -> int:
        return round(self.seconds * 1000)


@pytest.fixture
def queue(sqs_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Queue:
    monkeypatch.setenv("CLAUSELINE_OUT", str(tmp_path / "out"))
    monkeypatch.setenv("CLAUSELINE_DATABASE", f"sqlite:///{tmp_path / 'clauseline.db'}")
    yield open_queue(sqs_url, Settings(_env_file=None))
    lambda_handler._crew(str(tmp_path / "out")).close()
    lambda_handler._crew.cache_clear()
    lambda_handler._queue.cache_clear()


def event(queue: Queue) -> dict[str, Any]:
    """What waits in a queue, as an event source mapping hands it over."""
    client, records = aws_client("sqs"), []
    arn = client.get_queue_attributes(QueueUrl=queue.url, AttributeNames=["QueueArn"])["Attributes"]["QueueArn"]
    asked = {"MessageSystemAttributeNames": ["All"], "MessageAttributeNames": ["All"], "MaxNumberOfMessages": 10}
    for raw in client.receive_message(QueueUrl=queue.url, **asked).get("Messages", ()):
        told = raw.get("MessageAttributes", {})
        records.append(
            {
                "messageId": raw["MessageId"], "receiptHandle": raw["ReceiptHandle"], "body": raw["Body"],
                "attributes": raw["Attributes"], "eventSource": "aws:sqs", "eventSourceARN": arn,
                "messageAttributes": {
                    name: {"stringValue": value["StringValue"], "dataType": "String"} for name, value in told.items()
                },
            }
        )  # fmt: skip
    return {"Records": records}


def test_messages_are_settled_as_by_a_worker(queue: Queue, tmp_path: Path) -> None:
    inbox = Inbox.new(queue)
    inbox.put("good.txt", lease(1))
    inbox.put("broken.pdf", b"%PDF-1.7 and nothing else")
    assert lambda_handler.handler(event(queue), Context()) == {"batchItemFailures": []}
    assert (tmp_path / "out" / "good.txt" / "result.json").exists()
    (letter,) = queue.dead_letters()
    assert "broken.pdf" in letter.body and letter.history.attempts[-1].error_type == "CorruptDocument"
    assert queue.receive(10, 0) == []


def test_what_there_is_no_time_for_is_left_to_the_queue(queue: Queue, tmp_path: Path) -> None:
    Inbox.new(queue).put("good.txt", lease(1))
    came = event(queue)
    expected = [{"itemIdentifier": record["messageId"]} for record in came["Records"]]
    assert lambda_handler.handler(came, Context(seconds=lambda_handler.RESERVE)) == {"batchItemFailures": expected}
    assert not (tmp_path / "out").exists()


def test_a_message_that_cant_be_settled_fails_alone(queue: Queue, monkeypatch: pytest.MonkeyPatch) -> None:
    inbox = Inbox.new(queue)
    for name in ("one.txt", "two.txt"):
        inbox.put(name, lease(1))
    came = event(queue)
    first, done = came["Records"][0], type(queue).done

    def away(self: Queue, message: Any) -> None:
        if message.id == first["messageId"]:
            raise ServiceDown("the queue is away")
        done(self, message)

    monkeypatch.setattr(type(queue), "done", away)
    failed = lambda_handler.handler(came, Context())["batchItemFailures"]
    assert failed == [{"itemIdentifier": first["messageId"]}]


def test_what_there_is_to_tell_is_sent_before_the_function_may_be_frozen(
    queue: Queue, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    inbox = Inbox.new(queue)
    inbox.put("good.txt", lease(1))
    inbox.put("broken.pdf", b"%PDF-1.7 and nothing else")
    with otlp_collector() as collector:
        monkeypatch.setenv("OTEL_EXPORTER_OTLP_ENDPOINT", collector.url)
        monkeypatch.setenv("OTEL_BSP_SCHEDULE_DELAY", "600000")  # nothing is sent of itself
        monkeypatch.setenv("OTEL_METRIC_EXPORT_INTERVAL", "600000")
        exporting.cache_clear()
        try:
            lambda_handler.handler(event(queue), Context())
            documents = [span for span in collector.spans if span.name == "document"]
            assert sorted(span.attributes["status"] for span in documents) == ["failed", "needs_review"]
            assert {span.process for span in documents} != {os.getpid()}  # those of the worker process
            assert collector.total("clauseline.documents") == 2
            assert collector.total("clauseline.dead_letters", reason="CorruptDocument") == 1  # ours
        finally:
            if (exporter := exporting()) is not None:
                atexit.unregister(exporter.flush)  # the collector will be gone then
            exporting.cache_clear()
