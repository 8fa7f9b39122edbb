"""A bucket whose uploads are told to a queue, and leases to put there."""

import json
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote_plus
from uuid import uuid4

from pipeline.aws import aws_client
from pipeline.desk import Queue

SAMPLES = Path(__file__).parents[2] / "samples"

LEASE = """RESIDENTIAL LEASE AGREEMENT

This Lease is made on March 1, 2025 between Ada Byron ("Landlord") and {tenant} ("Tenant").

1. Premises. Landlord leases to Tenant the dwelling at {number} Elm Street, Columbus, Ohio 43215.

2. Term. The term begins on April 1, 2025 and ends on March 31, 2026.

3. Rent. Tenant shall pay rent of ${rent}.00 per month on or before the first day of each month.

4. Security deposit. Tenant shall pay a security deposit of ${rent}.00.
"""


def lease(number: int, rent: int = 1450) -> bytes:
    """A small lease, as text; each number another one."""
    return LEASE.format(tenant=f"Tenant Number{number}", number=number, rent=rent).encode()


@dataclass(frozen=True)
class Inbox:
    """A bucket with a queue of its uploads."""

    bucket: str
    queue: Queue

    @classmethod
    def new(cls, queue: Queue) -> "Inbox":
        """A bucket of its own."""
        bucket = f"inbox-{uuid4().hex[:12]}"
        aws_client("s3").create_bucket(Bucket=bucket)
        return cls(bucket, queue)

    def put(self, key: str, content: bytes, *, tell: bool = True) -> str:
        """Upload something; the notification that S3 makes of it."""
        made = aws_client("s3").put_object(Bucket=self.bucket, Key=key, Body=content)
        told = {
            "key": quote_plus(key, safe="/"),
            "size": len(content),
            "eTag": made["ETag"].strip('"'),
            "sequencer": "0A",
        }
        body = json.dumps(
            {
                "Records": [
                    {
                        "eventVersion": "2.1", "eventSource": "aws:s3", "awsRegion": "us-east-1",
                        "eventName": "ObjectCreated:Put",
                        "s3": {"s3SchemaVersion": "1.0", "bucket": {"name": self.bucket}, "object": told},
                    }
                ]
            }
        )  # fmt: skip
        if tell:
            self.queue.send(body)
        return body

    def put_many(self, count: int) -> None:
        """Upload leases as leases/N.txt."""
        for number in range(count):
            self.put(f"leases/{number}.txt", lease(number))
