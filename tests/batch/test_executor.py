"""Where the workers of a run are changes nothing that it gives."""

from contextlib import nullcontext
from pathlib import Path
from typing import Any

import pytest

from pipeline.batch import Outcome
from pipeline.batch.executor import LocalExecutor, executor_for
from pipeline.batch.fingerprint import fingerprint
from pipeline.batch.sink import sink_for
from pipeline.batch.task import Item, Task
from pipeline.errors import ServiceRefused
from pipeline.originals import LocalFile
from pipeline.settings import Settings
from tests.batch.conftest import Desk
from tests.batch.fakes import FakeProcess


def test_the_workers_are_on_this_machine_unless_a_cluster_is_asked_for() -> None:
    with executor_for(Settings(workers=3, _env_file=None)) as executor:  # type: ignore[call-arg]
        assert executor == LocalExecutor(3)
        assert executor.host is None


def test_results_hold_whichever_the_executor_was() -> None:
    here = Settings(_env_file=None)  # type: ignore[call-arg]
    there = here.model_copy(update={"executor": "ray", "ray_address": "10.0.0.7:6379"})
    assert fingerprint(here) == fingerprint(there)


def test_what_a_lost_worker_may_have_done_in_this_run_is_not_taken_for_an_earlier_runs(tmp_path: Path) -> None:
    """Else nobody would be told of it, and the journal would not have it."""
    (tmp_path / "a.txt").write_text("a lease")
    task = Task(FakeProcess(tmp_path / "log"), sink_for(tmp_path / "out"), "mark")
    item = Item(0, LocalFile(tmp_path / "a.txt"), "a.txt")
    assert not task(item).kept
    assert task(item).kept
    again = task(Item(0, LocalFile(tmp_path / "a.txt"), "a.txt", anew=True))
    assert not again.kept and again.result


class Apart:
    """An executor whose machines share no folder with this one: it says that documents are done, and nothing is here."""

    workers, host = 1, "10.0.0.7"

    def run(self, function: Any, items: Any, **_: Any) -> Any:
        for item in items:
            yield item, Outcome(item.shown, item.name, "ok", "lease", 1, "0" * 64)


def test_results_that_go_to_another_machines_disk_end_the_run(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    desk.write(a="one", b="two")
    monkeypatch.setattr("pipeline.batch.run.executor_for", lambda settings: nullcontext(Apart()))
    with pytest.raises(ServiceRefused, match="give a folder that all of them share, or s3://"):
        desk.run()
