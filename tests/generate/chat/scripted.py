"""A model client in this process that says what a test tells it to."""

import json
import threading
from collections.abc import Callable, Sequence
from typing import Any

from pipeline.generate.chat.answers import json_in
from schemas import Ask, Reply

Said = Reply | Exception | str | dict[str, Any]


def reply(said: Any, **more: Any) -> Reply:
    """A reply that says a text, or an object as JSON; 100 tokens read, 10 written."""
    text = said if isinstance(said, str) else json.dumps(said)
    return Reply(json_in(text), text, **{"input_tokens": 100, "output_tokens": 10, **more})


class ScriptedClient:
    """Gives its replies in order, or those of a function of what was asked; keeps what it was asked."""

    name = "scripted:model"
    context_tokens = 32_000
    attachments: frozenset[str] = frozenset()

    def __init__(self, replies: Sequence[Said] | Callable[[Ask], Said]) -> None:
        self._replies = replies
        self._lock = threading.Lock()
        self.asked: list[Ask] = []

    def ask(self, ask: Ask) -> Reply:
        with self._lock:
            self.asked.append(ask)
            number = len(self.asked) - 1
        said = self._replies(ask) if callable(self._replies) else self._replies[number]
        if isinstance(said, Exception):
            raise said
        return said if isinstance(said, Reply) else reply(said)

    def told(self, number: int) -> str:
        """The last message of a question."""
        return self.asked[number].messages[-1][1]
