"""Shares and multiples of the rent in words."""

import pytest

from pipeline.values.shares import find_shares


@pytest.mark.parametrize(
    ("text", "shares"),
    [
        ("one-eighth of the overdue rent", [0.125]),
        ("half a month's rent, or half the rent", [0.5, 0.5]),
        ("one half of one month's rent", [0.5]),
        ("a month and a half's rent", [1.5]),
        ("one and one-half months' rent; one and one-quarter months' rent", [1.5, 1.25]),
        ("1½ months' rent; 3/4 of a month's rent", [1.5, 0.75]),
        ("twice the monthly rent, triple the rent, 2.5 times the rent", [2, 3, 2.5]),
        ("one and a half times the monthly rent", [1.5]),
        ("two (2) months' rent", [2]),
        ("the rent of three months", [3]),
        ("a week's rent", [7 / 30]),
        ("by the twentieth of the month, on the fifth", []),
        ("the first month's rent", []),
    ],
)
def test_shares_of_the_rent(text, shares):
    assert [f.value for f in find_shares(text)] == pytest.approx(shares)
