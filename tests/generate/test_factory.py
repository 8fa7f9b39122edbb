"""A backend is chosen by its name, and what is wrong with a name is said in one line."""

import importlib.util

import pytest

from pipeline.errors import BackendUnavailable
from pipeline.generate import backend_for


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
