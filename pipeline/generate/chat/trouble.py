"""What a provider's package raises -> what it means: wait, try again, ask otherwise, or give up with one line that says why."""

import re
from collections.abc import Iterator, Mapping
from typing import Any, Literal

from pipeline.errors import BackendUnavailable, ClauselineError, InvalidAnswer

Feature = Literal["structure", "caching", "sampling"]


class Throttled(ClauselineError):
    """The provider asks for fewer questions; `retry_after` seconds if it says how long to wait. Never a failure: wait and ask again."""

    stage = "generate"

    def __init__(self, message: str, retry_after: float | None = None) -> None:
        super().__init__(message)
        self.retry_after = retry_after


class Transient(ClauselineError):
    """The provider failed in a way that may pass: its server's error, a time-out, a lost connection."""

    stage = "generate"


class ContextTooLong(InvalidAnswer):
    """The question is longer than the model reads; `limit` in tokens if the provider says it."""

    def __init__(self, message: str, limit: int | None = None) -> None:
        super().__init__(message)
        self.limit = limit


_THROTTLING = re.compile(
    r"throttl|too ?many ?requests|slow.?down|rate.?limit|resource.?exhausted|model ?not ?ready", re.I
)
_NO_CREDIT = re.compile(
    r"insufficient.?(quota|funds|balance|credit)|credit balance|billing.?(hard.?limit|not.?active)|payment required|out of credits",
    re.IGNORECASE,
)
_TOO_LONG = re.compile(
    r"context.?(length|window|size)|(prompt|input) is too long|too many (input )?tokens in|input tokens? exceed|exceed model maximum|"
    r"maximum number of tokens|token limit",
    re.IGNORECASE,
)
_LIMIT = re.compile(
    r"(?:context (?:length|window|size)\D{0,20}|maximum(?: number of tokens allowed)?\D{0,12}|n_ctx\D{0,4}|> )(\d{3,8})(?! output)",
    re.I,
)
_FILTERED = re.compile(
    r"content.?filter|content management policy|responsible.?ai.?policy|blocked by (content|guardrail)", re.I
)
_FEATURES: Mapping[Feature, re.Pattern[str]] = {
    "caching": re.compile(r"cache.?point|cache.?control|prompt caching", re.I),
    "sampling": re.compile(r"temperature|\bseed\b|sampling param", re.I),
    "structure": re.compile(r"tool|function.?call|response.?format|json.?schema|structured|grammar", re.I),
}
_RETRY_IN = re.compile(r"retry[ _-]?(?:in|after|delay)\W{0,4}(\d+(?:\.\d+)?)\s*(ms|s|m)?\b", re.I)
_LOST = re.compile(r"timed? ?out|timeout|connect|transport|protocolerror|networkerror|httpclienterror|gaierror", re.I)
_GARBLED = re.compile(r"JSONDecodeError|ResponseParserError|APIResponseValidation|null value for 'choices'|missing 'choices'|Unexpected response type|No 'output' key", re.I)  # fmt: skip
_HINTS = {
    401: "check the API key",
    402: "the account's credit is spent",
    403: "check the account's access to this model",
    404: "check the model name",
}


def trouble_of(name: str, error: Exception) -> ClauselineError:
    """A provider's error as one of ours, its message one line that says what to do.

    Args:
        name: of the model, for the message.
        error: what LangChain or the provider's package raised.

    Returns:
        `Throttled`, `Transient`, `ContextTooLong` or `BackendUnavailable`; one of our own errors as it is.

    >>> type(trouble_of("openai:m", TimeoutError("timed out"))).__name__
    'Transient'
    >>> print(trouble_of("openai:m", ValueError("no region")))
    openai:m does not answer: check its configuration (API key, region, URL) (ValueError: no region)
    """
    if isinstance(error, ClauselineError):
        return error
    told, status = _told(error), status_of(error)
    if _too_long(status, told):
        limit = _LIMIT.search(told)
        return ContextTooLong(_line(name, "the question is too long for it", error), int(limit[1]) if limit else None)
    if status == 402 or (status in {400, 403, 429} and _NO_CREDIT.search(f"{_code_of(error)} {told}")):
        return BackendUnavailable(_line(name, _HINTS[402], error))
    if status == 429 or (status in {None, 400, 503} and _THROTTLING.search(f"{_code_of(error)} {told}")):
        return Throttled(_line(name, "the account's rate limit is reached", error), retry_after_of(error))
    if (status is not None and status >= 500) or status in {408, 409, 424, 425}:
        return Transient(_line(name, "its server has an error", error))
    if status is None and _lost(error):
        return Transient(_line(name, "check that its server runs and can be reached", error))
    if _GARBLED.search(f"{_kinds(error)} {told}"):
        return Transient(_line(name, "what it sent is not what its protocol says", error))
    return BackendUnavailable(
        _line(name, _HINTS.get(status or 0, "check its configuration (API key, region, URL)"), error)
    )


def refused_feature(error: Exception) -> Feature | None:
    """What of a request a model or its server does not know, if it refused for that reason.

    >>> refused_feature(NotImplementedError())
    'structure'
    """
    if isinstance(error, NotImplementedError):
        return "structure"
    if status_of(error) not in {None, 400, 403, 404, 422, 501} or _lost(error):
        return None
    told = _told(error)
    if _too_long(status_of(error), told):
        return None
    return next((feature for feature, words in _FEATURES.items() if words.search(told)), None)


def filtered(error: Exception) -> bool:
    """Whether the provider raised that its content filter stopped the question or the answer."""
    return status_of(error) in {None, 400, 403} and bool(
        _FILTERED.search(f"{_kinds(error)} {_code_of(error)} {_told(error)}")
    )


def status_of(error: Exception) -> int | None:
    """The HTTP status of a provider's error, where it or what caused it carries one."""
    for each in _chain(error):
        body = each.args[0] if each.args and isinstance(each.args[0], dict) else {}
        metadata = _mapping(getattr(each, "response", None)).get("ResponseMetadata", {})
        found = (
            getattr(each, "status_code", None),
            metadata.get("HTTPStatusCode"),
            getattr(each, "code", None),
            body.get("code"),
        )
        if status := next((s for s in found if isinstance(s, int) and 100 <= s < 600), None):
            return status
    return None


def retry_after_of(error: Exception) -> float | None:
    """Seconds the provider asks to wait: by its headers, else by its words.

    >>> retry_after_of(ValueError("Please retry in 34.5s."))
    34.5
    """
    for each in _chain(error):
        response = getattr(each, "response", None)
        headers = getattr(response, "headers", None) or _mapping(response).get("ResponseMetadata", {}).get(
            "HTTPHeaders"
        )
        if headers and (seconds := _seconds_in(headers)) is not None:
            return seconds
    said = _RETRY_IN.search(_told(error))
    return float(said[1]) * {"ms": 0.001, "m": 60.0}.get((said[2] or "s").lower(), 1.0) if said else None


def _seconds_in(headers: Mapping[str, str]) -> float | None:
    """The Retry-After of a response: seconds, milliseconds or a date."""
    from email.utils import parsedate_to_datetime
    from time import time

    for name, unit in (("retry-after-ms", 0.001), ("retry-after", 1.0)):
        said = headers.get(name) or ""
        try:
            return max(0.0, float(said) * unit)
        except ValueError:
            pass
        try:
            return max(0.0, parsedate_to_datetime(said).timestamp() - time())
        except ValueError:
            pass
    return None


def _too_long(status: int | None, told: str) -> bool:
    """Whether a question will never fit: into the model, or into what the account may ask in a minute."""
    if status == 429:
        return "request too large" in told.lower()
    return status in {None, 400, 413, 422, 500} and bool(_TOO_LONG.search(told))


def _chain(error: BaseException) -> Iterator[BaseException]:
    """The error and what caused it."""
    at: BaseException | None = error
    for _ in range(5):
        if at is None:
            return
        yield at
        at = at.__cause__ or at.__context__


def _kinds(error: BaseException) -> str:
    """The names of the error's classes and of those that caused it."""
    return " ".join(kind.__name__ for each in _chain(error) for kind in type(each).__mro__)


def _lost(error: Exception) -> bool:
    """Whether the server could not be reached or the connection was lost."""
    return bool(_LOST.search(_kinds(error)))


def _code_of(error: Exception) -> str:
    """The provider's word for the error."""
    for each in _chain(error):
        coded = _mapping(getattr(each, "response", None)).get("Error", {}).get("Code") or getattr(each, "code", None)
        if isinstance(coded, str):
            return coded
    return ""


def _mapping(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}


def _told(error: Exception) -> str:
    return " ".join(str(error).split())


def _line(name: str, hint: str, error: Exception) -> str:
    return f"{name} does not answer: {hint} ({type(error).__name__}: {_told(error)[:160]})"
