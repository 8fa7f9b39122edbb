"""Deposits that are taken in two sums, or with prepaid rent."""

from decimal import Decimal

import pytest

from pipeline.validate.deposits import further_deposit, prepaid_rent
from pipeline.validate.passages import ReadText
from schemas import Evidence

RENT = Decimal(1000)
LEASE = "Rent: $1,000 a month\nDeposit: $1,000\nStart: May 1, 2026\n\n4. Use. The home is a residence only.\n\n5. Deposit rules. {} It is returned within thirty days.\n"


def _evidence(text, sum_="$1,000"):
    start = text.index(sum_, text.lower().find("deposit"))
    return Evidence(page=1, start=start, end=start + len(sum_), quote=sum_)


@pytest.mark.parametrize(
    ("clause", "further"),
    [
        ("The deposit is $2,195 and, as the home is on the top floor, a further deposit of $1,500 is paid at move-in.", 1500),
        ("Renter pays $2,520 as security together with a further $840 held as additional security for the keys.", 840),
        ("The deposit is $1,000. Tenant also gives an additional security deposit in the amount of $400.", 400),
        ("The deposit is $1,000. There is no further deposit of $300 or of any other sum.", 0),
        ("The deposit is $1,000. For a dog an additional deposit of $300 is paid.", 0),
        ("You give me $1,800 to hold as your deposit, and $900 more by June 1 for the same purpose.", 900),
        ("The deposit is $1,000. An additional $50 is paid for each further key.", 0),
    ],
)  # fmt: skip
def test_a_further_deposit_counts(document_of, clause, further):
    start = clause.index("$")
    end = clause.index(" ", start)
    quote = clause[start:end].rstrip(".")
    evidence = Evidence(page=1, start=start, end=start + len(quote), quote=quote)
    assert further_deposit(evidence, ReadText(document_of(clause))) == Decimal(further)


@pytest.mark.parametrize(
    ("clause", "further"),
    [
        ("Tenant has paid security equal to four months of the rent, namely $4,000.", 3000),
        ("Tenant pays a deposit of $2,500 before the keys are given.", 1500),
        ("Tenant has paid a deposit of $1,000.", 0),
        ("Tenant pays a pet deposit of $1,500 for the dog.", 0),
        ("By law a landlord may hold a deposit of $2,000.", 0),
        ("On top of the deposit shown above, Resident leaves with Management a second security payment of $880 against damage.", 880),
        ("Besides the sum on the first page, Resident pays a further $1,355 of deposit at move-in, so that two months' rent is held in all.", 1355),
        ("The Renter pays $1,000 together with a further $840 held as additional security for the keys and appliances, $1,840 in all.", 840),
        ("In addition to the deposit Tenant pays $500 as security for the furniture.", 500),
        ("Tenant also deposits another $600 against damage.", 600),
        ("A second deposit of $750 is due before the keys are handed over.", 750),
        ("A second deposit, in the sum of Seven Hundred Fifty Dollars ($750.00), secures the appliances.", 750),
        ("An additional security deposit equal to half a month's rent is paid at signing.", 500),
        ("Tenant shall also pay a further deposit of one month's rent.", 1000),
        ("Over and above the security deposit, Lessee shall lodge with Lessor $400 as damage security.", 400),
        ("Apart from that deposit you pay us $300 more as security.", 300),
        ("Additional security deposit: $650", 650),
        ("Second security deposit (furniture): $650", 650),
        ("You also give us an extra $450 to hold as security.", 450),
        ("A supplementary deposit of $250 is taken for the balcony.", 250),
        ("Two deposits are held, the one above and a second of $500.", 500),
        ("We hold $1,900 as deposits in all.", 900),
        ("The deposits come to $2,400 altogether.", 1400),
        ("Tenant leaves a further sum of $700 as security with the superintendent.", 700),
        ("Plus a cleaning deposit of $300.", 300),
        ("A refundable key deposit of $150 is paid as well.", 0),
        ("Resident also leaves $500 with Management as security for the furnishings.", 500),
        ("Management holds two deposits of $1,000 each.", 1000),
        ("A further month's rent is held as security.", 1000),
        ("The deposits add up to $2,640.", 1640),
        ("The deposit is paid in two parts, $500 at signing and $500 at move-in.", 0),
        ("Tenant also pays $50 a month for parking.", 0),
        ("The deposit is one month's rent.", 0),
        ("No further deposit is taken.", 0),
        ("No second deposit of $500 or of any sum may be asked for.", 0),
        ("If Tenant gets a dog, a further deposit of $300 is paid.", 0),
        ("Landlord may ask for an additional deposit of $200 if Tenant installs a satellite dish.", 0),
        ("A pet deposit of $300 applies to each animal.", 0),
        ("Interest of $12 on the deposit is paid each year.", 0),
        ("Of the deposit, $200 is for cleaning.", 0),
        ("The rent is $1,000 and the deposit is $1,000, $2,000 in all at move-in.", 0),
        ("At signing Tenant pays rent and deposit, a total of $2,000.", 0),
        ("An additional occupant pays $100 a month.", 0),
        ("A further copy of the keys costs $20.", 0),
        ("The deposit, $1,000, is held at Elm Bank. An additional $75 is charged for late rent.", 0),
        ("The deposit of $1,000 (one month's rent) is paid in two halves: $500 at signing and another $500 at move-in.", 0),
        ("Within thirty days the deposit is returned; another $50 is owed as a statutory penalty.", 0),
        ("Tenant may pay the deposit in three further payments of $333.", 0),
        ("Landlord who keeps the deposit in bad faith owes twice the deposit as further damages, up to $2,000.", 0),
        ("The deposit does not exceed one month's rent; the law lets Landlord hold another month's rent only for a pet.", 0),
    ],
)  # fmt: skip
def test_a_further_deposit_is_found_wherever_it_stands(document_of, clause, further):
    said = LEASE.format(clause)
    assert further_deposit(_evidence(said), ReadText(document_of(said)), RENT) == Decimal(further)


@pytest.mark.parametrize(
    ("clause", "prepaid"),
    [
        ("The Tenant has deposited $1,000 as security and a further $1,000 as rent for the last month.", 1000),
        ("Tenant pays at signing the first month's rent, the last month's rent and the deposit.", 1000),
        ("First and last month's rent are due before the keys are handed over.", 1000),
        ("Last month's rent: $1,000", 1000),
        ("The last month is paid for in advance.", 1000),
        ("The last two months' rent is paid in advance.", 2000),
        ("You prepay the final month's rent.", 1000),
        ("No last month's rent is collected in advance.", 0),
        ("Last month's rent: none", 0),
        ("Tenant may not use the deposit as the last month's rent.", 0),
        ("The deposit is not to be applied to the last month's rent.", 0),
        ("It is not the last month's rent.", 0),
        ("Rent for the last month is due like any other.", 0),
        ("Rent is payable in advance on the first of each month.", 0),
    ],
)
def test_rent_that_is_paid_ahead(document_of, clause, prepaid):
    assert prepaid_rent(ReadText(document_of(LEASE.format(clause))), RENT) == Decimal(prepaid)


@pytest.mark.parametrize(
    "clause",
    [
        "Landlord has received $1,800 and, on the same footing, a second security deposit of $1,700 against loss of rent.",
        "Tenant pays $1,800 as security together with another security deposit of $1,700.",
    ],
)
def test_the_sum_before_a_second_deposit_counts(document_of, clause):
    assert further_deposit(_evidence(clause, "$1,700"), ReadText(document_of(clause))) == 1800
