"""The charge for a returned check, in many words; the law of the test gives $35."""

import pytest

LAWFUL = [
    "A returned check costs $35.",
    "Returned check fee: $25",
    "Checks that are not honored. $25.00 for the first such check, $35.00 for each one after it.",
    "If your bank sends back your check, you owe me $20 for it.",
    "For a check dishonored by the bank the charge is twenty dollars.",
    "NSF fee: $30\nLate fee: $75\nParking: $50",
    "What if a check bounces? You owe us $25, plus any late fee above if the rent is then late.",
    "A check that comes back unpaid brings a charge of $20; a late fee of $75 is owed besides if rent is then late.",
    "Late fee: $75 after the fifth. Returned checks: $35.",
    "Rent is $1,500, paid by check. Thirty-five dollars are charged where the bank refuses it for insufficient funds.",
    "Returned checks. Thirty-five dollars ($35.00).",
    "There is no charge for a returned check.",
    "Rent of $1,500 is paid by check or money order.",
    "Tenant pays the bank's own charge for a dishonored check.",
    "A $35 fee is charged for each payment that does not clear.",
    "Late rent carries a fee of $60. For every check that the bank dishonors $30 is added.",
    "Bounced payment, each: $35",
    "If a check is returned twice, rent is payable by money order only.",
    "A $75 late fee applies after the fifth, and a $35 fee for any returned check.",
    "The deposit of $1,500 is returned by check within thirty days.",
]
UNLAWFUL = [
    "A returned check costs $65.",
    "Returned check fee: $75",
    "Checks that are not honored. $65.00 for each such check, from the first one on.",
    "If your bank sends back your check, you owe me forty-five dollars for it.",
    "For a check dishonored by the bank the charge is sixty dollars.",
    "NSF fee: $50\nLate fee: $25\nParking: $30",
    "What if a check bounces? You owe us $60, plus any late fee above if the rent is then late.",
    "A check that comes back unpaid brings a charge of $60; a late fee of $25 is owed besides if rent is then late.",
    "Late fee: $25 after the fifth. Returned checks: $75.",
    "Rent is $1,500, paid by check. Fifty-five dollars are charged where the bank refuses it for insufficient funds.",
    "Returned checks. Eighty-five dollars ($85.00).",
    "Every dishonored payment costs the Tenants eighty-five dollars on top of the rent.",
    "A $75 fee is charged for each payment that does not clear.",
    "Late rent carries a fee of $30. For every check that the bank dishonors $70 is added.",
    "Bounced payment, each: $85",
    "$85.00 for each check returned unpaid, and $20 for a late payment.",
    "A $25 late fee applies after the fifth, and a $75 fee for any returned check.",
    "Returned Payment Fee: $75",
    "A check returned unpaid costs $85 each time.",
    "Should any cheque be refused by the bank, Lessee shall pay Lessor One Hundred Dollars ($100.00).",
    "When a check fails to clear, seventy dollars is due at once.",
    "The service charge for a check the bank will not pay is $60.",
    "Failed bank transfers are charged at $80 apiece.",
    "You bounce a check, you pay $70.",
    "A charge of $95 is made for a check that the bank will not honor.",
    "A payment that the bank sends back unpaid costs you a service fee of $85.",
    "Electronic payments that fail for any reason are charged at $55 apiece.",
    "For every check that isn't honored a handling charge of fifty dollars is due.",
    "A stopped check or one drawn on a closed account is charged at $100.",
]


def _result(clause, judged):
    text = f"3. Rent. Rent is due on the first.\n\n4. {clause}\n\n5. Pets. None are kept.\n"
    return judged("returned_check_fee", text, dollars=35)


@pytest.mark.parametrize("clause", LAWFUL)
def test_a_lawful_charge_for_a_returned_check(judged, clause):
    assert _result(clause, judged) in ("satisfied", "missing")


@pytest.mark.parametrize("clause", UNLAWFUL)
def test_too_high_a_charge_for_a_returned_check(judged, clause):
    assert _result(clause, judged) == "violated"
