"""Every implementation of the stores; the contract tests run against each. Another database is one more line here."""

import os
from collections.abc import Iterator
from pathlib import Path
from threading import Lock
from typing import Any
from uuid import uuid4

import pytest

from pipeline.aws import aws_client
from pipeline.settings import Settings
from pipeline.stores import open_knowledge, open_records, open_stores
from pipeline.stores.dynamo import create_tables
from pipeline.stores.dynamo.place import Place
from pipeline.stores.opensearch import open_chunks
from pipeline.stores.protocols import ChunkStore, KnowledgeStore, Stores
from pipeline.stores.record_store import RecordStore
from tests.services.postgres import database, migrated, missing, postgres_url

URLS = {"file": "sqlite:///{folder}/store.db", "memory": "sqlite://", "postgres": "{postgres}"}
INDEXES = {**URLS, "opensearch": "{opensearch}"}
"""Where passages can be searched."""

RECORDS = {**URLS, "dynamodb": "{dynamodb}", "real dynamodb": "{real_dynamodb}"}
"""Where lease records, and a team's packs, can be kept."""


@pytest.fixture(scope="session")
def postgres_server_url() -> Iterator[str]:
    """The URL of a PostgreSQL for all tests of a process."""
    if why := missing():
        pytest.skip(why)
    with postgres_url() as url:
        yield url


@pytest.fixture(scope="session")
def postgres_template(postgres_server_url: str) -> Iterator[str]:
    """The name of an empty database with our tables."""
    with migrated(postgres_server_url) as name:
        yield name


@pytest.fixture
def postgres(postgres_server_url: str, postgres_template: str) -> Iterator[str]:
    """The URL of an empty PostgreSQL database of the test's own."""
    with database(postgres_server_url, postgres_template) as url:
        yield url


@pytest.fixture(params=URLS)
def stores(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Stores]:
    """An empty store of each kind."""
    with open_stores(filled(URLS[request.param], request, tmp_path), patience=20) as opened:
        yield opened


@pytest.fixture(params=INDEXES)
def chunks(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[ChunkStore]:
    """An empty search index of each kind."""
    url = filled(INDEXES[request.param], request, tmp_path)
    if request.param == "opensearch":
        yield open_chunks(url)
    else:
        with open_stores(url, patience=20) as opened:
            yield opened.chunks


@pytest.fixture(params=RECORDS)
def records(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[RecordStore]:
    """An empty store of lease records of each kind."""
    with open_records(Settings(records=filled(RECORDS[request.param], request, tmp_path))) as opened:
        yield opened


@pytest.fixture(params=RECORDS)
def knowledge(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[KnowledgeStore]:
    """An empty store of packs of each kind."""
    with open_knowledge(filled(RECORDS[request.param], request, tmp_path)) as opened:
        yield opened


@pytest.fixture
def dynamodb(aws: str) -> Iterator[str]:
    """The URL of empty tables on AWS on loopback."""
    bucket = f"test-{uuid4().hex}"
    aws_client("s3").create_bucket(Bucket=bucket)
    url = f"dynamodb:///{uuid4().hex}"
    made, client = create_tables(url), Place.of(url).client
    one_at_a_time(client, "TransactWriteItems")
    yield f"{url}?spill=s3://{bucket}/large"
    for name in made:  # each transaction there takes the longer the more there is
        client.delete_table(TableName=name)


def one_at_a_time(client: Any, call: str) -> None:
    """Let no two threads make a call at once: transactions of AWS on loopback, unlike those of AWS, see each other halfway."""
    turn, events = Lock(), client.meta.events
    events.register(f"before-call.dynamodb.{call}", lambda **_: turn.acquire() and None)
    events.register(f"after-call.dynamodb.{call}", lambda **_: turn.release())
    events.register(f"after-call-error.dynamodb.{call}", lambda **_: turn.release())


@pytest.fixture
def real_dynamodb() -> Iterator[str]:
    """The URL of tables made for the test at a real endpoint, and deleted after it."""
    place = os.environ.get("CLAUSELINE_TEST_DYNAMODB")
    if not place:
        pytest.skip("CLAUSELINE_TEST_DYNAMODB=dynamodb://region/prefix names no real tables")
    url = f"{place}-{uuid4().hex[:8]}"
    made = create_tables(url)
    yield url
    for name in made:
        Place.of(url).client.delete_table(TableName=name)


def filled(url: str, request: pytest.FixtureRequest, folder: Path) -> str:
    """A URL with what it names in braces: the folder of the test, or a database made for it."""
    named = {
        name: request.getfixturevalue(name)
        for name in ("postgres", "opensearch", "dynamodb", "real_dynamodb")
        if f"{{{name}}}" in url
    }
    return url.format(folder=folder, **named)
