"""The confidence of a chat model's value follows from what is known of it."""

import json
from importlib.resources import files

from hypothesis import given
from hypothesis import strategies as st

from pipeline.generate.confidence import FEATURES, confidence_of, evidence_features, second_features, without_second
from schemas import Evidence, FieldAnswer, Quote


def features(kind: str, value: object, quote: str, found: str | None) -> dict[str, float]:
    said = FieldAnswer(value, (Quote(quote),), 0.9)
    return evidence_features(kind, said, [Evidence(page=1, start=0, end=9, quote=found) if found else None])


def test_the_shipped_weights_are_those_of_the_features() -> None:
    kept = json.loads((files("pipeline.generate") / "confidence.json").read_text())
    assert set(kept["weights"]) == set(FEATURES) and kept["trained_on"] >= 0


def test_a_quote_is_exact_in_other_spaces_and_fuzzy_in_other_words() -> None:
    exact = features("money", 900, "deposit of $900", "deposit\nof $900")
    assert (exact["exact"], exact["fuzzy"], exact["quoted"]) == (1.0, 0.0, 1.0)
    fuzzy = features("money", 950, "the deposit is $900", "deposit of $900")
    assert (fuzzy["exact"], fuzzy["fuzzy"], fuzzy["quoted"]) == (0.0, 1.0, 0.0)
    lost = features("money", 900, "deposit of $900", None)
    assert (lost["exact"], lost["fuzzy"], lost["quoted"]) == (0.0, 0.0, 0.0)


def test_a_value_is_quoted_by_its_kind() -> None:
    assert features("date", "2024-03-15", "q", "March 15, 2024")["quoted"] == 1.0
    assert features("phrase", "Upon signing", "q", "due upon\nsigning.")["quoted"] == 1.0
    assert features("money", 1450, "q", "$1,450.00 a month")["quoted"] == 1.0
    assert "quoted" not in features("bool", True, "q", "Pets are welcome")
    two = features("names", ["Ann", "Bo"], "q", "Ann Lee, landlord")
    assert two["quoted"] == 0.5 and two["many"] > 0


SOME = st.dictionaries(st.sampled_from(sorted(FEATURES)), st.floats(0, 1))


@given(SOME)
def test_it_is_a_probability(some: dict[str, float]) -> None:
    assert 0.0 < confidence_of(some) < 1.0


@given(SOME)
def test_without_a_second_opinion_nothing_is_left_of_it(some: dict[str, float]) -> None:
    bare = without_second({**some, **second_features("money", 5, FieldAnswer(6, confidence=0.5))})
    assert bare["alone"] == 1.0 and not {"agrees", "disagrees", "disagrees_surely", "silent"} & set(bare)
