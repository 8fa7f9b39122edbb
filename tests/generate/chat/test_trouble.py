"""What providers' packages raise is told apart: wait, try again, ask otherwise, or give up saying why."""

from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from typing import Any

import pytest
from botocore.exceptions import ClientError, ConnectTimeoutError, EndpointConnectionError, NoCredentialsError

from pipeline.errors import BackendUnavailable
from pipeline.generate.chat.trouble import (
    ContextTooLong,
    Throttled,
    Transient,
    filtered,
    refused_feature,
    retry_after_of,
    trouble_of,
)


class Told(Exception):
    """An error as the packages of OpenAI, Anthropic and Ollama raise them."""

    def __init__(self, message: str, status_code: int | None = None, code: str | None = None) -> None:
        super().__init__(message)
        self.status_code = status_code
        self.code = code


class Answered:
    """The response that an error carries."""

    def __init__(self, **headers: str) -> None:
        self.headers = {name.replace("_", "-"): value for name, value in headers.items()}


def aws(code: str, message: str, status: int, **headers: str) -> ClientError:
    response: Any = {
        "Error": {"Code": code, "Message": message},
        "ResponseMetadata": {"HTTPStatusCode": status, "HTTPHeaders": headers},
    }
    return ClientError(response, "Converse")


def caused(error: Exception, cause: Exception) -> Exception:
    error.__cause__ = cause
    return error


@pytest.mark.parametrize(
    "error",
    [
        Told("Rate limit reached for gpt-4o in organization on requests per min (RPM): Limit 3", 429, "rate_limit_exceeded"),
        Told("Slow down", 429),
        Told("Please slow down your requests", 503),
        aws("ThrottlingException", "Too many tokens, please wait before trying again.", 429),
        aws("ThrottlingException", "Too many requests, please wait before trying again.", 400),
        aws("ModelNotReadyException", "The model is not ready", 429),
        caused(
            ValueError("Error calling model"),
            Told("429 RESOURCE_EXHAUSTED. You exceeded your current quota, please check your plan and billing details", 429),
        ),
    ],
    ids=str,
)  # fmt: skip
def test_throttling(error: Exception) -> None:
    assert isinstance(trouble_of("a:m", error), Throttled)


@pytest.mark.parametrize(
    "error",
    [
        Told("The server had an error", 500),
        Told("Overloaded", 529),
        Told("Bad gateway", 502),
        aws("InternalServerException", "", 500),
        aws("ServiceUnavailableException", "", 503),
        aws("ModelTimeoutException", "Model has timed out in processing the request", 408),
        aws("ModelErrorException", "The model had an error", 424),
        EndpointConnectionError(endpoint_url="https://bedrock"),
        ConnectTimeoutError(endpoint_url="https://bedrock"),
        ConnectionError("Connection refused"),
        TimeoutError(),
        ValueError({"message": "upstream failed", "code": 502}),
    ],
    ids=repr,
)
def test_what_may_pass(error: Exception) -> None:
    assert isinstance(trouble_of("a:m", error), Transient)


@pytest.mark.parametrize(
    ("error", "hint"),
    [
        (Told("Incorrect API key provided", 401), "check the API key"),
        (Told("Your project has no access", 403), "check the account's access to this model"),
        (Told("The model does not exist", 404), "check the model name"),
        (Told("You exceeded your current quota", 429, "insufficient_quota"), "credit is spent"),
        (Told("Your credit balance is too low to access the API", 400), "credit is spent"),
        (Told("Insufficient Balance", 402), "credit is spent"),
        (
            aws("AccessDeniedException", "You don't have access to the model with the specified model ID.", 403),
            "access",
        ),
        (aws("UnrecognizedClientException", "The security token included in the request is invalid.", 403), "access"),
        (NoCredentialsError(), "check its configuration"),
        (RuntimeError("boom\n" * 100), "check its configuration"),
    ],
    ids=repr,
)
def test_what_will_not_pass_says_what_to_do_in_one_line(error: Exception, hint: str) -> None:
    told = trouble_of("a:m", error)
    assert isinstance(told, BackendUnavailable)
    assert str(told).startswith("a:m does not answer: ") and hint in str(told)
    assert "\n" not in str(told) and len(str(told)) < 320


@pytest.mark.parametrize(
    ("error", "limit"),
    [
        (Told("This model's maximum context length is 4096 tokens. However, you requested 9000 tokens", 400), 4096),
        (Told("{'message': 'request exceeds the available context size', 'n_prompt_tokens': 5000, 'n_ctx': 2048}", 400), 2048),
        (Told("prompt is too long: 210000 tokens > 200000 maximum", 400), 200_000),
        (Told("The input token count (2000000) exceeds the maximum number of tokens allowed (1048576).", 400), 1_048_576),
        (aws("ValidationException", "Input is too long for requested model.", 400), None),
        (Told("Request too large for gpt-4o on tokens per min (TPM): Limit 30000, Requested 41000.", 429), None),
    ],
    ids=repr,
)  # fmt: skip
def test_a_question_that_is_too_long(error: Exception, limit: int | None) -> None:
    told = trouble_of("a:m", error)
    assert isinstance(told, ContextTooLong) and told.limit == limit


def responding(error: Told, **headers: str) -> Told:
    error.response = Answered(**headers)  # type: ignore[attr-defined]
    return error


@pytest.mark.parametrize(
    ("error", "seconds"),
    [
        (responding(Told("", 429), retry_after="7"), 7.0),
        (responding(Told("", 429), retry_after_ms="1500", retry_after="2"), 1.5),
        (responding(Told("", 429), retry_after="soon"), None),
        (responding(Told("", 429), retry_after="-3"), 0.0),
        (aws("ThrottlingException", "", 429, **{"retry-after": "4"}), 4.0),
        (Told("Quota exceeded. Please retry in 34.07s. 'retryDelay': '34s'", 429), 34.07),
        (Told("Please try again later", 429), None),
        (caused(ValueError("wrapped"), responding(Told("", 429), retry_after="9")), 9.0),
    ],
)
def test_how_long_to_wait(error: Exception, seconds: float | None) -> None:
    assert retry_after_of(error) == seconds
    throttled = trouble_of("a:m", caused(Told("", 429), error))
    assert isinstance(throttled, Throttled)


def test_a_date_to_wait_for() -> None:
    at = format_datetime(datetime.now(UTC) + timedelta(seconds=60), usegmt=True)
    seconds = retry_after_of(responding(Told("", 429), retry_after=at))
    assert seconds is not None and 50 < seconds <= 61


@pytest.mark.parametrize(
    ("error", "feature"),
    [
        (Told("this model does not support tools", 400), "structure"),
        (Told("This response_format type is unavailable now", 400), "structure"),
        (ValueError("Model x does not currently support tool_choice."), "structure"),
        (aws("ValidationException", "This model doesn't support tool use.", 400), "structure"),
        (aws("AccessDeniedException", "your request did not allow prompt caching", 403), "caching"),
        (Told("Unsupported value: 'temperature' does not support 0 with this model", 400), "sampling"),
        (Told("tools: rate limit", 429), None),
        (Told("tool server is down", 500), None),
        (ConnectionError("tool"), None),
        (Told("maximum context length is 4096 tokens including tools", 400), None),
    ],
    ids=repr,
)
def test_which_feature_was_refused(error: Exception, feature: str | None) -> None:
    assert refused_feature(error) == feature


def test_filters_are_known() -> None:
    assert filtered(Told("The response was filtered", 400, "content_filter"))
    assert filtered(Told("Output blocked by content filtering policy", 400))
    assert not filtered(Told("The server had an error", 500))


def test_our_own_errors_stay_as_they_are() -> None:
    error = Throttled("wait", 3.0)
    assert trouble_of("a:m", error) is error
