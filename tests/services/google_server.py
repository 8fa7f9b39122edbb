"""A server that speaks Google's generateContent, by a script."""

import base64
from collections.abc import Mapping, Sequence
from typing import Any

from tests.services.script import Answerer, Question, Turn
from tests.services.service import Dialect, Service, Written

_REASONS = {"": "STOP", "length": "MAX_TOKENS", "filtered": "SAFETY", "refused": "SAFETY", "guardrail": "BLOCKLIST"}
_ERRORS = {400: "INVALID_ARGUMENT", 403: "PERMISSION_DENIED", 404: "NOT_FOUND", 429: "RESOURCE_EXHAUSTED"}


def google_server(answer: Answerer | Sequence[Turn], keep: int = 1000) -> Service:
    """The server; its `url` is the base URL for clients."""
    return Service(GOOGLE, answer, keep)


def _text(content: Mapping[str, Any]) -> str:
    return "\n\n".join(part["text"] for part in content["parts"] if "text" in part)


def _read(number: int, model: str, body: Mapping[str, Any], headers: Mapping[str, str]) -> Question:
    settings = body.get("generationConfig", {})
    system = [("system", _text(body["systemInstruction"]))] if body.get("systemInstruction") else []
    roles = {"model": "assistant"}
    parts = [part for content in body["contents"] for part in content["parts"]]
    return Question(
        number,
        (*system, *((roles.get(c["role"], c["role"]), _text(c)) for c in body["contents"])),
        settings.get("responseJsonSchema"),
        documents=tuple(base64.b64decode(p["inlineData"]["data"]) for p in parts if "inlineData" in p),
        temperature=settings.get("temperature"),
        seed=settings.get("seed"),
        model=model,
        body=body,
        headers=headers,
    )


def _write(question: Question, turn: Turn) -> Written:
    if turn.status >= 400:
        status = _ERRORS.get(turn.status, "INTERNAL")
        return {"error": {"code": turn.status, "message": turn.message, "status": status}}, {}
    asked = len(question.text) // 4 if turn.input_tokens is None else turn.input_tokens
    said = len(turn.text) // 4 if turn.output_tokens is None else turn.output_tokens
    content = {"role": "model", "parts": [{"text": turn.text}]}
    return {
        "candidates": [{"content": content, "finishReason": _REASONS[turn.stop], "index": 0}],
        "usageMetadata": {
            "promptTokenCount": asked,
            "candidatesTokenCount": said,
            "totalTokenCount": asked + said,
            "cachedContentTokenCount": turn.cached_tokens,
        },
        "modelVersion": question.model,
    }, {}


GOOGLE = Dialect("/{version}/models/{model}:generateContent", _read, _write)
