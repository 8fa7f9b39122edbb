"""An HTTP server on loopback that answers like a model's provider, by a script."""

import asyncio
import json
from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from multiprocessing import get_context
from multiprocessing.connection import Connection
from typing import Any, Self

from aiohttp import web

from tests.services.loopback import serving
from tests.services.script import Answerer, Question, Turn, in_order

Written = tuple[Mapping[str, Any], Mapping[str, str]]


@dataclass(frozen=True)
class Dialect:
    """A provider's protocol.

    Args:
        path: aiohttp route of the one request it knows.
        read: (number, model of the path, body, headers) -> question.
        write: (question, turn) -> body and headers of the answer.
    """

    path: str
    read: Callable[[int, str, Mapping[str, Any], Mapping[str, str]], Question]
    write: Callable[[Question, Turn], Written]


class Service:
    """A provider in a thread of this process, to be used as a context manager.

    Args:
        dialect: its protocol.
        answer: from question to turn, or turns to give in order, the last one for good.
        keep: how many of the latest questions are remembered in `asked`.
    """

    def __init__(self, dialect: Dialect, answer: Answerer | Sequence[Turn], keep: int = 1000) -> None:
        self._dialect = dialect
        self._answer = answer if callable(answer) else in_order(answer)
        self._stack, self.url = ExitStack(), ""
        self.asked: deque[Question] = deque(maxlen=keep)
        self.count = 0
        self.in_flight = 0
        self.most_in_flight = 0
        self._more = asyncio.Condition()

    def __enter__(self) -> Self:
        self.url = self._stack.enter_context(serving(self._app))
        return self

    def __exit__(self, *_: object) -> None:
        self._stack.close()

    def _app(self) -> web.Application:
        app = web.Application(client_max_size=100_000_000)
        app.router.add_post(self._dialect.path, self._serve)
        app.router.add_get("/seen", self._seen)
        return app

    async def _serve(self, request: web.Request) -> web.StreamResponse:
        number, self.count = self.count, self.count + 1
        self.in_flight += 1
        self.most_in_flight = max(self.most_in_flight, self.in_flight)
        try:
            async with self._more:
                self._more.notify_all()
            body = json.loads(await request.read())
            model = request.match_info.get("model", "")
            question = self._dialect.read(number, model, body, dict(request.headers))
            self.asked.append(question)
            turn = self._answer(question)
            if turn.beside:
                await self._crowd(turn.beside)
            if turn.seconds:
                await asyncio.sleep(turn.seconds)
            return self._response(request, question, turn)
        finally:
            self.in_flight -= 1

    async def _crowd(self, size: int) -> None:
        with suppress(TimeoutError):
            async with asyncio.timeout(20), self._more:
                await self._more.wait_for(lambda: self.most_in_flight >= size)

    def _response(self, request: web.Request, question: Question, turn: Turn) -> web.StreamResponse:
        if turn.broken == "dropped":
            assert request.transport is not None
            request.transport.abort()
            return web.Response()
        written, headers = self._dialect.write(question, turn)
        text = json.dumps(written)
        if turn.broken == "body":
            text = text[: len(text) // 2]
        if turn.retry_after is not None:
            headers = {**headers, "Retry-After": turn.retry_after}
        return web.Response(text=text, status=turn.status, headers=headers, content_type="application/json")

    async def _seen(self, _: web.Request) -> web.Response:
        return web.json_response({"count": self.count, "most_in_flight": self.most_in_flight})


@contextmanager
def apart(dialect: Dialect, answer: Answerer) -> Iterator[str]:
    """The URL of a provider in a process of its own, which takes no time from this one; GET /seen tells its counts.

    Args:
        dialect, answer: as of `Service`; both must be importable (no closures).
    """
    context = get_context("spawn")
    ours, theirs = context.Pipe()
    process = context.Process(target=_stand_alone, args=(dialect, answer, theirs), daemon=True)
    process.start()
    try:
        yield ours.recv()
    finally:
        ours.send("stop")
        process.join(20)


def _stand_alone(dialect: Dialect, answer: Answerer, pipe: Connection) -> None:
    with Service(dialect, answer, keep=0) as service:
        pipe.send(service.url)
        pipe.recv()
