"""Two values of a field, compared by the field's kind."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eval.compare import COMPARATORS, credit


@pytest.mark.parametrize(
    ("kind", "predicted", "right", "expected"),
    [
        ("exact", "USD", ["usd"], 1.0),
        ("id", "NCT 0123-4567", ["NCT01234567"], 1.0),
        ("date", "2024-03-15", ["2024-03"], 1.0),
        ("date", "2024-03", ["2024-03-15"], 0.0),
        ("money", "1,450.00", [1450], 1.0),
        ("money", 1460, [1450], 0.0),
        ("int", 30, ["30"], 1.0),
        ("state", "CA", ["California"], 1.0),
        ("place", "City of Powell", ["Powell"], 1.0),
        ("bool", False, [True, False], 1.0),
        ("phrase", "late charge of $50", ["late charge of $50 after the fifth day"], 1.0),
        ("address", "12 Elm St, Powell, Ohio", ["14 Elm St, Powell, Ohio"], 0.0),
        ("names", ["Acme LLC", "Bea Jones"], [["ACME, L.L.C.", "Bea Jones"]], 1.0),
        ("items", ["range"], [["range", "dishwasher"]], 2 / 3),
        ("version", "Amendment 3", ["amendment 3"], 1.0),
        ("names1", "Acme Pharma Inc.", ["Acme Pharma"], 1.0),
    ],
)
def test_credit(kind: str, predicted: Any, right: list[Any], expected: float) -> None:
    assert credit(kind, predicted, right) == pytest.approx(expected)


@given(st.sampled_from(sorted(COMPARATORS)), st.text(min_size=1, max_size=30))
def test_silence_earns_credit_only_where_silence_is_right(kind: str, value: str) -> None:
    assert credit(kind, None, []) == 1.0
    assert credit(kind, None, [value, None]) == 1.0
    assert credit(kind, None, [value]) == 0.0
    assert credit(kind, value, []) == 0.0


@given(
    st.sampled_from(["names", "items", "texts", "cells"]),
    st.lists(st.text("abcdef ", min_size=3, max_size=9), max_size=6),
)
def test_lists_earn_between_nothing_and_everything(kind: str, items: list[str]) -> None:
    assert 0.0 <= credit(kind, items, [["abc", "def"]]) <= 1.0
