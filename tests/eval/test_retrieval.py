"""Where gold answers stand, and that what is learned from them shows them."""

from pathlib import Path

import pytest

pytest.importorskip("scipy", reason="needed only to learn weights")

from eval.gold import GoldDocument, GoldField
from eval.gold_places import Letters, gold_places
from eval.learn_retrieval import case_of, learn
from eval.retrieval import labelled, measured
from schemas import Document, Page

GOLD = Path(__file__).parents[2] / "samples" / "gold"


def document_of(text: str) -> Document:
    return Document("a", "", "text/plain", text, (Page(1, 0, len(text)),))


def gold_of(**fields: GoldField | None) -> GoldDocument:
    return GoldDocument("a", Path("a"), "clinical_protocol", dict(fields))


def test_a_quote_is_found_wherever_it_stands_whatever_its_spaces() -> None:
    document = document_of("Rent is\n$900 a month. Again: rent is $900.")
    places = gold_places(document, gold_of(rent=GoldField((900,), "Rent is $900")))["rent"]
    assert [document.text[a:b] for a, b in places[0]] == ["Rent is\n$900", "rent is $900"]


def test_a_quote_with_a_slip_is_found_and_a_wrong_one_is_not() -> None:
    letters = Letters("The tenant shall pay a security deposit of nine hundred dollars upon signing.")
    assert letters.nearest("tenant shal pay a security deposit of nine hundred")
    assert not letters.nearest("randomised double-blind placebo-controlled trial")


def test_fields_without_value_have_no_place() -> None:
    fields = {"a": None, "b": GoldField((None,)), "c": GoldField(("x",), "not in there at all, no")}
    assert gold_places(document_of("Rent is $900."), gold_of(**fields)) == {}


def test_activities_are_looked_for_where_most_of_them_stand_together() -> None:
    table = "Vital signs X\nECG X\nHaematology X\n"
    document = document_of("Vital signs are measured. " + "word " * 10_000 + table)
    said = GoldField((["Vital signs", "ECG", "Haematology"],))
    found = gold_places(document, gold_of(soa_activities=said))["soa_activities"]
    assert [len(item) for item in found] == [1, 1, 1] and all(item[0][0] > 50_000 for item in found)


@pytest.mark.slow
def test_what_is_learned_from_some_leases_shows_the_answers_of_another() -> None:
    cases = [case_of(folder, gold, document, {}) for folder, gold, document in labelled([GOLD])[:9]]
    weights = learn(cases[1:])
    result = measured(cases[0], weights, 1.0, least=0)
    assert sum(one.strict for one in result.fields) / len(result.fields) > 0.7
    assert 0 < result.spent <= result.whole < result.put + result.whole
    untaught = measured(cases[0], weights, 0.05, least=0)
    assert sum(one.strict for one in untaught.fields) < sum(one.strict for one in result.fields)
