"""The leased premises are told from the other addresses of a lease."""

from collections.abc import Callable
from typing import Any

import pytest

Lease = Callable[..., dict[str, Any]]
BANK = "The deposit is kept at Wabash Savings Bank, 95 Court Street, Akron, Ohio 44308."
OWNER = "The owner of the premises is Alder Row LLC, 1 Square Road, Suite 2, Akron, Ohio 44301. Its agent is Cy Doe, 7 Bell Road, Akron, Ohio 44302."


@pytest.mark.parametrize(
    "premises",
    [
        "PROPERTY. Apartment 314, 12 Elm Meadows, Dayton, Ohio 45402, in a building of 60 apartments.",
        "1. Apartment and term. Apartment 2R, 12 Elm Heights Road, Dayton, Ohio 45402, in a six-family building.",
        "Home: Unit 407, 12 Elm Street, Dayton, Ohio 45402",
        "Landlord leases to Tenant Apartment 1104 in the building at 12 Elm Landing, Dayton, Ohio 45402.",
        "Address: 12 Elm Drive, Apt. 7, Dayton, Ohio 45402",
        "Landlord rents to Tenant the house at 12 Elm Spur, No. 4, Dayton, Ohio 45402.",
    ],
)
def test_the_premises_are_not_the_banks_or_the_owners_address(lease: Lease, premises: str) -> None:
    found = lease(premises=premises, rest=f"{BANK}\n\nOWNER. {OWNER}\n\nTenant pays for electricity.")
    assert (found.get("city"), found.get("state"), found.get("zipcode")) == ("Dayton", "Ohio", "45402")


def test_the_capital_is_no_part_of_the_state_of_its_name(lease: Lease) -> None:
    found = lease(premises="Landlord leases to Tenant Unit 5 at 12 Elm Place NW, Washington, DC 20010, as a residence.")
    assert (found.get("city"), found.get("state"), found.get("zipcode")) == (
        "Washington",
        "District of Columbia",
        "20010",
    )


def test_a_city_that_is_also_abroad_is_in_its_state(lease: Lease) -> None:
    found = lease(premises="Landlord leases to Tenant the house at 12 Elm Street, Dublin, Ohio 43016, as a residence.")
    assert (found.get("city"), found.get("state"), found.get("rent_currency")) == ("Dublin", "Ohio", "USD")


def test_a_party_of_an_address_does_not_rent_it(lease: Lease) -> None:
    found = lease(
        parties="THIS AGREEMENT, made May 3, 2025 by and between CY DOE, of 27 Ridge Road, Akron, Ohio 44301, hereinafter called the Lessor, "
        "and ADA POE, hereinafter called the Lessee.",
        premises="The Lessor lets to the Lessee the single-family house at 12 Elm Lane, Dayton, Ohio 45402, to be used as a home.",
    )
    assert found.get("zipcode") == "45402"
