"""The gateway from threads: many at once, replies kept, closed in time."""

import asyncio
import logging
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from pipeline.errors import BackendUnavailable, RunStopped, StoreError, WrongUsage
from pipeline.generate.chat.gateway import Gateway
from pipeline.generate.chat.limits import Limits
from pipeline.generate.chat.prices import FREE, Price
from pipeline.stores import open_stores
from schemas import Reply
from tests.generate.chat.providers import SAID, Provider, about

DOLLARS = Price(models="*", input=10_000, output=0)


def test_many_threads_are_answered_at_once() -> None:
    provider = Provider(seconds=0.05)
    with Gateway(provider, limits=Limits(32), price=FREE) as gateway, ThreadPoolExecutor(64) as pool:
        replies = list(pool.map(gateway.ask, (about(str(n)) for n in range(128))))
    assert [reply.data for reply in replies] == [SAID.data] * 128
    assert provider.most == 32 and sorted(text for _, text in provider.asked) == sorted(map(str, range(128)))


def test_a_caller_with_its_own_loop_is_answered() -> None:
    async def ask(gateway: Gateway) -> list[Reply]:
        return await asyncio.gather(*(gateway.aask(about(str(n))) for n in range(10)))

    with Gateway(Provider(seconds=0.05), price=FREE) as gateway:
        assert [reply.data for reply in asyncio.run(ask(gateway))] == [SAID.data] * 10


def test_a_kept_reply_is_free_and_says_so(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/kept.db"
    first, second = Provider(seconds=0), Provider(seconds=0)
    for provider in (first, second):
        with open_stores(url) as stores, Gateway(provider, price=DOLLARS, kept=stores.replies) as gateway:
            reply = gateway.ask(about("rent"))
            again = asyncio.run(gateway.aask(about("rent")))
            total = gateway.statistics()
        assert reply.data == again.data == SAID.data and reply.text == SAID.text
        assert again.kept and (again.cost_usd, again.calls, again.input_tokens, again.seconds) == (0.0, 0, 0, 0.0)
    assert len(first.asked) == 1 and second.asked == [] and reply.kept
    assert (total.kept, total.replies, total.cost_usd) == (2, 0, 0.0)


def test_another_configuration_of_a_model_is_asked_anew(tmp_path: Path) -> None:
    provider = Provider(seconds=0)
    with open_stores(f"sqlite:///{tmp_path}/kept.db") as stores:
        for identity in ("model, guarded", "model"):
            with Gateway(provider, price=FREE, kept=stores.replies, identity=identity) as gateway:
                assert not gateway.ask(about("rent")).kept
    assert len(provider.asked) == 2


def test_a_reply_that_is_not_whole_is_not_kept(tmp_path: Path) -> None:
    provider = Provider(seconds=0, said=Reply(None, "…", "filtered"))
    url = f"sqlite:///{tmp_path}/kept.db"
    with open_stores(url) as stores, Gateway(provider, price=FREE, kept=stores.replies) as gateway:
        assert not gateway.ask(about("rent")).kept and not gateway.ask(about("rent")).kept


class Broken:
    """A store whose disk is gone."""

    def get(self, key: str) -> Reply | None:
        raise StoreError("the database is damaged")

    def put(self, key: str, model: str, reply: Reply) -> None:
        raise StoreError("the disk is full")


def test_trouble_with_the_cache_fails_no_question_and_is_told_once(caplog: pytest.LogCaptureFixture) -> None:
    with (
        caplog.at_level(logging.WARNING, "clauseline"),
        Gateway(Provider(seconds=0), price=FREE, kept=Broken()) as gateway,
    ):
        assert gateway.ask(about("a")).data == gateway.ask(about("b")).data == SAID.data
    assert [record.message for record in caplog.records] == [
        "replies of test:model are not kept: the database is damaged"
    ]


@pytest.mark.alone
def test_close_takes_back_what_is_under_way_within_a_second() -> None:
    before = set(threading.enumerate())  # other tests may have left gateways open
    provider = Provider(seconds=60)
    gateway = Gateway(provider, limits=Limits(2), price=FREE)
    with ThreadPoolExecutor(8) as pool:
        waiting = [pool.submit(gateway.ask, about(str(n))) for n in range(8)]
        while provider.most < 2:
            time.sleep(0.01)
        began = time.monotonic()
        gateway.close()
        errors = [future.exception(timeout=5) for future in waiting]
    assert time.monotonic() - began < 1.0
    assert all(isinstance(error, RunStopped) for error in errors)
    with pytest.raises(RunStopped, match="goes on where it stopped"):
        gateway.ask(about("late"))
    assert not [thread for thread in set(threading.enumerate()) - before if thread.name == "gateway"]


def test_errors_reach_the_thread_that_asked() -> None:
    provider = Provider(trouble=lambda ask, now, n: BackendUnavailable("no such model"))
    with Gateway(provider, price=FREE) as gateway, pytest.raises(BackendUnavailable, match="no such model"):
        gateway.ask(about("rent"))


def test_a_budget_needs_a_price(caplog: pytest.LogCaptureFixture) -> None:
    with pytest.raises(WrongUsage, match=r"test:model.*--max-cost.*CLAUSELINE_PRICES"):
        Gateway(Provider(), max_cost=5.0)
    with caplog.at_level(logging.WARNING, "clauseline"), Gateway(Provider(seconds=0)) as gateway:
        assert gateway.ask(about("a")).cost_usd == gateway.ask(about("b")).cost_usd == 0.0
    assert len(caplog.records) == 1 and "CLAUSELINE_PRICES" in caplog.text
    with Gateway(Provider(name="ollama:any"), max_cost=5.0):
        pass


def test_a_provider_that_blocks_is_run_in_as_many_threads_as_may_be_in_flight() -> None:
    under_way = threading.Barrier(40, timeout=20)  # passed by forty at once, or by nobody

    class Blocking(Provider):
        async def reply(self, ask: object) -> Reply:
            await asyncio.get_running_loop().run_in_executor(None, under_way.wait)
            return SAID

    with Gateway(Blocking(), limits=Limits(40), price=FREE) as gateway, ThreadPoolExecutor(40) as pool:
        assert len(list(pool.map(gateway.ask, (about(str(n)) for n in range(40))))) == 40
