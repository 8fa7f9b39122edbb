"""No minute holds more than the limit, nobody waits longer than needed, and nobody is overtaken."""

import asyncio
import contextlib

from hypothesis import given
from hypothesis import strategies as st

from pipeline.generate.chat.breaker import Breaker
from pipeline.generate.chat.limits import Gate, Limits, Window
from tests.generate.chat.virtual import run

LIMIT, MINUTE = 100.0, 60.0
ASKS = st.lists(st.tuples(st.floats(0, 90), st.floats(0, 150), st.floats(0, 150)), max_size=60)


def went(asks: list[tuple[float, float, float]], *, settle: bool) -> list[tuple[float, float]]:
    """When each of several asks (seconds after the last one, amount, real amount) went, and what it took in the end."""
    window, now, taken = Window(LIMIT, MINUTE), 0.0, []
    for gap, amount, real in asks:
        now += gap
        for _ in range(3):  # the time waited may be a rounding error short
            now += window.delay(amount, now)
        assert window.delay(amount, now) == 0.0
        spent = window.take(amount, now)
        if settle:
            window.settle(spent, real)
        taken.append((now, real if settle else amount))
    return taken


@given(ASKS)
def test_no_minute_holds_more_than_the_limit(asks: list[tuple[float, float, float]]) -> None:
    taken = went(asks, settle=False)
    for start, first in taken:
        inside = [amount for when, amount in taken if start <= when < start + MINUTE and amount]
        assert sum(inside) <= LIMIT + 1e-6 or [first] == inside[:1] == inside, "only one that is too large goes, alone"


@given(ASKS)
def test_what_turned_out_larger_is_counted_before_the_next_one_goes(asks: list[tuple[float, float, float]]) -> None:
    taken = went(asks, settle=True)
    for index, (when, _) in enumerate(taken):
        before = sum(real for then, real in taken[:index] if when - MINUTE + 1e-6 < then)
        assert before + min(asks[index][1], LIMIT) <= LIMIT + 1e-6 or before == 0 or asks[index][1] == 0


@given(st.lists(st.integers(1, 100), min_size=1, max_size=30))
def test_it_waits_no_longer_than_it_must(amounts: list[int]) -> None:
    window, now = Window(LIMIT, MINUTE), 0.0
    for amount in amounts:
        delay = window.delay(amount, now)
        assert delay == 0 or window.delay(amount, now + delay - 0.001) > 0
        now += delay
        window.take(amount, now)
    assert now <= MINUTE * (sum(amounts) / LIMIT * 2 + 1)


def test_without_a_limit_nothing_waits() -> None:
    window = Window(0)
    for _ in range(1_000):
        window.take(1_000_000, 0.0)
    assert window.delay(1_000_000, 0.0) == 0.0


def gate(limits: Limits) -> Gate:
    return Gate(limits, Breaker(), lambda _: 10.0, asyncio.get_running_loop().time)


def test_first_come_first_served_even_the_large_before_the_small() -> None:
    async def order() -> list[int]:
        guard, entered = gate(Limits(concurrency=100, tokens=1_000)), []

        async def enter(number: int, tokens: float) -> None:
            assert await guard.enter(number, tokens)
            entered.append(number)

        await asyncio.gather(*(enter(n, 900 if n == 1 else 200) for n in range(8)))
        return entered

    assert run(order()) == list(range(8))


def test_one_larger_than_a_minute_goes_alone_and_blocks_nobody_for_ever() -> None:
    async def times() -> list[float]:
        guard = gate(Limits(concurrency=10, tokens=1_000))
        at = []
        for tokens in (500, 5_000, 500):
            await guard.enter(object(), tokens)
            at.append(asyncio.get_running_loop().time())
        return at

    assert run(times()) == [0.0, 60.0, 120.0]


def test_a_throttled_provider_is_asked_by_half_as_many_then_by_more_again() -> None:
    async def counts() -> list[int]:
        guard, seen = gate(Limits(concurrency=8)), []

        async def full() -> list[object]:
            tickets = []
            while True:
                try:
                    async with asyncio.timeout(100):
                        tickets.append(await guard.enter(object(), 1))
                except TimeoutError:
                    seen.append(len(tickets))
                    return tickets

        for ticket in await full():
            guard.throttled(ticket, 5.0)  # type: ignore[arg-type]
        for _ in range(6):
            for ticket in await full():
                guard.answered(ticket)  # type: ignore[arg-type]
        return seen

    seen = run(counts())
    assert seen[:2] == [8, 4] and seen[1:] == sorted(seen[1:]) and seen[-1] == 8


def test_after_hours_of_throttling_it_is_soon_asked_by_many_again() -> None:
    async def rounds() -> int:
        guard = gate(Limits(concurrency=64))
        for _ in range(100):
            ticket = await guard.enter(object(), 1)
            assert ticket
            guard.throttled(ticket, 60.0)
        for count in range(1, 50):
            tickets = []
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(100):
                    while True:
                        tickets.append(await guard.enter(object(), 1))
            if len(tickets) >= 32:
                return count
            for ticket in tickets:
                assert ticket
                guard.answered(ticket)
        return 50

    assert run(rounds()) <= 7
