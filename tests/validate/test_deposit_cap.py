"""Deposits that a lease states in multiples of the rent, in no sum: the law of the test allows one and a half month's rent."""

import pytest

LAWFUL = [
    "The deposit is one month's rent.",
    "The security deposit equals one and a half months' rent.",
    "The security deposit is one and one-half times the monthly rent.",
    "Deposit: 1.5 months' rent",
    "Tenant deposits a sum equal to half a month's rent as security.",
    "You pay a deposit of a month's rent.",
    "The deposit is the same as the rent of one month.",
    "A deposit of one month's rent is paid; by law no more than one and a half times the rent may be taken.",
    "How much is the deposit? One month's rent.",
    "The deposit does not exceed one month's rent.",
    "As security Tenant lodges six weeks' rent.",
    "The deposit is a month and a half's rent.",
    "The deposit is three quarters of a month's rent.",
    "The deposit equals the monthly rent.",
]
UNLAWFUL = [
    "The deposit is two months' rent.",
    "The security deposit equals two and a half months' rent.",
    "The security deposit is twice the monthly rent.",
    "Deposit: 2.5 months' rent",
    "Tenant deposits a sum equal to three months' rent as security.",
    "You pay a deposit of double the rent.",
    "The deposit is three times the rent.",
    "The security deposit is two and one-half times the monthly rent.",
    "How much is the deposit? Two months' rent.",
    "As security Tenant lodges ten weeks' rent.",
    "The deposit is two full months' rent.",
    "A security deposit equal to two (2) months' rent is due at signing.",
    "Lessee shall deposit with Lessor a sum equivalent to the rent of three months.",
    "The deposit is triple the monthly rent.",
]


def _result(clause, judged):
    text = f"3. Rent. Rent is due on the first.\n\n4. {clause}\n\n5. Pets. None are kept.\n"
    return judged("deposit_cap", text, months=1.5)


@pytest.mark.parametrize("clause", LAWFUL)
def test_a_deposit_within_the_cap(judged, clause):
    assert _result(clause, judged) in ("satisfied", "unclear")


@pytest.mark.parametrize("clause", UNLAWFUL)
def test_a_deposit_above_the_cap(judged, clause):
    assert _result(clause, judged) == "violated"
