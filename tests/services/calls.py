"""How much processor time a call to a model takes on our side: python -m tests.services.calls [--calls N] [--at-once N]."""

import argparse
import asyncio
import gc
import json
import os
import time
from collections.abc import Callable

from pipeline.generate.chat.provider import provider_for
from pipeline.prompt import render, wanted_schema
from pipeline.settings import Settings
from schemas import Ask, Passage, analysis_for
from tests.services.anthropic_server import ANTHROPIC
from tests.services.converse_server import CONVERSE
from tests.services.openai_server import OPENAI
from tests.services.script import Question, Turn
from tests.services.service import Dialect, apart

VENDORS = {
    "openai:m": (OPENAI, "/v1"),
    "anthropic:claude-sonnet-4-5": (ANTHROPIC, ""),
    "bedrock_converse:anthropic.claude-sonnet-4-5-20250929-v1:0": (CONVERSE, ""),
}


def answer(question: Question) -> Turn:
    """An answer with all fields of the question."""
    fields = dict(question.schema or {}).get("properties", {})
    one = {"value": "Ada Byron", "quote": "between Ada Byron and", "passage": 1, "confidence": 0.9}
    return Turn(json.dumps(dict.fromkeys(fields, one)))


def question(characters: int = 20_000) -> Ask:
    """The largest field group of a lease, with passages of so many characters."""
    lease = analysis_for("lease")
    group = max(lease.groups, key=lambda g: len(g.fields))
    passage = Passage(1, "rent is due " * (characters // 12), 0, characters, 1)
    return Ask(render("extract", lease, group, (passage,)), wanted_schema("extract", lease.model, group))


async def measured(reply: Callable[[Ask], object], calls: int, at_once: int) -> tuple[float, float]:
    """Milliseconds of processor time and of waiting for each of `calls` calls, `at_once` in flight."""
    ask, gate = question(), asyncio.Semaphore(at_once)

    async def one() -> None:
        async with gate:
            await reply(ask)  # type: ignore[misc]

    await one()
    gc.collect()
    gc.freeze()
    processor, clock = time.process_time(), time.perf_counter()
    await asyncio.gather(*(one() for _ in range(calls)))
    return (time.process_time() - processor) / calls * 1000, (time.perf_counter() - clock) / calls * 1000


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--calls", type=int, default=100)
    parser.add_argument("--at-once", type=int, default=32)
    parser.add_argument("--rounds", type=int, default=5)
    given = parser.parse_args()
    for name in ("OPENAI_API_KEY", "ANTHROPIC_API_KEY", "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        os.environ[name] = "dummy"
    for name, (dialect, path) in VENDORS.items():
        rounds = _rounds(name, dialect, path, given)
        print(f"{name}: {min(rounds)[0]:.1f} ms of processor time a call, best of {given.rounds} rounds")


def _rounds(name: str, dialect: Dialect, path: str, given: argparse.Namespace) -> list[tuple[float, float]]:
    with apart(dialect, answer) as url, asyncio.Runner() as runner:
        settings = Settings(base_url=url + path, aws_region="us-east-1", max_concurrency=given.at_once)
        reply = provider_for(name, settings).reply
        return [runner.run(measured(reply, given.calls, given.at_once)) for _ in range(given.rounds)]


if __name__ == "__main__":
    main()
