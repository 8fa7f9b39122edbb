"""PROVIDER:MODEL and the settings -> a LangChain chat model, ready to be asked."""

import os
import re
from random import random
from typing import TYPE_CHECKING, Any

from pipeline.errors import BackendUnavailable
from pipeline.generate.chat.completions import Completions
from pipeline.generate.chat.trouble import trouble_of

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel

    from pipeline.settings import Settings

OLLAMA_CONTEXT = 16_384  # tokens; Ollama's own default is so short that it would cut our prompts off without a word
_SHORT = {"google": "google_genai", "bedrock": "bedrock_converse", "aws": "bedrock_converse"}
_EXTRAS = {
    "openai": "openai",
    "azure_openai": "openai",
    "anthropic": "anthropic",
    "bedrock_converse": "aws",
    "ollama": "ollama",
    "google_genai": "google",
}
_LENGTH = {"ollama": "num_predict", "google_genai": "max_output_tokens"}  # what others call max_tokens
_SEEDED = {"openai", "azure_openai", "ollama", "google_genai"}


def chat_model(name: str, settings: "Settings") -> "BaseChatModel":
    """The chat model of a PROVIDER:MODEL string: temperature 0, seeded where it can be, each call tried once.

    Args:
        name: LangChain's model string; "google:" and "bedrock:" are understood too. A Bedrock model may be an inference profile.
        settings: time-out, seed, length of answers, base URL, AWS region and guardrail; keys come from the environment, as each provider names them.

    Raises:
        BackendUnavailable: the provider is unknown, its package is not installed, or it is not configured.

    >>> from pipeline.settings import Settings
    >>> chat_model("nosuch:model", Settings())
    Traceback (most recent call last):
    pipeline.errors.BackendUnavailable: nosuch:model: LangChain knows no provider 'nosuch'; write PROVIDER:MODEL, such as openai:gpt-4o-mini
    """
    from langchain.chat_models import init_chat_model

    given, _, model = name.partition(":")
    provider = _SHORT.get(given, given)
    try:
        made: BaseChatModel = init_chat_model(model, model_provider=provider, **_options(provider, model, settings))
    except ImportError as error:
        wanted = _package(provider, str(error))
        raise BackendUnavailable(f"{name} needs a package that is not installed: pip install {wanted}") from error
    except Exception as error:
        if re.search(r"unsupported.{0,8}provider", str(error), re.IGNORECASE):
            known = f"LangChain knows no provider {given!r}; write PROVIDER:MODEL, such as openai:gpt-4o-mini"
            raise BackendUnavailable(f"{name}: {known}") from error
        raise trouble_of(name, _plain(error)) from error
    return _in_plain_json(_within_its_means(made))


def _options(provider: str, model: str, settings: "Settings") -> dict[str, Any]:
    """What the class of a provider is given."""
    options: dict[str, Any] = {"temperature": 0}
    if settings.base_url:
        options["base_url"] = settings.base_url
    if provider in _SEEDED:
        options["seed"] = settings.seed
    if settings.answer_tokens:
        options[_LENGTH.get(provider, "max_tokens")] = settings.answer_tokens
    if provider == "bedrock_converse":
        return options | _bedrock(model, settings)
    if provider == "ollama":
        return options | {"num_ctx": OLLAMA_CONTEXT, "client_kwargs": {"timeout": settings.request_timeout}}
    if provider == "openai" and not os.environ.get("OPENAI_API_KEY") and _own_server(settings):
        options["api_key"] = "none"  # servers of one's own ask for no key, but the package does
    if provider in {"openai", "azure_openai"}:
        options |= _over_aiohttp(settings)
    # LangChain shares an HTTP client between models of the same time-out, but a client belongs to one event loop
    own = settings.request_timeout + random() / 1000  # noqa: S311 (no secret)
    return options | {"timeout": own, "max_retries": 0}


def _over_aiohttp(settings: "Settings") -> dict[str, Any]:
    """OpenAI's own client over aiohttp, where that is installed: a quarter less processor time a call."""
    import openai

    try:
        return {"http_async_client": openai.DefaultAioHttpClient(timeout=settings.request_timeout)}
    except (AttributeError, RuntimeError):
        return {}


def _in_plain_json(model: "BaseChatModel") -> "BaseChatModel":
    """A model of OpenAI's package, asked without the types of that package."""
    if (client := getattr(model, "root_async_client", None)) is None:
        return model
    return model.model_copy(update={"async_client": Completions(client)})


def _own_server(settings: "Settings") -> bool:
    return bool(settings.base_url or os.environ.get("OPENAI_BASE_URL") or os.environ.get("OPENAI_API_BASE"))


def _bedrock(model: str, settings: "Settings") -> dict[str, Any]:
    """Region, guardrail, limits of the HTTP client; an ARN says of which maker the model is, where it says it at all."""
    from botocore.config import Config

    options: dict[str, Any] = {
        "config": Config(
            connect_timeout=min(20.0, settings.request_timeout),
            read_timeout=settings.request_timeout,
            retries={"total_max_attempts": 1},
            max_pool_connections=settings.max_concurrency,
        )
    }
    if settings.aws_region:
        options["region_name"] = settings.aws_region
    if settings.guardrail_id:
        guardrail = {"guardrailIdentifier": settings.guardrail_id, "guardrailVersion": settings.guardrail_version}
        options["guardrail_config"] = guardrail
    if model.startswith("arn:"):
        profile = model.rpartition("/")[2]
        base = re.sub(r"^(?:us|eu|apac|us-gov|global|jp|au|ca|sa)\.", "", profile)
        maker, dot, _ = base.partition(".")
        options |= {"provider": maker, "base_model_id": base} if dot else {"provider": "unknown"}
    return options


def _within_its_means(model: "BaseChatModel") -> "BaseChatModel":
    """The model without the settings that it, by what LangChain knows of it, would refuse."""
    profile: Any = getattr(model, "profile", None) or {}
    left_out: dict[str, Any] = {}
    if profile.get("temperature") is False and hasattr(model, "temperature"):
        left_out["temperature"] = None
    if getattr(model, "use_responses_api", None) and hasattr(model, "seed"):
        left_out["seed"] = None
    return model.model_copy(update=left_out) if left_out else model


def _package(provider: str, told: str) -> str:
    """What to install for a provider."""
    if extra := _EXTRAS.get(provider):
        return f'"clauseline[{extra}]"'
    package = re.search(r"\blangchain-[a-z-]+", told)
    return package[0] if package else f"langchain-{provider}"


def _plain(error: Exception) -> Exception:
    """A pydantic error without the values it was given, which may be secret."""
    from pydantic import ValidationError

    return ValueError(error.errors(include_input=False)[0]["msg"]) if isinstance(error, ValidationError) else error
