"""How several processes share the tests (`pytest -n 2`, as in `make test`), and what holds for all tests.

Tests of a file stay in one process, and so do those of a room whose servers are slow to start: each is started once.
Tests marked `alone` measure time or use all processors; `make test` runs them by themselves, after the others.
"""

from pathlib import PurePosixPath
from typing import Any

import hypothesis
import pytest

hypothesis.settings.load_profile("ci")  # of hypothesis itself: the same examples each time, however long they take

ROOMS = ("tests/cluster", "tests/stores")
"""With Ray; with PostgreSQL and OpenSearch."""


def together(nodeid: str) -> str:
    """What the tests that run in one process with a test have in common.

    >>> together("tests/stores/sql/test_chunks.py::test_words[opensearch]"), together("tests/values/test_shares.py::test_half")
    ('tests/stores', 'tests/values/test_shares.py')
    """
    file = PurePosixPath(nodeid.partition("::")[0])
    return next((room for room in ROOMS if file.is_relative_to(room)), str(file))


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Any:
    """What gives the tests to the processes."""
    from xdist.scheduler import LoadScopeScheduling

    class Together(LoadScopeScheduling):
        def _split_scope(self, nodeid: str) -> str:
            return together(nodeid)

    return Together(config, log)
