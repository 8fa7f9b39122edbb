"""Every implementation of the stores; the contract tests run against each. Another database is one more line here."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from pipeline.stores import open_stores
from pipeline.stores.protocols import Stores

URLS = {"file": "sqlite:///{folder}/store.db", "memory": "sqlite://"}


@pytest.fixture(params=URLS)
def stores(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Stores]:
    """An empty store of each kind."""
    with open_stores(URLS[request.param].format(folder=tmp_path)) as opened:
        yield opened
