"""The desk as a function of AWS Lambda, called with messages of an SQS queue; partial batch responses must be switched on.

The function's environment has CLAUSELINE_OUT beside the other settings. Each message is settled here as a worker does it:
acknowledged, put back for later, or put to the dead letters. Only what could not be settled is told to Lambda as failed.
After a call the function may be frozen, so what there is to tell a collector is sent before.
"""

import logging
import os
import pickle
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from pipeline import telemetry
from pipeline.aws import aws_client, told
from pipeline.desk.desk import Desk
from pipeline.desk.events import WorkOrder
from pipeline.desk.policy import Policy
from pipeline.desk.sqs import SqsQueue, open_sqs
from pipeline.desk.work import DeskWork, Outcome
from pipeline.errors import ClauselineError, ServiceRefused, WorkerDied
from pipeline.settings import Settings
from pipeline.workers.crew import Crew
from pipeline.workers.pool import MEMORY

log = logging.getLogger("clauseline")

RESERVE = 10.0
"""Seconds of the function's time that are left for settling messages."""

LEAST = 5.0
"""Seconds without which no document is begun."""

TELLING = 3.0
"""Seconds for which a collector that does not answer may hold us up, each time."""


def handler(event: Mapping[str, Any], context: Any) -> dict[str, list[dict[str, str]]]:
    """Handle the messages of an event; those that were not are named, and SQS gives them out again.

    Args:
        event: of an SQS event source mapping.
        context: of Lambda; says how much time is left.

    Raises:
        ServiceRefused: the environment names no place for the results.
    """
    out = os.environ.get("CLAUSELINE_OUT")
    if not out:
        raise ServiceRefused(
            "no place for the results is named; set CLAUSELINE_OUT=s3://BUCKET/PREFIX for the function"
        )
    failed: list[str] = []
    for record in event["Records"]:
        try:
            if not _handled(record, out, context):
                failed.append(record["messageId"])
        except ClauselineError as error:
            log.warning("message %s could not be settled: %s", record["messageId"], error)
            failed.append(record["messageId"])
    telemetry.flush(TELLING)
    return {"batchItemFailures": [{"itemIdentifier": id} for id in failed]}


def _handled(record: dict[str, Any], out: str, context: Any) -> bool:
    """Whether a message was settled; it is left alone where too little time remains."""
    queue, crew = _queue(record["eventSourceARN"]), _crew(out)
    settings = Settings()

    def seconds() -> float:
        return float(context.get_remaining_time_in_millis()) / 1000 - RESERVE

    def do(order: WorkOrder) -> Outcome | Exception:
        left, wanted = seconds(), settings.patience_for(order.size)
        try:
            return crew.do(order, min(left, wanted))
        except WorkerDied as error:
            return error

    if seconds() < LEAST:
        return False
    message = queue.message_of(record)
    handled = Desk(queue, do, out, Policy(settings.attempts)).handle(message)
    return handled.what != "back"


@lru_cache(maxsize=8)
def _queue(arn: str) -> SqsQueue:
    """The queue that the event comes from."""
    *_, region, account, name = arn.split(":")
    with told(arn):
        url = aws_client("sqs", region).get_queue_url(QueueName=name, QueueOwnerAWSAccountId=account)["QueueUrl"]
    return open_sqs(url, Settings())


@lru_cache(maxsize=1)
def _crew(out: str) -> "Crew[WorkOrder, Outcome]":
    """One worker process, warm from call to call: a document that ends it does not end the function."""
    return Crew(pickle.dumps(_Telling(DeskWork(Settings(), out))), 1, MEMORY, 1)


@dataclass(frozen=True, slots=True)
class _Telling:
    """The work, and then all that its process has to tell of it."""

    work: DeskWork

    def __call__(self, order: WorkOrder) -> Outcome:
        try:
            return self.work(order)
        finally:
            telemetry.flush(TELLING)
