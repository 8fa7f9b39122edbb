"""JSON is found in what a model says, and its form is judged, whatever it says."""

import json
import time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.generate.chat.answers import fields_of, json_in, problems_of

WANTED: dict[str, Any] = {
    "properties": {
        name: {"properties": {"value": {"anyOf": [schema, {"type": "null"}]}}}
        for name, schema in {
            "phase": {"type": "string", "enum": ["2", "3"]},
            "sites": {"type": "integer"},
            "pets": {"type": "boolean"},
            "arms": {"type": "array", "items": {"type": "string"}},
        }.items()
    }
}


def said(**values: Any) -> dict[str, Any]:
    return {
        name: {"value": values.get(name), "quote": None, "passage": None, "confidence": 1}
        for name in WANTED["properties"]
    }


@pytest.mark.parametrize(
    "text",
    ['{"a": 1}', 'Sure! {"a": 1} Anything else?', '```json\n{"a": 1}\n```', '{not this} but {"a": 1}', '[{"a": 1}]'],
)
def test_the_object_is_found(text: str) -> None:
    assert json_in(text) == {"a": 1}


@pytest.mark.parametrize("text", ["", "no", "{", '{"a": ', "[1, 2]"])
def test_where_there_is_none_there_is_none(text: str) -> None:
    assert json_in(text) is None


def test_hostile_text_costs_little() -> None:
    begin = time.process_time()
    for text in ("{" * 200_000, "[" * 200_000, '{"a":' * 100_000):
        assert json_in(text) is None
    assert time.process_time() - begin < 2.0


def test_a_good_answer_has_no_problems() -> None:
    assert problems_of(said(phase="3", sites=12, pets=False, arms=["A"]), WANTED) == []
    assert problems_of(said(), WANTED) == []
    assert problems_of(said(sites="12 sites"), WANTED) == []


@pytest.mark.parametrize(
    ("field", "value", "told"),
    [("phase", "7", "one of"), ("sites", "many", "integer"), ("sites", True, "integer"), ("pets", "no", "true or false"), ("arms", "A", "list")],
)  # fmt: skip
def test_a_value_of_another_type_is_told(field: str, value: Any, told: str) -> None:
    (problem,) = problems_of(said(**{field: value}), WANTED)
    assert field in problem and told in problem


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=9),
    lambda x: st.lists(x, max_size=3) | st.dictionaries(st.sampled_from(["value", "quote", "passage", "confidence", "z"]), x, max_size=4),
    max_leaves=8,
)  # fmt: skip


@given(st.dictionaries(st.sampled_from([*WANTED["properties"], "other"]), JSON, max_size=5))
def test_no_answer_whatever_raises(answer: dict[str, Any]) -> None:
    assert json_in(json.dumps(answer)) is not None
    problems_of(answer, WANTED)
    for field in fields_of(answer, WANTED).values():
        assert 0.0 <= field.confidence <= 1.0
