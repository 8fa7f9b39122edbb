"""Leases of the usual shapes are read: prose, forms with check boxes, term sheets, amendments, leases from abroad."""

import hashlib
import time
from typing import Any

import pytest

from pipeline.generate.offline import OfflineBackend
from pipeline.generate.offline.lease import read
from schemas import Document, LeaseTerms, Line, Page, Task, analysis_for


def document(text: str) -> Document:
    """A plain text as the parser would give it."""
    lines, offset = [], 0
    for line in text.split("\n"):
        lines.append(Line(offset, offset + len(line)))
        offset += len(line) + 1
    sha256 = hashlib.sha256(text.encode()).hexdigest()
    return Document("lease.txt", sha256, "text/plain", text, (Page(1, 0, len(text), tuple(lines)),))


def values(text: str) -> dict[str, Any]:
    return {name: answer.value for name, answer in read(document(text)).items() if answer.value is not None}


PROSE = """RESIDENTIAL LEASE AGREEMENT

THIS LEASE AGREEMENT is made and entered into this 14th day of July, 2019, by and between Harold P. Quimby (hereinafter
referred to as "Landlord") and Susan Vance and Peter Vance (hereinafter referred to as "Tenant"). Landlord is the owner of
real property situated in Travis County, Texas, having a street address of 418 Cedar Bend Drive, Apt. 12, Austin, Texas
78758 (hereinafter referred to as the "Premises").

1. TERM. Landlord leases the Premises to Tenant for a term of twelve (12) months, such term beginning on August 1, 2019,
and ending at 11:59 PM on July 31, 2020.

2. RENT. The total rent for the term hereof is the sum of FIFTEEN THOUSAND SIX HUNDRED DOLLARS ($15,600.00) payable on the
3rd day of each month of the term, in equal installments of ONE THOUSAND THREE HUNDRED DOLLARS ($1,300.00).

3. DAMAGE DEPOSIT. Upon the due execution of this Agreement, Tenant shall deposit with Landlord the sum of ONE THOUSAND
DOLLARS ($1,000.00) as security for any damage caused to the Premises.

4. USE. The Premises shall be used exclusively as a private single family dwelling, and no part of the Premises shall be
used by Tenant for the purpose of carrying on any business.

5. UTILITIES. Tenant shall be responsible for paying for all utility services required on the Premises.

6. ANIMALS. Tenant shall be entitled to keep one cat, and shall pay a pet deposit of TWO HUNDRED DOLLARS ($200.00).

7. DEFAULT. If Tenant fails to comply within seven (7) days after delivery of written notice, Landlord may terminate.

8. LATE CHARGE. If any payment is not made within three (3) days of when due, Tenant shall pay a "late fee" in the amount
of SEVENTY-FIVE DOLLARS ($75.00). A charge of $35 applies to returned checks.

9. NOTICE. To Landlord: Harold P. Quimby, 77 Ranch Road, Round Rock, Texas 78664
"""

TERM_SHEET = """OFFICE LEASE

BASIC LEASE INFORMATION

Date: as of June 12, 2003
Landlord: Harbor Point Associates, L.P., a California limited partnership
Tenant: Nextwave Analytics, Inc., a Delaware corporation
Premises: Suite 450, consisting of approximately 8,215 rentable square feet on the fourth floor
Building: 1200 Bayfront Boulevard, Emeryville, California 94608
Term: Sixty (60) months
Commencement Date: August 1, 2003
Base Rent:
Months 1-12 $2.10 per rentable square foot $17,251.50 per month
Months 13-24 $2.20 per rentable square foot $18,073.00 per month
Security Deposit: $36,146.00
Permitted Use: General office and software development

1. Rent. Tenant shall pay Base Rent in advance on or before the first day of each calendar month. If any installment of
Rent is not received within five (5) days after it is due, Tenant shall pay a late charge equal to five percent (5%) of the
overdue amount.

2. Services. Landlord shall furnish to the Premises electricity for normal lighting and office machines.

3. Option to Extend. Tenant shall have two (2) options to extend the Term for a period of five (5) years each, exercisable
by notice at least nine (9) months prior to expiration.
"""

AMENDMENT = """SECOND AMENDMENT TO LEASE

THIS SECOND AMENDMENT TO LEASE (this "Amendment") is made as of the 9th day of May, 2011 by and between BRIARWOOD OFFICE
PARTNERS, LLC, a Georgia limited liability company ("Landlord"), and CORVUS MEDICAL SYSTEMS, INC., a Florida corporation
("Tenant"). Landlord and Tenant entered into that certain Lease dated March 1, 2006 (the "Lease"), for premises known as
Suite 200 in the building located at 3300 Perimeter Park Drive, Atlanta, Georgia 30341 (the "Premises").

1. Extension of Term. The Term is hereby extended for a period of thirty-six (36) months commencing June 1, 2011 and
expiring on May 31, 2014.
2. Base Rent. Commencing June 1, 2011, Tenant shall pay monthly Base Rent as follows:
Period Annual Base Rent Monthly Base Rent
6/1/11 - 5/31/12 $73,270.00 $6,105.83
6/1/12 - 5/31/13 $75,425.04 $6,285.42
"""

TENANCY = """ASSURED SHORTHOLD TENANCY AGREEMENT

This Agreement is dated 3 September 2018

(1) Mr Alan Whitcombe of 14 Larch Road, Reading RG1 4QD (the Landlord)
(2) Miss Priya Nair (the Tenant)

THE PROPERTY: Flat 6, 22 Clarence Street, Bristol BS1 5TH

1. The Term: 12 months beginning on and including 15 September 2018
2. The Rent: £950 per calendar month payable in advance on the 15th day of each month
3. The Deposit: £1,425 to be paid on or before the commencement of the tenancy.
4. The Tenant agrees not to keep any pets at the Property without the Landlord's written consent.
5. Either party may end this tenancy by giving not less than two months' notice in writing.
"""


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            PROSE,
            {
                "lease_id": "RESIDENTIAL LEASE AGREEMENT", "new_or_amendment": "new", "agreement_signed_date": "2019-07-14",
                "state": "Texas", "county": "Travis", "city": "Austin", "zipcode": "78758", "owner_name": ["Harold P. Quimby"],
                "property_address": "418 Cedar Bend Drive, Apt. 12, Austin, Texas 78758", "tenant_name": ["Susan Vance", "Peter Vance"],
                "tenancy_start_date": "2019-08-01", "tenancy_end_date": "2020-07-31", "rent_amount": 1300, "rent_currency": "USD",
                "rent_paid_by_day_of_month": 3, "deposit_amount": 1000, "utilities_terms_electricity": "tenant", "pets_allowed": True,
                "permitted_use": "private single family dwelling",
            },
        ),
        (
            TERM_SHEET,
            {
                "agreement_signed_date": "2003-06-12", "property_address": "1200 Bayfront Boulevard, Emeryville, California 94608",
                "tenant_name": ["Nextwave Analytics, Inc."], "tenancy_start_date": "2003-08-01", "tenancy_end_date": "2008-07-31",
                "rent_amount": 17251.5, "rent_paid_by_day_of_month": 1, "deposit_amount": 36146, "premises_area_sqft": 8215,
                "renewal_option": "two 5-year options", "utilities_terms_electricity": "owner",
                "permitted_use": "General office and software development",
            },
        ),
        (
            AMENDMENT,
            {
                "lease_id": "SECOND AMENDMENT TO LEASE", "new_or_amendment": "amendment", "agreement_signed_date": "2011-05-09",
                "owner_name": ["BRIARWOOD OFFICE PARTNERS, LLC"], "tenancy_start_date": "2011-06-01", "tenancy_end_date": "2014-05-31",
                "rent_amount": 6105.83, "zipcode": "30341",
            },
        ),
        (
            TENANCY,
            {
                "agreement_signed_date": "2018-09-03", "state": "England", "city": "Bristol", "zipcode": "BS1 5TH",
                "property_address": "Flat 6, 22 Clarence Street, Bristol BS1 5TH", "owner_name": ["Alan Whitcombe"],
                "tenant_name": ["Priya Nair"], "tenancy_start_date": "2018-09-15", "tenancy_end_date": "2019-09-14",
                "rent_amount": 950, "rent_currency": "GBP", "rent_paid_by_day_of_month": 15, "deposit_amount": 1425,
                "termination_notice_min_days": 60, "pets_allowed": False,
            },
        ),
    ],
    ids=["prose", "term sheet", "amendment", "English tenancy"],
)  # fmt: skip
def test_terms_are_read(text: str, expected: dict[str, Any]) -> None:
    found = values(text)
    assert {name: found.get(name) for name in expected} == expected


def test_what_a_lease_does_not_say_has_no_value() -> None:
    found = values(AMENDMENT)
    assert "deposit_amount" not in found
    assert "pets_allowed" not in found


def test_a_derived_end_says_so_and_quotes_the_length() -> None:
    end = read(document(TENANCY))["tenancy_end_date"]
    assert end.flags == ("derived",)
    assert end.quotes[0].text == "12 months"


@pytest.mark.parametrize("text", [PROSE, TERM_SHEET, AMENDMENT, TENANCY])
def test_every_quote_is_its_slice_of_the_text(text: str) -> None:
    for answer in read(document(text)).values():
        assert 0.0 <= answer.confidence <= 1.0
        for quote in answer.quotes:
            assert quote.text == text[quote.start : quote.end] != ""


def test_the_backend_answers_each_group_of_the_analysis() -> None:
    backend = OfflineBackend()
    lease = document(PROSE)
    answered: dict[str, Any] = {}
    for group in analysis_for("lease").groups:
        answered |= backend.answer(Task("extract", "lease", lease, group=group)).fields
    assert answered.keys() == LeaseTerms.model_fields.keys()
    assert answered["rent_amount"].value == 1300


@pytest.mark.parametrize(
    "piece",
    ["the Landlord and ", "(the ", "12 Elm ", "$1,000 rent ", "one hundred and ", "to pay for electricity ", "Tenant: ", "\n1. A", "_ ", "notice 30 days "],
)  # fmt: skip
def test_hostile_text_takes_linear_time(piece: str) -> None:
    started = time.process_time()
    read(document(piece * (200_000 // len(piece))))
    assert time.process_time() - started < 20


def test_an_empty_document_has_no_terms() -> None:
    assert not {name for name in values("") if name != "new_or_amendment"}
