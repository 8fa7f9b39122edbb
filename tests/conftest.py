"""Servers that tests of many rooms use."""

from collections.abc import Iterator

import pytest

from tests.services.aws_server import aws_server, point_at


@pytest.fixture(scope="session")
def aws_url() -> Iterator[str]:
    """One AWS on loopback for all tests of a process; each takes names of its own."""
    with aws_server() as url:
        yield url


@pytest.fixture
def aws(aws_url: str, monkeypatch: pytest.MonkeyPatch) -> str:
    """The URL of AWS on loopback, to which boto3 goes during the test."""
    point_at(aws_url, monkeypatch)
    return aws_url
