"""OpenAI's protocol as plain JSON: what is sent, what comes back, what goes wrong."""

import asyncio
from typing import Any

import openai
import pytest

from pipeline.generate.chat.completions import Completions
from tests.services.openai_server import openai_server
from tests.services.script import Answerer, Turn, failed
from tests.services.service import Service

MESSAGES = [{"role": "user", "content": "Rent?"}]


def said(answer: Answerer, **more: Any) -> tuple[Any, Service]:
    async def ask(url: str) -> Any:
        async with openai.AsyncOpenAI(base_url=f"{url}/v1", api_key="key", max_retries=0) as client:
            raw = await Completions(client).with_raw_response.create(model="m", messages=MESSAGES, **more)
            return raw.parse()

    with openai_server(answer) as server:
        return asyncio.run(ask(server.url)), server


def test_a_reply_is_what_the_server_sent() -> None:
    reply, _ = said(lambda question: Turn('{"rent": 900}', input_tokens=7))
    assert reply["choices"][0]["message"]["content"] == '{"rent": 900}' and reply["usage"]["prompt_tokens"] == 7


def test_the_extra_body_is_sent_as_part_of_the_question() -> None:
    form = {"type": "json_schema", "json_schema": {"name": "answer", "schema": {"type": "object"}}}
    asked: list[Any] = []

    def answer(question: Any) -> Turn:
        asked.append(question)
        return Turn("{}")

    said(answer, temperature=0, extra_body={"response_format": form})
    body = asked[0].body
    assert (body["model"], body["messages"], body["temperature"], body["response_format"]) == ("m", MESSAGES, 0, form)


def test_errors_are_those_of_the_package() -> None:
    with pytest.raises(openai.InternalServerError):
        said(lambda question: failed())
