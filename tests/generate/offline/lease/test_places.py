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


@pytest.mark.parametrize(
    "premises",
    [
        "Landlord leases to Tenant the apartment at 748 St. Helens Avenue, Unit 305, Dayton, Ohio 45402, in a new building.",
        "Landlord leases to Tenant the house at 21 North St. Clair Street, Dayton, Ohio 45402.",
        "Landlord lets unto Tenant Apartment 1408 at Elm Landing, 5200 Heron Causeway, Dayton, Ohio 45402, part of a community.",
        "1. Apartment. Owner leases to Resident Apartment 212 at 1475 The Alameda, Dayton, Ohio 45402, a 32-unit building.",
        "Home: 88 Camino Alto, Apartment 3, Dayton, Ohio 45402",
        "Property: 9 Ridgecrest, Dayton, OH 45402",
        "The house at 14 Old Mill Pond, Dayton, Ohio 45402, with its yard, is rented to Tenant.",
        "The house rented is 300 Paseo del Norte, Unit B, Dayton, Ohio 45402.",
        "Unit: 2231 SE Avenida de la Playa, No. 6, Dayton, OH 45402; built 1999",
    ],
)
def test_streets_of_every_kind(lease: Lease, premises: str) -> None:
    found = lease(premises=premises, rest=f"{BANK}\n\nOWNER. {OWNER}\n\nTenant pays for electricity.")
    assert (found.get("city"), found.get("state"), found.get("zipcode")) == ("Dayton", "Ohio", "45402")


@pytest.mark.parametrize(
    "title",
    [
        "RESIDENTIAL LEASE - 12 Elm Street, Unit B, Dayton, Ohio 45402",
        "LEASE AGREEMENT\n12 Elm Street, Unit B, Dayton, Ohio 45402",
        "Lease of 12 Elm Street, Unit B, Dayton, Ohio 45402",
        "RENTAL AGREEMENT: 12 Elm Street, Unit B, Dayton, Ohio 45402",
        "HOUSE LEASE FOR 12 Elm Street, Unit B, Dayton, Ohio 45402",
    ],
)
def test_premises_in_the_title(lease: Lease, title: str) -> None:
    found = lease(
        title=title,
        premises="PREMISES. Landlord leases to Tenant the upper unit of the building named above.",
        rest="OWNER AND AGENT. The owner of the premises is Alder Row LLC, 1 Square Road, Akron, Ohio 44301. The owner's agent is "
        "Cy Doe, Doe Property Services, 905 Oak Street, Akron, Ohio 44302, telephone (614) 555-0148.\n\nTenant pays for electricity.",
    )
    assert (found.get("city"), found.get("zipcode")) == ("Dayton", "45402")


@pytest.mark.parametrize("link", ["for", "of", "covering", "concerning the house at"])
def test_premises_after_the_parties(lease: Lease, link: str) -> None:
    found = lease(
        parties=f"Made May 3, 2025, by Alder Row LLC, Landlord, and Ben Roe, Tenant, {link} 12 Elm Place, Dayton, Ohio 45402, finished in 1991.",
        premises="3. Landlord and manager. Landlord and owner of the premises is Alder Row LLC, 233 Bell Landing, Akron, OH 44301. The premises "
        "are managed by Doe Management Co., 240 Bell Landing, Akron, OH 44302, telephone 757-555-0184, which is authorized to receive notices.",
    )
    assert found.get("zipcode") == "45402"


@pytest.mark.parametrize(
    ("said", "county"),
    [
        ("12 Elm Street, New Orleans, Louisiana 70119, Parish of Orleans", "Orleans"),
        ("12 Elm Street, Fort Collins, CO 80521 County: Larimer Type: house", "Larimer"),
        ("land situated in Jefferson and Tuscaloosa Counties, Alabama", "Jefferson and Tuscaloosa"),
    ],
)
def test_counties_of_forms_parishes_and_two_named_together(lease: Lease, said: str, county: str) -> None:
    assert lease(premises=f"Landlord leases to Tenant the premises located at {said}.").get("county") == county


def test_neither_a_unit_nor_a_state_is_a_city(lease: Lease) -> None:
    assert "city" not in lease(premises="Landlord leases to Tenant the premises at 104 Cyber Blvd, Apt 404.")


def test_a_city_with_a_particle_is_whole(lease: Lease) -> None:
    premises = (
        "Landlord leases to Tenant land near U.S. 95, located in the City of Coeur d'Alene, Kootenai County, Idaho."
    )
    assert lease(premises=premises).get("city") == "Coeur d'Alene"
