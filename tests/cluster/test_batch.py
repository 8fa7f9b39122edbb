"""Runs over folders with the workers on a cluster: the same results, one journal."""

import os
import re
import signal
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest

from pipeline.aws import aws_client
from pipeline.batch import Event, run_batch
from pipeline.settings import Settings
from pipeline.stores import open_stores
from pipeline.stores.objects import open_objects
from tests.batch.conftest import Desk
from tests.cluster.conftest import Machines

pytestmark = pytest.mark.slow

LEASES = Path(__file__).parents[2] / "samples" / "leases"
TIMINGS = re.compile(rb'"timings_ms":\s*\{[^}]*\}')


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


def on(machines: Machines, settings: Settings) -> Settings:
    return settings.model_copy(update={"executor": "ray", "ray_address": machines.address})


def test_results_are_those_of_a_local_run_byte_for_byte_save_timings(machines: Machines, tmp_path: Path) -> None:
    here = Settings(_env_file=None, database=f"sqlite:///{tmp_path}/store.db", workers=2, ocr="off")  # type: ignore[call-arg]
    local = run_batch([LEASES], tmp_path / "local", here)
    cluster = run_batch([LEASES], tmp_path / "cluster", on(machines, here))
    assert local.documents == cluster.documents == 9
    assert untimed(tmp_path / "local") == untimed(tmp_path / "cluster")
    assert len(untimed(tmp_path / "local")) == 10  # and results.jsonl


def test_from_bucket_to_bucket_the_results_are_those_of_a_local_run_too(
    machines: Machines, aws: str, tmp_path: Path
) -> None:
    bucket = f"cluster-{uuid4().hex[:12]}"
    aws_client("s3").create_bucket(Bucket=bucket)
    inbox = open_objects(f"s3://{bucket}/inbox")
    for lease in LEASES.glob("*.pdf"):
        inbox.write(lease.name, lease.read_bytes(), "application/pdf")
    here = Settings(_env_file=None, database=f"sqlite:///{tmp_path}/store.db", workers=2, ocr="off")  # type: ignore[call-arg]
    out = {}
    for name, settings in (("local", here), ("cluster", on(machines, here))):
        results = open_objects(f"s3://{bucket}/{name}")
        summary = run_batch([inbox.url], results.url, settings)
        assert summary.documents == len(list(LEASES.glob("*.pdf"))) and not summary.warnings
        names = [found.key for found in results.list() if "result" in found.key]
        out[name] = {key: TIMINGS.sub(b"", results.read(key) or b"") for key in names}
    assert out["local"] == out["cluster"] and len(out["local"]) == summary.documents + 1  # and results.jsonl
    again = run_batch([inbox.url], f"s3://{bucket}/cluster", on(machines, here))
    assert again.kept == again.documents - again.by_status.get("failed", 0)


def untimed(out: Path) -> dict[str, bytes]:
    """Results by path, without how long each stage took."""
    return {str(path.relative_to(out)): TIMINGS.sub(b"", path.read_bytes()) for path in out.rglob("result*.json*")}


def test_killed_workers_and_a_machine_that_goes_are_nothing_the_journal_shows(machines: Machines, desk: Desk) -> None:
    desk.write(**{f"d{n:02}": "sleep 0.2" for n in range(40)}, kill="kill", hang="sleep 60")
    third, seen = machines.come(), 0
    killed: list[int] = []

    def mishap(event: Event) -> None:
        nonlocal seen
        seen += event.kind == "done"
        if event.kind == "done" and seen == 10:
            killed.append(actors()[0])
            os.kill(killed[0], signal.SIGKILL)
        if event.kind == "done" and seen == 20:
            machines.go(third)

    settings = on(machines, desk.impatient.model_copy(update={"workers": 3}))
    summary = desk.run(settings=settings, on_event=mishap)
    assert len(killed) == 1
    assert summary.by_status == {"ok": 40, "failed": 2}
    assert {error.type for error in summary.errors} == {"WorkerDied", "DocumentTimeout"}
    assert len(desk.lines()) == 42
    with open_stores(desk.settings.database) as stores:
        entries = Counter(entry.path for entry in stores.journal.entries(summary.run))
    assert len(entries) == 42 and set(entries.values()) == {1}
    kept = desk.run(settings=on(machines, desk.settings))
    assert kept.kept == 40


def actors() -> list[int]:
    """Process numbers of the actors of this very test's cluster, by the names Ray gives them: others may run beside it."""
    named = (int(process.name) for process in Path("/proc").glob("[0-9]*") if _name(process).startswith(b"ray::Desk"))
    return [pid for pid in named if os.getpid() in _ancestors(pid)]


def _name(process: Path) -> bytes:
    try:
        return (process / "cmdline").read_bytes()
    except OSError:  # it has ended
        return b""


def _ancestors(pid: int) -> Iterator[int]:
    """The processes that a process comes from, the nearest first."""
    while pid > 1:
        try:
            pid = int(Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[1])
        except OSError:
            return
        yield pid
