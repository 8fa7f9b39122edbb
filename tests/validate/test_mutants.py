"""One defect planted in a compliant lease, in several wordings: it must be found; and clauses that only look like it must not."""

import pytest

FORBIDDEN_OHIO = [
    (
        "US-OH.confession_of_judgment",
        "Tenant authorizes any attorney to confess judgment against Tenant for unpaid rent.",
    ),
    ("US-OH.confession_of_judgment", "Tenant hereby grants a warrant of attorney to appear in any court of record."),
    ("US-OH.confession_of_judgment", "This agreement contains a cognovit provision in favor of the Landlord."),
    (
        "US-OH.attorney_fees",
        "Tenant shall pay all of Landlord's reasonable attorney's fees incurred in enforcing this lease.",
    ),
    (
        "US-OH.attorney_fees",
        "In any action the prevailing party is entitled to recover reasonable attorneys' fees and court costs.",
    ),
    ("US-OH.attorney_fees", "All costs of collection, including attorney fees, shall be borne by the Tenant."),
    ("US-OH.attorney_fees", "If legal action is necessary, Lessee agrees to reimburse Lessor for legal fees."),
    (
        "US-OH.exculpation",
        "Landlord shall not be liable for any injury to Tenant or damage to property, however caused.",
    ),
    ("US-OH.exculpation", "Tenant shall indemnify and hold harmless Landlord from all claims arising on the premises."),
    ("US-OH.exculpation", "Tenant releases Landlord from all liability, even if caused by Landlord's negligence."),
    ("US-OH.exculpation", "In no event shall the Owner be liable for theft, fire or injury on the property."),
    ("US-OH.waiver_of_rights", "Tenant waives all rights and remedies under the Ohio landlord-tenant law."),
    ("US-OH.waiver_of_rights", "Tenant hereby waives the warranty of habitability."),
    ("US-OH.waiver_of_rights", "Landlord has no obligation to repair or maintain the premises during the term."),
    ("US-OH.entry_without_notice", "Landlord may enter the premises at any time without prior notice to inspect them."),
    (
        "US-OH.entry_without_notice",
        "The management reserves the right to enter the unit at all times and for any reason.",
    ),
    ("US-OH.eviction_notice", "Tenant waives any notice to vacate before an eviction."),
    ("US-OH.eviction_notice", "Upon default Tenant may be evicted without notice."),
    ("US-OH.retaliation", "Landlord may terminate this lease if Tenant complains to the health department."),
    ("US-OH.self_help", "If rent is more than ten days late, Landlord may change the locks and exclude Tenant."),
    ("US-OH.self_help", "Landlord may shut off the electricity and water of any tenant who is in default."),
    ("US-OH.self_help", "Upon default Landlord may re-enter and take possession without legal process."),
    ("US-OH.self_help", "Landlord has the right to seize Tenant's belongings and sell them for unpaid rent."),
    ("US.fair_housing", "No children under the age of 12 are allowed to live in the premises."),
    ("US.fair_housing", "This is an adults only building."),
    ("US.scra_waiver", "Tenant waives all rights under the Servicemembers Civil Relief Act."),
]

FORBIDDEN_CALIFORNIA = [
    ("US-CA.jury_waiver", "Landlord and Tenant waive trial by jury in any action arising from this agreement."),
    ("US-CA.jury_waiver", "The parties hereby waive their right to a jury trial."),
    ("US-CA.jury_waiver", "All disputes between the parties shall be settled by binding arbitration."),
    ("US-CA.notice_waiver", "Tenant waives any notice required before an action to recover possession."),
    ("US-CA.notice_waiver", "Landlord may terminate the tenancy without notice upon default."),
    ("US-CA.claim_waiver", "Tenant waives any claim or cause of action against Landlord."),
    ("US-CA.claim_waiver", "Resident gives up the right to repair and deduct."),
    ("US-CA.exculpation", "Owner is not responsible for any loss, damage or injury suffered by Tenant or guests."),
    ("US-CA.exculpation", "Tenant agrees to hold Landlord harmless from any liability."),
    ("US-CA.deposit_nonrefundable", "A nonrefundable cleaning deposit of $300 is due at signing."),
    ("US-CA.deposit_nonrefundable", "The pet deposit is non-refundable."),
    ("US-CA.payment_form", "Rent shall be paid only in cash."),
    ("US-CA.payment_form", "Rent must be paid exclusively through the online portal."),
    ("US-CA.entry_without_notice", "Landlord may enter the unit at any time without notice."),
    ("US-CA.self_help", "If Tenant fails to pay, Landlord may lock out Tenant."),
    ("US-CA.self_help", "Landlord is entitled to disconnect the utilities if rent remains unpaid."),
    ("US-CA.source_of_income", "Landlord does not accept Section 8 vouchers."),
    ("US-CA.retaliation", "Tenant shall not complain to any government agency about the condition of the unit."),
]

HARMLESS = [
    "Nothing in this lease shall be construed as a waiver of any right of Tenant under the law.",
    "Landlord shall not change the locks or shut off utilities in order to recover possession.",
    "To the extent permitted by law, Tenant shall indemnify Landlord.",
    "Landlord may not enter without notice except in an emergency.",
    "Tenant shall pay for damage caused by Tenant's negligence.",
    "Each party shall pay its own attorney's fees.",
    "Tenant shall indemnify Landlord only for damage caused by Tenant's own negligence.",
    "Tenant shall not disturb other tenants. Children must not play in the parking lot unsupervised.",
    "If Tenant abandons the premises, Landlord may remove Tenant's belongings as the law provides.",
    "Landlord's acceptance of late rent does not waive any right of Landlord.",
    "No term of this agreement confesses judgment or waives notice.",
    "Tenant shall promptly notify Landlord of leaks and needed repairs.",
    "Landlord's insurance does not cover Tenant's personal property; Tenant should carry renter's insurance.",
    "Landlord will replace the locks within two days at Tenant's request.",
    "The application fee is non-refundable.",
    "Landlord does not discriminate against families with children.",
]

NUMBERS_OHIO = [
    ("US-OH.deposit_return", "Within thirty (30) days after", "Within sixty (60) days after", "violated"),
    ("US-OH.deposit_return", "Within thirty (30) days after", "Within six weeks after", "violated"),
    ("US-OH.deposit_return", "Within thirty (30) days after", "Within 14 days after", "satisfied"),
    ("US-OH.deposit_return", "Within thirty (30) days after", "As required by Ohio law, after", "satisfied"),
    ("US-OH.entry_notice", "twenty-four (24) hours' notice", "two hours' notice", "violated"),
    ("US-OH.entry_notice", "twenty-four (24) hours' notice", "two days' notice", "satisfied"),
    ("US-OH.entry_notice", "at least twenty-four (24) hours' notice", "reasonable notice", "satisfied"),
    ("US-OH.month_to_month_notice", "thirty (30) days' written", "ten (10) days' written", "violated"),
    ("US-OH.month_to_month_notice", "thirty (30) days' written", "one month's written", "satisfied"),
]  # fmt: skip

NUMBERS_CALIFORNIA = [
    ("US-CA.deposit_return", "twenty-one (21) days", "thirty (30) days", "violated"),
    ("US-CA.deposit_return", "twenty-one (21) days", "twenty-one (21) business days", "violated"),
    ("US-CA.deposit_return", "twenty-one (21) days", "three weeks", "satisfied"),
    ("US-CA.entry_notice", "twenty-four (24) hours' written", "twelve (12) hours' written", "violated"),
    (
        "US-CA.termination_notice",
        "thirty\n(30) days from Tenant, or sixty (60) days from Landlord",
        "fifteen (15) days",
        "violated",
    ),
    ("US-CA.rent_increase_notice", "thirty (30) days' written notice.", "seven (7) days' written notice.", "violated"),
]


@pytest.mark.parametrize(("requirement", "clause"), FORBIDDEN_OHIO)
def test_a_forbidden_clause_in_ohio_is_found_and_quoted(ohio, requirement, clause):
    report = ohio.added(clause).report()
    found = next(r for r in report.requirements if r.id == requirement)
    assert found.result == "violated"
    assert " ".join(found.evidence[0].quote.split()) in clause
    assert report.status == "agreement is not fully validated"


@pytest.mark.parametrize(("requirement", "clause"), FORBIDDEN_CALIFORNIA)
def test_a_forbidden_clause_in_california_is_found_and_quoted(california, requirement, clause):
    report = california.added(clause).report()
    found = next(r for r in report.requirements if r.id == requirement)
    assert found.result == "violated"
    assert " ".join(found.evidence[0].quote.split()) in clause
    assert report.status == "agreement is not fully validated"


@pytest.mark.parametrize("clause", HARMLESS)
def test_what_only_looks_like_a_forbidden_clause_does_no_harm(ohio, california, clause):
    for lease in (ohio, california):
        report = lease.added(clause).report()
        assert [(r.id, r.explanation) for r in report.requirements if r.result == "violated"] == []
        assert report.status == "agreement is validated"


@pytest.mark.parametrize(("requirement", "old", "new", "result"), NUMBERS_OHIO)
def test_numbers_inside_ohio_clauses_are_compared(ohio, requirement, old, new, result):
    assert ohio.edited(old, new).result(requirement) == result


@pytest.mark.parametrize(("requirement", "old", "new", "result"), NUMBERS_CALIFORNIA)
def test_numbers_inside_california_clauses_are_compared(california, requirement, old, new, result):
    assert california.edited(old, new).result(requirement) == result


MISSING = [
    ("US-CA.megans_law", "7. Notice: Pursuant to Section 290.46 of the Penal Code, information about specified registered sex offenders is made available to the public\nvia an Internet Web site maintained by the Department of Justice at www.meganslaw.ca.gov.", "7. Reserved."),
    ("US-CA.bed_bugs", "8. Bed bugs. Tenant has received the notice on bed bugs and shall report them promptly.", "8. Reserved."),
    ("US-CA.owner_manager", ", telephone 555-0142", ""),
    ("US-CA.tenant_protection_act", "See Section 1946.2 of the Civil Code", "See the Civil Code"),
]  # fmt: skip


@pytest.mark.parametrize(("requirement", "old", "new"), MISSING)
def test_a_mandatory_disclosure_that_is_left_out_is_missed(california, requirement, old, new):
    lease = california.edited(old, new)
    if requirement == "US-CA.tenant_protection_act":
        lease = lease.edited(
            "a landlord must provide a statement of cause in any notice to terminate a tenancy", "a reason is given"
        )
    report = lease.report()
    found = next(r for r in report.requirements if r.id == requirement)
    assert (found.result, found.mandatory) == ("missing", True)
    assert found.suggested_wording
    assert report.status == "agreement is not fully validated"
