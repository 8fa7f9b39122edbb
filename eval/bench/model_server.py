"""A model that takes its time: speaks OpenAI's chat completions on loopback, `python -m eval.bench.model_server SECONDS`.

It prints its port. Each question is answered after SECONDS, however many are under way; text fields are answered with words
of the prompt and their quote, other fields with null. GET /seen tells when questions came.
"""

import asyncio
import json
import re
import sys
import time
from typing import Any

from aiohttp import web

_SENTENCE = re.compile(r"[A-Z][^\n.<>|]{40,120}\.")


def answer_to(request: dict[str, Any]) -> dict[str, Any]:
    """What the model says: for each wanted field its value, quote, passage and confidence."""
    text = " ".join(
        m["content"] if isinstance(m["content"], str) else json.dumps(m["content"]) for m in request["messages"]
    )
    wanted = request.get("response_format", {}).get("json_schema", {}).get("schema", {}).get("properties", {})
    found = _SENTENCE.search(text, len(text) // 3)
    return {
        name: _field(schema["properties"]["value"]["anyOf"][0], found[0] if found else "")
        for name, schema in wanted.items()
    }


def _field(schema: dict[str, Any], sentence: str) -> dict[str, Any]:
    if schema["type"] == "string" and "enum" not in schema and sentence:
        return {"value": sentence[:40], "quote": sentence, "passage": 1, "confidence": 0.8}
    return {"value": None, "quote": None, "passage": None, "confidence": 0.9}


async def _serve(seconds: float) -> None:
    came: list[float] = []

    async def complete(request: web.Request) -> web.Response:
        came.append(time.monotonic())
        due = asyncio.get_running_loop().time() + seconds
        body = await request.read()
        asked = json.loads(body)
        text = json.dumps(answer_to(asked))
        read, said = len(body) // 4, len(text) // 4  # four characters a token
        usage = {"prompt_tokens": read, "completion_tokens": said, "total_tokens": read + said}
        message = {"role": "assistant", "content": text, "refusal": None}
        await asyncio.sleep(due - asyncio.get_running_loop().time())
        return web.json_response(
            {
                "id": "chatcmpl-1", "object": "chat.completion", "created": 0, "model": asked["model"], "usage": usage,
                "choices": [{"index": 0, "message": message, "finish_reason": "stop"}],
            }
        )  # fmt: skip

    async def seen(_: web.Request) -> web.Response:
        return web.json_response(came)

    app = web.Application(client_max_size=100_000_000)
    app.router.add_post("/v1/chat/completions", complete)
    app.router.add_get("/seen", seen)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0, backlog=1024).start()
    print(runner.addresses[0][1], flush=True)
    await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(_serve(float(sys.argv[1])))
