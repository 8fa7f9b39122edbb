"""What the gateway itself takes: next to nothing, and no second of what the provider allows."""

import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from pipeline.generate.chat.gateway import Gateway
from pipeline.generate.chat.limits import Limits
from pipeline.generate.chat.prices import FREE
from schemas import Ask, Reply
from tests.generate.chat.providers import SAID, Provider, about


class Instant(Provider):
    async def reply(self, ask: Ask) -> Reply:
        return SAID


@pytest.mark.alone
def test_a_question_costs_little_processor_time() -> None:
    asks = [about(f"{number} " * 500) for number in range(500)]
    with Gateway(Instant(), limits=Limits(64, requests=10**9, tokens=10**12), price=FREE) as gateway:
        spent = []
        for _ in range(3):
            began = time.process_time()
            for ask in asks:
                gateway.ask(ask)
            spent.append((time.process_time() - began) / len(asks))
    print(f"processor time of a question: {min(spent) * 1_000:.2f} ms")
    assert min(spent) < 0.003


@pytest.mark.alone
@pytest.mark.slow
def test_sixty_four_in_flight_for_a_second_each_come_close_to_the_ideal() -> None:
    provider = Provider(seconds=1.0)
    asked = 32 * 64  # whole rounds: the last one of 2,000 would be half empty for a second, whatever the gateway does
    with Gateway(provider, limits=Limits(64), price=FREE) as gateway, ThreadPoolExecutor(128) as pool:
        began = time.monotonic()
        replies = list(pool.map(gateway.ask, (about(f"{number} " * 500) for number in range(asked))))
        ratio = asked / 64 / (time.monotonic() - began)
    print(f"throughput over the ideal: {ratio:.3f}")
    assert len(replies) == asked and ratio > 0.95
