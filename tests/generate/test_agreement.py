"""Two values of a field say the same, or do not, whatever their wording."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.generate.agreement import likeness, same
from schemas import LeaseTerms, ProtocolTerms

KINDS = sorted(
    {
        str(info.json_schema_extra["comparator"])
        for model in (LeaseTerms, ProtocolTerms)
        for info in model.model_fields.values()
        if isinstance(info.json_schema_extra, dict)
    }
)


@pytest.mark.parametrize(
    ("kind", "one", "other"),
    [
        ("money", "$1,450.00 per month", 1450),
        ("int", "5th", 5),
        ("date", "2024-03-15", "2024-03"),
        ("exact", "Double-Blind", "double-blind"),
        ("bool", True, True),
        ("id", "NCT 01234567", "nct01234567"),
        ("place", "City of Columbus", "Columbus"),
        ("state", "OH", "Ohio"),
        ("names1", "Acme Pharma, Inc.", "ACME PHARMA"),
        ("names", ["Ada Byron", "Acme LLC"], ["Acme", "Ada  Byron"]),
        ("names", "Ada Byron", ["Ada Byron"]),
        ("items", ["stove", "refrigerator"], ["Refrigerator", "Stove"]),
        ("address", "12 Elm Street, Unit 4, Columbus, Ohio", "12 Elm Street Unit 4"),
        ("phrase", "5% of the overdue amount", "5 % of overdue amount"),
        ("texts", ["Age of 18 years or older", "Signed consent"], ["Signed consent.", "age of 18 years or older"]),
        ("version", "Amendment 3", "AMENDMENT 3"),
    ],
)
def test_the_same_in_other_words(kind: str, one: Any, other: Any) -> None:
    assert same(kind, one, other) and same(kind, other, one)


@pytest.mark.parametrize(
    ("kind", "one", "other"),
    [
        ("money", 1450, 14500),
        ("money", "none to speak of", 5),
        ("date", "2024-03-15", "2024-03-16"),
        ("date", "2024", "2024-03-16"),
        ("exact", "tenant", "owner"),
        ("bool", True, False),
        ("id", "NCT01234567", "NCT01234568"),
        ("place", "Dayton", "Columbus"),
        ("state", "OH", "Oklahoma"),
        ("names", ["Ada Byron"], ["Ada Byron", "Bo Ray"]),
        ("names1", "Acme Inc.", "Zenith Inc."),
        ("names1", "The Company", "The Corporation"),
        ("address", "12 Elm Street", "14 Elm Street"),
        ("phrase", "5% of the overdue amount", "10% of the overdue amount"),
        ("phrase", "office", None),
    ],
)
def test_something_else(kind: str, one: Any, other: Any) -> None:
    assert not same(kind, one, other) and not same(kind, other, one)


VALUES = st.one_of(
    st.none(), st.booleans(), st.integers(), st.floats(allow_nan=False), st.text(max_size=30),
    st.lists(st.text(max_size=10), max_size=4),
)  # fmt: skip


@pytest.mark.parametrize("kind", KINDS)
@given(one=VALUES, other=VALUES)
def test_any_two_values_can_be_compared(kind: str, one: Any, other: Any) -> None:
    assert 0.0 <= likeness(kind, one, other) <= 1.0
    assert likeness(kind, None, None) == 1.0
