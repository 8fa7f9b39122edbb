"""What a message asks for: notifications of S3, as they come directly, through SNS or through EventBridge, as work orders."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote_plus, unquote_plus

from pipeline.errors import ClauselineError

ENVELOPES = 4
"""Messages within messages that are opened: EventBridge may go through SNS, SNS through another topic."""


class UnknownMessage(ClauselineError):
    """The message is no notification that this program knows."""


@dataclass(frozen=True, slots=True)
class WorkOrder:
    """An object that was uploaded.

    Args:
        bucket, key: where it is; the key as S3 knows it.
        version, etag, size: what the notification says of it; the object may have changed since.
    """

    bucket: str
    key: str
    version: str = ""
    etag: str = ""
    size: int = 0

    @property
    def url(self) -> str:
        """The object's address, as `clauseline run` takes it."""
        return f"s3://{self.bucket}/{self.key}"

    def as_message(self) -> str:
        """A notification that asks for this order alone."""
        key = quote_plus(self.key, safe="/")
        told = {"key": key, "versionId": self.version, "eTag": self.etag, "size": self.size}
        entity = {"bucket": {"name": self.bucket}, "object": {name: value for name, value in told.items() if value}}
        return json.dumps({"Records": [{"eventSource": "aws:s3", "eventName": "ObjectCreated:Put", "s3": entity}]})


def orders_in(body: str) -> tuple[WorkOrder, ...]:
    """The orders of a message, each once; none where it tells of nothing to be done (a test, a deletion).

    Args:
        body: JSON, as a queue gives it.

    Raises:
        UnknownMessage: it is no notification of S3.

    >>> orders_in(WorkOrder("inbox", "leases/Main St 4+5.pdf", etag="a1").as_message())
    (WorkOrder(bucket='inbox', key='leases/Main St 4+5.pdf', version='', etag='a1', size=0),)
    >>> orders_in('{"Service": "Amazon S3", "Event": "s3:TestEvent", "Bucket": "inbox"}')
    ()
    """
    try:
        return tuple(dict.fromkeys(_orders(_opened(body, ENVELOPES))))
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise UnknownMessage(
            "the message is no notification of an upload to S3; see what else is sent to this queue"
        ) from None


def _opened(body: str, left: int) -> Mapping[str, Any]:
    """The notification within the envelopes of SNS."""
    said = json.loads(body)
    if said.get("Type") == "Notification" and left:
        return _opened(said["Message"], left - 1)
    return dict(said)


def _orders(said: Mapping[str, Any]) -> Iterator[WorkOrder]:
    if said.get("Event") == "s3:TestEvent":
        return
    if said.get("source") == "aws.s3":
        yield from _of_bridge(said)
        return
    for record in said["Records"]:
        if record["eventSource"] not in ("aws:s3", "minio:s3"):
            raise ValueError(record["eventSource"])
        if record["eventName"].removeprefix("s3:").startswith("ObjectCreated:"):
            told = record["s3"]["object"]
            key = unquote_plus(told["key"], errors="strict")  # a notification's keys are encoded, EventBridge's are not
            yield from _order(record["s3"]["bucket"]["name"], key, told.get("versionId"), told)


def _of_bridge(said: Mapping[str, Any]) -> Iterator[WorkOrder]:
    detail = said["detail"]
    if said["detail-type"] == "Object Created":
        told = detail["object"]
        yield from _order(detail["bucket"]["name"], told["key"], told.get("version-id"), told)


def _order(bucket: Any, key: Any, version: Any, told: Mapping[str, Any]) -> Iterator[WorkOrder]:
    """One order, unless the key is that of an empty object which stands for a folder."""
    if not (isinstance(bucket, str) and isinstance(key, str) and bucket and key):
        raise ValueError("no object is named")
    if not key.endswith("/"):
        etag = told.get("eTag", told.get("etag"))
        yield WorkOrder(bucket, key, str(version or ""), str(etag or ""), int(told.get("size", 0)))
