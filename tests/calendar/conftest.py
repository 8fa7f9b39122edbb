"""Where the reminders of tenancies are kept in tests."""

from uuid import uuid4

import pytest

from pipeline.aws import aws_client

ARNS = "target=arn:aws:sns:us-east-1:123456789012:dates&role=arn:aws:iam::123456789012:role/schedules"


@pytest.fixture
def url(aws: str) -> str:
    """A schedule group of its own for each test."""
    name = f"tenancies-{uuid4().hex[:8]}"
    aws_client("scheduler").create_schedule_group(Name=name)
    return f"scheduler://{name}?{ARNS}"
