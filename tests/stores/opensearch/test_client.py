"""The way to the server: signatures, tries, and trouble told in a line. Servers of a few lines stand in for broken ones."""

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from pipeline.errors import ServiceDown, ServiceRefused
from pipeline.stores.opensearch import Address, open_chunks
from pipeline.stores.opensearch.client import connect, send, told

Seen = list[tuple[str, str, dict[str, str], bytes]]


@contextmanager
def server(answer: Callable[[str, int], tuple[int, Any]]) -> Iterator[tuple[str, Seen]]:
    """A server on loopback that answers by path and number of the request; its HOST:PORT, and what it was asked."""
    seen: Seen = []

    class Handler(BaseHTTPRequestHandler):
        def respond(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            seen.append((self.command, self.path, {name.title(): value for name, value in self.headers.items()}, body))
            status, said = answer(self.path, len(seen))
            text = said.encode() if isinstance(said, str) else json.dumps(said).encode()
            self.send_response(status)
            self.send_header("Content-Type", "text/html" if isinstance(said, str) else "application/json")
            self.send_header("Content-Length", str(len(text)))
            self.end_headers()
            if self.command != "HEAD":
                self.wfile.write(text)

        do_GET = do_POST = do_PUT = do_HEAD = respond

        def log_message(self, *_: object) -> None: ...

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as running:
        threading.Thread(target=running.serve_forever, args=(0.02,), daemon=True).start()
        try:
            yield f"127.0.0.1:{running.server_address[1]}", seen
        finally:
            running.shutdown()


def test_requests_for_aws_are_signed_for_the_service(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "AKIDEXAMPLE")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "hunter2")
    monkeypatch.delenv("AWS_PROFILE", raising=False)
    for service in ("es", "aoss"):
        with server(lambda *_: (200, {})) as (place, seen):
            url = f"opensearch://{place}/leases?aws={service}&region=eu-west-1"
            connect(Address.of(url)).indices.exists_alias(name="leases-passages")
            signed = seen[0][2]["Authorization"]
            assert signed.startswith("AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/")
            assert f"/eu-west-1/{service}/aws4_request" in signed and "hunter2" not in str(seen)


def test_user_and_password_go_along() -> None:
    with server(lambda *_: (200, {})) as (place, seen):
        connect(Address.of(f"opensearch://ada:hunter2@{place}/leases")).indices.exists_alias(name="x")
        assert seen[0][2]["Authorization"] == "Basic YWRhOmh1bnRlcjI="


def test_a_server_that_is_not_there_is_down_and_says_so_once(caplog: pytest.LogCaptureFixture) -> None:
    with pytest.raises(ServiceDown, match="does not answer") as told_:
        open_chunks("opensearch://127.0.0.1:1/leases")
    assert "\n" not in str(told_.value) and not caplog.records


@pytest.mark.parametrize(
    ("status", "said", "kind", "words"),
    [
        (401, "Unauthorized", ServiceRefused, "check user and password"),
        (403, {"error": {"root_cause": [{"reason": "no permissions for [indices:admin]"}]}}, ServiceRefused, "no permissions"),
        (400, {"error": {"root_cause": [{"reason": "unknown setting [index.knn]"}]}}, ServiceRefused, "unknown setting"),
        (503, {"error": "no master"}, ServiceDown, "503"),
        (500, {"error": {"type": "boom"}}, ServiceDown, "boom"),
    ],
)  # fmt: skip
def test_answers_that_are_errors_are_told_in_a_line(status: int, said: Any, kind: type[Exception], words: str) -> None:
    with server(lambda *_: (status, said)) as (place, _):
        address = Address.of(f"opensearch://{place}/leases")
        with pytest.raises(kind, match=words) as told_, told(address):
            connect(address).count(index="leases-passages")
        assert "\n" not in str(told_.value)


def test_a_busy_server_is_asked_again() -> None:
    with server(lambda _, number: (503 if number < 3 else 200, {"count": 7})) as (place, seen):
        assert connect(Address.of(f"opensearch://{place}/leases")).count(index="x")["count"] == 7
        assert len(seen) == 3


def test_of_a_bulk_request_only_what_was_not_taken_is_sent_again() -> None:
    def answer(_: str, number: int) -> tuple[int, Any]:
        done = {"index": {"status": 201}}
        busy = {"index": {"status": 429, "error": {"type": "rejected", "reason": "queue is full"}}}
        return 200, {"errors": number == 1, "items": [done, busy] if number == 1 else [done]}

    with server(answer) as (place, seen):
        client = connect(Address.of(f"opensearch://{place}/leases"))
        send(client, ({"_op_type": "index", "_index": "x", "_id": key, "_source": {}} for key in "ab"))
        assert len(seen) == 2


def test_what_a_bulk_request_refuses_is_told_without_what_was_sent() -> None:
    item = {"index": {"status": 400, "error": {"type": "mapper_parsing_exception", "reason": "failed to parse [page]"}}}
    with server(lambda *_: (200, {"errors": True, "items": [item]})) as (place, _):
        client = connect(Address.of(f"opensearch://{place}/leases"))
        with pytest.raises(ServiceRefused, match="failed to parse") as told_:
            send(client, [{"_op_type": "index", "_index": "x", "_id": "a", "_source": {"text": "Ada Byron"}}])
        assert "Ada" not in str(told_.value)
