"""Wording adapted to a lease's parties and numbers."""

from decimal import Decimal

from pipeline.validate.wording import fill
from schemas import LeaseTerms, ProtocolTerms, Term

TERMS = LeaseTerms(
    tenant_name=Term(value=["Ann Lee", "Bo Roe", "Cy Dey"]),
    owner_name=Term(value=["Elm Homes"]),
    deposit_amount=Term(value=Decimal("1450.50")),
)


def test_names_and_amounts_are_filled_in():
    assert (
        fill("{landlord} returns ${deposit} to {tenant}.", TERMS)
        == "Elm Homes returns $1,450.50 to Ann Lee, Bo Roe and Cy Dey."
    )


def test_the_limit_that_was_applied_is_filled_in():
    assert fill("At most ${limit}.", TERMS, Decimal(1200)) == "At most $1,200."


def test_what_is_not_known_stays_a_blank():
    assert fill("From {start_date}, {property_address}", TERMS) == "From [start date], [property address]"
    assert fill("{tenant}", ProtocolTerms()) == "[tenant]"


def test_a_value_cannot_bring_in_placeholders_or_swallow_the_text():
    odd = LeaseTerms(tenant_name=Term(value=["{limit} " + "x" * 500]))
    assert "{limit}" in fill("{tenant}", odd, Decimal(5))
    assert len(fill("{tenant}", odd)) <= 200
