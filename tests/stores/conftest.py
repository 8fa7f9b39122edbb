"""Every implementation of the stores; the contract tests run against each. Another database is one more line here."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from pipeline.settings import Settings
from pipeline.stores import open_records, open_stores
from pipeline.stores.opensearch import open_chunks
from pipeline.stores.protocols import ChunkStore, Stores
from pipeline.stores.record_store import RecordStore
from tests.services.postgres import database, migrated, missing, postgres_url

URLS = {"file": "sqlite:///{folder}/store.db", "memory": "sqlite://", "postgres": "{postgres}"}
INDEXES = {**URLS, "opensearch": "{opensearch}"}
"""Where passages can be searched."""

RECORDS = dict(URLS)
"""Where lease records can be kept."""


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


def filled(url: str, request: pytest.FixtureRequest, folder: Path) -> str:
    """A URL with what it names in braces: the folder of the test, or a database made for it."""
    named = {name: request.getfixturevalue(name) for name in ("postgres", "opensearch") if f"{{{name}}}" in url}
    return url.format(folder=folder, **named)
