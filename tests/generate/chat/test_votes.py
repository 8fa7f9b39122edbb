"""Of several samples the value most of them give counts."""

from typing import Any

from pipeline.generate.chat.votes import voted
from schemas import FieldAnswer, Quote


def of(*samples: Any, kind: str = "names") -> FieldAnswer:
    return voted([{"field": FieldAnswer(value, confidence=0.5)} for value in samples], lambda _: kind)["field"]


def test_lists_count_as_one_whatever_their_order() -> None:
    chosen = of(["Ann"], ["Bo Ray", "Ann Lee"], ["Ann Lee", "Bo Ray"])
    assert chosen.value == ["Bo Ray", "Ann Lee"] and chosen.features["dissent"] == 0.3333


def test_nothing_is_a_value_too_and_of_equal_numbers_the_first_counts() -> None:
    assert of(None, 5, None, kind="int").value is None
    assert of(5, None, kind="int").value == 5


def test_a_sample_that_leaves_a_field_out_dissents() -> None:
    assert voted([{"a": FieldAnswer(1)}, {}], lambda _: "int")["a"].features["dissent"] == 0.5


def test_the_confidence_is_the_mean_and_evidence_is_preferred() -> None:
    quoted = FieldAnswer(5, (Quote("five"),), 0.9)
    chosen = voted([{"a": FieldAnswer(5, confidence=0.5)}, {"a": quoted}], lambda _: "int")["a"]
    assert chosen.quotes and chosen.confidence == 0.7


def test_a_single_sample_is_taken_as_it_is() -> None:
    alone = {"a": FieldAnswer(1)}
    assert voted([alone], lambda _: "int") == alone and not voted([alone], lambda _: "int")["a"].features
