"""Residential or commercial, and which day's law."""

from datetime import date

import pytest

from pipeline.validate import governing_date, tenancy_kind
from schemas import Document, LeaseTerms, NoTerms, Page, ProtocolTerms, Term


def doc(text):
    return Document("x", "0" * 64, "text/plain", text, (Page(1, 0, len(text)),))


@pytest.mark.parametrize("name", ["ohio", "california"])
def test_a_lease_of_a_dwelling_is_residential(name, request):
    lease = request.getfixturevalue(name)
    assert tenancy_kind(lease.document, lease.terms) == tenancy_kind(lease.document) == "residential"


def test_a_lease_of_an_office_is_commercial(commercial):
    assert tenancy_kind(commercial.document, commercial.terms) == tenancy_kind(commercial.document) == "commercial"


def test_a_company_that_rents_does_so_for_business():
    lease = doc("Lease of the second floor. The tenant may keep pets.")
    assert tenancy_kind(lease, LeaseTerms(tenant_name=Term(value=["Harrow Instruments Ltd."]))) == "commercial"


LET = """{title}

{landlord} lets to {tenant} {premises} from June 1, 2025 to May 31, 2026 for $1,200 a month, due on the first. The deposit of $1,200 is
returned within 30 days. {rest}
"""
COMPANY = "Hill Homes, Inc."


@pytest.mark.parametrize(
    ("title", "premises", "rest"),
    [
        ("RENTAL CONTRACT", "the brick house at 4 Oak Street", 'The Renters pay on time. "Renters" means both of them.'),
        ("HOUSE LEASE", "the single-family house at 4 Oak Street", "Lessor keeps the house fit for human habitation."),
        ("HOUSE LEASE", "4 Oak Street", "Lessor carries commercial general liability insurance."),
        ("LEASE", "the room on the second floor of 4 Oak Street", "Tenant shares the kitchen and the bath."),
        ("RENTAL AGREEMENT", "the condominium unit 3 at 4 Oak Street", "Oak Condominium Association, Inc. has rules. Tenant may live there."),
        ("LOT RENTAL AGREEMENT", "Lot 3 of the mobile home park", "The lot is for a manufactured home."),
        ("LEASE", "the townhouse at 4 Oak Street", "Landlord keeps it habitable."),
        ("LEASE", "the duplex at 4 Oak Street", "Tenant pays for electricity."),
        ("AGREEMENT", "the apartment at 4 Oak Street", "The Housing Provider repairs the stove."),
    ],
)  # fmt: skip
def test_a_lease_of_a_home_is_residential_even_from_a_company(title, premises, rest):
    lease = doc(LET.format(title=title, premises=premises, rest=rest, landlord=COMPANY, tenant="Ada Poe"))
    assert (
        tenancy_kind(lease, LeaseTerms(lease_id=Term(value=title), tenant_name=Term(value=["Ada Poe"])))
        == "residential"
    )


@pytest.mark.parametrize(
    ("title", "premises", "tenant"),
    [
        ("WAREHOUSE LEASE", "the warehouse at 4 Oak Street", "Ada Poe"),
        ("LEASE", "the house at 4 Oak Street, to be used as a coffee shop", "Blue Cup, Inc."),
        ("OFFICE LEASE", "the house at 4 Oak Street as a dental office", "Ada Poe"),
    ],
)
def test_a_lease_for_business_stays_commercial_even_of_a_house(title, premises, tenant):
    lease = doc(LET.format(title=title, premises=premises, rest="", landlord=COMPANY, tenant=tenant))
    assert tenancy_kind(lease, LeaseTerms(lease_id=Term(value=title), tenant_name=Term(value=[tenant]))) == "commercial"


def test_non_residential_premises_are_not_residential():
    assert (
        tenancy_kind(doc("Lease of non-residential premises and of further non-residential premises.")) == "commercial"
    )


def test_without_cues_the_kind_is_unknown():
    assert tenancy_kind(doc("The parties agree on a rent of $900.")) == "unknown"


def test_a_protocol_is_no_tenancy():
    assert tenancy_kind(doc(""), ProtocolTerms()) == "protocol"


def test_the_agreements_date_goes_before_the_start_and_the_start_before_today():
    today = date(2026, 1, 1)
    signed, start = Term(value="2024-05-06", confidence=0.9), Term(value="2024-06-01", confidence=0.9)
    assert governing_date(LeaseTerms(agreement_signed_date=signed, tenancy_start_date=start), today) == date(2024, 5, 6)
    assert governing_date(LeaseTerms(tenancy_start_date=start), today) == date(2024, 6, 1)
    assert governing_date(LeaseTerms(agreement_signed_date=Term(value="2024-02", confidence=0.9)), today) == date(
        2024, 2, 1
    )
    assert governing_date(LeaseTerms(agreement_signed_date=Term(value="2024-02-31", confidence=0.9)), today) == today
    assert governing_date(NoTerms(), today) == today
