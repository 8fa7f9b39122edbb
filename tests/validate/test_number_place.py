"""Each number belongs to its own verb phrase: of notices to end a tenancy and of rent increases."""

import pytest

BOTH = "Then we can end it with written notice {end} before the end of a rental month, and we can raise the rent with written notice of at least {rise}."


@pytest.mark.parametrize(
    ("pack", "rule", "passage", "expected"),
    [
        ("US-IA", "month_to_month_notice", BOTH.format(end="ten days", rise="30 days"), "violated"),
        ("US-IA", "rent_increase_notice", BOTH.format(end="ten days", rise="30 days"), "satisfied"),
        ("US-IA", "month_to_month_notice", BOTH.format(end="30 days", rise="ten days"), "satisfied"),
        ("US-IA", "rent_increase_notice", BOTH.format(end="30 days", rise="ten days"), "violated"),
        ("US-RI", "month_to_month_notice", "Once the tenancy is month-to-month the Landlord may put up the rent on fifteen days' written notice.", "incomplete"),
        ("US-IL", "month_to_month_notice", "The tenancy is month to month; either party may end it by written notice of not less than fifteen (15) days.", "violated"),
        ("US-CA", "rent_increase_notice", "Landlord may post a new rent at the office, effective with the next payment falling ten or more days later.", "violated"),
        ("US-OR", "no_cause_after_first_year", "Owner: the same, with no cause to be stated and no relocation money owed, in the first year or later.", "violated"),
        ("US-OR", "no_cause_after_first_year", "After the first year, only for a cause, or for a qualifying reason with 90 days' notice.", "satisfied"),
        ("US-IA", "month_to_month_notice", "We can end a month-to-month rental by giving you five days to pack.", "violated"),
        ("US-IA", "month_to_month_notice", "If I do not wish to renew and give no reason, I may do so on ten days' written notice, no matter how long you have lived here.", "violated"),
        ("US-IA", "month_to_month_notice", "If neither party acts, it goes on afterwards from month to month, and may then be ended by the Lessor on three days' word, written or spoken.", "violated"),
        ("US-IA", "month_to_month_notice", "How do we end a month-to-month tenancy? You give a month's notice; the Owner gives you two weeks.", "violated"),
        ("US-IA", "month_to_month_notice", "A month-to-month tenancy is ended by Landlord's written notice of five days, or Tenant's of thirty.", "violated"),
        ("US-IA", "month_to_month_notice", "Residents give 30 days' written notice once month to month. Management gives 15 days' written notice, however long Residents have lived here.", "violated"),
        ("US-IA", "month_to_month_notice", "Once month to month, the Owner may call for the house on a week's warning.", "violated"),
        ("US-IA", "month_to_month_notice", "The tenancy then runs by the month until either side says otherwise ten days ahead.", "violated"),
        ("US-IA", "month_to_month_notice", "After the first year we go month by month, and I can ask you to leave with twelve days to find a place.", "violated"),
        ("US-IA", "month_to_month_notice", "Month to month afterwards. Landlord's notice to end: 10 days. Tenant's: 30 days.", "violated"),
        ("US-IA", "month_to_month_notice", "In a monthly tenancy the Lessor may require possession upon five days' notice.", "violated"),
        ("US-IA", "month_to_month_notice", "When the lease has become month-to-month, Owner need only tell Renter one week before.", "violated"),
        ("US-IA", "month_to_month_notice", "If you stay on month to month we may ask for the unit back, giving you a fortnight to move.", "violated"),
        ("US-IA", "month_to_month_notice", "Ending a month-to-month tenancy: Landlord, 7 days; Tenant, 30 days.", "violated"),
        ("US-IA", "month_to_month_notice", "A tenancy from month to month ends seven days after either party says so in writing.", "violated"),
        ("US-IA", "month_to_month_notice", "Either of us can call off a month-to-month tenancy by a letter sent ten days ahead.", "violated"),
        ("US-IA", "month_to_month_notice", "Residents give 30 days' written notice once month to month. Management gives 30 days' written notice, 60 when Residents have lived here a year.", "satisfied"),
        ("US-IA", "month_to_month_notice", "Should Lessees hold over, the tenancy shall be from month to month and may be terminated by either party upon written notice given at least thirty days before the periodic rent-paying date.", "satisfied"),
        ("US-IA", "month_to_month_notice", "How do we end a month-to-month tenancy? You give a month's notice; the Owner gives you two months.", "satisfied"),
        ("US-IA", "month_to_month_notice", "The tenancy then runs by the month until either side says otherwise thirty days ahead.", "satisfied"),
        ("US-IA", "month_to_month_notice", "In a monthly tenancy the Lessor may require possession upon thirty days' notice; for nonpayment of rent three days' notice is enough.", "satisfied"),
        ("US-IA", "month_to_month_notice", "If you stay on month to month we may ask for the unit back, giving you thirty days to move.", "satisfied"),
        ("US-IA", "month_to_month_notice", "Month to month afterwards. Landlord's notice to end: 30 days. Tenant's: 30 days. Returned checks are paid within 5 days.", "satisfied"),
        ("US-IA", "month_to_month_notice", "The contract goes month to month unless one of us has said otherwise in writing at least 30 days before. We can end a month-to-month rental by giving you five days to pack.", "violated"),
        ("US-IA", "month_to_month_notice", "How do we end a month-to-month tenancy? You give a month's notice; the Owner gives you two weeks. The same time is needed to raise the rent.", "violated"),
        ("US-NV", "month_to_month_notice", "If Resident stays on month to month, Management gives at least 15 days' written notice before a higher rent starts. Either side may end a month-to-month tenancy on 30 days' notice.", "satisfied"),
        ("US-KS", "month_to_month_notice", "Upon termination of the tenancy the deposit is applied as itemized in a written notice. The return shall be made within fourteen days after the determination of charges. A tenancy from month to month is ended by thirty days' notice.", "satisfied"),
        ("US-TX", "smoke_alarms_waiver", "Resident waives the installation of smoke alarms by Owner.", "violated"),
        ("US-TX", "smoke_alarms_waiver", "Smoke alarms are installed; Resident shall not disable a smoke alarm.", "satisfied"),
    ],
)  # fmt: skip
def test_a_number_is_its_own_verbs(pack, rule, passage, expected, judged_in):
    assert judged_in(pack, rule, f"1. END. {passage}\n\n2. KEYS. Two keys.\n") == expected
