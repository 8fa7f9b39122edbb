"""Any LangChain chat model as a backend: structured output where it has it, JSON in text elsewhere, one repair round."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from pipeline.errors import BackendUnavailable, InvalidAnswer
from pipeline.generate.chat.answers import fields_of, json_in, problems_of
from schemas import Answer, Task

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel
    from langchain_core.messages import AIMessage

CONTEXT = 32_000  # tokens a model is taken to read when it does not say
_EXTRAS = {
    "openai": "openai",
    "azure_openai": "openai",
    "anthropic": "anthropic",
    "bedrock": "aws",
    "bedrock_converse": "aws",
    "ollama": "ollama",
    "google_genai": "google",
}
_NO_STRUCTURE = re.compile(r"tool|function.?call|response.?format|json.?schema|structured", re.IGNORECASE)
_FILTERED = "the content filter of the model stopped its answer ({})"
_REPAIR = "Your answer could not be used: {problems}. Answer again with one JSON object and nothing else."


class ChatBackend:
    """Answers tasks by asking a chat model.

    Args:
        model: any LangChain chat model.
        name: what results name as their source, for example "openai:gpt-4o-mini".

    A model made from a string comes from `ChatBackend.named`.
    """

    def __init__(self, model: "BaseChatModel", name: str) -> None:
        self._model = model
        self._name = name
        self._structured = True  # until the model or its server refuses

    @classmethod
    def named(cls, name: str) -> "ChatBackend":
        """The backend for a LangChain model string, PROVIDER:MODEL.

        Raises:
            BackendUnavailable: the provider is unknown, its package is not installed, or it is not configured.
        """
        return cls(_model_named(name), name)

    @property
    def name(self) -> str:
        return self._name

    @property
    def context_tokens(self) -> int | None:
        """How much the model can be shown, as far as it says."""
        profile: Any = getattr(self._model, "profile", None) or {}
        return int(profile.get("max_input_tokens") or CONTEXT)

    def answer(self, task: Task) -> Answer:
        """Ask the model; an answer of the wrong form is sent back once with what is wrong with it.

        Raises:
            BackendUnavailable: the model can't be reached, or refuses the account or the model name.
            InvalidAnswer: it answered twice without a usable JSON object, or its content filter stopped it.
        """
        messages = task.render()
        said = self._ask(messages, task.wanted)
        spent = [said]
        problems = said.problems(task.wanted)
        if problems:
            repair = _REPAIR.format(problems="; ".join(problems[:8]))
            again = self._ask((*messages, ("ai", said.text), ("human", repair)), task.wanted)
            spent.append(again)
            if again.data is not None and len(again.problems(task.wanted)) <= len(problems):
                said = again
        if said.data is None:
            why = "; ".join(said.problems(task.wanted)[:3])
            raise InvalidAnswer(f"{self._name} gave no usable answer ({why}); try again or another model")
        return Answer(
            fields_of(said.data, task.wanted),
            calls=sum(s.calls for s in spent),
            input_tokens=sum(s.input_tokens for s in spent),
            output_tokens=sum(s.output_tokens for s in spent),
        )

    def _ask(self, messages: Sequence[tuple[str, str]], wanted: Mapping[str, Any]) -> "_Said":
        """One question to the model, by structured output if it has it and a form is wanted, else in plain text."""
        given = list(messages)
        try:
            if wanted and self._structured:
                try:
                    runnable = self._model.with_structured_output(dict(wanted), include_raw=True)
                    got: Any = runnable.invoke(given)
                    return _Said.of(got["raw"], got["parsed"])
                except Exception as error:
                    if (said := _Said.in_error(error)) is not None:
                        return said
                    if not _has_no_structure(error):
                        raise
                    self._structured = False
            return _Said.of(self._model.invoke(given), None)
        except Exception as error:
            raise _unavailable(self._name, error) from error


@dataclass(frozen=True, slots=True)
class _Said:
    """One reply of the model: its JSON object if it has one, its text, what it cost, why it stopped."""

    data: dict[str, Any] | None
    text: str
    input_tokens: int = 0
    output_tokens: int = 0
    stopped: str = ""
    calls: int = field(default=1)

    @classmethod
    def of(cls, raw: "AIMessage", parsed: Any) -> "_Said":
        """Read a reply.

        Raises:
            InvalidAnswer: the provider's content filter stopped it.
        """
        text = str(raw.text)
        usage: Any = raw.usage_metadata or {}
        meta = raw.response_metadata
        stopped = str(meta.get("finish_reason") or meta.get("stop_reason") or meta.get("stopReason") or "").lower()
        if stopped in {"content_filter", "guardrail_intervened", "content_filtered", "safety", "refusal"}:
            raise InvalidAnswer(_FILTERED.format(stopped))
        data = parsed if isinstance(parsed, dict) else json_in(text)
        called = "" if text or data is None else _shown(data)
        return cls(
            data,
            text or called or "(no usable answer)",
            usage.get("input_tokens", 0),
            usage.get("output_tokens", 0),
            stopped,
        )

    @classmethod
    def in_error(cls, error: Exception) -> "_Said | None":
        """A reply that the provider's package raised as an error because it was cut off or is no JSON; else None.

        Raises:
            InvalidAnswer: the provider's content filter or the model's refusal was raised.
        """
        kind = type(error).__name__
        if "ContentFilter" in kind or "Refusal" in kind:
            raise InvalidAnswer(_FILTERED.format(kind))
        if "LengthFinish" not in kind and "OutputParser" not in kind:
            return None
        usage = getattr(getattr(error, "completion", None), "usage", None)
        spent = (getattr(usage, "prompt_tokens", 0), getattr(usage, "completion_tokens", 0))
        return cls(None, "(no usable answer)", *spent, stopped="length" if "LengthFinish" in kind else "")

    def problems(self, wanted: Mapping[str, Any]) -> list[str]:
        """What is wrong with the reply; a reply that was cut off says so."""
        found = problems_of(self.data, wanted)
        cut_off = self.stopped in {"length", "max_tokens", "model_length"}
        return ["it was cut off at the length limit, so keep quotes short", *found] if found and cut_off else found


def _shown(data: Mapping[str, Any]) -> str:
    """A tool call's arguments as the text that is sent back with a repair request."""
    import json

    return json.dumps(data, ensure_ascii=False)


def _model_named(name: str) -> "BaseChatModel":
    """The LangChain chat model of a PROVIDER:MODEL string, at temperature 0."""
    provider = name.partition(":")[0]
    from langchain.chat_models import init_chat_model

    try:
        model: BaseChatModel = init_chat_model(name, temperature=0)
    except ImportError as error:
        extra = _EXTRAS.get(provider)
        package = re.search(r"\blangchain-[a-z-]+", str(error))
        wanted = f'"clauseline[{extra}]"' if extra else package[0] if package else f"langchain-{provider}"
        raise BackendUnavailable(f"{name} needs a package that is not installed: pip install {wanted}") from error
    except ValueError as error:
        if "provider" in str(error):
            message = (
                f"{name}: LangChain knows no provider {provider!r}; write PROVIDER:MODEL, such as openai:gpt-4o-mini"
            )
            raise BackendUnavailable(message) from error
        raise _unavailable(name, error) from error
    except Exception as error:
        raise _unavailable(name, error) from error
    return model


def _has_no_structure(error: Exception) -> bool:
    """Whether a model or its server refused because it has no structured output (and not for another reason)."""
    if isinstance(error, NotImplementedError):
        return True
    status = _status_of(error)
    return status in {None, 400, 404, 422, 501} and bool(_NO_STRUCTURE.search(str(error)))


def _status_of(error: BaseException) -> int | None:
    """The HTTP status of a provider's error, where it carries one."""
    status = getattr(error, "status_code", None)
    return status if isinstance(status, int) else None


def _unavailable(name: str, error: Exception) -> Exception:
    """A provider's error as one of ours: one line that says what to do."""
    if isinstance(error, InvalidAnswer | BackendUnavailable):
        return error
    told = " ".join(str(error).split())[:160]
    hints = {
        401: "check the API key",
        403: "check the account's access to this model",
        404: "check the model name",
        429: "the account's rate limit is reached, try later",
    }
    kind = type(error).__name__
    hint = hints.get(_status_of(error) or 0)
    if hint is None:
        lost = any(word in f"{kind} {told}".lower() for word in ("connect", "timeout", "timed out"))
        hint = (
            "check that its server runs and can be reached"
            if lost
            else "check its configuration (API key, region, URL)"
        )
    return BackendUnavailable(f"{name} does not answer: {hint} ({kind}: {told})")
