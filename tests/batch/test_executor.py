"""Where the workers of a run are changes nothing that it gives."""

from pathlib import Path

from pipeline.batch.executor import LocalExecutor, executor_for
from pipeline.batch.fingerprint import fingerprint
from pipeline.batch.originals import LocalFile
from pipeline.batch.sink import sink_for
from pipeline.batch.task import Item, Task
from pipeline.settings import Settings
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
