"""One computes at a time; who waits lets the others."""

import time
from threading import Barrier, Thread

from pipeline.turns import Turns, side_by_side, waiting


def test_two_threads_never_have_a_turn_at_once() -> None:
    told: list[int] = []
    turns = Turns(told.append)

    def work(number: int) -> None:
        for _ in range(20):
            with turns.taken(number):
                time.sleep(0.0005)
                with waiting():
                    time.sleep(0.0005)

    threads = [Thread(target=work, args=(n,)) for n in (1, 2, 3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert all(told[0::2]) and not any(told[1::2])  # taken, given up, taken, given up ...
    assert sorted(set(told)) == [0, 1, 2, 3] and len(told) == 3 * 20 * 4


def test_calls_side_by_side_wait_together_and_keep_their_order() -> None:
    under_way = Barrier(3, timeout=20)  # passed by three at once, or by nobody

    def call(number: int) -> int:
        under_way.wait()
        if number == 2:
            raise ValueError("two")
        return number

    one, two, three = side_by_side([lambda n=n: call(n) for n in (1, 2, 3)])  # type: ignore[misc]
    assert (one, str(two), three) == (1, "two", 3)


def test_calls_side_by_side_work_on_behalf_of_the_same_item() -> None:
    told: list[int] = []
    with Turns(told.append).taken(5):
        side_by_side([lambda: 1, lambda: 2])
        assert told[-1] == 5
    assert told == [5, 0, 5, 0, 5, 0, 5, 0]
