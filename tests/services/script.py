"""What a scripted model is asked and what it answers, whatever protocol its server speaks."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Literal

Stop = Literal["", "length", "filtered", "refused", "guardrail"]
Broken = Literal["", "body", "dropped"]


@dataclass(frozen=True, slots=True)
class Question:
    """One request to a scripted model.

    Args:
        number: of the request at this server, from 0.
        messages: (role, text) in order, "system" among the roles; blocks of a message joined by blank lines.
        schema: JSON schema of the wanted answer, None if none is wanted by the provider's own means.
        tool: name of the tool that is to be called with the answer, "" if none.
        documents: files sent along.
        marks: how many prompt-cache marks stand in the request.
        body, headers: the request as it came.
    """

    number: int
    messages: tuple[tuple[str, str], ...]
    schema: Mapping[str, Any] | None = None
    tool: str = ""
    documents: tuple[bytes, ...] = ()
    marks: int = 0
    temperature: float | None = None
    seed: int | None = None
    model: str = ""
    body: Mapping[str, Any] = field(default_factory=dict)
    headers: Mapping[str, str] = field(default_factory=dict)

    @property
    def text(self) -> str:
        """All that was said to the model."""
        return "\n\n".join(text for _, text in self.messages)


@dataclass(frozen=True, slots=True)
class Turn:
    """One answer of a scripted model.

    Args:
        text: what it says; where a tool call is asked for, the arguments of the call.
        stop: why it stopped.
        status: HTTP status; from 400 on an error with `message` and `code` (the provider's word for the error).
        retry_after: value of the Retry-After header, None to leave it out.
        seconds: until it answers.
        beside: how many requests must have been in flight at once before it answers; after 20 seconds it answers anyway.
        broken: "body": not the JSON the protocol asks for; "dropped": the connection is closed without an answer.
        input_tokens, output_tokens: None: a quarter of the characters.
        plain: answer in text even where a tool call is asked for.
    """

    text: str = ""
    stop: Stop = ""
    status: int = 200
    message: str = ""
    code: str = ""
    retry_after: str | None = None
    seconds: float = 0.0
    beside: int = 0
    broken: Broken = ""
    input_tokens: int | None = None
    output_tokens: int | None = None
    cached_tokens: int = 0
    plain: bool = False

    def after(self, seconds: float) -> "Turn":
        """The same answer, later."""
        return replace(self, seconds=seconds)

    def with_others(self, in_flight: int) -> "Turn":
        """The same answer, once so many requests have been in flight at once."""
        return replace(self, beside=in_flight)


Answerer = Callable[[Question], Turn]


def throttled(retry_after: str | None = None) -> Turn:
    return Turn(
        status=429, message="Rate limit reached, slow down", code="rate_limit_exceeded", retry_after=retry_after
    )


def failed(status: int = 500) -> Turn:
    return Turn(status=status, message="The server had an error", code="server_error")


def refused(message: str, status: int = 400, code: str = "invalid_request_error") -> Turn:
    """The request itself is refused."""
    return Turn(status=status, message=message, code=code)


DROPPED = Turn(broken="dropped")
MALFORMED = Turn(broken="body")


def in_order(turns: Sequence[Turn]) -> Answerer:
    """Gives the turns one after the other; the last one again and again."""
    return lambda question: turns[min(question.number, len(turns) - 1)]
