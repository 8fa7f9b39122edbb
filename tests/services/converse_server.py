"""A server that speaks Amazon Bedrock's Converse, by a script."""

import base64
import json
from collections.abc import Mapping, Sequence
from typing import Any

from tests.services.script import Answerer, Question, Turn
from tests.services.service import Dialect, Service, Written

_REASONS = {
    "": "end_turn",
    "length": "max_tokens",
    "filtered": "content_filtered",
    "refused": "refusal",
    "guardrail": "guardrail_intervened",
}
_ERRORS = {
    400: "ValidationException",
    403: "AccessDeniedException",
    404: "ResourceNotFoundException",
    408: "ModelTimeoutException",
    424: "ModelErrorException",
    429: "ThrottlingException",
    500: "InternalServerException",
    503: "ServiceUnavailableException",
}


def converse_server(answer: Answerer | Sequence[Turn], keep: int = 1000) -> Service:
    """The server; its `url` is the endpoint URL for boto3."""
    return Service(CONVERSE, answer, keep)


def _read(number: int, model: str, body: Mapping[str, Any], headers: Mapping[str, str]) -> Question:
    tools = [t["toolSpec"] for t in body.get("toolConfig", {}).get("tools", []) if "toolSpec" in t]
    settings = body.get("inferenceConfig", {})
    blocks = [*body.get("system", ()), *(b for m in body["messages"] for b in m["content"])]
    system = [("system", b["text"]) for b in body.get("system", ()) if "text" in b]
    return Question(
        number,
        (
            *system,
            *((m["role"], "\n\n".join(b["text"] for b in m["content"] if "text" in b)) for m in body["messages"]),
        ),
        tools[0]["inputSchema"]["json"] if tools else None,
        tools[0]["name"] if tools else "",
        tuple(base64.b64decode(b["document"]["source"]["bytes"]) for b in blocks if "document" in b),
        sum("cachePoint" in b for b in blocks),
        temperature=settings.get("temperature"),
        model=model,
        body=body,
        headers=headers,
    )


def _write(question: Question, turn: Turn) -> Written:
    if turn.status >= 400:
        return {"message": turn.message}, {"x-amzn-ErrorType": _ERRORS.get(turn.status, "InternalServerException")}
    content: list[dict[str, Any]] = [{"text": turn.text}] if turn.text else []
    reason = _REASONS[turn.stop]
    if question.tool and not turn.plain and turn.stop in {"", "length"}:
        content = [{"toolUse": {"toolUseId": "t1", "name": question.tool, "input": _arguments(turn.text)}}]
        reason = "tool_use" if reason == "end_turn" else reason
    asked = len(question.text) // 4 if turn.input_tokens is None else turn.input_tokens
    said = len(turn.text) // 4 if turn.output_tokens is None else turn.output_tokens
    usage = {"inputTokens": asked, "outputTokens": said, "totalTokens": asked + turn.cached_tokens + said}
    return {
        "output": {"message": {"role": "assistant", "content": content}},
        "stopReason": reason,
        "usage": {**usage, "cacheReadInputTokens": turn.cached_tokens},
        "metrics": {"latencyMs": int(turn.seconds * 1000)},
    }, {}


def _arguments(text: str) -> Any:
    """Arguments that were cut off are lost, as they are at Bedrock."""
    try:
        return json.loads(text)
    except ValueError:
        return {}


CONVERSE = Dialect("/model/{model}/converse", _read, _write)
