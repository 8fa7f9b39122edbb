"""A server that speaks OpenAI's chat completions, by a script."""

import base64
from collections.abc import Mapping, Sequence
from typing import Any

from tests.services.script import Answerer, Question, Turn
from tests.services.service import Dialect, Service, Written

_REASONS = {
    "": "stop",
    "length": "length",
    "filtered": "content_filter",
    "refused": "stop",
    "guardrail": "content_filter",
}


def openai_server(answer: Answerer | Sequence[Turn], keep: int = 1000) -> Service:
    """The server; its `url` + "/v1" is the base URL for clients."""
    return Service(OPENAI, answer, keep)


def _read(number: int, _: str, body: Mapping[str, Any], headers: Mapping[str, str]) -> Question:
    wanted = body.get("response_format", {}).get("json_schema", {}).get("schema")
    called = body["tools"][0]["function"] if body.get("tools") else None
    blocks = [block for m in body["messages"] if isinstance(m["content"], list) for block in m["content"]]
    return Question(
        number,
        tuple((m["role"], _text(m["content"])) for m in body["messages"]),
        called["parameters"] if called else wanted,
        called["name"] if called else "",
        tuple(base64.b64decode(b["file"]["file_data"].partition(",")[2]) for b in blocks if b["type"] == "file"),
        temperature=body.get("temperature"),
        seed=body.get("seed"),
        model=body["model"],
        body=body,
        headers=headers,
    )


def _text(content: Any) -> str:
    return content if isinstance(content, str) else "\n\n".join(b["text"] for b in content if b["type"] == "text")


def _write(question: Question, turn: Turn) -> Written:
    if turn.status >= 400:
        return {"error": {"message": turn.message, "type": turn.code, "param": None, "code": turn.code}}, {}
    message: dict[str, Any] = {"role": "assistant", "content": turn.text, "refusal": None}
    reason = _REASONS[turn.stop]
    if turn.stop == "refused":
        message |= {"content": None, "refusal": turn.text or "I can't help with that."}
    elif question.tool and not turn.plain:
        call = {"name": question.tool, "arguments": turn.text}
        message |= {"content": None, "tool_calls": [{"id": "call_1", "type": "function", "function": call}]}
        reason = "tool_calls" if reason == "stop" else reason
    asked = len(question.text) // 4 if turn.input_tokens is None else turn.input_tokens
    said = len(turn.text) // 4 if turn.output_tokens is None else turn.output_tokens
    usage = {"prompt_tokens": asked, "completion_tokens": said, "total_tokens": asked + said}
    return {
        "id": f"chatcmpl-{question.number}",
        "object": "chat.completion",
        "created": 1_700_000_000,
        "model": question.model,
        "choices": [{"index": 0, "message": message, "finish_reason": reason}],
        "usage": {**usage, "prompt_tokens_details": {"cached_tokens": turn.cached_tokens}},
    }, {}


OPENAI = Dialect("/v1/chat/completions", _read, _write)
