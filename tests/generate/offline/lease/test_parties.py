"""Who lets and who rents is read in every wording of residential leases."""

from collections.abc import Callable
from typing import Any

import pytest

Lease = Callable[..., dict[str, Any]]
HILL = ["Hill Street Homes, Inc."]
AB = ["Ada Poe", "Ben Roe"]


@pytest.mark.parametrize(
    "said",
    [
        'Hill Street Homes, Inc. (the "Owner") rents to Ada Poe and Ben Roe (the "Renters") the house described below.',
        "The Owner is Hill Street Homes, Inc. The Renters are Ada Poe and Ben Roe.",
        "The landlord is Hill Street Homes, Inc. The landlord's address is 4 Oak Street. The tenants are Ada Poe and Ben Roe.",
        'This lease is between Hill Street Homes, Inc. (the "landlord") and Ada Poe and Ben Roe (the "tenants").',
        "This lease is between Hill Street Homes, Inc. (the landlord) and Ada Poe and Ben Roe (the tenants).",
        "BETWEEN the landlord, Hill Street Homes, Inc., AND the tenants, Ada Poe and Ben Roe",
        "OWNER/AGENT: Hill Street Homes, Inc.\nRESIDENT(S): Ada Poe, Ben Roe",
        "Landlord/Owner: Hill Street Homes, Inc.\nTenant(s)/Resident(s): Ada Poe and Ben Roe",
        "HOUSING PROVIDER: Hill Street Homes, Inc.\nTENANTS: Ada Poe and Ben Roe",
        'This lease is between Hill Street Homes, Inc. ("Housing Provider", the landlord) and Ada Poe and Ben Roe ("Tenant").',
        'This lease is between Hill Street Homes, Inc. (the "Housing Provider") and Ada Poe and Ben Roe (the "Tenants").',
        'THIS LEASE is made by Hill Street Homes, Inc., party of the first part ("Landlord"), and Ada Poe and Ben Roe, '
        'parties of the second part ("Tenant").',
        'This lease is made between Hill Street Homes, Inc. ("Landlord") and Ada Poe and\nBen Roe ("Tenant").',
        'This lease is made between Hill Street Homes, Inc. (the "Landlord") and Ada Poe and Ben Roe (together, the\n"Resident").',
        'This lease is between Hill Street Homes, Inc. (the "Owner") and Ada Poe and Ben Roe (collectively, "Tenants").',
        "This lease is made by and between Hill Street Homes, Inc., Landlord, whose address, for the purpose of this lease, is "
        "44 First Avenue, Dayton, Ohio 45402, and ADA POE and BEN ROE, Tenants, whose address will be the leased premises.",
        'This lease is made between Hill Street Homes, Inc. ("Landlord"), by its managing agent Old Keys, Inc. ("Agent"), and '
        'Ada Poe and Ben Roe ("Tenant").',
        "The parties to this lease are Hill Street Homes, Inc., as landlord, and Ada Poe and Ben Roe, as tenants.",
        "LESSOR: Hill Street Homes, Inc.\nLESSEES: Ada Poe\nBen Roe",
        'Hill Street Homes, Inc. ("Landlord") leases to Ada Poe and Ben Roe ("Tenant") the house described below.',
        'Ada Poe and Ben Roe ("Tenant") rent the house described below from Hill Street Homes, Inc. ("Landlord").',
        "Hill Street Homes, Inc., Lessor; Ada Poe and Ben Roe, Lessees.",
        "Made May 6, 2025. Landlord: Hill Street Homes, Inc. Tenants: Ada Poe, aged 34, and Ben Roe, aged 31.",
        'Parties and date. May 3, 2025. Housing provider: Hill Street Homes, Inc. ("Landlord"). Household: Ada Poe and Ben Roe ("Tenant").',
        "Management: Hill Street Homes, Inc.\nResidents: Ada Poe and Ben Roe",
        "Property owner: Hill Street Homes, Inc., same address as below\nRenters: Ada Poe and Ben Roe",
        'Parties. Hill Street Homes, Inc. ("we") rents to Ada Poe and Ben Roe ("you").',
        "The owner is Hill Street Homes, Inc. The owner's address is 4 Oak Street. The renters are Ada Poe and Ben Roe.",
        'Hill Street Homes, Inc., by its agent Old Keys, Inc. ("Landlord"), and Ada Poe and Ben Roe ("Tenant") agree as follows.',
        "PARTIES. Hill Street Homes, Inc., the owner, rents to Ada Poe and Ben Roe, the renters.",
        'Parties. Hill Street Homes, Inc., as owner ("Management"), rents to Ada Poe and Ben Roe (together, "Resident") the flat.',
        'Hill Street Homes, Inc., an Ohio corporation ("Lessor"), leases to Ada Poe and Ben Roe (each a "Lessee") the flat.',
        "Landlord: Hill Street Homes, Inc.\nResidents (and sole occupants): Ada Poe and Ben Roe, two adults; one child, Tess Roe. Children are welcome.",
        "Landlord (owner of record): Hill Street Homes, Inc.\nTenants (all adults): Ada Poe and Ben Roe",
        'Who is renting to whom? Hill Street Homes, Inc. ("we") owns the building and rents to Ada Poe and Ben Roe ("you").',
        'In this agreement "we" means the Landlord, Hill Street Homes, Inc., and "you" means the Tenants, Ada Poe and Ben Roe.',
        'Made between Hill Street Homes, Inc., as Owner, having its office at 3 Oak Road, Akron, Ohio 44301, telephone 718-555-0155, and '
        "ADA POE and BEN ROE, as Tenants. Managing agent: Lionel Squires, same address.",
        "Management (agent for owner): Cedar Management, Inc.\nRenters: Ada Poe and Ben Roe\n\n1. Owner. The owner is Hill Street Homes, Inc., 8 Oak Road.",
    ],
)  # fmt: skip
def test_a_company_lets_to_two_people(lease: Lease, said: str) -> None:
    found = lease(parties=f"Date: May 3, 2025\n\n{said}")
    assert found.get("owner_name") == HILL
    assert [name.title() for name in found.get("tenant_name", ())] == AB


@pytest.mark.parametrize(
    "said",
    [
        "The Owner is Cy Doe. The Renter is Ada Poe.",
        "Cy Doe, the landlord, rents to Ada Poe, the tenant, the house described below.",
        'I, Cy Doe, am the owner ("I" or "the owner"). You, Ada Poe, are the renter ("you").',
        '"I" am Cy Doe, the owner, who lives downstairs; "you" are Ada Poe.',
        "Who are we? The owner is Cy Doe (called \"I\" or \"the owner\"). The renter is Ada Poe (called \"you\").",
        'Cy Doe (called "Landlord") and Ada Poe (called "Tenant") agree as follows.',
        "THIS INDENTURE, between CY DOE, hereinafter styled Lessor, and ADA POE, hereinafter styled Lessee, WITNESSETH:",
        "Your landlord is Cy Doe. You, the tenant, are Ada Poe.",
        "Unit: 12 Elm Street, Dayton, Ohio 45402 | Year built: 1988 | Term: one year | Renter: Ada Poe | Owner: Cy Doe",
        "Landlord: Cy Doe, 904 Bigley Avenue, Dayton, Ohio 45402, phone (937) 555-0104. Tenant: Ada Poe. Landlord gets his mail there.",
        "Owner: Cy Doe, 30-15 Vernon Boulevard, Management Office, Dayton, Ohio 45402\nYou (the Tenant): Ada Poe",
        'Who is renting to whom? Cy Doe, 119 Bay Street, Dayton, Ohio 45402, is the owner and is called "we." Ada Poe is renting and is called "you."',
        "Who is this between? Owner: Cy Doe. Renter: Ada Poe. Signed on August 18, 2025.",
        "A1. Landlord is Cy Doe. Its agent for notices is Old Keys, Inc.\n\nA2. Tenant is Ada Poe.",
    ],
)  # fmt: skip
def test_one_person_lets_to_another(lease: Lease, said: str) -> None:
    found = lease(parties=f"Date: May 3, 2025\n\n{said}")
    assert [name.title() for name in found.get("owner_name", ())] == ["Cy Doe"]
    assert [name.title() for name in found.get("tenant_name", ())] == ["Ada Poe"]


@pytest.mark.parametrize(
    "said",
    [
        'In this agreement "we" means the Landlord, Cy and Dee Doe, and "you" means the Tenant, Ada Poe.',
        "The Landlord is Cy and Dee Doe, 77 Quarry Road, Akron, OH 44301. The Tenant is Ada Poe.",
        'This lease is between Cy and Dee Doe ("Landlord") and Ada Poe ("Tenant").',
        "Landlord: Cy and Dee Doe\nTenant: Ada Poe",
    ],
)
def test_two_people_of_one_surname(lease: Lease, said: str) -> None:
    found = lease(parties=said)
    assert found.get("owner_name") in (["Cy and Dee Doe"], ["Cy Doe", "Dee Doe"])
    assert found.get("tenant_name") == ["Ada Poe"]


def test_fill_in_lines_of_signatures_are_no_names(lease: Lease) -> None:
    found = lease(
        rest="Tenant pays for gas.\n\nTENANT: Ada Poe ____________ Date ________",
        parties="Landlord: Cy Doe\nTenant: Ada Poe",
    )
    assert found.get("tenant_name") == ["Ada Poe"]
    found = lease(
        rest="Gas is included.\n\nTENANT: Ada Poe ____________ Date ________\nOWNER: Cy Doe ___ Date ___", parties=""
    )
    assert found.get("tenant_name") == ["Ada Poe"]


def test_two_who_sign_on_lines_of_their_own_are_both_the_tenant(lease: Lease) -> None:
    found = lease(
        parties="SUMMARY\nLandlord | Hill Street Homes, Inc.\nTenant | Ada Poe and Ben Roe",
        rest="Gas is included.\n\nTenant: ______________ Ada Poe   Date ________\nTenant: ______________ Ben Roe   Date ________",
    )
    assert found.get("tenant_name") == AB


def test_a_limited_company_at_the_end_of_its_sentence(lease: Lease) -> None:
    found = lease(parties="A1. Landlord is Flagstaff Nine Rentals, LLC. Its agent is Cy Doe.\n\nA2. Tenant is Ada Poe.")
    assert found.get("owner_name") == ["Flagstaff Nine Rentals, LLC"]


def test_a_day_is_no_name(lease: Lease) -> None:
    found = lease(parties="", term="The lease runs from April 15, 2026 to April 14, 2027.")
    assert "2026" not in str(found.get("owner_name")) + str(found.get("tenant_name"))


def test_a_manager_named_first_is_not_the_owner(lease: Lease) -> None:
    found = lease(
        parties="PERSON TO ACCEPT SERVICE: Elm Partners, LLC manages the premises for the owner, Cy Doe, whose address is 8 Ash "
        'Road, Dayton, Ohio 45402.\n\nSection 1. Parties and Premises. Cy Doe ("Landlord") leases to Ada Poe ("Tenant") the house.'
    )
    assert found.get("owner_name") == ["Cy Doe"]
    assert found.get("tenant_name") == ["Ada Poe"]


def test_the_owners_agent_is_no_part_of_its_name(lease: Lease) -> None:
    found = lease(
        rest="Hill Street Homes, Inc., by Cy Doe, manager\n",
        parties="LANDLORD: Hill Street Homes, Inc.\nTENANT: Ada Poe",
    )
    assert found.get("owner_name") == HILL


@pytest.mark.parametrize(
    "said",
    [
        "On May 3, 2025, Cy Doe, as Owner, and Ada Poe, as Tenant, make this agreement.",
        "Made: May 3, 2025\n\nLandlord: Cy Doe\nTenant: Ada Poe",
        "The parties agree as follows on this 3rd day of May, 2025:\n\nOwner: Cy Doe\nTenant: Ada Poe",
        'This lease, executed May 3, 2025, is between Cy Doe ("Landlord") and Ada Poe ("Tenant").',
        "The landlord is Cy Doe. The tenant is Ada Poe. We sign on May 3, 2025.",
        "Made May 3, 2025. Landlord: Cy Doe. Tenant: Ada Poe.",
        "Entered May 3, 2025, at Dayton, Montgomery County, Ohio.",
        "Landlord: Cy Doe. Renter: Ada Poe. Signed May 3, 2025.",
        "Landlord: Cy Doe. Renter: Ada Poe. Today's date is May 3, 2025.",
        'PARTIES AND DATE: Alder Row LLC ("Landlord") and Ada Poe ("Tenant"), May 3, 2025.',
        "The Lessor, Cy Doe, leases to the Lessee, Ada Poe, on May 3, 2025, the house described below.",
        'BE IT KNOWN that on this 3rd day of May, 2025, Cy Doe ("Lessor") does hereby lease unto Ada Poe ("Lessee") the house.',
    ],
)
def test_the_date_of_the_agreement(lease: Lease, said: str) -> None:
    assert lease(parties=said).get("agreement_signed_date") == "2025-05-03"


@pytest.mark.parametrize(
    "said",
    [
        "This agreement runs from June 15, 2025 to June 14, 2026.",
        "First day: June 15, 2025. Last day: June 14, 2026.",
        "The Flat is yours from June 15, 2025 until noon on June 14, 2026.",
        "How long? One year: it begins June 15, 2025 and ends June 14, 2026.",
        "Tenant may live in the house from: June 15, 2025. Tenant must be out by: June 14, 2026.",
    ],
)
def test_the_term(lease: Lease, said: str) -> None:
    found = lease(term=said)
    assert found.get("tenancy_start_date") == "2025-06-15"
    assert found.get("tenancy_end_date") == "2026-06-14"


def test_the_end_of_the_term_is_not_the_date_of_the_agreement(lease: Lease) -> None:
    found = lease(
        parties='Parties. Alder Row LLC ("Landlord") rents to Ben Roe ("Tenant").',
        term="(b) Time. This agreement runs from June 15, 2025 to June 14, 2026.",
    )
    assert found.get("agreement_signed_date") != "2026-06-14"


def test_what_a_company_is_is_no_name_but_a_corporation_may_be_named_second(lease: Lease) -> None:
    found = lease(
        parties="Landlord: Hill Corporation and Agfa Corporation\nTenant: Acme Co., Inc., a\nDelaware Corporation"
    )
    assert found.get("owner_name") == ["Hill Corporation", "Agfa Corporation"]
    assert found.get("tenant_name") == ["Acme Co., Inc."]


def test_his_wife_is_no_name(lease: Lease) -> None:
    found = lease(
        parties='BETWEEN HILL SAVINGS AND TRUST COMPANY, Trustee under the Will of Amos Groff, deceased (hereinafter called "Lessor"), of the '
        'one part, and ADA P. POE and\nDEE POE, his wife (hereinafter called "Lessees"), of the other part.'
    )
    assert found.get("owner_name") == ["HILL SAVINGS AND TRUST COMPANY"]
    assert found.get("tenant_name") == ["ADA P. POE", "DEE POE"]


@pytest.mark.parametrize(
    ("said", "days"),
    [
        ("Either party may end a month-to-month tenancy on thirty days' written notice.", 30),
        ("The agreement runs from month to month until either gives the other a month's written notice.", 30),
        ("Landlord or Tenant ends the tenancy by written notice received at least one full rental month before the last day.", 30),
        ("Either may end the tenancy on two months' notice.", 60),
    ],
)  # fmt: skip
def test_notice_to_end_the_tenancy_in_months(lease: Lease, said: str, days: int) -> None:
    assert lease(rest=said).get("termination_notice_min_days") == days


def test_a_cover_names_the_parties_on_lines_of_their_own(lease: Lease) -> None:
    cover = "LEASE\n\nACME HOLDINGS LIMITED\nand\nBOLT TRADING LIMITED\n\nof the house below"
    found = lease(title=cover, parties="THIS LEASE is made on May 3, 2025 by those on the cover.")
    assert (found.get("owner_name"), found.get("tenant_name")) == (["ACME HOLDINGS LIMITED"], ["BOLT TRADING LIMITED"])


def test_the_heading_of_a_clause_is_no_name(lease: Lease) -> None:
    heads = (
        "4. LANDLORD TERMINATION RIGHTS\nThe Landlord may end it.\n5. TENANT TERMINATION RIGHTS\nThe Tenant may end it."
    )
    found = lease(parties="This agreement is entered into by the Landlord and the Tenant.", rest=heads)
    assert "owner_name" not in found and "tenant_name" not in found
