"""Embedders of a provider, through LangChain, against servers on loopback that speak its protocol."""

import base64
import struct
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np
import pytest

from pipeline.embedding import embedder_for
from pipeline.errors import ServiceDown, ServiceRefused
from pipeline.settings import Settings
from tests.services.aws_server import environment
from tests.services.script import Question, Turn
from tests.services.service import Dialect, Service, Written

TITAN = "bedrock:amazon.titan-embed-text-v2:0"


def _vector(text: str) -> list[float]:
    return [float(len(text)), 3.0 * ("rent" in text), 0.0]


def _read(number: int, model: str, body: Mapping[str, Any], headers: Mapping[str, str]) -> Question:
    return Question(number, (), model=model or body["model"], body=body, headers=headers)


def _openai(question: Question, turn: Turn) -> Written:
    if turn.status >= 400:
        return {"error": {"message": turn.message, "type": "x", "param": None, "code": None}}, {}
    assert question.body is not None
    texts: Sequence[str] = question.body["input"]
    packed = [base64.b64encode(struct.pack("<3f", *_vector(text))).decode() for text in texts]
    plain = question.body.get("encoding_format") != "base64"
    data = [{"object": "embedding", "index": i, "embedding": _vector(t) if plain else p} for i, (t, p) in enumerate(zip(texts, packed, strict=True))]  # fmt: skip
    return {
        "object": "list",
        "data": data,
        "model": question.model,
        "usage": {"prompt_tokens": 1, "total_tokens": 1},
    }, {}


def _titan(question: Question, turn: Turn) -> Written:
    if turn.status >= 400:
        return {"message": turn.message}, {"x-amzn-ErrorType": "ValidationException" if turn.status == 400 else "ServiceUnavailableException"}  # fmt: skip
    assert question.body is not None
    return {"embedding": _vector(question.body["inputText"]), "inputTextTokenCount": 1}, {}


OPENAI = Dialect("/v1/embeddings", _read, _openai)
BEDROCK = Dialect("/model/{model}/invoke", _read, _titan)


@pytest.fixture
def no_sleep(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("time.sleep", lambda _: None)


@pytest.fixture
def openai(monkeypatch: pytest.MonkeyPatch) -> Settings:
    monkeypatch.setenv("OPENAI_API_KEY", "dummy")
    return Settings(embedder="openai:text-embedding-3-small")


@pytest.fixture
def aws_keys(monkeypatch: pytest.MonkeyPatch) -> Iterator[pytest.MonkeyPatch]:
    from pipeline.aws import aws_client

    aws_client.cache_clear()
    yield monkeypatch
    aws_client.cache_clear()


def test_openai_embeds_many_texts_in_few_requests(openai: Settings) -> None:
    with Service(OPENAI, [Turn("")]) as service:
        embedder = embedder_for(openai.model_copy(update={"embedder_url": f"{service.url}/v1"}))
        vectors = embedder.embed(["rent", "", "x" * 50_000, *["pets"] * 197])
        assert embedder.model == "openai:text-embedding-3-small"
        assert vectors.shape == (200, 3) and vectors.dtype == np.float32 and service.count == 2
        assert np.allclose(vectors[0], [0.8, 0.6, 0]) and not vectors[1].any()
        sent = [text for question in service.asked for text in question.body["input"]]  # type: ignore[index]
        assert max(map(len, sent)) == 24_000 and service.asked[0].headers["Authorization"] == "Bearer dummy"


def test_titan_on_bedrock_embeds(aws_keys: pytest.MonkeyPatch) -> None:
    with Service(BEDROCK, [Turn("")]) as service:
        for name, value in environment(service.url).items():
            aws_keys.setenv(name, value)
        embedder = embedder_for(Settings(embedder=TITAN))
        vectors = embedder.embed(["rent", " "])
        assert embedder.model == TITAN and np.allclose(vectors, [[0.8, 0.6, 0], [0, 0, 0]])
        assert {question.model for question in service.asked} == {"amazon.titan-embed-text-v2:0"}


def test_a_busy_provider_is_asked_again_and_a_dead_one_is_down(openai: Settings, no_sleep: None) -> None:
    with Service(OPENAI, [Turn("", status=429), Turn("", status=500), Turn("")]) as service:
        embedder = embedder_for(openai.model_copy(update={"embedder_url": f"{service.url}/v1"}))
        assert embedder.embed(["rent"]).shape == (1, 3) and service.count == 3
    with Service(OPENAI, [Turn("", status=503, message="overloaded")]) as service:
        embedder = embedder_for(openai.model_copy(update={"embedder_url": f"{service.url}/v1"}))
        with pytest.raises(ServiceDown, match="overloaded"):
            embedder.embed(["rent"])


def test_what_a_provider_refuses_is_told_in_a_line(openai: Settings, aws_keys: pytest.MonkeyPatch) -> None:
    with Service(OPENAI, [Turn("", status=401, message="wrong key")]) as service:
        embedder = embedder_for(openai.model_copy(update={"embedder_url": f"{service.url}/v1"}))
        with pytest.raises(ServiceRefused, match=r"openai:text-embedding-3-small: .*wrong key") as told:
            embedder.embed(["secret words"])
        assert "\n" not in str(told.value) and "secret" not in str(told.value)
    with Service(BEDROCK, [Turn("", status=400, message="no such model")]) as service:
        for name, value in environment(service.url).items():
            aws_keys.setenv(name, value)
        with pytest.raises(ServiceRefused, match="no such model"):
            embedder_for(Settings(embedder=TITAN)).embed(["rent"])


def test_what_is_not_there_is_told_with_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("OPENAI_API_KEY", raising=False)
    with pytest.raises(ServiceRefused, match="OPENAI_API_KEY"):
        embedder_for(Settings(embedder="openai:text-embedding-3-small"))
    with pytest.raises(ServiceRefused, match=r"pip install 'clauseline\[cohere\]'|cohere"):
        embedder_for(Settings(embedder="cohere:embed-english-v3.0"))
    with pytest.raises(ServiceRefused, match="nobody"):
        embedder_for(Settings(embedder="nobody:model"))
