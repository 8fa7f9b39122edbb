"""The chat backend against a scripted model that speaks LangChain's own interface."""

import json
from collections.abc import Sequence
from typing import Any

import pytest
from langchain_core.language_models import BaseChatModel
from langchain_core.messages import AIMessage, BaseMessage
from langchain_core.outputs import ChatGeneration, ChatResult
from langchain_core.runnables import Runnable
from pydantic import Field

from pipeline.errors import BackendUnavailable, InvalidAnswer
from pipeline.generate.chat import ChatBackend
from pipeline.prompt import render, wanted_schema
from schemas import Document, FieldAnswer, Page, Quote, Task, analysis_for

Reply = AIMessage | Exception


class Scripted(BaseChatModel):
    """A chat model that gives its replies in order and keeps what it was asked; with or without tool calls."""

    replies: list[Any]
    asked: list[list[BaseMessage]] = Field(default_factory=list)
    tools: bool = False

    @property
    def _llm_type(self) -> str:
        return "scripted"

    def _generate(self, messages: list[BaseMessage], *args: Any, **kwargs: Any) -> ChatResult:
        self.asked.append(messages)
        reply = self.replies[len(self.asked) - 1]
        if isinstance(reply, Exception):
            raise reply
        return ChatResult(generations=[ChatGeneration(message=reply)])

    def bind_tools(self, tools: Sequence[Any], **kwargs: Any) -> Runnable[Any, AIMessage]:
        if not self.tools:
            raise NotImplementedError
        return self.bind(tools=tools)


LEASE = analysis_for("lease")
DEPOSIT = LEASE.groups[5]
TEXT = "Tenant pays a deposit of $900 upon signing."
DOCUMENT = Document("a", "", "text/plain", TEXT, (Page(1, 0, len(TEXT)),))
WANTED = wanted_schema("extract", LEASE.model, DEPOSIT)
TASK = Task("extract", "lease", DOCUMENT, (), DEPOSIT, wanted=WANTED, render=lambda: render("extract", LEASE, DEPOSIT))

GOOD: dict[str, Any] = {
    "deposit_amount": {"value": 900, "quote": "deposit of $900", "passage": 1, "confidence": 0.9},
    "deposit_paid_by_date": {"value": "upon signing", "quote": "upon signing", "passage": 1, "confidence": 0.8},
}


def text(said: Any, **meta: Any) -> AIMessage:
    content = said if isinstance(said, str) else json.dumps(said)
    usage: Any = {"input_tokens": 100, "output_tokens": 10, "total_tokens": 110}
    return AIMessage(content, usage_metadata=usage, response_metadata=meta)


def tool_call(said: dict[str, Any]) -> AIMessage:
    return AIMessage("", tool_calls=[{"name": WANTED["title"], "args": said, "id": "1"}])


def test_json_in_text_is_read_and_counted() -> None:
    model = Scripted(replies=[text(f"Here you are:\n```json\n{json.dumps(GOOD)}\n```")])
    answer = ChatBackend(model, "scripted").answer(TASK)
    assert answer.fields["deposit_amount"] == FieldAnswer(900, (Quote("deposit of $900", passage=1),), 0.9)
    assert (answer.calls, answer.input_tokens, answer.output_tokens) == (1, 100, 10)


def test_a_model_with_tools_is_asked_for_structured_output() -> None:
    model = Scripted(replies=[tool_call(GOOD)], tools=True)
    answer = ChatBackend(model, "scripted").answer(TASK)
    assert answer.fields["deposit_paid_by_date"].value == "upon signing" and answer.calls == 1


def test_the_model_is_shown_the_prompt() -> None:
    model = Scripted(replies=[text(GOOD)])
    ChatBackend(model, "scripted").answer(TASK)
    assert [m.type for m in model.asked[0]] == ["system", "human"]
    assert "deposit_amount (number)" in str(model.asked[0][1].content)


def test_a_malformed_answer_is_sent_back_once_with_what_is_wrong() -> None:
    half = {"deposit_amount": {"value": "a lot", "quote": None, "passage": None, "confidence": 1}}
    model = Scripted(replies=[text(half), text(GOOD)])
    answer = ChatBackend(model, "scripted").answer(TASK)
    assert answer.fields["deposit_amount"].value == 900
    assert (answer.calls, answer.input_tokens) == (2, 200)
    told = str(model.asked[1][-1].content)
    assert "deposit_paid_by_date is missing" in told and "deposit_amount must be a number" in told


def test_what_is_usable_after_the_repair_is_kept() -> None:
    half = {"deposit_amount": GOOD["deposit_amount"]}
    answer = ChatBackend(Scripted(replies=[text(half), text("I am sorry")]), "scripted").answer(TASK)
    assert answer.fields["deposit_amount"].value == 900 and "deposit_paid_by_date" not in answer.fields


def test_two_answers_without_json_are_an_invalid_answer() -> None:
    model = Scripted(replies=[text("The deposit is $900."), text("{broken")])
    with pytest.raises(InvalidAnswer, match="no JSON object"):
        ChatBackend(model, "scripted").answer(TASK)


def test_a_truncated_answer_is_told_to_be_shorter() -> None:
    model = Scripted(replies=[text('{"deposit_amount": {"val', finish_reason="length"), text(GOOD)])
    assert ChatBackend(model, "scripted").answer(TASK).calls == 2
    assert "cut off" in str(model.asked[1][-1].content)


def test_a_content_filter_is_an_invalid_answer() -> None:
    with pytest.raises(InvalidAnswer, match="content filter"):
        ChatBackend(Scripted(replies=[text("", finish_reason="content_filter")]), "scripted").answer(TASK)


class LengthFinishReasonError(Exception):
    """Named like the error that OpenAI's package raises when a structured answer is cut off."""


class ContentFilterFinishReasonError(Exception):
    """Likewise, when it is filtered."""


def test_a_truncation_raised_as_an_error_is_repaired_too() -> None:
    model = Scripted(replies=[LengthFinishReasonError("length limit"), tool_call(GOOD)], tools=True)
    assert ChatBackend(model, "scripted").answer(TASK).fields["deposit_amount"].value == 900
    assert "cut off" in str(model.asked[1][-1].content)


def test_a_filter_raised_as_an_error_is_an_invalid_answer() -> None:
    with pytest.raises(InvalidAnswer, match="content filter"):
        ChatBackend(Scripted(replies=[ContentFilterFinishReasonError("no")], tools=True), "scripted").answer(TASK)


class ProviderError(Exception):
    def __init__(self, message: str, status_code: int | None = None) -> None:
        super().__init__(message)
        self.status_code = status_code


@pytest.mark.parametrize(
    ("error", "hint"),
    [
        (ProviderError("bad key", 401), "check the API key"),
        (ProviderError("no such model", 404), "check the model name"),
        (ProviderError("slow down", 429), "rate limit"),
        (ConnectionError("Connection refused"), "check that its server runs"),
        (TimeoutError("timed out"), "check that its server runs"),
        (RuntimeError("boom\n" * 100), "check its configuration"),
    ],
)
def test_errors_of_the_provider_say_what_to_do_in_one_line(error: Exception, hint: str) -> None:
    with pytest.raises(BackendUnavailable, match=hint) as caught:
        ChatBackend(Scripted(replies=[error]), "scripted:x").answer(TASK)
    assert "\n" not in str(caught.value) and len(str(caught.value)) < 320


def test_a_server_that_refuses_tools_is_asked_in_text_from_then_on() -> None:
    refusal = ProviderError("this model does not support tools", 400)
    model = Scripted(replies=[refusal, text(GOOD), text(GOOD)], tools=True)
    backend = ChatBackend(model, "scripted")
    assert backend.answer(TASK).fields["deposit_amount"].value == 900
    assert backend.answer(TASK).fields["deposit_amount"].value == 900
    assert len(model.asked) == 3


def test_bare_values_and_odd_evidence_do_no_harm() -> None:
    odd = {
        "deposit_amount": 900,
        "deposit_paid_by_date": {
            "value": "x",
            "quote": [1, None, "upon signing"],
            "passage": "two",
            "confidence": "high",
        },
    }
    answer = ChatBackend(Scripted(replies=[text(odd), text(odd)]), "scripted").answer(TASK)
    assert answer.fields["deposit_amount"] == FieldAnswer(900, (), 0.5)
    assert answer.fields["deposit_paid_by_date"] == FieldAnswer("x", (Quote("upon signing"),), 0.5)


def test_lists_carry_one_quote_for_each_item() -> None:
    parties = LEASE.groups[1]
    said = {
        name: {"value": ["Ann", "Bo"], "quote": ["Ann Lee", "Bo Ray"], "passage": 4, "confidence": 1} for name in parties.fields
    }  # fmt: skip
    task = Task(
        "extract", "lease", DOCUMENT, (), parties,
        wanted=wanted_schema("extract", LEASE.model, parties), render=lambda: render("extract", LEASE, parties),
    )  # fmt: skip
    answer = ChatBackend(Scripted(replies=[text(said)]), "scripted").answer(task)
    assert [q.text for q in answer.fields["owner_name"].quotes] == ["Ann Lee", "Bo Ray"]


def test_a_task_without_a_wanted_form_takes_any_object() -> None:
    task = Task("extract", "lease", DOCUMENT, (), DEPOSIT, render=lambda: render("extract", LEASE, DEPOSIT))
    assert ChatBackend(Scripted(replies=[text(GOOD)]), "scripted").answer(task).fields["deposit_amount"].value == 900
