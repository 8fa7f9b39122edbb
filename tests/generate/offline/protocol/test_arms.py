"""Arms as the document words them."""

from collections.abc import Callable

import pytest

from pipeline.generate.offline.protocol.arms import arms, split_arms
from pipeline.generate.offline.protocol.sources import Protocol
from schemas import FieldAnswer

Open = Callable[..., Protocol]
READ = {
    "investigational_products": FieldAnswer(["examplizumab"], (), 0.9),
    "comparators": FieldAnswer(["Placebo"], (), 0.9),
}


def found(opened: Open, text: str) -> object:
    return arms(opened("A Study", f"SYNOPSIS\n{text}"), READ)["arms"].value


def test_named_arms(opened: Open) -> None:
    text = "Group 1: examplizumab 15 mg QD (N = 210)\nGroup 2: Placebo (N = 105)\nSubjects will be followed."
    assert found(opened, text) == ["Group 1: examplizumab 15 mg QD (N = 210)", "Group 2: Placebo (N = 105)"]


def test_bullets_after_a_sentence_on_randomisation(opened: Open) -> None:
    text = "Patients will be randomised 1:1 to one of the following:\n• examplizumab 10 mg once daily\n• placebo once daily\nThen they return."
    assert found(opened, text) == ["examplizumab 10 mg once daily", "placebo once daily"]


def test_lines_below_each_other_without_bullets(opened: Open) -> None:
    text = "Participants will be randomized 1:2 to the following groups:\nexamplizumab 25 mg SC\nExamplizumab 50 mg SC\nPlacebo SC.\nThen"
    assert found(opened, text.replace("\nexam", "\nExam")) == [
        "Examplizumab 25 mg SC",
        "Examplizumab 50 mg SC",
        "Placebo SC",
    ]


def test_the_sentence_on_randomisation(opened: Open) -> None:
    text = "Subjects will be randomized in a 1:1 ratio to receive examplizumab 100 mg or matching placebo for 52 weeks."
    assert found(opened, text) == ["examplizumab 100 mg", "matching placebo"]


def test_products_stand_in_where_no_arms_are_described(opened: Open) -> None:
    answer = arms(opened("A Study", "SYNOPSIS\nNothing is said."), READ)["arms"]
    assert answer.value == ["examplizumab", "Placebo"] and answer.flags == ("derived",)


@pytest.mark.parametrize("words", ["region or age", "receive care at one site or another", "the sponsor and the site"])
def test_what_names_no_arms(words: str) -> None:
    assert split_arms(words) == []
