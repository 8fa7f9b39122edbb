"""Late charges as drafters write them, counted on a month's rent that stays unpaid for a month."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.validate.charges import grows, late_charge

RENT = Decimal(1000)


@pytest.mark.parametrize(
    ("phrase", "following", "charge"),
    [
        ("$50 if rent is not received within seven days", "", 50),
        ("a late fee of five percent (5%) of the rent", "", 50),
        ("$10 plus 5% of the rent above $500", "", 35),
        ("$50 or 5% of the monthly rent, whichever is less", "", 50),
        ("the greater of $20 or 20% of the monthly rent", "", 200),
        ("the lesser of $40 or 12% of the rent", "", 40),
        ("$10 per tenant per day up to $100", "", 100),
        ("$100 initial and $15 per day", "", 550),
        ("$5 per day, at most $25", "", 25),
        ("ten dollars per day", "", 300),
        ("$10 per day after the fifth", ", not to exceed a total of fifty dollars ($50.00) in any month.", 50),
        ("$35 plus $5 for each additional day", "; the total shall not exceed $75.", 75),
        ("18% per annum", "", 15),
        ("1.5% per month of the amount unpaid", "", 15),
        ("25", "", 25),
    ],
)
def test_what_a_late_charge_comes_to(phrase, following, charge):
    assert late_charge(phrase, RENT, following) == charge


@pytest.mark.parametrize("phrase", ["a reasonable charge", "interest at 3% above the Bank of England base rate", ""])
def test_a_charge_without_a_figure_is_not_known(phrase):
    assert late_charge(phrase, RENT) is None


def test_a_share_of_a_rent_that_is_not_known_is_not_known():
    assert late_charge("5% of the rent", None) is None
    assert late_charge("$50", None) == 50


@given(st.integers(1, 500), st.integers(1, 50), st.integers(1, 900))
def test_a_ceiling_is_never_passed_and_a_daily_charge_never_counts_less_than_once(once, daily, ceiling):
    uncapped = late_charge(f"${once} plus ${daily} per day", RENT)
    assert uncapped == once + 30 * daily
    assert late_charge(f"${once} plus ${daily} per day, not to exceed ${ceiling}", RENT) == min(uncapped, ceiling)


def test_only_daily_charges_grow():
    assert grows("$100 initial and $15 per day")
    assert not grows("$100 after the third day")
