"""What the law of a place asks of a lease, or strikes from it, in words that nobody wrote the rules for."""

import pytest

from pipeline.knowledge import load_pack
from pipeline.validate.check import holds
from pipeline.validate.passages import ReadText
from schemas import LeaseTerms

STRUCK = {
    "US-NH.bed_bugs_denied": [
        "Bed bugs and mice are a housekeeping matter. Lessor need not look into a report of them nor arrange any treatment.",
        "We do not treat bed bugs; you hire an exterminator yourself.",
        "Who gets rid of bed bugs? You do, at your own expense.",
        "Bed bugs: Tenant's problem.",
        "Lessor's duty under RSA 540-A:3 to investigate bed bugs is waived.",
    ],
    "US-CO.no_cause_after_first_year": [
        "Landlord may decline to renew at any time without a reason, however long Tenant has lived there.",
        "After the first year Landlord may end the tenancy for no cause on 91 days' notice.",
    ],
    "US-CO.passed_on_costs": [
        "Tenant reimburses Landlord for one twelfth of the property taxes each month.",
        "A common area maintenance fee of $40 is due with the rent.",
        "Real estate taxes are passed through to Tenant.",
    ],
    "US-CA.internet": [
        "Resident shall subscribe to the building's internet service.",
        "The bulk Wi-Fi charge is $60 a month, and Resident cannot opt out.",
        "Internet is mandatory and costs $55 a month.",
    ],
    "US-CT.entrance_fees": [
        "A move-in fee of $300 is due at signing.",
        "Tenant pays first month's rent, last month's rent and the deposit before moving in.",
    ],
    "US-CA-BERKELEY.smoking_allowed": [
        "The Renter and guests may smoke in the living room and on the balcony, provided ashtrays are used.",
        "Smoking is permitted on the porch.",
        "Unit 4 is a smoking unit.",
    ],
    "US-WA.termination_without_cause": [
        "Landlord may likewise end it on twenty days' notice, and need not have or state a cause.",
    ],
    "US-DC.no_cause_termination": [
        "Tenant may end the tenancy on 30 days' notice. Housing Provider may do the same, and need give no reason.",
        "Housing Provider may decline to renew and gives no reason for it.",
    ],
    "US-NJ.no_cause_termination": ["Landlord may decline to renew with or without cause."],
    "US-CA.no_cause_after_first_year": [
        "However long Tenant has lived there, Landlord may end the tenancy without cause.",
    ],
    "US-DE.month_to_month_notice": [
        "Thereafter the tenancy is monthly and terminable by either party upon ten days' notice in writing.",
    ],
    "US-CA.month_to_month_notice": [
        "Tenant may end a monthly tenancy on 30 days' written notice; the owners on 15 days' notice.",
    ],
    "US-OR.entry_without_notice": [
        "The owner comes in whenever it suits.",
        "Landlord enters the unit as it pleases, by its own key.",
    ],
    "US-DE.rent_increase_notice": [
        "7. Increases. Upon renewal only, after two weeks' notice in writing.",
        "Increases: on 30 days' written notice.",
    ],
    "US-IL-COOK-COUNTY.entry_notice": [
        "9. Entry. Two hours' notice, at reasonable times; in an emergency at once, with notice afterwards within two days.",
    ],
    "US-TX.smoke_alarms_waiver": [
        "The apartment comes without smoke alarms.",
        "You will find no smoke detectors here; buy your own.",
    ],
}

LEFT_STANDING = {
    "US-NH.bed_bugs_denied": [
        "Landlord looks into a report of bed bugs within seven days and pays for treatment unless Tenant is responsible for them.",
        "Tenant shall report bed bugs and prepare the unit for treatment, which Landlord pays for.",
        "We do not know of any bed bugs here. Tell us at once if you find some and do not treat them yourself.",
        "Landlord will not charge Tenant for the treatment of bed bugs.",
    ],
    "US-CO.no_cause_after_first_year": [
        "After twelve months Landlord may end the tenancy only for cause, or on a no-fault ground by 90 days' notice.",
        "Tenant may end a month-to-month tenancy without giving a reason.",
    ],
    "US-CO.passed_on_costs": [
        "Landlord pays the property taxes and the upkeep of the common areas.",
        "The rent includes the maintenance of the common areas.",
    ],
    "US-CA.internet": [
        "Tenant may buy internet service from any provider of Tenant's own choice.",
        "Tenant may opt out of the building's internet package at any time.",
    ],
    "US-CT.entrance_fees": [
        "No move-in fee is charged.",
        "Tenant may not use the deposit as last month's rent.",
        "Rent paid by credit card carries a processing fee of 3 percent; a check is free.",
    ],
    "US-DC.no_cause_termination": ["Tenant may end the tenancy on 30 days' notice and need give no reason."],
    "US-NJ.no_cause_termination": [
        "The Owner may end the tenancy only for good cause under the Anti-Eviction Act.",
        "Tenant may end the tenancy on one month's notice for any reason.",
    ],
    "US-CA.no_cause_after_first_year": [
        "After the first year Landlord may end the tenancy only for just cause.",
        "Landlord may end a month-to-month tenancy by thirty days' notice if Tenant has lived there less than a year.",
    ],
    "US-CA.month_to_month_notice": [
        "Tenant may end a monthly tenancy on 30 days' notice; Landlord upon two days' notice may enter to inspect.",
    ],
    "US-OR.entry_without_notice": ["The owner comes in whenever the renters have agreed to it."],
    "US-MA.broker_fee": ["The Tenants owe no broker's fee."],
    "US-CA-BERKELEY.smoking_allowed": ["Nobody may smoke in any unit, on a porch or in the halls."],
}

SAID = {
    "US-VA.move_in_report": [
        "Within five days after you move in we give you a written list of any damage to the apartment.",
        "A joint inspection was held before the term begins, and its written record of the condition is Exhibit A.",
        "Landlord's itemized report of the unit's condition is handed over within five days of occupancy.",
    ],
    "US-MD.inspection_at_start": [
        "You may ask us in writing, within fifteen days after you move in, to inspect the home with you and list the damage.",
        "Before moving in Lessee may have the house inspected in Lessee's presence.",
        "A walk-through at the start, with a list of existing damage, is held if the tenant asks for it.",
    ],
    "US-OR.shared_utilities": [
        "One water meter serves both units; each pays half of the bill, of which Landlord gives a copy.",
        "The electric meter also serves the hall lamps, for which Landlord takes $5 off the rent.",
    ],
    "US-NY.good_cause_notice": [
        "This unit is not subject to article 6-A of the Real Property Law, as the City of Buffalo has not adopted it.",
        "Notice under Real Property Law section 231-c: the apartment is exempt, as the building is of 2012.",
        "The Good Cause Eviction Law notice is annexed as Rider B.",
    ],
    "US-CT.protected_tenants": [
        "Tenant has received the notice that tenants of 62 or older or with a disability are evicted only for good cause.",
        "The Department of Housing's notice on section 47a-23c is attached.",
        "You have the state's paper telling older tenants and disabled ones that they cannot be evicted without cause.",
    ],
    "US-WA.mold": [
        "Tenant has the Department of Health's pamphlet on mold.",
        "Information about the health hazards of indoor mold and how to control it is attached.",
        "We gave you the state's leaflet about mold.",
    ],
}

NOT_SAID = {
    "US-NY.good_cause_notice": ["Owner may end this lease for good cause only."],
    "US-CT.protected_tenants": ["Landlord does not discriminate by age, disability or any other protected class."],
    "US-WA.mold": [
        "Management knows of no mold history in the home, no mold repair and no health complaint about mold.",
        "Tenant shall keep the home dry so that mold does not grow.",
    ],
    "US-CA.smoking_policy": [
        "Owner keeps the unit fit to live in, with working smoke and carbon monoxide alarms.",
        "Smoke alarms in the apartment were tested.",
    ],
    "US-OR.shared_utilities": [
        "One electric meter serves both halves, and the renters pay whatever part of the bill the owner names.",
        "One gas meter serves both flats; Tenant pays what Landlord bills from month to month.",
    ],
    "US-MD.inspection_at_start": [
        "Tenant may be present when the premises are inspected at the end, on request sent fifteen days before moving.",
    ],
    "US-VA.move_in_report": ["The move-in report says whether there is visible evidence of mold in the unit."],
    "US-CA-OAKLAND.rent_program_notice": [
        "Increases follow the Rent Adjustment Ordinance and will be given by at least 30 days' written notice.",
    ],
    "US-DC.housing_regulations": ["Nothing here waives any right under the housing regulations."],
    "US-NV.utilities": ["Landlord keeps the plumbing, hot water and electrical lighting of the unit in repair."],
}


def rows(table: dict[str, list[str]]) -> list[tuple[str, str]]:
    return [(requirement, clause) for requirement, clauses in table.items() for clause in clauses]


def requirement_of(name: str):
    """The latest version of a requirement."""
    place = name.rsplit(".", 1)[0]
    return [r for r in load_pack(place).requirements if r.id == name][-1]


@pytest.mark.parametrize(("requirement", "clause"), rows(STRUCK))
def test_a_clause_that_the_place_forbids_is_found(requirement, clause, judged_in):
    assert judged_in(*requirement.rsplit(".", 1), clause) == "violated"


@pytest.mark.parametrize(("requirement", "clause"), rows(LEFT_STANDING))
def test_a_lawful_clause_beside_it_is_let_stand(requirement, clause, judged_in):
    assert judged_in(*requirement.rsplit(".", 1), clause) != "violated"


@pytest.mark.parametrize(("requirement", "clause"), rows(SAID))
def test_what_the_place_wants_said_is_seen(requirement, clause, judged_in):
    assert judged_in(*requirement.rsplit(".", 1), clause) == "satisfied"


@pytest.mark.parametrize(("requirement", "clause"), rows(NOT_SAID))
def test_the_same_words_elsewhere_do_not_say_it(requirement, clause, judged_in):
    assert judged_in(*requirement.rsplit(".", 1), clause) != "satisfied"


@pytest.mark.parametrize(
    ("requirement", "words", "asked"),
    [
        ("US-NJ.window_guards", "The apartment is in a five-family dwelling.", True),
        ("US-NJ.window_guards", "The building is a multiple dwelling.", True),
        ("US-NJ.window_guards", "The apartment is in a two-family house.", False),
        ("US-CT.protected_tenants", "The apartment is one of twenty-four apartments in the building.", True),
        ("US-CT.protected_tenants", "The house has three apartments.", False),
        ("US-ME.energy_efficiency", "You pay for electricity and heat.", True),
        ("US-ME.energy_efficiency", "The rent includes heat and electricity.", False),
        ("US-MT.mold_known", "In 2024 mold was found behind the shower and removed.", True),
        ("US-MT.mold_known", "Landlord knows of no mold in the house.", False),
        ("US-MT.mold_known", "Tenant shall tell Landlord when mold is found.", False),
    ],
)
def test_a_duty_that_depends_on_the_house_is_asked_where_the_lease_tells_of_such_a_house(
    requirement, words, asked, document_of
):
    text = ReadText(document_of(words))
    conditions = requirement_of(requirement).applies_if
    assert all(holds(condition, text, LeaseTerms()) is True for condition in conditions) is asked
