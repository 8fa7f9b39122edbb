"""A server that speaks Anthropic's messages, by a script."""

import base64
import json
from collections.abc import Mapping, Sequence
from typing import Any

from tests.services.script import Answerer, Question, Turn
from tests.services.service import Dialect, Service, Written

_REASONS = {"": "end_turn", "length": "max_tokens", "filtered": "refusal", "refused": "refusal", "guardrail": "refusal"}
_ERRORS = {400: "invalid_request_error", 401: "authentication_error", 404: "not_found_error", 429: "rate_limit_error"}


def anthropic_server(answer: Answerer | Sequence[Turn], keep: int = 1000) -> Service:
    """The server; its `url` is the base URL for clients."""
    return Service(ANTHROPIC, answer, keep)


def _blocks(content: Any) -> list[dict[str, Any]]:
    return [{"type": "text", "text": content}] if isinstance(content, str) else list(content)


def _text(content: Any) -> str:
    return "\n\n".join(b["text"] for b in _blocks(content) if b["type"] == "text")


def _read(number: int, _: str, body: Mapping[str, Any], headers: Mapping[str, str]) -> Question:
    blocks = [b for m in body["messages"] for b in _blocks(m["content"])]
    tool = body["tools"][0] if body.get("tools") else None
    system = [("system", _text(body["system"]))] if body.get("system") else []
    return Question(
        number,
        (*system, *((m["role"], _text(m["content"])) for m in body["messages"])),
        tool["input_schema"] if tool else None,
        tool["name"] if tool else "",
        tuple(base64.b64decode(b["source"]["data"]) for b in blocks if b["type"] == "document"),
        sum("cache_control" in b for b in blocks),
        temperature=body.get("temperature"),
        model=body["model"],
        body=body,
        headers=headers,
    )


def _write(question: Question, turn: Turn) -> Written:
    if turn.status >= 400:
        return {"type": "error", "error": {"type": _ERRORS.get(turn.status, "api_error"), "message": turn.message}}, {}
    content: list[dict[str, Any]] = [{"type": "text", "text": turn.text}] if turn.text else []
    reason = _REASONS[turn.stop]
    if question.tool and not turn.plain and turn.stop in {"", "length"}:
        content = [{"type": "tool_use", "id": "t1", "name": question.tool, "input": _arguments(turn.text)}]
        reason = "tool_use" if reason == "end_turn" else reason
    asked = len(question.text) // 4 if turn.input_tokens is None else turn.input_tokens
    said = len(turn.text) // 4 if turn.output_tokens is None else turn.output_tokens
    return {
        "id": "msg_1",
        "type": "message",
        "role": "assistant",
        "model": question.model,
        "content": content,
        "stop_reason": reason,
        "stop_sequence": None,
        "usage": {"input_tokens": asked, "output_tokens": said, "cache_read_input_tokens": turn.cached_tokens},
    }, {}


def _arguments(text: str) -> Any:
    try:
        return json.loads(text)
    except ValueError:
        return {}


ANTHROPIC = Dialect("/v1/messages", _read, _write)
