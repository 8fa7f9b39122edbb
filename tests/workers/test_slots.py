"""Several items in one process, one at work at a time: none costs another its place."""

import time

import pytest

from pipeline.errors import DocumentTimeout, DocumentTooLarge, WorkerDied
from pipeline.workers import run_tasks
from tests.workers.tasks import take_turns

pytestmark = pytest.mark.alone  # an item's seconds are told from those of others


def run(items: list[str], slots: int = 4, timeout: float = 60, memory: int = 0) -> tuple[dict[str, object], float]:
    """What came of each item in one worker, and the seconds it took."""
    start = time.monotonic()
    outcomes = dict(run_tasks(take_turns, items, workers=1, slots=slots, timeout=timeout, memory=memory))
    return outcomes, time.monotonic() - start


def test_items_wait_at_once_in_one_process() -> None:
    outcomes, seconds = run([f"wait 1 {n}" for n in range(8)], slots=8)
    assert len(set(outcomes.values())) == 1
    assert seconds < 4  # one after the other: 8


def test_items_work_one_at_a_time() -> None:
    _, seconds = run([f"work 0.3 {n}" for n in range(4)])
    assert seconds >= 1.2


def test_the_questions_of_an_item_wait_at_once_too() -> None:
    _, seconds = run(["both", "both 2", "both 3"])
    assert seconds < 2.5  # one after the other: 3


def test_an_items_time_stands_still_while_it_waits_and_while_others_work() -> None:
    outcomes, _ = run(["work 0.4 wait 1.5 work 0.1", "work 0.4 a", "work 0.4 b", "work 0.4 c"], timeout=0.9)
    assert all(isinstance(outcome, str) for outcome in outcomes.values())


def test_an_item_that_overruns_its_time_costs_only_itself() -> None:
    items = ["wait 0.2 work 60", *(f"wait 1 {n}" for n in range(6))]
    outcomes, seconds = run(items, timeout=1)
    assert isinstance(outcomes.pop(items[0]), DocumentTimeout)
    assert all(isinstance(outcome, str) for outcome in outcomes.values())
    assert seconds < 15


def test_its_time_is_the_sum_of_its_turns() -> None:
    outcomes, _ = run([f"a {'work 0.4 wait 0.1 ' * 5}", "wait 0.1"], timeout=1)
    assert [type(outcome) for outcome in outcomes.values()] == [DocumentTimeout, str]


def test_an_item_that_ends_its_process_costs_only_itself() -> None:
    items = ["wait 0.5 die", "die", *(f"wait 1 {n}" for n in range(6))]
    outcomes, _ = run(items)
    assert all(isinstance(outcomes.pop(item), WorkerDied) for item in items[:2])
    assert all(isinstance(outcome, str) for outcome in outcomes.values())


def test_an_item_that_eats_memory_costs_only_itself() -> None:
    items = ["wait 0.3 grow 400", *(f"wait 1 {n}" for n in range(6))]
    outcomes, _ = run(items, memory=250_000_000)
    assert isinstance(outcomes.pop(items[0]), DocumentTooLarge)
    assert all(isinstance(outcome, str) for outcome in outcomes.values())


def test_ending_early_ends_what_waits() -> None:
    start = time.monotonic()
    results = run_tasks(take_turns, ["a", "wait 60", "wait 60 b", "wait 60 c"], workers=1, slots=4)
    next(results)
    results.close()  # type: ignore[attr-defined]
    assert time.monotonic() - start < 5
