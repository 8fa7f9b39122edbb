"""Names of medicines are told by their stems and by the shape of codes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.generate.offline.protocol.drug_names import find_drugs, is_drug_word


@pytest.mark.parametrize(
    "word", ["pembrolizumab", "Empagliflozin", "lenvatinib", "insulin", "methotrexate", "rivaroxaban", "semaglutide"]
)
def test_names(word: str) -> None:
    assert is_drug_word(word)


@pytest.mark.parametrize(
    "word",
    ["disease", "baseline", "phase", "protein", "guideline", "purpose", "Study", "timeline", "except", "outside"],
)
def test_common_words(word: str) -> None:
    assert not is_drug_word(word)


def test_codes_but_not_registry_numbers() -> None:
    assert [d.name for d in find_drugs("MK-3475 (NCT01234567), LY246708 and COVID-19")] == ["MK-3475", "LY246708"]


@given(st.text(max_size=200))
def test_places_are_right(text: str) -> None:
    assert all(text[d.start : d.end] == d.name for d in find_drugs(text))
