"""A reverse proxy on loopback that makes a service as unreliable as the real ones can be, and counts what it did."""

import json
import random
import re
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import ExitStack
from dataclasses import dataclass
from typing import Self

from aiohttp import ClientSession, TCPConnector, web
from yarl import URL

from tests.services.loopback import serving

_HOP = {"connection", "keep-alive", "transfer-encoding", "content-length", "date", "server", "expect"}


@dataclass(frozen=True)
class Rates:
    """Shares of the calls, each from 0 to 1.

    Args:
        errors: answered by a 500; the call is not passed on.
        throttles: answered by the service's own word for "slow down"; the call is not passed on.
        drops: the connection is cut before the call is passed on.
        losses: the call is carried out, but the connection is cut before its answer.
        halves: a download (GET of a path alone) breaks off in the middle of its content.
    """

    errors: float = 0.05
    throttles: float = 0.05
    drops: float = 0.01
    losses: float = 0.01
    halves: float = 0.0


class FaultProxy:
    """A proxy in a thread of this process, to be used as a context manager; clients go to its `url`.

    Args:
        target: URL of the service (the moto server).
        rates: how often what goes wrong.
        services: only calls of these go wrong, as their signatures name them ("s3", "sqs", "dynamodb"); all if empty.
        seed: of the chance.

    `counts` says how often what was done: "passed", "errors", "throttles", "drops", "losses", "halves".
    """

    def __init__(self, target: str, rates: Rates = Rates(), *, services: tuple[str, ...] = (), seed: int = 0) -> None:
        self._target, self._services, self._random = target, services, random.Random(seed)
        self.rates = rates
        self.counts: Counter[str] = Counter()
        self._stack, self.url = ExitStack(), ""

    @property
    def faults(self) -> int:
        """Calls that went wrong so far."""
        return self.counts.total() - self.counts["passed"]

    def __enter__(self) -> Self:
        self.url = self._stack.enter_context(serving(self._app))
        return self

    def __exit__(self, *_: object) -> None:
        self._stack.close()

    def _app(self) -> web.Application:
        app = web.Application(client_max_size=1_000_000_000)
        app.router.add_route("*", "/{path:.*}", self._serve)
        app.cleanup_ctx.append(self._calling)
        return app

    async def _calling(self, _: web.Application) -> AsyncIterator[None]:
        connector = TCPConnector(limit=0, force_close=True)
        async with ClientSession(auto_decompress=False, connector=connector) as self._session:
            yield

    async def _serve(self, request: web.Request) -> web.StreamResponse:
        body = await request.read()
        service = _service(request)
        fault = self._fault() if not self._services or service in self._services else "passed"
        if fault == "halves" and (request.method != "GET" or request.query_string):
            fault = "passed"
        self.counts[fault] += 1
        if fault == "drops":
            return _cut(request)
        if fault in ("errors", "throttles"):
            return _refusal(request, service, throttled=fault == "throttles")
        status, headers, answer = await self._passed_on(request, body)
        if fault == "losses":
            return _cut(request)
        if fault == "halves":
            return await _half(request, status, headers, answer)
        if request.method == "HEAD":  # says how long the body would be
            return web.Response(status=status, headers=headers)
        return web.Response(status=status, headers=_without(headers, "content-length"), body=answer)

    def _fault(self) -> str:
        chance = self._random.random()
        for fault in ("errors", "throttles", "drops", "losses", "halves"):
            chance -= getattr(self.rates, fault)
            if chance < 0:
                return fault
        return "passed"

    async def _passed_on(self, request: web.Request, body: bytes) -> tuple[int, dict[str, str], bytes]:
        headers = _without(request.headers, *_HOP)
        to = URL(self._target + request.raw_path, encoded=True)
        async with self._session.request(request.method, to, headers=headers, data=body, allow_redirects=False) as got:
            return got.status, _without(got.headers, *(_HOP - {"content-length"})), await got.read()


def _service(request: web.Request) -> str:
    """As the signature of the call names it: .../20250301/us-east-1/sqs/aws4_request."""
    scope = re.search(r"Credential=[^/]+/\d+/[^/]+/([^/]+)/", request.headers.get("Authorization", ""))
    return scope[1] if scope else ""


def _without(headers: "web.Request | object", *names: str) -> dict[str, str]:
    return {name: value for name, value in headers.items() if name.lower() not in names}  # type: ignore[attr-defined]


def _cut(request: web.Request) -> web.Response:
    if request.transport is not None:
        request.transport.abort()
    return web.Response()


async def _half(request: web.Request, status: int, headers: dict[str, str], answer: bytes) -> web.StreamResponse:
    """Begin an answer and break off in the middle of its body."""
    response = web.StreamResponse(status=status, headers=_without(headers, "content-length"))
    response.content_length = len(answer)
    await response.prepare(request)
    await response.write(answer[: len(answer) // 2])
    return _cut(request)


def _refusal(request: web.Request, service: str, *, throttled: bool) -> web.Response:
    """A 500, or "slow down", in the words and form of the service."""
    if service == "s3":
        code, status = ("SlowDown", 503) if throttled else ("InternalError", 500)
        xml = f"<Error><Code>{code}</Code><Message>injected</Message><RequestId>0</RequestId></Error>"
        text = "" if request.method == "HEAD" else f'<?xml version="1.0" encoding="UTF-8"?>\n{xml}'
        return web.Response(status=status, text=text, content_type="application/xml")
    code, status = ("ThrottlingException", 400) if throttled else ("InternalServerError", 500)
    if "json" in request.headers.get("Content-Type", "") or "X-Amz-Target" in request.headers:
        said = json.dumps({"__type": f"com.amazonaws.{service}#{code}", "message": "injected"})
        kind = {"x-amzn-ErrorType": code}
        return web.Response(status=status, text=said, headers=kind, content_type="application/x-amz-json-1.0")
    xml = f"<ErrorResponse><Error><Type>Sender</Type><Code>{code}</Code><Message>injected</Message></Error></ErrorResponse>"
    return web.Response(status=status, text=xml, content_type="text/xml")
