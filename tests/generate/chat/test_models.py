"""Models by name: configured as the settings say, or a line that says what is missing."""

import subprocess
import sys
from typing import Any

import pytest

from pipeline.errors import BackendUnavailable
from pipeline.generate.chat.models import OLLAMA_CONTEXT, chat_model
from pipeline.generate.chat.provider import Provider
from pipeline.settings import Settings

KEYS = (
    "OPENAI_API_KEY", "OPENAI_BASE_URL", "OPENAI_API_BASE", "ANTHROPIC_API_KEY", "GOOGLE_API_KEY", "GEMINI_API_KEY",
    "AWS_REGION", "AWS_DEFAULT_REGION", "AWS_PROFILE", "AWS_CA_BUNDLE",
)  # fmt: skip


@pytest.fixture(autouse=True)
def unconfigured(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in KEYS:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("AWS_CONFIG_FILE", "/nonexistent")
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")


def made(name: str, **settings: Any) -> Any:
    return chat_model(name, Settings(**settings))


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("openai:gpt-4o", "OPENAI_API_KEY"),
        ("google_genai:gemini-2.5-flash", "GOOGLE_API_KEY"),
        ("google:gemini-2.5-flash", "GOOGLE_API_KEY"),
        ("bedrock_converse:amazon.nova-lite-v1:0", "region"),
        ("nosuch:model", "knows no provider 'nosuch'"),
        ("mistralai:small", "pip install langchain-mistralai"),
    ],
)
def test_what_is_missing_is_told_in_one_line(name: str, told: str) -> None:
    with pytest.raises(BackendUnavailable) as caught:
        made(name)
    assert told in str(caught.value) and "\n" not in str(caught.value) and "input_value" not in str(caught.value)


@pytest.mark.parametrize(
    ("name", "package", "extra"),
    [
        ("openai:m", "langchain_openai", "openai"),
        ("bedrock:m", "langchain_aws", "aws"),
        ("bedrock_converse:m", "botocore", "aws"),
        ("anthropic:m", "langchain_anthropic", "anthropic"),
        ("google:m", "langchain_google_genai", "google"),
        ("ollama:m", "langchain_ollama", "ollama"),
    ],
)
def test_a_missing_package_names_its_extra(name: str, package: str, extra: str) -> None:
    code = f"""
import sys
sys.modules[{package!r}] = None
from pipeline.errors import BackendUnavailable
from pipeline.generate.chat.models import chat_model
from pipeline.settings import Settings
try:
    chat_model({name!r}, Settings())
except BackendUnavailable as error:
    print(error)
"""
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=120).stdout
    assert f'pip install "clauseline[{extra}]"' in out


def test_a_server_of_ones_own_needs_no_key(monkeypatch: pytest.MonkeyPatch) -> None:
    assert made("openai:local", base_url="http://127.0.0.1:1/v1").temperature == 0
    monkeypatch.setenv("OPENAI_BASE_URL", "http://127.0.0.1:2/v1")
    assert str(made("openai:local").root_async_client.base_url) == "http://127.0.0.1:2/v1/"


def test_settings_reach_the_model() -> None:
    openai = made("openai:local", base_url="http://127.0.0.1:1/v1", seed=7, request_timeout=33)
    assert (openai.seed, openai.temperature, openai.max_retries) == (7, 0, 0)
    assert openai.request_timeout == pytest.approx(33, abs=0.01)
    ollama = made("ollama:llama3", base_url="http://127.0.0.1:1", seed=7)
    assert (ollama.seed, ollama.temperature, ollama.base_url) == (7, 0, "http://127.0.0.1:1")


@pytest.mark.parametrize(
    ("name", "called"),
    [
        ("openai:local", "max_tokens"),
        ("anthropic:claude-sonnet-4-5", "max_tokens"),
        ("bedrock_converse:us.amazon.nova-lite-v1:0", "max_tokens"),
        ("ollama:llama3", "num_predict"),
        ("google:gemini-2.5-flash", "max_output_tokens"),
    ],
)
def test_an_answer_is_no_longer_than_asked_for(name: str, called: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for key in ("OPENAI_API_KEY", "ANTHROPIC_API_KEY", "GOOGLE_API_KEY"):
        monkeypatch.setenv(key, "x")
    assert getattr(made(name, answer_tokens=700, aws_region="eu-west-1"), called) == 700


def test_bedrock_has_a_region_a_guardrail_and_room_for_all_questions() -> None:
    model = made(
        "bedrock_converse:us.amazon.nova-lite-v1:0", aws_region="eu-west-1", guardrail_id="g", max_concurrency=64
    )
    assert model.client.meta.region_name == "eu-west-1"
    assert model.guardrail_config == {"guardrailIdentifier": "g", "guardrailVersion": "DRAFT"}
    assert model.client.meta.config.max_pool_connections == 64
    assert model.client.meta.config.retries["total_max_attempts"] == 1


def test_bedrock_goes_where_the_environment_says(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_ENDPOINT_URL_BEDROCK_RUNTIME", "http://127.0.0.1:9")
    assert (
        made("bedrock:amazon.nova-lite-v1:0", aws_region="us-east-1").client.meta.endpoint_url == "http://127.0.0.1:9"
    )


def test_a_model_that_takes_no_temperature_is_given_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "x")
    assert made("openai:o3-mini").temperature is None
    assert made("openai:gpt-4o").temperature == 0


def test_google_is_configured(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GOOGLE_API_KEY", "x")
    model = made("google:gemini-2.5-flash", seed=7, request_timeout=33)
    assert (model.seed, model.temperature, model.max_retries) == (7, 0, 0)
    assert Provider(model, "google:gemini-2.5-flash").attachments == {"application/pdf"}


def test_how_much_a_model_reads(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "x")
    assert Provider(made("openai:gpt-4o"), "").context_tokens == 128_000
    assert Provider(made("openai:nobody-knows"), "").context_tokens == 32_000
    assert Provider(made("ollama:llama3"), "").context_tokens == OLLAMA_CONTEXT


def test_importing_the_provider_does_not_import_langchain() -> None:
    code = "import sys, pipeline.generate.chat.provider; print(any(m.startswith('langchain') for m in sys.modules))"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True).stdout.strip() == "False"
