"""A backend is chosen by its name, and what is wrong with a name is said in one line."""

import importlib.util
import json
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from pipeline.errors import BackendUnavailable
from pipeline.generate import backend_for
from pipeline.prompt import render, wanted_schema
from pipeline.settings import Settings
from schemas import Document, Page, Passage, Task, analysis_for
from tests.generate.chat.scripted import ScriptedClient
from tests.services.openai_server import openai_server
from tests.services.script import Turn


def test_offline_needs_nothing() -> None:
    backend = backend_for("offline")
    assert backend.name == "offline" and backend.context_tokens is None


@pytest.mark.parametrize("name", ["", "gpt-4o", ":", "openai:", ":model", "Offline"])
def test_an_unknown_name_says_what_there_is(name: str) -> None:
    with pytest.raises(BackendUnavailable, match=r"offline.*PROVIDER:MODEL"):
        backend_for(name)


def test_an_unknown_provider_is_named() -> None:
    with pytest.raises(BackendUnavailable, match="no provider 'nonsense'"):
        backend_for("nonsense:model")


@pytest.mark.parametrize(
    ("name", "package", "wanted"),
    [
        ("openai:gpt-4o-mini", "langchain_openai", r"pip install \"clauseline\[openai\]\""),
        ("anthropic:claude", "langchain_anthropic", r"pip install \"clauseline\[anthropic\]\""),
        ("bedrock_converse:m", "langchain_aws", r"pip install \"clauseline\[aws\]\""),
        ("ollama:llama3.1", "langchain_ollama", r"pip install \"clauseline\[ollama\]\""),
        ("mistralai:m", "langchain_mistralai", "pip install langchain-mistralai"),
    ],
)
def test_a_missing_package_is_named_with_how_to_install_it(name: str, package: str, wanted: str) -> None:
    if importlib.util.find_spec(package):
        pytest.skip(f"{package} is installed here")
    with pytest.raises(BackendUnavailable, match=wanted):
        backend_for(name)


TEXT = "LEASE. Tenant pays a deposit of $900 upon signing this lease."
DOCUMENT = Document("a", "0" * 64, "text/plain", TEXT, (Page(1, 0, len(TEXT)),))
LEASE = analysis_for("lease")
GROUP = LEASE.groups[5]


def settings_for(tmp_path: Path, url: str, **more: Any) -> Settings:
    return Settings(
        _env_file=None, backend="openai:test", base_url=f"{url}/v1", database=f"sqlite:///{tmp_path}/kept.db", **more
    )


def task() -> Task:
    wanted = wanted_schema("extract", LEASE.model, GROUP)
    passages = (Passage(1, TEXT, 0, len(TEXT), 1),)
    messages = partial(render, "extract", LEASE, group=GROUP, passages=passages)
    return Task("extract", "lease", DOCUMENT, passages, GROUP, wanted=wanted, render=messages)


def deposit(amount: int) -> Turn:
    said = {"value": amount, "quote": f"deposit of ${amount}", "passage": 1, "confidence": 0.9}
    nothing = {"value": None, "quote": None, "passage": None, "confidence": 0.9}
    return Turn(json.dumps({"deposit_amount": said, "deposit_paid_by_date": nothing}))


def test_from_a_name_to_an_answer_over_http(tmp_path: Path) -> None:
    with openai_server([deposit(900)]) as server:
        settings = settings_for(tmp_path, server.url)
        backend = backend_for(settings.backend, settings)
        first, again = backend.answer(task()), backend_for(settings.backend, settings).answer(task())
    amount = first.fields["deposit_amount"]
    assert (amount.value, amount.quotes[0].start, backend.name) == (900, 21, "openai:test")
    assert first.calls == 1 and first.input_tokens > 0 and "alone" not in amount.features
    assert (again.calls, again.kept) == (0, 1) and again.fields == first.fields, "a re-run is free"


def test_without_a_second_opinion_the_model_stands_alone(tmp_path: Path) -> None:
    with openai_server([deposit(900)]) as server:
        settings = settings_for(tmp_path, server.url, second_opinion=False, votes=3)
        answer = backend_for(settings.backend, settings).answer(task())
        assert server.count == 3
    assert answer.fields["deposit_amount"].features["alone"] == 1.0 and answer.calls == 3


def test_an_invented_deposit_is_asked_for_again_over_http(tmp_path: Path) -> None:
    with openai_server([deposit(750), deposit(900)]) as server:
        settings = settings_for(tmp_path, server.url, second_opinion=False)
        answer = backend_for(settings.backend, settings).answer(task())
        assert "deposit of $750" in server.asked[1].text
    assert answer.fields["deposit_amount"].value == 900 and answer.calls == 2


def test_a_client_that_is_given_is_asked() -> None:
    client = ScriptedClient(lambda _: json.loads(deposit(900).text))
    answer = backend_for("openai:test", Settings(_env_file=None), client).answer(task())
    assert answer.fields["deposit_amount"].value == 900 and len(client.asked) == 1
