"""What is particular to SQS: delays beyond its own, and queues that can't be used."""

import json
from datetime import UTC, datetime, timedelta

import pytest

from pipeline.aws import aws_client
from pipeline.desk import open_queue
from pipeline.desk.queue import History
from pipeline.errors import ServiceRefused
from pipeline.settings import Settings
from tests.desk.conftest import failed

ROLE = "arn:aws:iam::123456789012:role/desk"


def schedules() -> list[str]:
    return [s["Name"] for s in aws_client("scheduler").list_schedules(NamePrefix="clauseline-retry-")["Schedules"]]


def test_a_delay_beyond_a_quarter_of_an_hour_is_a_schedule_that_sends_the_message_once(sqs_url: str) -> None:
    queue, before = open_queue(sqs_url, Settings(_env_file=None, scheduler_role=ROLE)), schedules()
    queue.send("much later")
    (message,) = queue.receive(1, 1)
    history = message.history.and_then(failed())
    queue.again(message, 3600, history)
    assert queue.receive(1, 0) == []
    (name,) = set(schedules()) - set(before)
    made = aws_client("scheduler").get_schedule(Name=name)
    when = datetime.strptime(made["ScheduleExpression"], "at(%Y-%m-%dT%H:%M:%S)").replace(tzinfo=UTC)
    assert abs(when - datetime.now(UTC) - timedelta(hours=1)) < timedelta(minutes=1)
    assert made["ActionAfterCompletion"] == "DELETE" and made["Target"]["RoleArn"] == ROLE

    aws_client("sqs").send_message(**json.loads(made["Target"]["Input"]))  # what the scheduler will do
    (again,) = queue.receive(1, 1)
    assert (again.body, again.history) == ("much later", history)


def test_without_a_role_no_delay_is_longer_than_sqs_allows(sqs_url: str) -> None:
    queue, before = open_queue(sqs_url, Settings(_env_file=None)), schedules()
    queue.send("later")
    (message,) = queue.receive(1, 1)
    queue.again(message, 3600, History.of([failed()]))
    assert schedules() == before
    asked = {"QueueUrl": sqs_url, "AttributeNames": ["ApproximateNumberOfMessagesDelayed"]}
    said = aws_client("sqs").get_queue_attributes(**asked)["Attributes"]
    assert said["ApproximateNumberOfMessagesDelayed"] == "1"


def test_a_queue_without_dead_letters_or_a_fifo_queue_is_refused(aws: str) -> None:
    url = aws_client("sqs").create_queue(QueueName="lonely")["QueueUrl"]
    with pytest.raises(ServiceRefused, match="give it a redrive policy"):
        open_queue(url, Settings(_env_file=None))
    dead = aws_client("sqs").create_queue(QueueName="lonely-dead")["QueueUrl"]
    assert open_queue("sqs://lonely", Settings(_env_file=None, dead_letters=dead)).url == url
    with pytest.raises(ServiceRefused, match="use a standard one"):
        open_queue(f"{url}.fifo", Settings(_env_file=None))
