"""Messages of every provider are read alike, and cut-off texts are joined."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from langchain_core.messages import AIMessage

from pipeline.generate.chat.replies import Said, joined, said_in

DATA = {"rent": {"value": 1450, "quote": "Rent is $1,450.00 a month"}, "pets": {"value": False, "quote": "No pets"}}
TEXT = json.dumps(DATA, indent=1)


def message(text: str = "", **meta: Any) -> AIMessage:
    return AIMessage(text, response_metadata=meta)


@pytest.mark.parametrize(
    ("meta", "stopped"),
    [
        ({"finish_reason": "stop"}, ""),
        ({"stop_reason": "tool_use"}, ""),
        ({"finish_reason": "length"}, "length"),
        ({"stop_reason": "max_tokens"}, "length"),
        ({"stopReason": "max_tokens"}, "length"),
        ({"finish_reason": "MAX_TOKENS"}, "length"),
        ({"done_reason": "length"}, "length"),
        ({"incomplete_details": {"reason": "max_output_tokens"}}, "length"),
        ({"finish_reason": "content_filter"}, "filtered"),
        ({"stop_reason": "refusal"}, "filtered"),
        ({"stopReason": "guardrail_intervened"}, "filtered"),
        ({"finish_reason": "FinishReason.SAFETY"}, "filtered"),
        ({"finish_reason": "", "prompt_feedback": {"block_reason": "PROHIBITED_CONTENT"}}, "filtered"),
        ({"finish_reason": None, "incomplete_details": None, "prompt_feedback": None}, ""),
    ],
)
def test_why_it_stopped(meta: dict[str, Any], stopped: str) -> None:
    assert said_in(message("x", **meta)).stopped == stopped


def test_what_it_cost() -> None:
    usage: Any = {
        "input_tokens": 90,
        "output_tokens": 7,
        "total_tokens": 97,
        "input_token_details": {"cache_read": 60, "cache_creation": 5},
    }
    said = said_in(AIMessage("x", usage_metadata=usage))
    assert (said.input_tokens, said.output_tokens, said.cached_tokens) == (90, 7, 60)


def test_thoughts_are_no_answer() -> None:
    assert said_in(message('<think>{"rent": 1}?</think>\n{"rent": 2}')).data == {"rent": 2}


def test_a_tool_call_is_the_answer() -> None:
    said = said_in(AIMessage("I call it.", tool_calls=[{"name": "t", "args": DATA, "id": "1"}]))
    assert said.data == DATA and json.loads(said.text) == DATA


def test_a_part_is_no_answer() -> None:
    """The first whole object inside of a text that was cut off must not pass for the answer."""
    said = said_in(message('{"rent": {"value": 1450}, "pets": {"va', finish_reason="length"))
    assert said.data is None and said.reply(0.0).stopped == "length"


@given(st.integers(1, len(TEXT) - 1), st.sampled_from(["", "```json\n", "```\n"]))
def test_a_text_continued_anywhere_is_whole(cut: int, fence: str) -> None:
    assert joined(TEXT[:cut], fence + TEXT[cut:]) == TEXT


@given(st.integers(60, len(TEXT) - 1), st.integers(12, 50))
def test_words_said_again_are_joined_once(cut: int, again: int) -> None:
    assert json.loads(joined(TEXT[:cut], TEXT[cut - again :])) == DATA


@given(st.integers(40, len(TEXT) - 1))
def test_all_said_again_is_taken_anew(cut: int) -> None:
    assert json.loads(joined(TEXT[:cut], TEXT)) == DATA


def test_costs_add_up() -> None:
    first, second = Said("a", "length", input_tokens=10, output_tokens=2), Said("b", input_tokens=12, output_tokens=1)
    reply = first.continued(second).reply(1.5)
    assert (reply.text, reply.stopped, reply.calls) == ("ab", "", 2)
    assert (reply.input_tokens, reply.output_tokens, reply.seconds) == (22, 3, 1.5)
