"""A whole run while its PostgreSQL is away in the middle: it waits and goes on, and its journal is whole."""

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from pipeline.stores import open_stores
from tests.desk.uploads import lease
from tests.services import postgres

pytestmark = [pytest.mark.slow, pytest.mark.timeout(600)]

SECONDS = float(os.environ.get("CLAUSELINE_TEST_AWAY", "5"))
"""For how long the database is away."""


@pytest.mark.parametrize("how", ["killed", "silent"])
def test_a_run_waits_for_its_database_and_goes_on(tmp_path: Path, how: str) -> None:
    if why := postgres.missing():
        pytest.skip(why)
    (tmp_path / "in").mkdir()
    for number in range(60):
        (tmp_path / "in" / f"{number}.txt").write_bytes(lease(number))
    with postgres.postgres_server() as server, postgres.database(server.url) as url:
        process = subprocess.Popen(
            [sys.executable, "-c", "from pipeline.cli import entry; entry()", "run", "in", "--out", "out"],
            env={**os.environ, "CLAUSELINE_DATABASE": url, "CLAUSELINE_WORKERS": "2"}, cwd=tmp_path,
            stderr=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        )  # fmt: skip
        try:
            end = time.monotonic() + 120
            while not _entries(url) and process.poll() is None and time.monotonic() < end:
                time.sleep(0.1)
            assert process.poll() is None, "it ended too soon"
            server.kill() if how == "killed" else server.stop()
            time.sleep(SECONDS)
            server.start() if how == "killed" else server.go_on()
            shown, told = process.communicate(timeout=200)
        finally:
            process.kill()
        assert process.returncode == 0, told
        assert "are not kept" not in told + shown  # the journal and the search index are
        with open_stores(url) as stores:
            (run,) = stores.journal.runs()
            entries = [entry.path for entry in stores.journal.entries(run.id)]
            found = [row.sha256 for row in stores.results.find()]
            assert run.status == "done" and stores.chunks.count() >= 60
    assert len(entries) == len(set(entries)) == 60  # nothing lost, nothing double
    assert len(found) == len(set(found)) == 60
    assert len(list((tmp_path / "out").glob("*/result.json"))) == 60


def _entries(url: str) -> int:
    """How many documents the journal knows, as soon as there is one."""
    if not postgres.execute(url, "SELECT 1 FROM pg_tables WHERE tablename = 'journal'"):
        return 0
    ((count,),) = postgres.execute(url, "SELECT count(*) FROM journal")
    return int(str(count))
