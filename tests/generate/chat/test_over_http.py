"""The gateway and the provider over real HTTP: throttled, failing, slow, interrupted."""

import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from pipeline.errors import BackendUnavailable, ClauselineError, ProviderDown
from pipeline.generate.chat.desk import Patience
from pipeline.generate.chat.gateway import Gateway
from pipeline.generate.chat.limits import Limits
from pipeline.generate.chat.prices import FREE, Price
from pipeline.generate.chat.provider import provider_for
from pipeline.settings import Settings
from schemas import Reply
from tests.generate.chat.providers import about
from tests.services.openai_server import openai_server
from tests.services.script import DROPPED, Answerer, Question, Turn, failed, throttled
from tests.services.service import Service

SAID = Turn('{"rent": 1}', input_tokens=1_000, output_tokens=10, cached_tokens=500)
BRISK = Patience(attempts=4, first=0.01, longest=0.05, failures=5, rest=0.1, down=0.6)


@contextmanager
def asking(
    answer: Answerer, in_flight: int = 16, price: Price = FREE, patience: Patience = BRISK
) -> Iterator[tuple[Gateway, Service]]:
    with openai_server(answer) as server:
        provider = provider_for("openai:m", Settings(base_url=server.url + "/v1", _env_file=None))  # type: ignore[call-arg]
        with Gateway(provider, limits=Limits(in_flight), patience=patience, price=price) as gateway:
            yield gateway, server


def answers(gateway: Gateway, count: int) -> list[Reply | ClauselineError]:
    def ask(number: int) -> Reply | ClauselineError:
        try:
            return gateway.ask(about(f"question {number}"))
        except ClauselineError as error:
            return error

    with ThreadPoolExecutor(64) as pool:
        return list(pool.map(ask, range(count)))


def test_sixty_four_are_in_flight_and_all_are_answered_and_paid_for() -> None:
    price = Price(models="*", input=2.0, cached=1.0, output=10.0)
    with asking(lambda question: SAID.with_others(64), 64, price) as (gateway, server):
        replies = answers(gateway, 128)
        total = gateway.statistics()
    assert all(isinstance(reply, Reply) and reply.cost_usd == pytest.approx(0.0016) for reply in replies)
    assert server.most_in_flight == 64 and server.count == 128
    assert (total.replies, total.input_tokens, total.cost_usd) == (128, 128_000, pytest.approx(128 * 0.0016))


def test_throttling_is_waited_out_by_all_and_fails_nobody() -> None:
    def busy(question: Question) -> Turn:
        return throttled("0.5") if question.number < 24 else SAID

    with asking(busy) as (gateway, server):
        replies = answers(gateway, 40)
        total = gateway.statistics()
    assert all(isinstance(reply, Reply) for reply in replies)
    assert total.throttled == 24 == server.count - 40 and total.throttled_seconds > 0.5


def test_failures_that_pass_are_tried_again_and_one_bad_question_fails_alone() -> None:
    asked: Counter[str] = Counter()

    def moody(question: Question) -> Turn:
        text = question.messages[-1][1]
        asked[text] += 1
        if text == "question 7":
            return failed(500)
        number = int(text.removeprefix("question "))  # none to two failures, then an answer
        return SAID if asked[text] > number % 3 else (failed(503), DROPPED)[number % 2]

    with asking(moody, in_flight=4, patience=replace(BRISK, down=60.0)) as (gateway, _):
        replies = answers(gateway, 40)
    wrong = {number: reply for number, reply in enumerate(replies) if not isinstance(reply, Reply)}
    assert list(wrong) == [7] and isinstance(wrong[7], BackendUnavailable)


@pytest.mark.alone
def test_a_provider_that_is_down_stops_everybody() -> None:
    with asking(lambda question: failed(503)) as (gateway, server):
        began = time.monotonic()
        replies = answers(gateway, 64)
        assert time.monotonic() - began < 5.0
    assert all(isinstance(reply, ProviderDown) for reply in replies) and server.count < 64


_SCRIPT = """
import sys
sys.path.insert(0, {root!r})
from pipeline.generate.chat.gateway import Gateway
from pipeline.generate.chat.prices import FREE
from pipeline.generate.chat.provider import provider_for
from pipeline.settings import Settings
from tests.generate.chat.providers import about

with Gateway(provider_for("openai:m", Settings(base_url={url!r}, _env_file=None)), price=FREE) as gateway:
    print("asking", flush=True)
    gateway.ask(about("rent"))
"""


@pytest.mark.alone
def test_ctrl_c_ends_the_process_at_once() -> None:
    with openai_server(lambda question: SAID.after(60)) as server:
        script = _SCRIPT.format(root=str(Path(__file__).parents[3]), url=server.url + "/v1")
        process = subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
        assert process.stdout and process.stdout.readline() == b"asking\n"
        while not server.in_flight:
            time.sleep(0.02)
        began = time.monotonic()
        process.send_signal(signal.SIGINT)
        process.wait(timeout=20)
        assert time.monotonic() - began < 3.0  # the interpreter's own end included
