"""What every lease must say wherever it is: terms that no reader could take as one value are told from terms that are not there."""

import pytest

YEARLY = "YIELDING AND PAYING FIRSTLY the initial yearly rent of €482,970.00 (four hundred thousand euro) per annum by quarterly payments."
BY_AREA = "The rental for the term shall be as follows: Year I $ 5.00 per sq. ft. Minimum (Base) rent."
BY_FORMULA = "Lessee shall pay the Base Monthly Rental as determined by the formula below, from the development budget in Exhibit D."


@pytest.mark.parametrize("text", [YEARLY, BY_AREA, BY_FORMULA])
def test_rent_by_the_year_by_area_or_by_a_formula_is_stated(judged_in, text):
    assert judged_in("ANY", "rent", text) == "satisfied"


@pytest.mark.parametrize(
    "text",
    [
        "RENT. Tenant shall pay the rent on the first day of each month. Late charge: $50.00 per month in which rent is late.",
        "The annual rent is $ ________ per year, payable in equal instalments.",
        "The dues of the association are $1,200 per year. Rent is due monthly.",
    ],
)
def test_a_rent_without_an_amount_is_missing(judged_in, text):
    assert judged_in("ANY", "rent", text) == "missing"


@pytest.mark.parametrize(
    ("rule", "text"),
    [
        ("tenant", "BRIAR LIMITED, having their registered office at 2 Quay Street (who and whose successors are hereinafter called “the Sub-Tenants”)"),
        ("landlord", "SCOTIA ENTERPRISE, established by the Act of 1990 (hereinafter referred to as “the Landlords”)"),
    ],
)  # fmt: skip
def test_a_party_that_is_given_its_role_in_other_words_is_named(judged_in, rule, text):
    assert judged_in("ANY", rule, text) == "satisfied"


def test_a_party_left_blank_is_not_named(judged_in):
    assert judged_in("ANY", "tenant", "Quay Homes LLC and ____________ (hereinafter called the Tenant)") == "missing"


def test_an_animal_without_a_deposit_states_no_security_deposit(judged_in):
    blank = "Lessees have deposited with Lessor the sum of $______ to secure performance."
    assert judged_in("ANY", "deposit_stated", f"{blank} An assistance animal needs no deposit.") == "missing"
    assert judged_in("ANY", "deposit_stated", f"{blank} Lessor takes no deposit.") == "satisfied"
