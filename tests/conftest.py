"""Servers that tests of many rooms use."""

from collections.abc import Iterator

import pytest

from tests.services.aws_server import aws_server, point_at
from tests.services.opensearch_server import Absent, opensearch_server, place


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


@pytest.fixture(scope="session")
def opensearch_address() -> Iterator[str]:
    """One OpenSearch for all tests of a process."""
    try:
        with opensearch_server() as address:
            yield address
    except Absent as why:
        pytest.skip(str(why))


@pytest.fixture
def opensearch(opensearch_address: str) -> Iterator[str]:
    """The URL of an empty search index of the test's own on OpenSearch."""
    with place(opensearch_address) as url:
        yield url
