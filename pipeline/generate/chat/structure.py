"""A chat model bound to answer in a wanted form, by its provider's own means: a JSON schema, or a tool that it must call."""

import warnings
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel
    from langchain_core.messages import AIMessage
    from langchain_core.runnables import Runnable, RunnableBinding


def in_form(model: "BaseChatModel", wanted: Mapping[str, Any]) -> "Runnable[Any, AIMessage]":
    """The model, bound to answer in the form of a JSON schema; slow to build, so it is kept.

    What LangChain makes of a schema is the bound model and a parser after it. Only the first is used: a message that does not
    parse is still a message, and reading it is our matter (`replies`).

    Raises:
        NotImplementedError: the model has no structured output.
    """
    from langchain_core.runnables import RunnableBinding, RunnableSequence

    strict: dict[str, Any] = {"strict": True} if type(model).__module__.startswith("langchain_openai") else {}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # which of its ways a model does not have; the message tells us
        made = model.with_structured_output(dict(wanted), **strict)
    if not isinstance(made, RunnableSequence):
        raise NotImplementedError
    bound: Runnable[Any, AIMessage] = made.first
    if isinstance(bound, RunnableBinding) and "response_format" in bound.kwargs and hasattr(model, "extra_body"):
        return _as_it_is(bound)
    return bound


def _as_it_is(bound: "RunnableBinding[Any, AIMessage]") -> "Runnable[Any, AIMessage]":
    """The schema sent as it is: OpenAI's package would walk through all of it at each call."""
    kept = {name: value for name, value in bound.kwargs.items() if name != "response_format"}
    given = getattr(bound.bound, "extra_body", None) or {}
    return bound.bound.bind(**kept, extra_body={**given, "response_format": bound.kwargs["response_format"]})
