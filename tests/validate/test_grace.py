"""Days of grace before a late fee, in many words; rent is due on the first of the month."""

import pytest

from schemas import LeaseTerms, Term

DUE = LeaseTerms(rent_paid_by_day_of_month=Term(value=1, confidence=1.0))


def _result(clause, judged):
    return judged("late_fee_grace", clause, DUE, days=5)


LAWFUL = [
    "If rent is not received within five days after it is due, a late fee of $50 is owed.",
    "A late fee of $50 applies to rent paid after the fifth.",
    "A late charge of $50 is added after the close of the fifth.",
    "No late fee is charged before the sixth.",
    "A late fee may be charged, but not before the sixth of the month.",
    "Tenant has five days' grace; after that a late fee of $50 is owed.",
    "There is a grace period of five days. Rent that comes later bears a late charge of $40.",
    "A five-day grace period applies before any late fee.",
    "Late fee: $50 if rent is not in by the 5th",
    "Late fee: $50 if rent is not in by the end of the 5th",
    "Rent is due on the 1st. If it is not here by midnight of the fifth, we charge a late fee of $30.",
    "Rent is due on the first. From the sixth day on you owe a late fee of $50.",
    "What if rent is late? Nothing happens for the first five days; from the sixth on there is a late fee of $40.",
    "A late fee is owed once rent is more than five days overdue.",
    "When rent is a week late, we charge a late fee of $25.",
    "Rent is due on the 1st of each month. Tenant has until the close of business on the fifth. After that a late fee of $50 is owed.",
    "Rent unpaid ten days after the due date bears a late charge of 5%.",
    "The rent is late if we do not have it by the 6th; the late fee is $40.",
    "A late fee of $50 is charged if the rent is six or more days late.",
    "Late charges begin on the sixth day of the month.",
    "If rent is still unpaid after the fifth day following the due date, a $20 fee is owed for that month.",
    "The first of the month is the due date. No late fee accrues until the tenth.",
    "A late fee of $50 may be charged where rent is two weeks overdue.",
    "Rent must be in by the first; a late fee is not owed if it is paid on or before the fifth.",
    "Late fee. Not owed until five full days have gone by after the due date; then $45.",
    "Where the rent remains unpaid for a fortnight, a late fee of $20 is added.",
    "Rent: $1,000, due on the 1st\nLate charge: $50 if rent is not in by the 5th\nNotices: answered within two days\nDeposit: $1,000",
    "Rent arriving between the second and the fifth is accepted without a late fee; after the fifth there is a late fee of $50.",
    "If rent is not paid by the due date and is still unpaid five days later, a late fee of $50 is owed.",
    "LATE FEE: $20, if rent is not paid by the 6th",
    "The late fee of $50 falls due five days after the rent does, and a notice to pay follows three days later.",
]
UNLAWFUL = [
    "If rent is not received within three days after it is due, a late fee of $50 is owed.",
    "A late fee of $50 applies to rent paid after the third.",
    "A late charge of $50 is added after the close of the second.",
    "A late fee is charged from the second of the month.",
    "From the fifth of the month on a late fee of $50 is owed.",
    "Late fees begin on the fourth day of the month.",
    "A late fee may be charged, but not before the fourth of the month.",
    "Tenant has two days' grace; after that a late fee of $50 is owed.",
    "There is a grace period of three days. Rent that comes later bears a late charge of $40.",
    "A three-day grace period applies before any late fee.",
    "Late fee: $50 if rent is not in by the 3rd",
    "Late charge: $75 flat, if rent is not in by the end of the 1st",
    "A $20 fee is owed for any month in which rent has not arrived by midnight of the 2nd.",
    "A $20 late fee is owed for any month in which rent has not arrived by midnight on the 1st.",
    "If rent has not been received by noon on the first, a late fee of $60 is owed.",
    "If rent is unpaid at noon on the due date, a late fee of $60 is owed.",
    "Rent one day late bears a late fee of $30.",
    "When rent is a day late, we charge a late fee of $25.",
    "A late fee of $50 is charged the day after rent is due.",
    "A late fee is owed once rent is more than two days overdue.",
    "A late fee of $50 is charged if the rent is forty-eight hours late.",
    "The rent is late if we do not have it by the 4th; the late fee is $40.",
    "Rent is due on the 1st of each month. Tenant has until the close of business on the third. After that a late fee of $50 is owed.",
    "Rent: $1,000, due on the 1st\nLate charge: $50 if rent is not in by the 2nd\nNotices: answered within two weeks\nDeposit: $1,000",
    "Rent is late at noon on the second day of the month, whereupon Owner may charge ten percent of the amount past due.",
    "What if rent is late? Nothing happens for the first two days; from the third on there is a late fee of $40.",
    "Rent not in hand by the evening of the first carries a late charge of $60, due from the second day of the month.",
    "Rent is due on the first and late on the second, when a late fee of $45 is added.",
    "A late fee is owed as soon as three days have gone by after the due date.",
    "If rent is not paid on or before the due date, Lessee shall pay a late fee of $20.",
    "There is no grace period; a late charge of $20 applies at once.",
    "Any installment unpaid at the close of its due date shall bear a late charge of $20.",
    "Rent paid after the first of the month carries a late fee of $20.",
    "A charge of $20 is incurred for each rent payment made one day or more past the due date.",
]


@pytest.mark.parametrize("clause", LAWFUL)
def test_enough_days_of_grace(judged, clause):
    assert _result(clause, judged) in ("satisfied", "missing")


@pytest.mark.parametrize("clause", UNLAWFUL)
def test_too_few_days_of_grace(judged, clause):
    assert _result(clause, judged) == "violated"
