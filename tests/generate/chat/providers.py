"""A provider in this process that does what a test tells it to."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field

from schemas import Ask, Reply

SAID = Reply({"rent": 1}, '{"rent": 1}', input_tokens=100, output_tokens=10)


def about(text: str) -> Ask:
    return Ask((("human", text),))


@dataclass
class Provider:
    """Answers after `seconds`; `trouble(ask, time, number)` says what to raise instead, if anything."""

    seconds: float = 1.0
    trouble: Callable[[Ask, float, int], Exception | None] = lambda ask, now, number: None
    said: Reply = SAID
    name: str = "test:model"
    context_tokens: int = 8_000
    attachments: frozenset[str] = frozenset()
    asked: list[tuple[float, str]] = field(default_factory=list)
    most: int = 0
    _now: int = 0

    async def reply(self, ask: Ask) -> Reply:
        loop = asyncio.get_running_loop()
        self.asked.append((loop.time(), ask.messages[-1][1]))
        trouble = self.trouble(ask, loop.time(), len(self.asked))
        self._now += 1
        self.most = max(self.most, self._now)
        try:
            if trouble is not None:
                raise trouble
            await asyncio.sleep(self.seconds)
        finally:
            self._now -= 1
        return self.said
