"""A pool that loses nothing but the item at hand."""

import itertools
import logging
import pickle
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from pipeline.errors import DocumentTimeout, DocumentTooLarge, WorkerDied
from pipeline.workers import run_tasks
from tests.workers.tasks import Warm, behave


def test_results_come_in_the_order_of_the_items() -> None:
    items = ["sleep 0.3", "b", "sleep 0.1", "d"]
    assert list(run_tasks(behave, items, workers=2)) == [(item, item.upper()) for item in items]


def test_results_come_as_they_are_ready_when_order_does_not_matter() -> None:
    done = [item for item, _ in run_tasks(behave, ["sleep 2", "b", "c"], workers=2, ordered=False)]
    assert sorted(done[:2]) == ["b", "c"] and done[2] == "sleep 2"


def test_an_endless_input_is_taken_only_a_few_items_ahead() -> None:
    taken = itertools.count()
    results = run_tasks(behave, (f"item {next(taken)}" for _ in itertools.repeat(None)), workers=2)
    assert [outcome for _, outcome in itertools.islice(results, 20)] == [f"ITEM {n}" for n in range(20)]
    results.close()  # type: ignore[attr-defined]
    assert next(taken) <= 20 + 8


def test_no_items_start_no_process() -> None:
    assert list(run_tasks(behave, [], workers=2)) == []


def test_a_worker_is_kept_from_item_to_item_with_what_it_built() -> None:
    outcomes = [outcome for _, outcome in run_tasks(Warm(), ["a", "b", "c"], workers=1)]
    assert outcomes == [(outcomes[0][0], 1)] * 3  # type: ignore[index]


@pytest.mark.parametrize(
    ("item", "words"),
    [("kill", "SIGKILL"), ("crash", "SIGABRT"), ("exit 3", "exit status 3"), ("exit 0", "exit status 0")],
)
def test_a_dead_worker_costs_only_its_item(item: str, words: str) -> None:
    outcomes = dict(run_tasks(behave, ["a", item, "b", "c"], workers=2))
    assert (outcomes["a"], outcomes["b"], outcomes["c"]) == ("A", "B", "C")
    assert isinstance(outcomes[item], WorkerDied)
    assert words in str(outcomes[item]) and "\n" not in str(outcomes[item])


@pytest.mark.parametrize("item", ["sleep 60", "spin"])
def test_a_hanging_worker_costs_only_its_item_and_its_time(item: str) -> None:
    start = time.monotonic()
    outcomes = dict(run_tasks(behave, ["a", item, "b", "c"], workers=2, timeout=2))
    assert time.monotonic() - start < 10
    assert (outcomes["a"], outcomes["b"], outcomes["c"]) == ("A", "B", "C")
    assert isinstance(outcomes[item], DocumentTimeout)


def test_every_worker_may_die_at_once_and_again() -> None:
    items = ["kill", "crash", "kill", "sleep 9", "a", "kill", "b"]
    outcomes = [outcome for _, outcome in run_tasks(behave, items, workers=2, timeout=2)]
    assert [type(outcome) for outcome in outcomes] == [
        WorkerDied, WorkerDied, WorkerDied, DocumentTimeout, str, WorkerDied, str,
    ]  # fmt: skip


def test_an_item_that_eats_memory_is_given_up() -> None:
    limit = 200_000_000
    outcomes = dict(run_tasks(behave, ["a", "grow 300", "b"], workers=1, memory=limit))
    assert (outcomes["a"], outcomes["b"]) == ("A", "B")
    assert isinstance(outcomes["grow 300"], DocumentTooLarge)
    assert "200 MB" in str(outcomes["grow 300"])


def test_an_exception_is_a_value_that_tells_where_it_came_from() -> None:
    (_, error), (_, after) = run_tasks(behave, ["raise", "a"], workers=1)
    assert isinstance(error, ValueError) and str(error) == "no such thing"
    assert "behave" in error.__notes__[0]
    assert after == "A"


@pytest.mark.parametrize(("item", "words"), [("odd-error", "OddError: one"), ("lambda", "lambda")])
def test_what_cannot_be_sent_is_an_error_too(item: str, words: str) -> None:
    outcomes = dict(run_tasks(behave, [item, "a"], workers=1))
    assert isinstance(outcomes[item], Exception) and words in str(outcomes[item])
    assert outcomes["a"] == "A"


def test_leaving_the_process_is_an_error_not_an_end() -> None:
    outcomes = dict(run_tasks(behave, ["leave", "a"], workers=1))
    assert isinstance(outcomes["leave"], Exception)
    assert outcomes["a"] == "A"


def test_a_function_no_worker_can_load_is_told_at_once() -> None:
    class Local:
        def __call__(self, item: str) -> str:
            return item

    with pytest.raises((AttributeError, pickle.PicklingError)):
        list(run_tasks(Local(), ["a"], workers=1))


def test_what_a_task_prints_does_not_reach_standard_output(capfd: pytest.CaptureFixture[str]) -> None:
    assert list(run_tasks(behave, ["print"], workers=1)) == [("print", "PRINT")]
    assert capfd.readouterr().out == ""


def test_ending_early_ends_the_workers() -> None:
    results = run_tasks(behave, ["pid", "sleep 60", "sleep 60"], workers=2)
    _, pid = next(results)
    results.close()  # type: ignore[attr-defined]
    assert not Path(f"/proc/{pid}").exists()


SCRIPT = """
import sys
from pipeline.workers import run_tasks
from tests.workers.tasks import behave
for item, outcome in run_tasks(behave, ["pid", "pid", "sleep 60", "{hang}"], workers=2):
    print(outcome, flush=True)
"""


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
@pytest.mark.parametrize("hang", ["sleep 60", "spin"])
def test_when_the_parent_is_ended_no_worker_is_left(how: signal.Signals, hang: str) -> None:
    """A script without a __main__ guard, in the middle of two long items."""
    parent = subprocess.Popen(
        [sys.executable, "-c", SCRIPT.format(hang=hang)], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    assert parent.stdout and parent.stderr
    pids = {int(parent.stdout.readline()), int(parent.stdout.readline())}
    time.sleep(0.3)  # both are on their long items now
    children = pids | set(_children(parent.pid))
    start = time.monotonic()
    parent.send_signal(how)
    parent.wait(10)
    assert time.monotonic() - start < 5
    deadline = time.monotonic() + 5
    while (alive := {pid for pid in children if _alive(pid)}) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not alive


def _children(pid: int) -> list[int]:
    return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def _alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except FileNotFoundError:
        return False


def test_a_worker_logs_as_its_parent_does(capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    logger, handler = logging.getLogger("clauseline"), logging.StreamHandler()
    handler.setFormatter(logging.Formatter("%(levelname)s told: %(message)s"))
    monkeypatch.setattr(logger, "handlers", [handler])
    monkeypatch.setattr(logger, "level", logging.DEBUG)
    assert list(run_tasks(behave, ["log"], workers=1)) == [("log", "LOG")]
    assert "DEBUG told: a worker speaks" in capfd.readouterr().err


def test_a_worker_is_silent_where_its_parent_is(capfd: pytest.CaptureFixture[str]) -> None:
    assert list(run_tasks(behave, ["log"], workers=1)) == [("log", "LOG")]
    assert capfd.readouterr().err == ""
