"""A queue of Amazon SQS, with its dead-letter queue; delays beyond a quarter of an hour are EventBridge Scheduler's."""

import json
import re
from collections.abc import Generator, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from pipeline.aws import aws_client, told
from pipeline.desk.later import send_later
from pipeline.desk.queue import Attempt, DeadLetter, History, Message
from pipeline.errors import ServiceDown, ServiceRefused
from pipeline.settings import Settings

HISTORY = "clauseline"
"""Name of the message attribute that holds the history."""

LONGEST_DELAY = 900
"""Seconds for which SQS itself holds a message back."""

LONGEST_WAIT = 20
"""Seconds that one request waits for messages."""

AT_ONCE = 10
"""Messages of one request."""

LOOK = 300
"""Seconds for which dead letters are taken out of sight while they are looked at; given back at the end of the look."""

_GONE = frozenset(
    {"ReceiptHandleIsInvalid", "InvalidParameterValue", "MessageNotInflight", "AWS.SimpleQueueService.MessageNotInflight"}
)  # fmt: skip
"""Errors that say a message is not ours any more: it was out of sight for too short a time, or is done."""


def open_sqs(url: str, settings: Settings) -> "SqsQueue":
    """The queue at a URL or of a name (`sqs://NAME`), and the dead-letter queue that its redrive policy names.

    Raises:
        ServiceRefused: there is no such queue, it is a FIFO queue, or it has no dead-letter queue and none is given.
        ServiceDown: it can't be reached.
    """
    region = match[1] if (match := re.match(r"https?://sqs\.([a-z0-9-]+)\.amazonaws\.", url)) else None
    if url.endswith(".fifo"):
        raise ServiceRefused(
            f"{url}: S3 does not notify FIFO queues, and they hold no message back; use a standard one"
        )
    client = aws_client("sqs", region)
    with told(url):
        url = client.get_queue_url(QueueName=url[6:])["QueueUrl"] if url.startswith("sqs://") else url
        names = ["QueueArn", "RedrivePolicy"]
        about = client.get_queue_attributes(QueueUrl=url, AttributeNames=names)["Attributes"]
        dead = settings.dead_letters
        if dead is None and "RedrivePolicy" in about:
            *_, account, name = json.loads(about["RedrivePolicy"])["deadLetterTargetArn"].split(":")
            dead = client.get_queue_url(QueueName=name, QueueOwnerAWSAccountId=account)["QueueUrl"]
    if not dead:
        raise ServiceRefused(
            f"{url} has no dead-letter queue; give it a redrive policy, or name one with CLAUSELINE_DEAD_LETTERS"
        )
    return SqsQueue(url, dead, about["QueueArn"], settings.scheduler_role, settings.visibility, region)


@dataclass(frozen=True)
class SqsQueue:
    """See `pipeline.desk.queue.Queue`.

    Args:
        url, dead_url, arn: of the queue, and its dead letters' URL.
        role: ARN of the role by which EventBridge Scheduler may send to the queue; None: no delay is over 15 minutes.
        visibility: seconds for which a message received is nobody else's.
        region: of the queue, where the URL says it.
    """

    url: str
    dead_url: str
    arn: str
    role: str | None = None
    visibility: int = 120
    region: str | None = None
    _fields: dict[str, Any] = field(
        default_factory=lambda: {"MessageSystemAttributeNames": ["All"], "MessageAttributeNames": [HISTORY]}, repr=False
    )

    def send(self, body: str) -> None:
        self._send(self.url, body)

    def receive(self, most: int, wait: float) -> list[Message]:
        return [self._message(raw) for raw in self._received(self.url, most, wait, self.visibility)]

    def extend(self, messages: Sequence[Message]) -> None:
        self._hide(self.url, [m.receipt for m in messages], self.visibility)

    def done(self, message: Message) -> None:
        self._delete(self.url, message.receipt)

    def again(self, message: Message, after: float, history: History) -> None:
        if after > LONGEST_DELAY and self.role:
            send_later(self.url, message.body, _attributes(history), after, role=self.role, region=self.region)
        else:
            self._send(self.url, message.body, history, round(min(after, LONGEST_DELAY)))
        self.done(message)

    def dead(self, message: Message, history: History) -> None:
        self._send(self.dead_url, message.body, history)
        self.done(message)

    def dead_letters(self) -> Iterator[DeadLetter]:
        with closing(self._looked_at()) as found:
            for raw in found:
                yield DeadLetter(raw["MessageId"], raw["Body"], _history(raw), _time(raw, "SentTimestamp"))

    def retry(self, ids: Sequence[str] | None = None) -> int:
        count = 0
        with closing(self._looked_at()) as found:
            for raw in found:
                if ids is None or raw["MessageId"] in ids:
                    self._send(self.url, raw["Body"])
                    self._delete(self.dead_url, raw["ReceiptHandle"])
                    count += 1
                    if count == len(ids or ()):
                        break
        return count

    def close(self) -> None:
        """Nothing is held."""

    def message_of(self, record: dict[str, Any]) -> Message:
        """A message as Lambda hands it over: the same in other letters."""
        told = record.get("messageAttributes", {}).get(HISTORY, {})
        raw = {
            "MessageId": record["messageId"], "Body": record["body"], "ReceiptHandle": record["receiptHandle"],
            "Attributes": record.get("attributes", {}),
            "MessageAttributes": {HISTORY: {"StringValue": told.get("stringValue")}},
        }  # fmt: skip
        return self._message(raw)

    def _message(self, raw: dict[str, Any]) -> Message:
        """A message; each reception before this one that nothing was heard of is an attempt."""
        lost = int(raw.get("Attributes", {}).get("ApproximateReceiveCount", 1)) - 1
        since = _time(raw, "ApproximateFirstReceiveTimestamp") or datetime.now(UTC)
        unheard = Attempt(
            at=since, error_type="WorkerLost", error="the worker ended, or was too slow, and said nothing"
        )
        return Message(raw["MessageId"], raw["Body"], raw["ReceiptHandle"], _history(raw).and_then(*[unheard] * lost))

    def _looked_at(self) -> Generator[dict[str, Any], None, None]:
        """The dead letters, each once; at the end they are in sight again."""
        taken: dict[str, str] = {}
        try:
            while found := self._received(self.dead_url, AT_ONCE, 1, LOOK):
                new = [raw for raw in found if raw["MessageId"] not in taken]
                taken |= {raw["MessageId"]: raw["ReceiptHandle"] for raw in found}
                yield from new
        finally:
            self._hide(self.dead_url, list(taken.values()), 0)

    def _received(self, url: str, most: int, wait: float, seconds: int) -> list[dict[str, Any]]:
        with told(url):
            answer = self._client.receive_message(
                QueueUrl=url, MaxNumberOfMessages=min(most, AT_ONCE), VisibilityTimeout=seconds,
                WaitTimeSeconds=min(round(wait), LONGEST_WAIT), **self._fields,
            )  # fmt: skip
        return list(answer.get("Messages", ()))

    def _send(self, url: str, body: str, history: History | None = None, delay: int = 0) -> None:
        attributes = _attributes(history) if history and history.count else {}
        with told(url):
            self._client.send_message(
                QueueUrl=url, MessageBody=body, DelaySeconds=delay, MessageAttributes=attributes
            )  # fmt: skip

    def _delete(self, url: str, receipt: str) -> None:
        try:
            with told(url):
                self._client.delete_message(QueueUrl=url, ReceiptHandle=receipt)
        except ServiceRefused as error:
            if _code(error) not in _GONE:
                raise

    def _hide(self, url: str, receipts: Sequence[str], seconds: int) -> None:
        """Have messages out of sight for some seconds from now; those that are not ours any more are passed over."""
        for start in range(0, len(receipts), AT_ONCE):
            entries = [
                {"Id": str(number), "ReceiptHandle": receipt, "VisibilityTimeout": seconds}
                for number, receipt in enumerate(receipts[start : start + AT_ONCE])
            ]
            with told(url):
                answer = self._client.change_message_visibility_batch(QueueUrl=url, Entries=entries)
            if any(not failed.get("SenderFault", True) for failed in answer.get("Failed", ())):
                raise ServiceDown(f"{url}: some messages could not be kept out of sight")

    @property
    def _client(self) -> Any:
        return aws_client("sqs", self.region)


def _attributes(history: History) -> dict[str, Any]:
    return {HISTORY: {"DataType": "String", "StringValue": history.model_dump_json(exclude_defaults=True)}}


def _history(raw: dict[str, Any]) -> History:
    return History.read(raw.get("MessageAttributes", {}).get(HISTORY, {}).get("StringValue"))


def _time(raw: dict[str, Any], name: str) -> datetime | None:
    """A time that SQS gives in milliseconds."""
    told = raw.get("Attributes", {}).get(name)
    return datetime.fromtimestamp(int(told) / 1000, UTC) if told else None


def _code(error: ServiceRefused) -> str:
    """The code by which AWS refused."""
    response = getattr(error.__cause__, "response", {})
    return str(response.get("Error", {}).get("Code", ""))
