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
    ("US-OH.habitability_waiver", "Tenant hereby waives the warranty of habitability."),
    ("US-OH.habitability_waiver", "Landlord has no obligation to repair or maintain the premises during the term."),
    ("US-OH.entry_without_notice", "Landlord may enter the premises at any time without prior notice to inspect them."),
    (
        "US-OH.entry_without_notice",
        "The management reserves the right to enter the unit at all times and for any reason.",
    ),
    ("US-OH.notice_waiver", "Tenant waives any notice to vacate before an eviction."),
    ("US-OH.notice_waiver", "Upon default Tenant may be evicted without notice."),
    ("US-OH.retaliation", "Landlord may terminate this lease if Tenant complains to the health department."),
    ("US-OH.self_help", "If rent is more than ten days late, Landlord may change the locks and exclude Tenant."),
    ("US-OH.self_help", "Landlord may shut off the electricity and water of any tenant who is in default."),
    ("US-OH.self_help", "Upon default Landlord may re-enter and take possession without legal process."),
    ("US-OH.self_help", "Landlord has the right to seize Tenant's belongings and sell them for unpaid rent."),
    ("US.fair_housing", "No children under the age of 12 are allowed to live in the premises."),
    ("US.fair_housing", "This is an adults only building."),
    ("US.scra_waiver", "Tenant waives all rights under the Servicemembers Civil Relief Act."),
    (
        "US-OH.confession_of_judgment",
        "Resident irrevocably authorizes any attorney-at-law to appear for Resident in any court and to confess a judgment for all sums due hereunder.",
    ),
    (
        "US-OH.confession_of_judgment",
        "Upon default, judgment may be entered against the Tenant without notice or trial.",
    ),
    (
        "US-OH.attorney_fees",
        "Should Landlord prevail in any proceeding, Tenant will be responsible for Landlord's court costs and attorney fees.",
    ),
    (
        "US-OH.attorney_fees",
        "Tenant agrees to pay all expenses, including a reasonable attorney's fee, that Landlord incurs in enforcing any of Tenant's obligations.",
    ),
    ("US-OH.attorney_fees", "The losing party shall pay the winning party's lawyer's fees."),
    ("US-OH.attorney_fees", "Lessee shall be liable for all costs, expenses and attorneys' fees incurred by Lessor."),
    (
        "US-OH.exculpation",
        "Landlord assumes no responsibility for injuries to Tenant, Tenant's family or guests on the property.",
    ),
    (
        "US-OH.exculpation",
        "Tenant assumes all risk of injury on the premises and releases the landlord from any and all claims.",
    ),
    (
        "US-OH.exculpation",
        "Management is not responsible for lost, stolen or damaged property of residents for any reason whatsoever.",
    ),
    (
        "US-OH.exculpation",
        "Lessee agrees to defend, indemnify and save harmless the Lessor against any and all claims for injury on or about the premises.",
    ),
    ("US-OH.exculpation", "The liability of the Landlord for any breach of its duties is limited to one month's rent."),
    ("US-OH.exculpation", "Neither Landlord nor its agents shall be liable for any damage to persons or property."),
    (
        "US-OH.waiver_of_rights",
        "Lessee expressly waives the benefit of any law that requires the Lessor to maintain the premises.",
    ),
    (
        "US-OH.waiver_of_rights",
        "Tenant agrees not to deposit rent with the clerk of court and gives up the right of rent escrow.",
    ),
    (
        "US-OH.habitability_waiver",
        "Tenant takes the premises as is and Landlord shall have no duty to make any repairs.",
    ),
    ("US-OH.waiver_of_rights", "Tenant waives any right to contest an eviction."),
    (
        "US-OH.entry_without_notice",
        "Landlord and his agents shall have access to the apartment at any time for inspection or repairs.",
    ),
    ("US-OH.entry_without_notice", "Lessor may inspect the unit without giving notice to the Lessee."),
    ("US-OH.entry_without_notice", "The Landlord can come into the apartment whenever he wishes, with no notice."),
    ("US-OH.notice_waiver", "Tenant expressly waives the three-day notice required by law."),
    ("US-OH.notice_waiver", "If rent is not paid, Tenant must leave upon 24 hours' notice to vacate."),
    (
        "US-OH.self_help",
        "Should Tenant fall behind, Landlord is authorized to padlock the unit and bar Tenant from it.",
    ),
    (
        "US-OH.self_help",
        "Landlord may remove Tenant and all of Tenant's possessions from the premises without going to court.",
    ),
    ("US-OH.self_help", "In case of non-payment the Landlord may discontinue heat, water or electric service."),
    ("US-OH.self_help", "Lessor shall have a lien upon all furniture and personal property of Lessee for rent due."),
    (
        "US-OH.retaliation",
        "Any complaint by Tenant to a code enforcement agency shall be a default and ground for termination.",
    ),
    ("US.fair_housing", "The apartment is not suitable for children and may be occupied by adults only."),
    ("US.fair_housing", "Families with children will not be accepted as tenants."),
    ("US.fair_housing", "Tenants must be of the Christian faith."),
    (
        "US-OH.confession_of_judgment",
        "For value received, Lessee empowers the prothonotary or any lawyer to enter judgment by confession.",
    ),
    ("US-OH.confession_of_judgment", "Tenant consents in advance to the entry of judgment for possession."),
    (
        "US-OH.attorney_fees",
        "Tenant is to reimburse Landlord for counsel fees and disbursements in the event of any dispute.",
    ),
    ("US-OH.attorney_fees", "A $350 attorney fee will be added to Tenant's account when an eviction is filed."),
    ("US-OH.exculpation", "Tenant agrees that Landlord will bear no liability for accidents in the common areas."),
    (
        "US-OH.exculpation",
        "The Landlord is hereby relieved of any and all liability for personal injury suffered by Tenant.",
    ),
    (
        "US-OH.exculpation",
        "Tenant covenants to protect, indemnify and hold the Landlord harmless from loss of any kind.",
    ),
    (
        "US-OH.exculpation",
        "All personal property is kept at Tenant's sole risk and Owner shall have no liability for its loss.",
    ),
    ("US-OH.exculpation", "Landlord's total liability under this Lease shall not exceed $500."),
    ("US-OH.waiver_of_rights", "Tenant agrees that Chapter 5321 of the Revised Code does not apply to this Lease."),
    ("US-OH.waiver_of_rights", "Lessee relinquishes every remedy given to tenants by Ohio statute."),
    (
        "US-OH.habitability_waiver",
        "All repairs, including structural and plumbing repairs, are Tenant's responsibility, and Landlord is not required to make any repairs.",
    ),
    (
        "US-OH.entry_without_notice",
        "Landlord's agents are permitted access to the Premises at all hours without having to notify Tenant.",
    ),
    ("US-OH.entry_without_notice", "Tenant grants Landlord an unrestricted right to enter the unit unannounced."),
    ("US-OH.notice_waiver", "Tenant agrees that Landlord need not serve any notice before filing for eviction."),
    ("US-OH.self_help", "Failure to pay rent by the 10th entitles Landlord to lock Tenant out of the unit."),
    ("US-OH.self_help", "Landlord may have the utilities turned off when rent is delinquent."),
    (
        "US-OH.self_help",
        "If Tenant is in default, Landlord may without judicial process enter and remove all persons and property.",
    ),
    ("US-OH.self_help", "Tenant's furniture may be held by Landlord until all rent is paid."),
    (
        "US-OH.retaliation",
        "Tenant may be evicted for calling the city inspector or for joining a tenants' association.",
    ),
    ("US.fair_housing", "Occupancy by persons under 18 is not permitted."),
    ("US.fair_housing", "Only married couples without kids may live in the unit."),
    (
        "US-OH.confession_of_judgment",
        "Tenant appoints Landlord's counsel as attorney-in-fact to confess judgment for possession and rent.",
    ),
    (
        "US-OH.attorney_fees",
        "In the event Landlord employs an attorney to enforce this Agreement, Tenant shall pay the attorney's reasonable fees.",
    ),
    ("US-OH.attorney_fees", "Tenant is liable for collection costs and lawyer fees."),
    (
        "US-OH.exculpation",
        "Landlord is not an insurer of Tenant's safety and shall in no event be responsible for criminal acts of third parties or for injury resulting therefrom.",
    ),
    (
        "US-OH.exculpation",
        "Tenant hereby agrees to indemnify Landlord against all liability arising under law from the condition of the premises.",
    ),
    ("US-OH.exculpation", "Tenant waives and releases all claims against the Landlord for bodily injury."),
    ("US-OH.waiver_of_rights", "Tenant waives the right to request repairs under the Landlord-Tenant Act."),
    ("US-OH.habitability_waiver", "The premises are rented as-is; Landlord has no duty to keep them fit or habitable."),
    (
        "US-OH.entry_without_notice",
        "Landlord may enter at will, day or night, for any purpose, and need not give Tenant notice.",
    ),
    (
        "US-OH.notice_waiver",
        "Tenant agrees to vacate immediately upon default and waives the statutory notice to leave the premises.",
    ),
    (
        "US-OH.self_help",
        "Landlord may, at its option, disable the heating and disconnect the power to induce Tenant to leave.",
    ),
    (
        "US-OH.self_help",
        "If Tenant does not leave, Landlord may put Tenant's belongings out on the curb and change the locks.",
    ),
    ("US-OH.retaliation", "Landlord may increase the rent if Tenant contacts the housing authority."),
    ("US.fair_housing", "Tenants with children are not permitted."),
    ("US.assistance_animals", "A pet fee of $300 applies to all animals, including service animals."),
]

FORBIDDEN_CALIFORNIA = [
    ("US-CA.jury_waiver", "Landlord and Tenant waive trial by jury in any action arising from this agreement."),
    ("US-CA.jury_waiver", "The parties hereby waive their right to a jury trial."),
    ("US-CA.arbitration", "All disputes between the parties shall be settled by binding arbitration."),
    ("US-CA.notice_waiver", "Tenant waives any notice required before an action to recover possession."),
    ("US-CA.notice_waiver", "Landlord may terminate the tenancy without notice upon default."),
    ("US-CA.exculpation", "Tenant waives any claim or cause of action against Landlord."),
    ("US-CA.waiver_of_rights", "Resident gives up the right to repair and deduct."),
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
    ("US-CA.jury_waiver", "Both parties knowingly give up their right to have a jury decide any lawsuit between them."),
    ("US-CA.arbitration", "Any controversy relating to this lease will be resolved exclusively by final arbitration."),
    ("US-CA.jury_waiver", "TENANT HEREBY WAIVES TRIAL BY JURY."),
    (
        "US-CA.notice_waiver",
        "Tenant agrees that no notice shall be required before Landlord files an unlawful detainer action.",
    ),
    ("US-CA.notice_waiver", "Tenant hereby waives the right to receive a three-day notice to pay rent or quit."),
    (
        "US-CA.habitability_waiver",
        "Lessee accepts the unit as is and waives all implied warranties, including habitability.",
    ),
    ("US-CA.waiver_of_rights", "Tenant agrees never to sue the landlord for the condition of the property."),
    ("US-CA.waiver_of_rights", "Tenant waives the provisions of Civil Code sections 1941 and 1942."),
    (
        "US-CA.exculpation",
        "Owner shall in no way be held responsible for injuries occurring on the property, including those due to Owner's negligence.",
    ),
    ("US-CA.exculpation", "Tenant releases Owner and its agents of all liability for bodily injury."),
    ("US-CA.deposit_nonrefundable", "$250 of the security deposit is a non-refundable carpet cleaning charge."),
    ("US-CA.deposit_nonrefundable", "The deposit shall not be refunded under any circumstances."),
    ("US-CA.deposit_nonrefundable", "Tenant shall pay a move-in fee of $400, which is nonrefundable."),
    ("US-CA.payment_form", "All rent must be paid in cash only."),
    (
        "US-CA.payment_form",
        "Tenant must pay rent electronically through the resident portal; no checks or money orders will be accepted.",
    ),
    (
        "US-CA.entry_without_notice",
        "Owner or manager may go into the apartment at any hour, with or without notice, to check on its condition.",
    ),
    ("US-CA.self_help", "Owner may remove the doors or change the locks if Tenant is in default."),
    (
        "US-CA.self_help",
        "Landlord shall be entitled to take possession of Tenant's personal property as security for unpaid rent.",
    ),
    ("US-CA.source_of_income", "Section 8 and other housing subsidy programs are not accepted."),
    ("US-CA.retaliation", "If Tenant reports code violations to the city, Landlord may raise the rent."),
    ("US-CA.rent_cap", "The rent will increase by fifteen percent (15%) each year."),
    ("US-CA.rent_increase_notice", "Landlord may raise the rent of a month-to-month tenant upon ten days' notice."),
    ("US-CA.jury_waiver", "Each party agrees that any lawsuit will be decided by a judge and not by a jury."),
    ("US-CA.arbitration", "Claims must be submitted to arbitration administered by a private arbitrator."),
    ("US-CA.notice_waiver", "Tenant waives any and all notices to quit."),
    (
        "US-CA.notice_waiver",
        "In the event of breach this agreement ends automatically and Tenant may be removed without a hearing.",
    ),
    (
        "US-CA.waiver_of_rights",
        "Tenant hereby waives all rights under Civil Code section 1942 to make repairs and deduct the cost.",
    ),
    (
        "US-CA.habitability_waiver",
        "Resident agrees to accept the premises in its present condition and waives any obligation of Owner to keep it habitable.",
    ),
    (
        "US-CA.exculpation",
        "Landlord shall be held harmless for any injury, even if caused by Landlord's own carelessness.",
    ),
    (
        "US-CA.exculpation",
        "Tenants use the stairways, parking and laundry at their own risk and Landlord accepts no liability.",
    ),
    (
        "US-CA.deposit_nonrefundable",
        "Of the deposit, $200 will be kept by the Landlord as a non-refundable redecorating fee.",
    ),
    ("US-CA.deposit_nonrefundable", "A one-time nonrefundable pet fee of $350 is required."),
    ("US-CA.payment_form", "Landlord accepts rent by Zelle only."),
    ("US-CA.payment_form", "Payment by electronic funds transfer is mandatory; no other form of payment is accepted."),
    (
        "US-CA.entry_without_notice",
        "Landlord keeps a key and may let himself in whenever necessary without telling Tenant beforehand.",
    ),
    ("US-CA.self_help", "Non-payment entitles Owner to change locks and remove Tenant's things."),
    (
        "US-CA.source_of_income",
        "Applicants using housing vouchers will not be considered; Landlord will not participate in Section 8.",
    ),
    ("US-CA.retaliation", "Tenant promises not to report the Landlord to any public agency."),
    ("US-CA.rent_cap", "Beginning the second year, monthly rent is increased 12%."),
    ("US-CA.jury_waiver", "Tenant and Landlord agree to waive any right to trial by jury."),
    ("US-CA.arbitration", "Any dispute shall be submitted to binding arbitration before a retired judge."),
    (
        "US-CA.notice_waiver",
        "Tenant waives service of the three-day notice under Code of Civil Procedure section 1161.",
    ),
    ("US-CA.waiver_of_rights", "Tenant waives all rights under Civil Code sections 1950.5 and 1954."),
    ("US-CA.habitability_waiver", "Landlord shall not be required to make the premises habitable."),
    (
        "US-CA.exculpation",
        "Landlord shall not be liable to Tenant for personal injury or property damage caused by any defect in the building.",
    ),
    ("US-CA.deposit_nonrefundable", "The security deposit is nonrefundable if Tenant moves out within one year."),
    ("US-CA.payment_form", "Rent is to be paid in cash exclusively."),
    ("US-CA.entry_without_notice", "Tenant consents to entry by Landlord at any time, with or without notice."),
    ("US-CA.self_help", "On nonpayment, Landlord may remove the front door and shut off the water."),
    ("US-CA.source_of_income", "No Section 8."),
    ("US-CA.retaliation", "Complaints to the rent board will result in termination of the tenancy."),
    ("US-CA.rent_increase_notice", "Owner may change the rent on five (5) days' notice to Tenant."),
    ("US-CA.rent_cap", "Rent shall increase annually by 20 percent."),
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
    "Tenant shall keep the premises clean and shall be responsible for any damage beyond ordinary wear and tear.",
    "Landlord reserves the right to enter the premises in case of emergency without notice.",
    "Upon termination, Tenant shall remove all personal property from the premises.",
    "If Tenant fails to pay rent when due, Landlord may serve a three-day notice and begin an eviction action in court.",
    "Landlord shall not be responsible for interruption of utility service beyond Landlord's control, except where caused by Landlord's negligence.",
    "Tenant may not add or change any lock without Landlord's written consent.",
    "Failure of Landlord to enforce any term is not a waiver of that term.",
    "Tenant acknowledges that Landlord's insurance will not cover Tenant's belongings.",
    "Any waiver by Landlord of a breach by Tenant shall not be deemed a waiver of a later breach.",
    "Tenant shall pay a returned check charge of $25.",
    "Guests under 18 must be accompanied by an adult in the pool area.",
    "Tenant shall give Landlord reasonable access to the premises to make repairs upon 24 hours' notice.",
    "Landlord will not retaliate against Tenant for complaining to a government agency.",
    "This lease may be terminated by Landlord upon seven days' notice if Tenant engages in drug activity as the law provides.",
    "Neither party shall be liable for a delay caused by events beyond its control.",
    "A servicemember may end this lease as federal law provides.",
    "In the event of fire, this lease terminates and the rent is apportioned.",
    "Tenant shall not withhold the last month's rent in place of the security deposit.",
    "Notices to Landlord shall be sent to 77 Foundry Lane. Notices to Tenant shall be sent to the premises.",
    "If Tenant remains after the term without consent, Landlord may recover possession by legal proceedings.",
    "The security deposit may not be used as the last month's rent.",
    "Tenant must give written notice to Landlord within three days of any damage.",
    "Smoking is not permitted inside the dwelling. Tenant is responsible for the actions of guests.",
    "Landlord has the right to show the unit to prospective tenants during the last thirty days of the term upon reasonable notice.",
    "The parties agree that the venue of any dispute is the county where the premises are located.",
    "Tenant will be charged for lost keys. The lock will be replaced by Landlord at Tenant's expense.",
    "Rent checks that are returned must be replaced within two days by certified funds.",
    "Landlord is not obligated to repair damage caused by Tenant, Tenant's family, or guests.",
    "Tenant shall test smoke detectors and report problems to Landlord in writing.",
    "No interest will be paid on the security deposit.",
    "Landlord may deduct unpaid rent and damage from the deposit. Tenant shall pay any balance within ten days.",
    "In the event of default, Landlord may terminate this lease by giving the notice that the law requires.",
    "Landlord shall maintain insurance on the building; Tenant is encouraged to insure Tenant's belongings.",
    "Tenant shall not be liable for damage that Tenant did not cause.",
    "Upon 24 hours' notice Landlord may show the unit at any time between 9 a.m. and 5 p.m.",
    "Landlord shall be responsible for injuries caused by its failure to maintain the premises.",
    "If Tenant gives notice of a defect, Landlord shall repair it within a reasonable time.",
    "Tenant may withhold consent to entry only for good reason.",
    "Tenant may end this lease without penalty if the premises become uninhabitable.",
    "Landlord may not terminate this lease because Tenant complained to a housing agency.",
    "The parties may agree to mediate a dispute, at no cost to Tenant.",
    "Tenant will not permit any nuisance. Landlord may terminate this lease for nuisance by serving the notice the law requires.",
    "Landlord will provide a key to each adult occupant. Locks may be changed only by Landlord, who shall give Tenant a new key.",
    "Children's toys and bicycles may not be left in the hallways.",
    "Landlord may turn off the water for repairs after giving reasonable notice.",
    "Tenant agrees to carry renter's insurance of at least $100,000 and to name Landlord as an interested party.",
    "Tenant shall hold the keys for Landlord until inspection. No more than four persons may occupy the premises.",
    "All persons over 18 must sign this lease. Only persons named above may live in the dwelling.",
    "In an emergency such as fire or flood Landlord may enter at any time without notice.",
    "Rent is late if not received by 5:00 p.m. on the fifth. Partial payments do not waive Landlord's right to the balance.",
    "Tenant has the right to a trial by jury. Tenant does not give up any right by signing.",
    "Landlord is responsible for structural repairs; Tenant is responsible for changing light bulbs.",
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
        "US-CA.month_to_month_notice",
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
    ("US-CA.sex_offender", "7. Notice: Pursuant to Section 290.46 of the Penal Code, information about specified registered sex offenders is made available to the public\nvia an Internet Web site maintained by the Department of Justice at www.meganslaw.ca.gov.", "7. Reserved."),
    ("US-CA.bed_bugs", "8. Bed bugs. Tenant has received the notice on bed bugs and shall report them promptly.", "8. Reserved."),
    ("US-CA.owner_agent", ", telephone 555-0142", ""),
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
