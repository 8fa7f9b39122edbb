"""What is different between two reports, and the report on a lease as an amendment leaves it."""

from datetime import UTC, datetime

from pipeline.validate import as_amended, compare

MADE = datetime(2026, 1, 2, tzinfo=UTC)


def late_return(lease):
    return lease.edited("Within thirty (30) days after", "Within sixty (60) days after")


def test_a_report_against_itself_has_no_changes(ohio):
    since = compare(ohio.report(), ohio.report(), made=MADE, path="x", terms=(ohio.terms, ohio.terms))
    assert (since.requirements, since.terms) == ([], [])


def test_changes_go_both_ways(ohio):
    good, bad = ohio.report(), late_return(ohio).report()
    there = compare(good, bad, made=MADE, path="x").requirements
    back = compare(bad, good, made=MADE, path="x").requirements
    assert [(c.id, c.before, c.after) for c in there] == [("US-OH.deposit_return", "satisfied", "violated")]
    assert [(c.id, c.before, c.after) for c in back] == [("US-OH.deposit_return", "violated", "satisfied")]


def test_values_that_changed_are_named(ohio):
    dearer = ohio.valued(rent_amount=ohio.values["rent_amount"] + 50)
    assert compare(ohio.report(), ohio.report(), made=MADE, path="x", terms=(ohio.terms, dearer.terms)).terms == [
        "rent_amount"
    ]


def test_what_an_amendment_sets_wins_and_the_rest_stays(ohio):
    lease = ohio.report()
    amendment = late_return(ohio).report("lease_amendment")
    whole = as_amended(lease, amendment, 95.0, ["lease.pdf", "amendment.pdf"])
    found = {r.id: r.result for r in whole.requirements}
    assert found["US-OH.deposit_return"] == "violated"
    assert {r.id for r in lease.requirements} <= found.keys()
    assert whole.status == "agreement is not fully validated"
    assert whole.confidence < lease.confidence
    assert "lease.pdf with amendment.pdf" in whole.notes[0]


def test_an_amendment_can_mend_a_lease(ohio):
    lease = late_return(ohio).report()
    amendment = ohio.added(
        "This amendment changes the lease agreement dated March 1, 2025; the rest remains in full force."
    )
    assert lease.status == "agreement is not fully validated"
    mended = as_amended(lease, amendment.report("lease_amendment"), 95.0, ["a", "b"])
    assert mended.status == "agreement is validated"
