"""The days within which a deposit comes back, in many words; the law of the test gives thirty."""

import pytest

BEFORE = "4. Deposit. Tenant pays a security deposit of $1,000.\n\n"
LAWFUL = [
    "Within thirty days after the tenancy ends, Landlord returns the deposit with an itemized list of deductions.",
    "Landlord shall account for the balance within thirty days after the tenancy ends.",
    "Accounting. Within thirty days after the tenancy ends and possession is delivered, Landlord shall mail an itemized statement along with the balance.",
    "When do I get my deposit back? Within four weeks after you move out.",
    "How soon after I leave is the deposit returned? In thirty days at the latest.",
    "Deposit returned: within 30 days after move-out",
    "Return of deposit: 30 days after the tenant moves out\nLate fee: $50 after five days\nNotice to end: 60 days",
    "We send you the deposit, or a list of what we kept and the rest, no later than a month after you leave.",
    "The deposit comes back within 30 days of the day Tenant hands in the keys. Tenant gives a forwarding address within 4 days after moving out.",
    "Tenant must give a forwarding address within sixty days of leaving; Landlord returns the deposit within thirty days after the tenancy ends.",
    "Not later than the 30th day after surrender Landlord will refund the deposit, less unpaid rent, late charges and the cost of damage.",
    "Within twenty days after the tenancy ends, Resident gives up the apartment, and Resident supplies a forwarding address, Management delivers an itemized notice and the amount due of the deposit.",
    "I pay the deposit back three weeks after the house is empty.",
    "Landlord has thirty days from the end of the lease to return the deposit.",
    "Within five days after Tenant takes occupancy, Landlord gives a report itemizing damage. Within thirty days after the tenancy ends the deposit is returned.",
    "The deposit is returned at the end of the tenancy, within fifteen business days.",
    "The deposit is refunded within thirty days after termination; a check not cashed within one hundred eighty days is void and is reissued.",
    "The deposit is returned within 30 days after the lease ends. An unclaimed deposit is kept for ninety days.",
    "The inspection takes place within 72 hours of delivery of possession. The deposit is returned within thirty days of the surrender.",
    "Deductions are itemized and the remainder mailed within the thirty days that follow the end of the tenancy.",
    "Within two weeks after the tenancy ends Landlord will return the deposit or give a written statement showing why any part is withheld. If Tenant asks, an itemized accounting follows within 45 days of the end of the tenancy.",
    "If nothing is deducted we mail the deposit within 14 days after the tenancy ends. If there is damage to charge, we mail an itemized statement and whatever is left within 30 days.",
    "The deposit is returned within a month of your leaving.",
    "The deposit is returned within a fortnight of Tenant's leaving.",
    "The deposit is returned no later than a month from the day Tenant leaves. Rent rises once a year.",
    "The deposit is returned within 30 days after the tenancy ends; once a year, in the month following the anniversary, interest is paid.",
    "The deposit is returned within four weeks of the final walk-through, held when Tenant leaves.",
    "If you stay longer than one year, we hold no more than a month's rent and give back the rest. Within 30 days after the lease ends we send you the deposit.",
    "Within two weeks after the tenancy ends the deposit is returned. Upon Lessee's request, Lessor shall within forty-five days of termination furnish an itemized accounting.",
]
UNLAWFUL = [
    "Within fifty days after the tenancy ends, Resident gives up the apartment, and Resident supplies a forwarding address, Management delivers an itemized notice and the amount due of the deposit.",
    "Within three months after the tenancy ends or Tenant moves out, whichever occurs last, Landlord will return the deposit with an itemized list of any deductions for unpaid rent, late charges, and damage.",
    "Landlord shall account for the balance within one hundred twenty days after the tenancy ends.",
    "Accounting. Within sixty days after the tenancy ends and possession is delivered, Landlord shall mail an itemized statement along with the balance.",
    "When do I get my deposit back? Within ten weeks after you move out.",
    "How soon after I leave is the deposit returned? In sixty days at the latest.",
    "How soon after I leave is the deposit returned? Sixty days.",
    "Deposit returned: within 90 days after move-out",
    "Return of deposit: 60 days after the tenant moves out\nLate fee: $50 after five days\nNotice to end: 30 days",
    "We send you the deposit, or a list of what we kept and the rest, no later than half a year after you leave.",
    "We send you the deposit, or a list of what we kept and the rest, no later than two months after you leave.",
    "The deposit comes back within 45 days of the day Tenant hands in the keys. Tenant gives a forwarding address within 4 days after moving out.",
    "Tenant must give a forwarding address within four days of leaving; Landlord returns the deposit within ninety days after the tenancy ends.",
    "Not later than the 60th day after surrender Landlord will refund the deposit, less unpaid rent, late charges and the cost of damage.",
    "I pay the deposit back eight weeks after the house is empty.",
    "Landlord has ninety days from the end of the lease to return the deposit.",
    "Within five days after Tenant takes occupancy, Landlord gives a report itemizing damage. Within seventy days after the tenancy ends the deposit is returned.",
    "The deposit is returned at the end of the tenancy, within forty-five business days.",
    "Any sum left of the deposit is paid out a quarter of a year after the tenancy ends.",
    "In the course of the second month after Resident leaves, Owner mails the deposit.",
    "The deposit is returned not later than the last day of the third month after the lease ends.",
    "Some time within ten weeks after the house is given up, the Landlord sends the money left over of the deposit.",
    "Lessor shall, within a period of ninety (90) days following the expiration of the term, refund to Lessee the deposit.",
    "Once sixty days have passed since Tenant moved out, Landlord settles the account and returns what remains of the deposit.",
    "The deposit, or what remains of it, is yours again forty days after you are gone.",
    "Tenant waits fifty days after moving out; then the deposit is returned.",
    "Refund of the deposit takes place within a quarter after the lease has ended.",
    "Repayment. Lessor repays the deposit twelve weeks after Lessee has quit the premises.",
    "What is owed to Tenant from the deposit is remitted within sixty days after the keys are turned in.",
    "Within 45 days of vacating, Tenant will receive the remaining deposit together with a list.",
    "Lessor returns it, or says what has been taken from it, within seventy-five days after Lessee vacates.",
    "If nothing is owing, Landlord returns the deposit within 10 days after the tenancy ends. Otherwise Landlord delivers to Tenant, within 75 days after the tenancy ends, a written list of the damage and cleaning charges and the remaining balance.",
    "Landlord will refund it during the quarter following the one in which Tenant surrenders the house, provided Tenant has given an address.",
    "Once the tenancy is over the Lessor will, within half a year, and in any case not before a new tenant has moved in, deliver to the Lessee the deposit less any rent with a written itemization.",
    "We refund the deposit within three months after you give the house back.",
    "The deposit is returned within nine weeks of the final walk-through.",
    "The deposit is refunded by the end of the quarter after the tenancy ends.",
    "The deposit comes back half a year after you go.",
    "You get the deposit back within half a year of leaving.",
    "The deposit is repaid inside a quarter of your leaving.",
    "Owner mails the deposit not before the third month after Tenant has moved out.",
    "The balance of the deposit will be wired within eleven weeks of the day the keys come back.",
    "Landlord takes a couple of months after the tenancy ends to send the deposit.",
    "When the tenancy has ended, the deposit is released within the following half-year.",
    "Tenant will be sent the deposit at the close of the second full month after the tenancy ends.",
    "Deposit refund: up to 10 weeks from move-out",
    "Security is refunded to Renter, interest free, in sixty-five days from the date of vacating.",
    "What of my deposit? I hand it back two months after you have gone.",
    "After you move out we have ninety days to go through the house and return the deposit.",
]

RETURNS = "Within thirty days after the tenancy ends Landlord returns the deposit with an itemized list of deductions."
NO_WEAR = [
    "Landlord may deduct unpaid rent and the cost of damage beyond ordinary wear and tear.",
    "Nothing is deducted for ordinary wear.",
    "We charge for repairs, ordinary wear excepted.",
    "Tenant pays for damage other than reasonable wear and tear.",
    "Landlord will not charge for repainting after normal wear and tear.",
    "Tenant leaves the unit clean, normal wear and tear excluded.",
    "The cost of cleaning is charged only where it exceeds what ordinary wear calls for.",
    "You aren't billed for fair wear.",
]
WEAR = [
    "Landlord may deduct unpaid rent, repainting and new carpet for ordinary wear and tear, and unpaid utilities.",
    "We may take out of it unpaid rent and the ordinary wear that any occupancy leaves on the home.",
    "The cost of making good normal wear and tear is deducted.",
    "Deductions are made for damage and for reasonable wear and tear.",
    "Ordinary wear and tear is charged to Tenant.",
    "Tenant pays for all repairs, ordinary wear included.",
    "Owner keeps back what it costs to remedy fair wear.",
]
UNACCOUNTED = [
    "Lessor keeps such sums as it shall fix, without being bound to itemize or account for the same.",
    "What is kept of the deposit Landlord need not explain.",
    "From the deposit we keep what we find right, and we are not required to account for it.",
    "We send no list of what was deducted.",
    "Of what is withheld no itemized statement is given.",
]


def _result(clause, judged):
    return judged("deposit_return", f"{BEFORE}5. {clause}\n\n6. Pets. None are kept.\n", days=30)


@pytest.mark.parametrize("clause", LAWFUL)
def test_a_deposit_returned_in_time(judged, clause):
    assert _result(clause, judged) == "satisfied"


@pytest.mark.parametrize("clause", UNLAWFUL)
def test_a_deposit_returned_late(judged, clause):
    assert _result(clause, judged) == "violated"


@pytest.mark.parametrize("clause", NO_WEAR)
def test_wear_that_is_not_charged_for(judged, clause):
    assert judged("deposit_wear", f"{BEFORE}5. {RETURNS} {clause}") == "satisfied"


@pytest.mark.parametrize("clause", WEAR)
def test_ordinary_wear_is_no_damage(judged, clause):
    assert judged("deposit_wear", f"{BEFORE}5. {RETURNS} {clause}") == "violated"


@pytest.mark.parametrize("clause", UNACCOUNTED)
def test_what_is_kept_is_accounted_for(judged, clause):
    assert _result(f"{RETURNS} {clause}", judged) == "violated"
