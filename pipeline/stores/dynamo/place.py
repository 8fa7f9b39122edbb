"""Where a team's tables are, and what is told when they are not there."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qs, urlsplit

from pipeline.aws import aws_client, told
from pipeline.errors import ServiceRefused, StoreError


@dataclass(frozen=True)
class Place:
    """A region, the beginning of the tables' names, and where in S3 goes what is too large for an item.

    >>> Place.of("dynamodb://eu-west-1/team?spill=s3://bucket/large").spill
    's3://bucket/large'
    """

    region: str | None
    prefix: str
    spill: str | None = None

    @classmethod
    def of(cls, url: str) -> "Place":
        """The place of a URL.

        Raises:
            StoreError: it is not of the form dynamodb://REGION/PREFIX.
        """
        parts = urlsplit(url)
        prefix, query = parts.path.strip("/"), parse_qs(parts.query)
        spill = query.pop("spill", [None])[0]
        wrong = parts.scheme != "dynamodb" or not re.fullmatch(r"[A-Za-z0-9_.-]{1,200}", prefix) or query
        if wrong or (spill is not None and not spill.startswith("s3://")):
            raise StoreError(
                f"{url} names no tables; give dynamodb://REGION/PREFIX, with ?spill=s3://BUCKET/PREFIX if wanted"
            )
        return cls(parts.netloc or None, prefix, spill)

    @property
    def url(self) -> str:
        """As the place can be named again."""
        return f"dynamodb://{self.region or ''}/{self.prefix}"

    @property
    def records(self) -> str:
        """The name of the table of lease records."""
        return f"{self.prefix}-records"

    @property
    def requirements(self) -> str:
        """The name of the table of requirements."""
        return f"{self.prefix}-requirements"

    @property
    def client(self) -> Any:
        """What asks DynamoDB."""
        return aws_client("dynamodb", self.region)

    @contextmanager
    def asked(self) -> Iterator[None]:
        """See `pipeline.aws.told`; a table that is not there is told with what makes it."""
        from botocore.exceptions import ClientError

        with told(self.url):
            try:
                yield
            except ClientError as error:
                if error.response["Error"]["Code"] != "ResourceNotFoundException":
                    raise
                raise ServiceRefused(
                    f"{self.url}: the tables {self.requirements} and {self.records} are not there; make them with: "
                    f"clauseline aws init {self.url} (or by deploy/aws)"
                ) from None
