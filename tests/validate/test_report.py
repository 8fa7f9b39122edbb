"""The whole report: status, confidence, order, wording, dates, amendments, places that are not known."""

from datetime import date
from decimal import Decimal

import pytest

from pipeline.knowledge import lookup
from pipeline.validate import validate, validate_document
from schemas import Document, Jurisdiction, Page, ProtocolTerms, Term

OPEN = {"violated", "missing", "incomplete", "unclear"}


def found(report, requirement):
    return next(r for r in report.requirements if r.id == requirement)


@pytest.mark.parametrize("name", ["ohio", "california"])
def test_a_compliant_lease_is_validated(name, request):
    lease = request.getfixturevalue(name)
    report = lease.report()
    assert report.status == "agreement is validated"
    assert report.confidence >= 95
    assert {r.result for r in report.requirements} <= {"satisfied", "not_applicable"}
    assert report.jurisdiction == lease.place.code
    assert str(report.as_of) == lease.values["agreement_signed_date"]


def test_evidence_is_the_documents_own_slice(ohio):
    report = ohio.report()
    quotes = [e for r in report.requirements for e in r.evidence]
    assert len(quotes) > 15
    assert all(e.quote == ohio.text[e.start : e.end] and e.page == 1 for e in quotes)


def test_confidence_falls_with_the_values_it_rests_on_and_with_what_is_missing(ohio):
    sure = ohio.report().confidence
    terms = ohio.terms.model_copy(update={"rent_amount": Term(value=Decimal(1200), confidence=0.3)})
    unsure = validate_document(terms, ohio.document, "lease", ohio.place, today=date(2026, 1, 1))
    assert unsure is not None and unsure.confidence < sure
    assert ohio.added("Tenant waives the warranty of habitability.").report().confidence < sure


def test_a_lease_without_faults_but_with_doubtful_values_is_not_validated(ohio):
    doubtful = {
        n: Term(value=v, confidence=0.55, evidence=getattr(ohio.terms, n).evidence) for n, v in ohio.values.items()
    }
    terms = ohio.terms.model_copy(update=doubtful)
    report = validate_document(terms, ohio.document, "lease", ohio.place, today=date(2026, 1, 1), threshold=97.5)
    assert report is not None
    assert report.status == "agreement is not fully validated"
    assert "stays under 97.5 %" in report.notes[-1] and "owner name" in report.notes[-1]


@pytest.mark.parametrize(
    ("signed", "deposit", "result"),
    [
        ("2024-06-30", 3800, "satisfied"),
        ("2024-07-01", 3800, "violated"),
        ("2024-06-30", 5700, "violated"),
        ("2024-07-01", 1900, "satisfied"),
    ],
)
def test_the_law_of_the_leases_own_date_is_applied(california, signed, deposit, result):
    lease = california.valued(agreement_signed_date=signed, deposit_amount=Decimal(deposit))
    caps = [r for r in lease.report().requirements if "deposit_cap" in r.id]
    assert [r.result for r in caps] == [result]


def test_a_date_given_by_the_caller_wins_and_today_is_the_last_resort(california):
    assert california.report(as_of=date(2024, 6, 30)).as_of == date(2024, 6, 30)
    undated = california.valued(agreement_signed_date=None, tenancy_start_date=None)
    report = undated.report(today=date(2026, 5, 4))
    assert report.as_of == date(2026, 5, 4)
    assert any("own date was not found" in note for note in report.notes)


def test_furnished_premises_allowed_three_months_and_a_small_landlord_two(california):
    furnished = california.valued(agreement_signed_date="2023-02-01", deposit_amount=Decimal(5700)).added(
        "The apartment is rented fully furnished."
    )
    assert found(furnished.report(), "US-CA.deposit_cap").result == "satisfied"
    small = california.valued(deposit_amount=Decimal(3800)).added(
        "Landlord is a natural person who owns no more than two residential rental properties with four units in all."
    )
    assert found(small.report(), "US-CA.deposit_cap").result == "satisfied"


def test_recommendations_speak_of_this_lease(california):
    report = california.valued(deposit_amount=Decimal(4000)).report()
    cap = found(report, "US-CA.deposit_cap")
    assert cap.recommendation.startswith("Lower the deposit from $4,000 to at most $1,900")
    assert cap.suggested_wording == "Tenant shall pay a security deposit of $1,900."
    assert "deposit amount 4,000" in cap.explanation


def test_what_must_be_done_first_stands_first(california):
    lease = california.valued(deposit_amount=Decimal(4000)).edited(
        "8. Bed bugs. Tenant has received the notice on bed bugs and shall report them promptly.", "8. Reserved."
    )
    results = lease.report().requirements
    to_do = [r for r in results if r.result in OPEN]
    assert [r.id for r in to_do] == ["US-CA.deposit_cap", "US-CA.bed_bugs"]
    assert results[: len(to_do)] == to_do
    assert all(r.recommendation for r in to_do)
    assert not any(r.recommendation for r in results[len(to_do) :])


def test_an_unknown_amount_is_unclear_and_keeps_a_lease_from_being_validated(california):
    report = california.valued(deposit_amount=None).report()
    assert found(report, "US-CA.deposit_cap").result == "unclear"
    assert report.status == "agreement is not fully validated"


def test_what_only_follows_from_a_missing_amount_is_no_second_fault(california):
    report = (
        california.edited("4. Security deposit. $1,900.00. No later", "4. Security deposit. No later")
        .valued(deposit_amount=None)
        .report()
    )
    assert found(report, "ANY.deposit_stated").result == "missing"
    assert (found(report, "US-CA.deposit_cap").result, found(report, "US-CA.deposit_cap").mandatory) == (
        "unclear",
        False,
    )
    assert report.status == "agreement is not fully validated"


def test_silence_where_the_law_applies_anyway_is_advice(ohio):
    silent = ohio.edited(
        "5. ENTRY. Except in an emergency, Landlord shall give Tenant at least twenty-four (24) hours' notice before entering, and enter only at\nreasonable times.",
        "5. RESERVED.",
    )
    report = silent.report()
    entry = found(report, "US-OH.entry_notice")
    assert (entry.result, entry.mandatory) == ("missing", False)
    assert report.status == "agreement is validated"


def test_interest_is_asked_for_only_where_the_deposit_exceeds_the_rent(ohio):
    assert ohio.result("US-OH.deposit_interest") == "not_applicable"
    large = ohio.valued(deposit_amount=Decimal(2400))
    assert large.result("US-OH.deposit_interest") == "missing"
    assert large.added("The deposit bears no interest.").result("US-OH.deposit_interest_excluded") == "violated"
    paid = large.added("The part of the deposit above one month's rent bears interest at five percent (5%) a year.")
    assert paid.result("US-OH.deposit_interest") == "satisfied"


def test_lead_paint_depends_on_the_year_the_building_was_built(ohio):
    old, new = "US.lead_paint_before_1978", "US.lead_paint"
    assert (ohio.result(old), ohio.result(new)) == ("not_applicable", "not_applicable")
    early = ohio.edited("built in 1994", "built in 1961")
    assert (early.result(old), early.result(new)) == ("missing", "not_applicable")
    told = early.added(
        "Lead-based paint disclosure: Tenant has received the pamphlet Protect Your Family From Lead in Your Home."
    )
    assert told.result(old) == "satisfied"
    silent = ohio.edited(" The building was built in 1994.", "")
    assert (silent.result(old), silent.result(new)) == ("not_applicable", "unclear")


def test_residential_law_is_not_applied_to_business_premises(commercial):
    report = commercial.report()
    assert {r.id.split(".")[0] for r in report.requirements} == {"ANY"}
    assert report.status == "agreement is validated"
    assert "commercial lease" in report.notes[0] and "Ohio" in report.notes[0]
    assert commercial.valued(rent_amount=None).report().status == "agreement is not fully validated"


def test_a_state_without_rules_is_said_so_and_nothing_is_validated(ohio):
    place = Jurisdiction(country="US", state="Guam")
    report = validate_document(ohio.terms, ohio.document, "lease", place, today=date(2026, 1, 1))
    assert report is not None
    assert report.status == "agreement is not fully validated"
    assert "no rules of Guam" in report.notes[0]
    assert {r.id.split(".")[0] for r in report.requirements} == {"ANY", "US"}


def test_a_place_that_is_not_known_gets_the_general_rules(ohio):
    report = validate_document(ohio.terms, ohio.document, "lease", None, today=date(2026, 1, 1))
    assert report is not None
    assert {r.id.split(".")[0] for r in report.requirements} == {"ANY"}
    assert report.status == "agreement is not fully validated"


def test_a_lease_of_no_known_kind_gets_the_general_rules_and_is_not_validated(ohio):
    text = (
        "Agreement of March 1, 2025. Rent $1,200 due on the 1st day. From April 1, 2025 to March 31, 2026. Signed: ____"
    )
    document = Document("a.txt", "0" * 64, "text/plain", text, (Page(1, 0, len(text)),))
    terms = ohio.valued(lease_id="AGREEMENT", tenant_name=["Dana Whitlock"]).terms
    report = validate_document(terms, document, "lease", ohio.place, today=date(2026, 1, 1))
    assert report is not None
    assert {r.id.split(".")[0] for r in report.requirements} == {"ANY"}
    assert "cannot be told" in report.notes[0]
    assert report.status == "agreement is not fully validated"


def test_an_amendment_is_checked_only_for_what_it_changes(california):
    text = (
        "AMENDMENT TO LEASE\n\nThis amendment changes the residential lease between Corinth Bay Rentals LLC and Lucia Marren dated August 5, 2024 for the "
        "dwelling unit at 90 Alder Court.\n\n1. The parties waive trial by jury.\n\n2. All other terms remain in full force and effect.\n\nSigned: ____"
    )
    amendment = california.valued(rent_amount=None, deposit_amount=None, late_fee=None)
    document = Document("a.txt", "0" * 64, "text/plain", text, (Page(1, 0, len(text)),))
    report = validate_document(amendment.terms, document, "lease_amendment", california.place, today=date(2026, 1, 1))
    assert report is not None
    assert [r.id for r in report.requirements if r.result in OPEN] == ["US-CA.jury_waiver"]
    assert not any("sex_offender" in r.id for r in report.requirements)
    assert found(report, "ANY.amended_lease").result == "satisfied"


def test_a_document_that_is_no_agreement_has_no_report(ohio):
    assert validate_document(ohio.terms, ohio.document, "other", ohio.place, today=date(2026, 1, 1)) is None


PROTOCOL = """CLINICAL TRIAL PROTOCOL
Protocol title: A randomised trial of velotinib in gout
Protocol number: VLT-204   Version 2.0, 3 May 2024
Sponsor: Northgale Pharma Ltd, 4 Quay Road, Leeds
Protocol approval and signature page
1 Background and rationale
1.1 Benefit and risk assessment
2 Objectives
3 Endpoints
The primary endpoint is the change in serum urate at week 12. The study duration is 16 weeks.
4 Trial design
A randomised, double-blind, parallel study.
4.1 Discontinuation and withdrawal of participants
5.1 Inclusion criteria
5.2 Exclusion criteria
6 Study treatment
Velotinib 50 mg is given orally once daily.
6.6 Storage and accountability of the study drug
6.7 Emergency unblinding
6.1 Concomitant medication
7 Schedule of activities
8 Efficacy assessments
9 Safety assessments
9.1 Adverse event reporting
10 Statistical methods
10.1 Sample size
11 Ethics
The ethics committee approves the protocol and participants give informed consent.
The study is conducted in compliance with this protocol and good clinical practice.
11.1 Source data and direct access
11.2 Monitoring and quality assurance
12 Data handling and record retention
13 Financing and insurance
14 Publication policy
"""


def protocol_report(text):
    document = Document("p.txt", "0" * 64, "text/plain", text, (Page(1, 0, len(text)),))
    return validate_document(ProtocolTerms(), document, "clinical_protocol", None, today=date(2026, 1, 1))


def test_a_protocol_with_every_part_is_complete():
    report = protocol_report(PROTOCOL)
    assert [r.id for r in report.requirements if r.result in OPEN] == []
    assert report.status == "protocol is complete"


@pytest.mark.parametrize(
    ("part", "requirement"),
    [
        ("10.1 Sample size\n", "ICH.sample_size"),
        ("5.2 Exclusion criteria\n", "ICH.exclusion"),
        ("The ethics committee approves the protocol and participants give informed consent.\n", "ICH.ethics"),
        ("Sponsor: Northgale Pharma Ltd, 4 Quay Road, Leeds\n", "ICH.sponsor"),
        ("7 Schedule of activities\n", "ICH.schedule"),
        ("9.1 Adverse event reporting\n", "ICH.adverse_events"),
    ],
)
def test_a_protocol_without_a_part_is_incomplete(part, requirement):
    report = protocol_report(PROTOCOL.replace(part, ""))
    assert report.status == "protocol is incomplete"
    assert requirement in [r.id for r in report.requirements if r.result == "missing"]


def test_a_searcher_is_asked_for_a_clause_that_runs_over_several_passages(ohio):
    from schemas import Passage

    far = ohio.edited(
        "Within thirty (30) days after this agreement ends and Tenant delivers\npossession, Landlord shall return the deposit less itemized deductions.",
        "It secures the rent.\n\n4a. KEYS. Tenant gives back every key.\n\n4b. PAINT. Tenant does not paint.\n\n4c. WALLS. Nothing is nailed.\n\n"
        "4d. It shall be handed back, with a list of what was kept and why, within ninety (90) days.",
    )
    requirements = lookup(far.place, date(2025, 3, 1))
    asked = []

    def find(query, many):
        asked.append(query)
        return [Passage(1, far.text, 0, len(far.text), 1)]

    report = validate(far.terms, far.document, "lease", far.place, requirements, date(2025, 3, 1), find=find)
    assert report is not None
    assert any("deposit" in query for query in asked)
