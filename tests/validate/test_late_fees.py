"""Late charges read from the sentences of a lease."""

from decimal import Decimal

import pytest

from pipeline.validate.late_fees import late_fees, unread_late_fee
from pipeline.validate.passages import ReadText
from schemas import Term

RENT = Decimal(1000)
FORM = "Rent: $1,000\nDue: the 1st\nLate charge: $75 flat\nSecurity deposit: $1,000\n"


@pytest.mark.parametrize(
    ("clause", "charge"),
    [
        ("If rent is still unpaid after the fifth, Management may charge a late fee of one-eighth of the overdue rent.", 125),
        ("What if rent is late? If it has not arrived by the fifth, we charge $15 for each day it stays late, but never more than $150 in a month.", 150),
        ("What happens if I pay late? A charge of $60 is added.", 60),
        ("A $20 fee is owed for any month in which rent has not arrived by midnight of the 2nd.", 20),
        ("Rent that is not in by the fifth costs you a tenth of it.", 100),
        ("Rent not received by the fifth carries a fee of half a week's rent.", "116.67"),
        ("Late charge: a twentieth of the monthly rent, once.", 50),
        ("Any instalment that is overdue bears a surcharge of fifteen percent.", 150),
        ("Lessee shall, for each instalment that remains unpaid on the sixth, pay Lessor the sum of Fifty Dollars ($50.00).", 50),
        ("LATE FEES. $35 and $5 for each day thereafter, not over $70.", 70),
        ("You owe us $40 if your rent is late.", 40),
        ("When rent isn't here by the fifth I add $25.", 25),
        ("Overdue rent draws a penalty of 12% of the sum overdue.", 120),
        (FORM, 75),
        ("If I have not got the rent by the end of the sixth of the month, add $95.", 95),
        ("After five days' grace a charge of $20 is added.", 20),
        ("Rent is late after the fifth day; a tenth of the rent is then owed on top.", 100),
        ("Rent is late after the fifth day. The charge is $40.", 40),
    ],
)  # fmt: skip
def test_a_late_charge_is_read(document_of, clause, charge):
    found = late_fees(ReadText(document_of(clause)), RENT)
    assert [f.amount for f in found] == ([Decimal(charge)])


@pytest.mark.parametrize(
    "clause",
    [
        "There is no late fee.",
        "A check that bounces costs $25.",
        "A returned check costs $35, plus any late fee that is then owed.",
        "If rent is unpaid, Landlord may serve a three-day notice and seek $500 of costs in court.",
        "Rent is $1,000 and is due on the first; it is late after the fifth.",
        "Tenant who pays late may be evicted.",
        "Parking left unpaid for a month costs $40.",
        "A discount of $50 is given for rent that is not late.",
        "The deposit is $900 and is used for unpaid rent.",
        "Unpaid rent is deducted from the deposit of $1,500.",
        "Rent is late after the fifth. The charge for a second key is $40.",
    ],
)
def test_what_is_no_late_charge(document_of, clause):
    assert late_fees(ReadText(document_of(clause)), RENT) == []


def test_a_value_that_was_read_stands(document_of):
    text = ReadText(document_of("Rent paid late bears a late charge of $60."))
    assert unread_late_fee(Term[object](value="$60", confidence=1.0), text, RENT) is None
    found = unread_late_fee(Term[object](), text, RENT)
    assert found is not None
    assert found.amount == 60
