"""Who lets and who rents, in the openings that people write who never saw another lease: letters, questions, forms, lists."""

from collections.abc import Callable
from typing import Any

import pytest

Lease = Callable[..., dict[str, Any]]

MAPLE = "Maple Court LLC"
DANA, LUIS, RUTH = "Dana Poe", "Luis Roe", "Ruth Ellery"


def _names(found: dict[str, Any], field: str) -> list[str]:
    return [n.title() if n.isupper() else n for n in found.get(field, ())]


@pytest.mark.parametrize(
    "said",
    [
        "Dear Dana and Luis,\n\nI am Ruth Ellery and I own the house. You are Dana Poe and Luis Roe, and you rent it from me.",
        "Section 1 - Parties. Ruth Ellery is the landlord. Dana Poe and Luis Roe are the tenants. Date of agreement: May 3, 2025.",
        "Who is the landlord? Ruth Ellery.\n\nWho are the tenants? Dana Poe and Luis Roe.",
        "Who is the landlord? The landlord is Ruth Ellery, who lives at 4 Oak Road.\n\nWho is the tenant? You are: Dana Poe and Luis Roe.",
        "Who owns the house? Ruth Ellery does.\n\nWho rents it? Dana Poe and Luis Roe.",
        "LANDLORD\nRuth Ellery\n14 Oak Road\nDayton, Ohio 45402\n\nTENANTS\nDana Poe\nLuis Roe\n\n",
        "Landlord\n  Name: Ruth Ellery\n  Address: 14 Oak Road, Dayton, Ohio 45402\n\nTenants\n  Names: Dana Poe and Luis Roe\n",
        "BETWEEN\n\nRUTH ELLERY\n\nAND\n\nDANA POE AND LUIS ROE",
        "BETWEEN Ruth Ellery of 14 Oak Road, Dayton, Ohio 45402 (Landlord)\nAND Dana Poe and Luis Roe (Tenants)",
        "Ruth Ellery, hereinafter \"the Landlord\", and Dana Poe and Luis Roe, hereinafter \"the Tenants\", agree as follows.",
        "I, Ruth Ellery, let to Dana Poe and Luis Roe the house described below.",
        "RUTH ELLERY LETS TO DANA POE AND LUIS ROE THE HOUSE DESCRIBED BELOW.",
        "My name is Ruth Ellery and I am your landlord. Your names are Dana Poe and Luis Roe.",
        "This house belongs to Ruth Ellery. She rents it to Dana Poe and Luis Roe.",
        "Ruth Ellery owns the house and rents it to Dana Poe and Luis Roe.",
        "1. Lessor. Ruth Ellery, 77 Dorchester Street, Worcester, Massachusetts 01604, telephone 508-555-0107, is the owner.\n\n"
        "2. Tenants. Dana Poe and Luis Roe.\n\n3. Apartment. The second floor.",
        "(a) Landlord. Ruth Ellery.\n\n(b) Tenants. Dana Poe and Luis Roe.\n\n(c) Home. The second floor.",
        "Parties: Ruth Ellery (Landlord); Dana Poe and Luis Roe (Tenants)",
        "Landlord ........ Ruth Ellery\nTenants ......... Dana Poe and Luis Roe",
        "Name of landlord: Ruth Ellery\nName(s) of tenant(s): Dana Poe; Luis Roe",
        "Landlord's name - Ruth Ellery\nTenants' names - Dana Poe and Luis Roe",
        "The landlord in this lease is Ruth Ellery. The tenants in this lease are Dana Poe and Luis Roe.",
        "You (Dana Poe and Luis Roe) are the tenants; I (Ruth Ellery) am the landlord.",
        "A lease between me, Ruth Ellery (the owner, called \"I\"), and you, Dana Poe and Luis Roe (called \"you\").",
        "This lease is between the landlord named Ruth Ellery and the tenants named Dana Poe and Luis Roe.",
        "Tenants:\n1. Dana Poe\n2. Luis Roe\n\nLandlord:\nRuth Ellery\n",
        "Landlord: Ruth Ellery\nTenant 1: Dana Poe\nTenant 2: Luis Roe",
        "Landlord: Ruth Ellery\nTenant: Dana Poe\nTenant: Luis Roe",
        "The parties are: 1. Ruth Ellery, landlord. 2. Dana Poe, tenant. 3. Luis Roe, tenant.",
        "PARTIES\n1) Ruth Ellery - Landlord\n2) Dana Poe and Luis Roe - Tenants",
        "From: Ruth Ellery, your landlord\nTo: Dana Poe and Luis Roe, the tenants",
        "Ruth Ellery, a widow, as landlord, lets, and Dana Poe and Luis Roe, as tenants, take, the house described below.",
        "Dana Poe and Luis Roe rent the house from Ruth Ellery, who owns it.",
        "Ruth Ellery acts as landlord and Dana Poe and Luis Roe act as tenants.",
        "In this agreement the word \"landlord\" means Ruth Ellery and the word \"tenant\" means Dana Poe and Luis Roe.",
        "**Landlord:** Ruth Ellery\n**Tenants:** Dana Poe and Luis Roe",
        "Ruth Ellery (\"I\", \"me\") rents to Dana Poe and Luis Roe (\"you\").",
    ],
)  # fmt: skip
def test_a_person_lets_to_two(lease: Lease, said: str) -> None:
    found = lease(title="OUR LEASE", parties=said)
    assert _names(found, "owner_name") == [RUTH]
    assert _names(found, "tenant_name") == [DANA, LUIS]


@pytest.mark.parametrize(
    "said",
    [
        "Welcome home, Dana Poe! This is your lease with Maple Court LLC.",
        "Maple Court LLC, doing business as Maple Flats (\"Landlord\"), and Dana Poe (\"Tenant\") agree:",
        "Maple Court LLC, by its agent Keystone Management, Inc., leases to Dana Poe the house described below.",
        "The owner of the property is Maple Court LLC, acting through its manager, Cy Doe. The renter is Dana Poe.",
        "The owner of the house is Maple Court LLC. It is rented to Dana Poe.",
        "This is a lease between us, Maple Court LLC (the owner, called \"we\"), and you, Dana Poe (called \"you\"). We all signed it on May 2, 2025.",
        "Dana Poe (you) rents from Maple Court LLC (us) the house described below.",
        "We (Maple Court LLC) are the landlord. You (Dana Poe) are the tenant.",
        "Maple Court LLC, through Cy Doe, its property manager, as Landlord, and Dana Poe, as Tenant, agree:",
        "Maple Court LLC is your landlord. You, Dana Poe, are our tenant.",
        "This is your lease with us, Maple Court LLC. You are Dana Poe.",
        "Who we are: Maple Court LLC\nWho you are: Dana Poe",
        "What should I know? Your landlord is Maple Court LLC. The only tenant is Dana Poe.",
        "Landlord                     Tenant\nMaple Court LLC              Dana Poe\n",
        "THE LANDLORD: MAPLE COURT LLC, of 14 Oak Road\nTHE TENANT: DANA POE",
        "Property owned by: Maple Court LLC\nRented to: Dana Poe",
        "Lease from Maple Court LLC to Dana Poe.",
        "Maple Court LLC (referred to below as the Landlord) and Dana Poe (referred to below as the Tenant) agree:",
        "Hello Dana Poe, and welcome. Your landlord is Maple Court LLC.",
        "We, Maple Court LLC, own the building; you, Dana Poe, rent the house in it.",
        "We're Maple Court LLC, the owner of this building. You're Dana Poe.",
        "Household: Dana Poe\nHousing provider: Maple Court LLC",
        "The parties to this agreement are Maple Court LLC, which owns the house, and Dana Poe, who will live in it.",
    ],
)  # fmt: skip
def test_a_company_lets_to_one(lease: Lease, said: str) -> None:
    found = lease(title="YOUR LEASE", parties=said)
    assert [n.upper() for n in found.get("owner_name", ())] == [MAPLE.upper()]
    assert _names(found, "tenant_name") == [DANA]


@pytest.mark.parametrize(
    ("said", "owners"),
    [
        ("We are Gwen and Art Ellery, 1518 East Orman Avenue, Pueblo, Colorado 81004, 719-555-0155, and we own the place. You are Dana Poe.", "Gwen and Art Ellery"),
        ("Harold and Nadine Ellery, 1907 Evansdale Avenue, Toledo, Ohio 43607, phone 419-555-0118, own the house and are the landlord. "
         "No agent acts for them. The tenant is Dana Poe.", "Harold and Nadine Ellery"),
        ("John and Mary Ellery, husband and wife, Landlord, and Dana Poe, a single person, Tenant, agree:", "John and Mary Ellery"),
        ("John Ellery and Mary Ellery, a married couple, are the owners. Dana Poe is the renter.", "John Ellery and Mary Ellery"),
        ("Ruth Ellery, as trustee of the Ellery Family Trust, lets to Dana Poe the house below.", "Ruth Ellery"),
        ("Ruth Ellery, Trustee of the Ellery Family Trust dated May 1, 2001 (\"Landlord\"), and Dana Poe (\"Tenant\") agree:", "Ruth Ellery"),
        ("The Ellery Family Trust, by Ruth Ellery, Trustee (\"Landlord\"), and Dana Poe (\"Tenant\") agree:", "Ellery Family Trust"),
        ("The landlord is the Ellery Family Trust. The tenant is Dana Poe.", "Ellery Family Trust"),
        ("Owner: Dayton Metropolitan Housing Authority\nFamily (Tenant): Dana Poe", "Dayton Metropolitan Housing Authority"),
        ("The Housing Authority of the City of Dayton is the landlord. Dana Poe is the tenant.", "Housing Authority of the City of Dayton"),
        ("Maple Court, L.P. is the owner. Dana Poe is the resident.", "Maple Court, L.P."),
        ("Maple Court Associates, LP, an Ohio limited partnership, is the owner and Dana Poe is the resident.", "Maple Court Associates, LP"),
        ("Owner of record: Estate of Martin Ellery, by Ruth Ellery, executor\nTenant: Dana Poe", "Estate of Martin Ellery"),
        ("Henry Ellery Jr. is the landlord and Dana Poe is the tenant.", "Henry Ellery Jr."),
        ("Landlord: Henry J. Ellery III\nTenant: Dana Poe", "Henry J. Ellery III"),
        ("Lessor: St. Brendan's Church\nLessee: Dana Poe", "St. Brendan's Church"),
        ("I am Dr. Ruth Ellery, the owner. You are Ms. Dana Poe.", "Ruth Ellery"),
        ("The landlord is Mrs. Ruth Ellery; the tenant is Mr. Dana Poe.", "Ruth Ellery"),
        ("The owner, Ruth O'Ellery-Smith, rents to the renter, Dana Poe.", "Ruth O'Ellery-Smith"),
    ],
)  # fmt: skip
def test_couples_trusts_and_others_let(lease: Lease, said: str, owners: str) -> None:
    found = lease(title="RENTAL AGREEMENT", parties=said)
    assert " and ".join(found.get("owner_name", ())).replace("The ", "").replace("Dr. ", "") == owners
    assert found.get("tenant_name") == [DANA]


@pytest.mark.parametrize(
    "signed",
    [
        "Landlord: ______________ Ruth Ellery\nTenant: ______________ Dana Poe\n",
        "____________________ Ruth Ellery, Landlord\n____________________ Dana Poe, Tenant\n",
        "Ruth Ellery, Landlord ______________ Date ______\nDana Poe, Tenant ______________ Date ______\n",
        "______________________\nRuth Ellery\nLandlord\n\n______________________\nDana Poe\nTenant\n",
        "LANDLORD:\n\n______________________\nRuth Ellery\n\nTENANT:\n\n______________________\nDana Poe\n",
        "Signed by the landlord, Ruth Ellery: ____________\nSigned by the tenant, Dana Poe: ____________\n",
        "/s/ Ruth Ellery, Landlord\n/s/ Dana Poe, Tenant\n",
    ],
)  # fmt: skip
def test_names_that_only_the_signatures_give(lease: Lease, signed: str) -> None:
    found = lease(title="LEASE", parties="The landlord lets the house to the tenant.", sign=signed)
    assert found.get("owner_name") == [RUTH]
    assert found.get("tenant_name") == [DANA]


@pytest.mark.parametrize(
    ("said", "owners", "tenants"),
    [
        ("Hi Dana and welcome! I'm Ruth Ellery, your landlord. You, Dana Poe, are taking my back cottage.", ['Ruth Ellery'], ['Dana Poe']),
        ("LEASE\nThis lease is entered into on May 3, 2025 between Maple Court LLC, an Ohio limited liability company (\"Landlord\"), and Dana Poe and Luis Roe, jointly and severally (\"Tenants\").", ['Maple Court LLC'], ['Dana Poe', 'Luis Roe']),
        ("1. THE PARTIES\n1.1 Landlord: Ruth Ellery\n1.2 Tenant: Dana Poe", ['Ruth Ellery'], ['Dana Poe']),
        ("Article I. Parties. The landlord, Ruth Ellery, and the tenant, Dana Poe, agree.", ['Ruth Ellery'], ['Dana Poe']),
        ("Our names are Ann Ellery and Bob Ellery; we own the house. You are Dana Poe.", ['Ann Ellery', 'Bob Ellery'], ['Dana Poe']),
        ("What follows is a lease between Ruth Ellery, who owns the flat, and Dana Poe, who is renting it.", ['Ruth Ellery'], ['Dana Poe']),
        ("The people renting are Dana Poe and Luis Roe. The person letting is Ruth Ellery.", ['Ruth Ellery'], ['Dana Poe', 'Luis Roe']),
        ("Ruth Ellery (\"Lessor\") and Dana Poe (\"Lessee\") agree:", ['Ruth Ellery'], ['Dana Poe']),
        ("Parties\n\nLandlord - Ruth Ellery, 14 Oak Road, Dayton, Ohio 45402\nTenant - Dana Poe", ['Ruth Ellery'], ['Dana Poe']),
        ("The parties to this lease are the landlord (Ruth Ellery) and the tenant (Dana Poe).", ['Ruth Ellery'], ['Dana Poe']),
        ("This agreement is made by Ruth Ellery as landlord with Dana Poe as tenant.", ['Ruth Ellery'], ['Dana Poe']),
        ("RESIDENT(S): DANA POE & LUIS ROE          OWNER: MAPLE COURT LLC", ['MAPLE COURT LLC'], ['DANA POE', 'LUIS ROE']),
        ("Head of household: Dana Poe\nOther adult: Luis Roe\nOwner: Maple Court LLC", ['Maple Court LLC'], ['Dana Poe']),
        ("Owner's name: Ruth Ellery. Renter's name: Dana Poe.", ['Ruth Ellery'], ['Dana Poe']),
        ("Q. Who is my landlord?\nA. Ruth Ellery.\n\nQ. Who is the tenant?\nA. Dana Poe.", ['Ruth Ellery'], ['Dana Poe']),
        ("Q: Who is renting the flat?\nA: Dana Poe.\nQ: From whom?\nA: From Ruth Ellery, the owner.", ['Ruth Ellery'], ['Dana Poe']),
        ("Who's who. Ruth Ellery is the \"Owner.\" Dana Poe is the \"Renter.\"", ['Ruth Ellery'], ['Dana Poe']),
        ("Ruth Ellery shall be called the Landlord and Dana Poe shall be called the Tenant.", ['Ruth Ellery'], ['Dana Poe']),
        ("In this lease, Ruth Ellery is \"we\" or \"us\" and Dana Poe is \"you\".", ['Ruth Ellery'], ['Dana Poe']),
        ("When this lease says \"we\", it means Maple Court LLC. When it says \"you\", it means Dana Poe.", ['Maple Court LLC'], ['Dana Poe']),
        ("\"Landlord\" means Maple Court LLC. \"Tenant\" means Dana Poe.", ['Maple Court LLC'], ['Dana Poe']),
        ("Know all by these presents that Ruth Ellery, Lessor, does hereby demise unto Dana Poe, Lessee, the house.", ['Ruth Ellery'], ['Dana Poe']),
        ("The undersigned Ruth Ellery, owner, leases to the undersigned Dana Poe the house.", ['Ruth Ellery'], ['Dana Poe']),
        ("Maple Court LLC d/b/a Maple Flats, Landlord\nDana Poe, Tenant", ['Maple Court LLC'], ['Dana Poe']),
        ("Keystone Management, Inc., as agent for the owner, Maple Court LLC, rents to Dana Poe the flat.", ['Maple Court LLC'], ['Dana Poe']),
        ("Landlord: Ruth Ellery, by her attorney-in-fact Cy Doe\nTenant: Dana Poe", ['Ruth Ellery'], ['Dana Poe']),
        ("Lessors: Ann Ellery and Bob Ellery, Trustees of the Ellery Trust\nLessee: Dana Poe", ['Ann Ellery', 'Bob Ellery'], ['Dana Poe']),
        ("Tenant(s): Dana Poe, Luis Roe, and Kim Vo (\"you\")\nLandlord: Ruth Ellery (\"me\")", ['Ruth Ellery'], ['Dana Poe', 'Luis Roe', 'Kim Vo']),
        ("Three friends rent this house together: Dana Poe, Luis Roe and Kim Vo (the \"Tenants\"). They rent it from Ruth Ellery (the \"Owner\").", ['Ruth Ellery'], ['Dana Poe', 'Luis Roe', 'Kim Vo']),
        ("Adults signing as tenants: Dana Poe, Luis Roe\nLandlord: Ruth Ellery", ['Ruth Ellery'], ['Dana Poe', 'Luis Roe']),
        ("I, Dana Poe, rent from Ruth Ellery the house below.", ['Ruth Ellery'], ['Dana Poe']),
        ("We, Ann Ellery and Bob Ellery, lease our house to you, Dana Poe.", ['Ann Ellery', 'Bob Ellery'], ['Dana Poe']),
        ("Names. Landlord is Ruth Ellery. Tenant is Dana Poe.", ['Ruth Ellery'], ['Dana Poe']),
        ("A. The Landlord. Maple Court LLC, an Ohio company.\n\nB. The Tenant. Dana Poe.", ['Maple Court LLC'], ['Dana Poe']),
        ("Between the Housing Authority of the County of Kern (\"Authority\"), as landlord, and Dana Poe, as tenant.", ['Housing Authority of the County of Kern'], ['Dana Poe']),
    ],
)  # fmt: skip
def test_parties_in_any_other_words(lease: Lease, said: str, owners: list[str], tenants: list[str]) -> None:
    found = lease(title="RENTAL AGREEMENT", parties=said)
    assert found.get("owner_name") == owners
    assert found.get("tenant_name") == tenants
