"""Send a message to an SQS queue at a later time than SQS itself can: a schedule of EventBridge Scheduler that fires once."""

import json
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

from pipeline.aws import aws_client, told

_TARGET = (
    "arn:aws:scheduler:::aws-sdk:sqs:sendMessage"  # the call itself: the plain target for queues has no attributes
)


def send_later(
    url: str, body: str, attributes: Mapping[str, Any], after: float, *, role: str, region: str | None = None
) -> None:
    """Have a message sent after some seconds; the schedule is gone when it has fired.

    Args:
        url: of the queue.
        body, attributes: of the message, as SQS takes them.
        after: seconds; the scheduler is exact to the minute.
        role: ARN of the role by which it may send to the queue.
        region: of the queue.

    Raises:
        ServiceDown, ServiceRefused: the schedule can't be made.
    """
    when = datetime.now(UTC) + timedelta(seconds=after)
    message = {"QueueUrl": url, "MessageBody": body, "MessageAttributes": dict(attributes)}
    with told("EventBridge Scheduler"):
        aws_client("scheduler", region).create_schedule(
            Name=f"clauseline-retry-{uuid4().hex}",
            ScheduleExpression=f"at({when:%Y-%m-%dT%H:%M:%S})",
            FlexibleTimeWindow={"Mode": "OFF"},
            ActionAfterCompletion="DELETE",
            Target={"Arn": _TARGET, "RoleArn": role, "Input": json.dumps(message)},
        )
