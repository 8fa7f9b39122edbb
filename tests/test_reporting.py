"""A report is compared with the last one, and an amendment is read with the lease it amends."""

from datetime import date
from pathlib import Path

import pytest

from pipeline import Pipeline, Settings
from pipeline.reporting import report_on
from pipeline.stores import open_stores

SAMPLES = Path(__file__).parents[1] / "samples" / "leases"
LEASE = """RESIDENTIAL LEASE AGREEMENT

This agreement is made on March 1, 2025 between Maple Row Homes LLC ("Landlord"), 77 Foundry Lane, Columbus, Ohio 43201, and Dana Whitlock
("Tenant").

1. PREMISES. Landlord leases to Tenant the dwelling at 418 Juniper Street, Unit 2, Columbus, Ohio 43215, built in 1994.

2. TERM. The term begins on April 1, 2025 and ends on March 31, 2026.

3. RENT. Tenant shall pay rent of $1,200.00 per month, due in advance on the 1st day of each month.

4. SECURITY DEPOSIT. Tenant shall pay a security deposit of $1,200.00. Within {days} days after this agreement ends and Tenant delivers
possession, Landlord shall return the deposit less itemized deductions.

Landlord: ______________________ Date: ________      Tenant: ______________________ Date: ________
"""
AMENDMENT = """FIRST AMENDMENT TO RESIDENTIAL LEASE AGREEMENT

This amendment is made on {date} between Maple Row Homes LLC ("Landlord") and Dana Whitlock ("Tenant") and changes the Residential Lease
Agreement dated March 1, 2025 for the dwelling at 418 Juniper Street, Unit 2, Columbus, Ohio 43215.

1. The monthly rent is increased to {rent} per month from April 1, 2026.

2. {clause}

3. All other terms of the lease remain in full force and effect.

Landlord: ______________________ Date: ________      Tenant: ______________________ Date: ________
"""


@pytest.fixture
def desk(tmp_path):
    """Writes a text and reports on it."""
    pipeline = Pipeline(Settings(boxes=False))
    with open_stores("sqlite://") as stores:

        def report(name, text, **options):
            path = tmp_path / name
            path.write_text(text, encoding="utf-8")
            return report_on(path, pipeline, stores.reports, **options)

        yield report


def results(result):
    return {r.id: r.result for r in result.validation.requirements}


def test_the_first_report_is_compared_with_none(desk):
    assert desk("lease.txt", LEASE.format(days="thirty (30)")).validation.since is None


def test_a_lease_that_was_corrected_shows_what_became_of_its_faults(desk):
    assert results(desk("lease.txt", LEASE.format(days="sixty (60)")))["US-OH.deposit_return"] == "violated"
    since = desk("lease.txt", LEASE.format(days="thirty (30)")).validation.since
    assert since.status == "agreement is not fully validated"
    assert [(c.id, c.before, c.after) for c in since.requirements] == [
        ("US-OH.deposit_return", "violated", "satisfied")
    ]


def test_the_same_lease_again_shows_no_change(desk):
    desk("lease.txt", LEASE.format(days="thirty (30)"))
    since = desk("lease.txt", LEASE.format(days="thirty (30)")).validation.since
    assert (since.requirements, since.terms) == ([], [])


def test_an_amendment_is_judged_with_its_lease(desk):
    desk("lease.txt", LEASE.format(days="thirty (30)"))
    clause = "The deposit shall be returned within ninety (90) days after the tenancy ends."
    report = desk("amendment.txt", AMENDMENT.format(date="February 2, 2026", rent="$1,250.00", clause=clause))
    assert report.doc_type == "lease_amendment" and report.amends is not None
    found = results(report)
    assert found["US-OH.deposit_return"] == "violated"  # by the amendment
    assert found["US-OH.self_help"] == "satisfied"  # as the lease left it
    assert "rent_amount" in report.validation.since.terms
    assert ("US-OH.deposit_return", "satisfied", "violated") in [
        (c.id, c.before, c.after) for c in report.validation.since.requirements
    ]
    assert report.validation.as_of == date(2026, 2, 2)


def test_a_second_amendment_stands_on_the_first(desk):
    desk("lease.txt", LEASE.format(days="thirty (30)"))
    late = "The deposit shall be returned within ninety (90) days after the tenancy ends."
    desk("first.txt", AMENDMENT.format(date="February 2, 2026", rent="$1,250.00", clause=late))
    harmless = "Tenant may keep one cat."
    second = desk("second.txt", AMENDMENT.format(date="March 3, 2026", rent="$1,300.00", clause=harmless))
    assert results(second)["US-OH.deposit_return"] == "violated"  # the first amendment's clause still stands


def test_an_amendment_without_its_lease_is_judged_alone(desk):
    report = desk(
        "amendment.txt", AMENDMENT.format(date="February 2, 2026", rent="$1,250.00", clause="Tenant may keep one cat.")
    )
    assert report.amends is None and report.validation.since is None


def test_a_document_that_is_no_lease_is_not_remembered(desk):
    letter = "Dear Ms Whitlock,\n\nthe boiler will be serviced on Tuesday.\n\nYours, Maple Row Homes\n"
    assert desk("letter.txt", letter).validation is None
    assert desk("letter.txt", letter).validation is None
