"""On a cluster nothing is lost and nothing done twice, whichever process or machine goes."""

import os
import signal
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from pipeline.cluster import joined, run_tasks
from pipeline.errors import DocumentTimeout, DocumentTooLarge, WorkerDied
from pipeline.generate.chat.remote import served
from schemas import Ask, Reply
from tests.cluster.conftest import Machines
from tests.cluster.tasks import Asking, Noted, length
from tests.workers.tasks import Warm, behave

pytestmark = pytest.mark.slow


def outcomes(function: Callable[[str], Any], items: list[str], **options: Any) -> dict[str, Any]:
    """What came of each item, by two workers."""
    given: dict[str, Any] = {"workers": lambda: 2, "timeout": lambda item: 60.0} | options
    done = list(run_tasks(function, items, **given))
    assert Counter(item for item, _ in done) == Counter(items)  # each once
    return dict(done)


def test_a_document_that_kills_or_hangs_its_process_or_eats_memory_costs_only_itself(machines: Machines) -> None:
    items = ["a", "kill", "b", "sleep 60", "raise", "grow 400", "c", "d"]
    done = outcomes(behave, items, timeout=lambda item: 3.0 if "sleep" in item else 30.0, memory=300_000_000)
    assert [done[item] for item in "abcd"] == ["A", "B", "C", "D"]
    assert isinstance(done["kill"], WorkerDied) and "SIGKILL" in str(done["kill"])
    assert isinstance(done["sleep 60"], DocumentTimeout)
    assert isinstance(done["grow 400"], DocumentTooLarge)
    assert isinstance(done["raise"], ValueError) and "behave" in done["raise"].__notes__[0]


def test_workers_are_on_both_machines_and_keep_what_they_built(machines: Machines) -> None:
    done = outcomes(Warm(), [f"{n}" for n in range(200)])
    assert {number for _, number in done.values()} == {1}
    assert 1 <= len({pid for pid, _ in done.values()}) <= 2


def test_items_are_taken_a_few_ahead_and_memory_does_not_grow_with_their_number(machines: Machines) -> None:
    taken = 0

    def endless() -> Iterator[str]:
        nonlocal taken
        while True:
            taken += 1
            yield f"{taken:09}" * 2_000  # 18 kB

    results = run_tasks(length, endless(), workers=lambda: 2, timeout=lambda item: 60.0)
    held: list[int] = []
    for number, _ in enumerate(results, 1):
        assert taken <= number + 8
        if number in (5_000, 8_000):  # buffers have grown to their size by then
            held.append(resident())
        if number == 8_000:
            break
    results.close()
    assert held[1] - held[0] < 15_000_000  # of 54 MB that went through between


def resident() -> int:
    return int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")


def test_a_killed_actor_is_replaced_and_its_documents_done_again(machines: Machines, tmp_path: Path) -> None:
    items = [f"slow-{n}" for n in range(16)]
    noted, done, killed = Noted(tmp_path), [], []
    for item, outcome in run_tasks(noted, items, workers=lambda: 2, timeout=lambda item: 60.0):
        done.append((item, outcome))
        if len(done) in (3, 8):
            process = next(pid for pid in processes_of(noted) if Path(f"/proc/{pid}").exists())
            os.kill(actor := parent(process), signal.SIGKILL)
            killed.append(actor)
    assert sorted(done) == sorted((item, item.upper()) for item in items)
    assert len(set(killed)) == 2
    begun = [noted.times(item) for item in items]
    assert sum(begun) <= len(items) + 2  # only what was on its way


def test_a_document_that_ends_its_actor_each_time_is_given_up(machines: Machines, tmp_path: Path) -> None:
    noted = Noted(tmp_path)
    done = outcomes(noted, ["a", "actor-1", "b", "c"])
    assert isinstance(done["actor-1"], WorkerDied)
    assert noted.times("actor-1") == 4
    assert [done[item] for item in "abc"] == ["A", "B", "C"]


def test_a_machine_that_goes_loses_nothing_and_one_that_comes_is_used(machines: Machines, tmp_path: Path) -> None:
    third = machines.come()
    items, noted = [f"slow-{n}" for n in range(40)], Noted(tmp_path)
    done: list[tuple[str, Any]] = []
    with joined(machines.address, 0) as cluster:
        for item, outcome in run_tasks(noted, items, workers=lambda: cluster.cpus, timeout=lambda item: 60.0):
            done.append((item, outcome))
            if len(done) == 8:
                machines.go(third)
    assert sorted(done) == sorted((item, item.upper()) for item in items)


@dataclass
class Model:
    """One at a time is all it takes; says each question back."""

    name: str = "test:model"
    context_tokens: int = 9_000
    attachments: frozenset[str] = frozenset()
    asked: list[str] = field(default_factory=list)
    turn: threading.Lock = field(default_factory=threading.Lock)

    def ask(self, ask: Ask) -> Reply:
        with self.turn:
            self.asked.append(ask.messages[0][1])
            return Reply({}, ask.messages[0][1])


def test_all_workers_ask_one_model_in_the_process_that_runs(machines: Machines) -> None:
    model, items = Model(), [f"question {n}" for n in range(40)]
    with joined(machines.address, 0) as cluster:
        assert cluster.host
        with served(model, cluster.host) as client:
            done = outcomes(Asking(client), items, slots=4)
    assert done == {item: item for item in items}
    assert sorted(model.asked) == sorted(items)


SCRIPT = """
import sys
from pipeline.cluster import joined, run_tasks
from tests.workers.tasks import behave
with joined(sys.argv[1], 0):
    for _, outcome in run_tasks(behave, ["pid", "sleep 60", "sleep 60"], workers=lambda: 2, timeout=lambda item: 60.0):
        print(outcome, flush=True)
"""


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGKILL])
def test_when_the_run_is_ended_no_worker_is_left(machines: Machines, how: signal.Signals) -> None:
    run = subprocess.Popen(
        [sys.executable, "-c", SCRIPT, machines.address], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    )
    assert run.stdout
    pid = int(run.stdout.readline())
    assert Path(f"/proc/{pid}").exists()
    run.send_signal(how)
    run.wait(20)
    deadline = time.monotonic() + 20
    while Path(f"/proc/{pid}").exists() and time.monotonic() < deadline:
        time.sleep(0.1)
    assert not Path(f"/proc/{pid}").exists()


def processes_of(noted: Noted) -> list[int]:
    """Of the workers so far, the latest first."""
    pids = [int(line) for file in noted.folder.iterdir() for line in file.read_text().splitlines()]
    return sorted(set(pids), reverse=True)


def parent(pid: int) -> int:
    return int(Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[1])
