"""A server that speaks Ollama's chat, by a script."""

from collections.abc import Mapping, Sequence
from typing import Any

from tests.services.script import Answerer, Question, Turn
from tests.services.service import Dialect, Service, Written


def ollama_server(answer: Answerer | Sequence[Turn], keep: int = 1000) -> Service:
    """The server; its `url` is the base URL for clients."""
    return Service(OLLAMA, answer, keep)


def _read(number: int, _: str, body: Mapping[str, Any], headers: Mapping[str, str]) -> Question:
    form = body.get("format")
    return Question(
        number,
        tuple((m["role"], m["content"]) for m in body["messages"]),
        form if isinstance(form, dict) else None,
        temperature=body.get("options", {}).get("temperature"),
        seed=body.get("options", {}).get("seed"),
        model=body["model"],
        body=body,
        headers=headers,
    )


def _write(question: Question, turn: Turn) -> Written:
    if turn.status >= 400:
        return {"error": turn.message}, {}
    asked = len(question.text) // 4 if turn.input_tokens is None else turn.input_tokens
    said = len(turn.text) // 4 if turn.output_tokens is None else turn.output_tokens
    return {
        "model": question.model,
        "created_at": "2026-01-01T00:00:00Z",
        "message": {"role": "assistant", "content": turn.text},
        "done": True,
        "done_reason": "length" if turn.stop == "length" else "stop",
        "prompt_eval_count": asked,
        "eval_count": said,
    }, {}


OLLAMA = Dialect("/api/chat", _read, _write)
