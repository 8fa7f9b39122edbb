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
        ("4% of one month's rent, once", "", 40),
        ("four percent (4%) of a month's rent", "", 40),
        ("one tenth of a month's rent", "", 100),
        ("$10 per tenant per day up to $100", "", 100),
        ("$100 initial and $15 per day", "", 550),
        ("$5 per day, at most $25", "", 25),
        ("ten dollars per day", "", 300),
        ("$10 per day after the fifth", ", not to exceed a total of fifty dollars ($50.00) in any month.", 50),
        ("$35 plus $5 for each additional day", "; the total shall not exceed $75.", 75),
        ("18% per annum", "", 15),
        ("1.5% per month of the amount unpaid", "", 15),
        ("25", "", 25),
        ("one-eighth of the overdue rent", "", 125),
        ("a tenth of the month's rent", "", 100),
        ("one twentieth of the rent then unpaid", "", 50),
        ("a twentieth of the rent", "", 50),
        ("three percent (3%) of the overdue amount", "", 30),
        ("seven and one-half percent of the monthly rent", "", 75),
        ("half a month's rent", "", 500),
        ("one quarter of the monthly rent", "", 250),
        ("one day's rent for each day of delay, limited to five days' rent", "", "166.67"),
        ("1/20 of the monthly rent", "", 50),
        ("twice the monthly rent", "", 2000),
        ("$10 for the first $500 of rent plus five percent of the rent above $500", "", 35),
        (
            "$10.00 for the first $500.00 of monthly rent plus 5% of any amount by which the unpaid monthly rent exceeds $500.00",
            "",
            35,
        ),
        ("$10 plus 5% of the part of the monthly rent above $500 ($35 in all)", "", 35),
        (
            "ten dollars on the first five hundred dollars and an additional 5% of everything over five hundred dollars",
            "",
            35,
        ),
        ("$10 plus 5% of the rent in excess of the first $500", "", 35),
        (
            "five dollars per day, not above fifty dollars, and never more than five per cent of the delinquent payment",
            "",
            50,
        ),
        (
            "$5 for each day of delay thereafter, never more than $50 in total nor more than 5% of the delinquent payment",
            "",
            50,
        ),
        ("$15 for each day it stays late, but never more than $150 in a month", "", 150),
        ("$10 for each day it stays late, but never more than $60 in a month", "", 60),
        ("$10 a day until it reaches $40", "", 40),
        ("$12 for every day, with a ceiling of $60 a month", "", 60),
        ("$5 per day, $25 at most", "", 25),
        ("$20 a day, $100 in all", "", 100),
        ("$8 per day; the charge may not go above $48", "", 48),
        ("$25 a week", "", 100),
        ("$25 per week, limited to $50", "", 50),
        ("$30 and a further $5 for each day after that", "", 180),
        ("$50 for the month and nothing further", "", 50),
        ("up to 4% of one month's rent", "", 40),
        ("a charge not exceeding five percent (5%) of the amount of rent due", "", 50),
        ("a daily charge of $4", "", 120),
        ("each day thereafter adds $3", "", 90),
        ("$40, or 6% of the rent if that is less, whichever is lower", "", 40),
        ("the larger of $30 and a tenth of the rent", "", 100),
        ("fifty dollars ($50.00), or five percent (5%) of the rent, whichever is smaller", "", 50),
        ("a one-time charge of thirty-five dollars", "", 35),
        ("$20.00 for every day until it is paid", "", 600),
        ("$75 for that month, plus $5 for each further day", "", 225),
        ("two percent per day, capped at ten percent of the rent", "", 100),
    ],
)
def test_what_a_late_charge_comes_to(phrase, following, charge):
    assert late_charge(phrase, RENT, following) == Decimal(charge)


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
