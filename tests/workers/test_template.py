"""Workers are forked from a template that is warm, wherever that is safe, and are none the less apart from each other."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from pipeline.errors import DocumentTimeout, DocumentTooLarge, WorkerDied
from pipeline.workers import run_tasks
from tests.workers.tasks import Warmed
from tests.workers.test_pool import _alive, _children

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="processes are forked on Linux only")


def outcomes(function: Warmed, *items: str, workers: int = 1, **how: float) -> list[object]:
    return [outcome for _, outcome in run_tasks(function, items, workers=workers, **how)]  # type: ignore[arg-type]


def test_what_is_loaded_is_loaded_once_for_all_workers() -> None:
    places = outcomes(Warmed(), *(f"where {n}" for n in range(6)), workers=2)
    loaders, workers = {place[0] for place in places}, {place[1] for place in places}  # type: ignore[index]
    assert len(loaders) == 1 and len(workers) == 2 and not loaders & workers
    assert 0 not in loaders and os.getpid() not in loaders


@pytest.mark.parametrize(
    ("item", "error", "words"),
    [("kill", WorkerDied, "SIGKILL"), ("exit 3", WorkerDied, "exit status 3"), ("spin", DocumentTimeout, "1 s"),
     ("grow 300", DocumentTooLarge, "200 MB")],
)  # fmt: skip
def test_a_worker_that_ends_is_replaced_from_the_same_template(item: str, error: type[Exception], words: str) -> None:
    before, failed, after = outcomes(Warmed(), "where", item, "where", timeout=1, memory=200_000_000)
    assert isinstance(failed, error) and words in str(failed)
    assert before[0] == after[0] and before[1] != after[1]  # type: ignore[index]


def test_a_template_that_was_killed_is_replaced_too() -> None:
    before, _, after = outcomes(Warmed(), "where", "orphan", "where")
    assert 0 != after[0] != before[0] and after[1] != before[1]  # type: ignore[index]


def test_a_worker_inherits_nothing_that_is_open() -> None:
    (forked,), (forked_later, *_) = outcomes(Warmed(), "open"), reversed(outcomes(Warmed(), "kill", "open"))
    (started,) = outcomes(Warmed("threads"), "open")
    assert forked == forked_later == started


@pytest.mark.parametrize("how", ["threads", "dies"])
def test_where_a_fork_is_not_safe_workers_are_started_on_their_own(how: str) -> None:
    (place,) = outcomes(Warmed(how), "where")
    assert place == (0, place[1])  # type: ignore[index]


def test_what_cannot_be_loaded_beforehand_is_no_failure() -> None:
    assert outcomes(Warmed("fails"), "a", "b", workers=2) == ["A", "B"]


def test_the_template_has_no_collector_its_workers_have(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OTEL_SERVICE_NAME", "leases")
    assert outcomes(Warmed(), "collector") == [[None, "leases"]]


def test_no_items_start_no_template() -> None:
    assert outcomes(Warmed()) == []


SCRIPT = """
from pipeline.workers import run_tasks
from tests.workers.tasks import Warmed
for item, outcome in run_tasks(Warmed(), ["where", "spin"], workers=1, timeout=60):
    print(*outcome, flush=True)
"""


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGKILL])
def test_when_the_parent_is_ended_neither_template_nor_worker_is_left(how: signal.Signals) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", SCRIPT], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as parent:
        assert parent.stdout
        pids = {*map(int, parent.stdout.readline().split()), *_children(parent.pid)}
        parent.send_signal(how)
        parent.wait(20)
    deadline = time.monotonic() + 10
    while (alive := {pid for pid in pids if _alive(pid)}) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert len(pids) == 2 and not alive


def test_ending_early_ends_the_template() -> None:
    results = run_tasks(Warmed(), ["where", "sleep 60"], workers=1)
    _, pids = next(results)
    results.close()
    assert not any(Path(f"/proc/{pid}").exists() for pid in pids)  # type: ignore[union-attr]
