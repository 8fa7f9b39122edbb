"""Small invented leases that comply with the law of their state; tests change one thing in them."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from pydantic import TypeAdapter

from pipeline.knowledge import load_pack
from pipeline.knowledge.rules import conditions, expand, rules
from pipeline.validate import validate_document
from pipeline.validate.check import run_check
from pipeline.validate.passages import ReadText
from schemas import (
    Check,
    CheckResult,
    Document,
    Evidence,
    Jurisdiction,
    LeaseTerms,
    Line,
    Page,
    Term,
    Terms,
    ValidationReport,
)

OHIO = """RESIDENTIAL LEASE AGREEMENT

This agreement is made on March 1, 2025 between Maple Row Homes LLC ("Landlord") and Dana Whitlock ("Tenant").

1. PREMISES. Landlord leases to Tenant the dwelling at 418 Juniper Street, Unit 2, Columbus, Ohio 43215. The building was built in 1994.

2. TERM. The term begins on April 1, 2025 and ends on March 31, 2026. Thereafter the tenancy continues from month to month, and either party
may end it by thirty (30) days' written notice before the periodic rental date.

3. RENT. Tenant shall pay rent of $1,200.00 per month, due in advance on the 1st day of each month. If rent is not received by the fifth day of
the month, Tenant shall pay a late fee of $50.00.

4. SECURITY DEPOSIT. Tenant shall pay a security deposit of $1,200.00. Within thirty (30) days after this agreement ends and Tenant delivers
possession, Landlord shall return the deposit less itemized deductions.

5. ENTRY. Except in an emergency, Landlord shall give Tenant at least twenty-four (24) hours' notice before entering, and enter only at
reasonable times.

6. REPAIRS. Landlord shall keep the premises fit and habitable. Tenant shall not change the locks without Landlord's consent. Landlord is not
liable for damage to Tenant's belongings unless caused by Landlord's negligence. Nothing in this lease waives any right of the Tenant under
Ohio Revised Code Chapter 5321.

7. OWNER AND AGENT. Owner: Maple Row Homes LLC. The owner's address is 77 Foundry Lane, Columbus, Ohio 43201. Rent may be paid by check.

8. OCCUPANTS. The dwelling is used as a private residence by Tenant only. No pets are allowed, except assistance animals.

IN WITNESS WHEREOF the parties have signed.

Landlord: ______________________ Date: ________
Tenant: ______________________ Date: ________
"""

CALIFORNIA = """RESIDENTIAL RENTAL AGREEMENT

This rental agreement is made on August 5, 2024 by Corinth Bay Rentals LLC ("Landlord") and Lucia Marren ("Tenant").

1. Premises. The dwelling unit at 90 Alder Court, Apartment 5, Fresno, California 93721, built in 2001.

2. Term. From September 1, 2024 to August 31, 2025, then month-to-month. A month-to-month tenancy ends by written notice of at least thirty
(30) days from Tenant, or sixty (60) days from Landlord.

3. Rent. $1,900.00 a month, due on the 1st day of the month. Rent is payable to Corinth Bay Rentals LLC, 12 Harbor Street, Fresno, by personal
check, money order or electronic transfer. Late charge: $75.00 after the fifth day. The rent of a month-to-month tenancy may be increased by
thirty (30) days' written notice.

4. Security deposit. $1,900.00. No later than twenty-one (21) days after Tenant has vacated, Landlord shall return the deposit with an itemized
statement of deductions.

5. Entry. Landlord may enter after twenty-four (24) hours' written notice during normal business hours, or in an emergency without notice.

6. Owner and manager. Manager and agent for service of process: Ruth Ellery, 12 Harbor Street, Fresno, CA 93721, telephone 555-0142.

7. Notice: Pursuant to Section 290.46 of the Penal Code, information about specified registered sex offenders is made available to the public
via an Internet Web site maintained by the Department of Justice at www.meganslaw.ca.gov.

8. Bed bugs. Tenant has received the notice on bed bugs and shall report them promptly. Tenant has
received the booklet on dampness and mold for renters.

9. California law limits the amount your rent can be increased. See Section 1947.12 of the Civil Code for more information. California law also
provides that a landlord must provide a statement of cause in any notice to terminate a tenancy. See Section 1946.2 of the Civil Code.

10. Smoking is prohibited in the unit and in all common areas. No provision of this agreement waives trial by jury.

11. Landlord does not know the property to lie in a special flood hazard area. Tenant may learn about hazards at myhazards.caloes.ca.gov. Landlord's
insurance does not cover Tenant's possessions. Tenant has received the booklet "Information on Dampness and Mold for Renters in California".

Signature of Landlord: ____________  Signature of Tenant: ____________
"""

COMMERCIAL = """OFFICE LEASE

This office lease is made as of May 2, 2023 between Quarry Point Holdings LLC ("Landlord") and Bright Ledger Inc. ("Tenant").

1. Premises. 4,000 rentable square feet in the office building at 300 Canal Avenue, Cleveland, Ohio 44113, for general office use.
2. Term. Five years from June 1, 2023 to May 31, 2028.
3. Rent. Base rent of $8,000 per month, payable in advance on the first day of each month, and Tenant's proportionate share of operating expenses.
4. Security deposit: $16,000.
5. Landlord shall not be liable for any injury or damage. Tenant shall pay Landlord's attorneys' fees. Tenant waives trial by jury.
6. Tenant shall carry commercial general liability insurance and shall deliver estoppel certificates.

IN WITNESS WHEREOF the parties have executed this lease.
"""


@dataclass(frozen=True)
class Lease:
    """An invented lease: its text, its terms as a perfect reader gives them, its place."""

    text: str
    values: dict[str, Any]
    place: Jurisdiction | None

    def edited(self, old: str, new: str) -> "Lease":
        assert old in self.text
        return replace(self, text=self.text.replace(old, new))

    def added(self, clause: str) -> "Lease":
        return self.edited("\n\n5. ", f"\n\n{clause}\n\n5. ")

    def valued(self, **values: Any) -> "Lease":
        return replace(self, values={**self.values, **values})

    @property
    def document(self) -> Document:
        lines, at = [], 0
        for row in self.text.split("\n"):
            lines.append(Line(at, at + len(row)))
            at += len(row) + 1
        return Document("lease.txt", "0" * 64, "text/plain", self.text, (Page(1, 0, len(self.text), tuple(lines)),))

    @property
    def terms(self) -> LeaseTerms:
        place = Evidence(page=1, start=0, end=11, quote=self.text[:11])
        return LeaseTerms(**{n: Term(value=v, confidence=0.99, evidence=[place]) for n, v in self.values.items()})

    def report(self, doc_type: Any = "lease", **options: Any) -> ValidationReport:
        options.setdefault("today", date(2026, 1, 1))
        report = validate_document(self.terms, self.document, doc_type, self.place, **options)
        assert report is not None
        return report

    def result(self, requirement: str, **options: Any) -> str:
        return {r.id: str(r.result) for r in self.report(**options).requirements}.get(requirement, "not looked up")


@pytest.fixture
def ohio() -> Lease:
    values = {
        "lease_id": "RESIDENTIAL LEASE AGREEMENT", "owner_name": ["Maple Row Homes LLC"], "tenant_name": ["Dana Whitlock"],
        "agreement_signed_date": "2025-03-01", "tenancy_start_date": "2025-04-01", "tenancy_end_date": "2026-03-31",
        "property_address": "418 Juniper Street, Unit 2, Columbus, Ohio 43215", "city": "Columbus", "state": "Ohio",
        "rent_amount": Decimal("1200.00"), "rent_paid_by_day_of_month": 1, "deposit_amount": Decimal("1200.00"),
        "late_fee": "$50.00", "termination_notice_min_days": 30,
    }  # fmt: skip
    return Lease(OHIO, values, Jurisdiction(country="US", state="Ohio", city="Columbus", zipcode="43215"))


@pytest.fixture
def california() -> Lease:
    values = {
        "lease_id": "RESIDENTIAL RENTAL AGREEMENT", "owner_name": ["Corinth Bay Rentals LLC"], "tenant_name": ["Lucia Marren"],
        "agreement_signed_date": "2024-08-05", "tenancy_start_date": "2024-09-01", "tenancy_end_date": "2025-08-31",
        "property_address": "90 Alder Court, Apartment 5, Fresno, California 93721", "city": "Fresno", "state": "California",
        "rent_amount": Decimal("1900.00"), "rent_paid_by_day_of_month": 1, "deposit_amount": Decimal("1900.00"),
        "late_fee": "$75.00", "termination_notice_min_days": 30,
    }  # fmt: skip
    return Lease(CALIFORNIA, values, Jurisdiction(country="US", state="California", city="Fresno", zipcode="93721"))


@pytest.fixture
def commercial() -> Lease:
    values = {
        "lease_id": "OFFICE LEASE", "owner_name": ["Quarry Point Holdings LLC"], "tenant_name": ["Bright Ledger Inc."],
        "agreement_signed_date": "2023-05-02", "tenancy_start_date": "2023-06-01", "tenancy_end_date": "2028-05-31",
        "property_address": "300 Canal Avenue, Cleveland, Ohio 44113", "city": "Cleveland", "state": "Ohio",
        "rent_amount": Decimal("8000.00"), "rent_paid_by_day_of_month": 1, "deposit_amount": Decimal("16000.00"),
        "permitted_use": "general office use",
    }  # fmt: skip
    return Lease(COMMERCIAL, values, Jurisdiction(country="US", state="Ohio", city="Cleveland"))


Edit = Callable[[Lease], Lease]


@pytest.fixture
def document_of() -> Callable[[str], Document]:
    """A document that says no more than a few words."""
    return lambda text: Lease(text, {}, None).document


@pytest.fixture
def judged(document_of: Callable[[str], Document]) -> Callable[..., CheckResult]:
    """What a shared rule, with the numbers of some law, says of a text."""

    def result(rule: str, text: str, terms: Terms | None = None, **numbers: float) -> CheckResult:
        check = TypeAdapter(Check).validate_python(expand({"rule": rule, "with": numbers}, "US-NC")["check"])
        return run_check(check, ReadText(document_of(text)), terms or LeaseTerms()).result

    return result


@pytest.fixture
def judged_in(document_of: Callable[[str], Document]) -> Callable[..., CheckResult]:
    """What the latest rule of a place says of a text."""

    def result(place: str, rule: str, text: str) -> CheckResult:
        check = [r.check for r in load_pack(place).requirements if r.id == f"{place}.{rule}"][-1]
        return run_check(check, ReadText(document_of(text)), LeaseTerms()).result

    return result


@pytest.fixture
def met(document_of: Callable[[str], Document]) -> Callable[..., bool | None]:
    """Whether a shared condition is met by a text; None if that cannot be told."""

    def holds(condition: str, text: str) -> bool | None:
        check = TypeAdapter(Check).validate_python(conditions()[condition])
        return run_check(check, ReadText(document_of(text)), LeaseTerms()).holds

    return holds


def cases(told: dict[str, str]) -> list[tuple[str, str]]:
    """Topics, each with every line that is told of it."""
    return [(topic, line.strip()) for topic, lines in told.items() for line in lines.strip().splitlines()]


@pytest.fixture
def disclosed(document_of: Callable[[str], Document]) -> Callable[[str, str], CheckResult]:
    """What the shared rule of a topic says of a passage among the clauses of a lease."""

    def result(topic: str, passage: str) -> CheckResult:
        rule = rules()[topic]["check"] if topic != "lead_paint" else None
        federal = (r.check for r in load_pack("US").requirements if r.id == "US.lead_paint")
        check = next(federal) if rule is None else TypeAdapter(Check).validate_python(rule)
        text = f"1. RENT. Rent is $900 a month.\n\n2. {passage}\n\n3. KEYS. Tenant has two keys.\n"
        return run_check(check, ReadText(document_of(text)), LeaseTerms()).result

    return result
