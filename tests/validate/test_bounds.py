"""The number a clause states: the one that belongs to it, not its neighbour's."""

import pytest

RETURN = "Within thirty (30) days after this agreement ends and Tenant delivers\npossession, Landlord shall return the deposit less itemized deductions."
ENTRY = "Landlord shall give Tenant at least twenty-four (24) hours' notice before entering, and enter only at\nreasonable times."


@pytest.mark.parametrize(
    "clause",
    [
        "No later than six weeks after Tenant leaves, Landlord pays back what is left of the deposit.",
        "The deposit goes back to Tenant within eleven weeks after the rental agreement ends.",
        "Landlord will refund the deposit on or before the 75th day after Tenant surrenders the dwelling.",
        "Within two months after Tenant moves out, Landlord will mail a list of damages and the deposit. Tenant must notify the landlord in "
        "writing within 4 days after moving out of a forwarding address.",
        "Deposits of more than one month's rent earn five percent a year. The deposit comes back within ninety days after the keys are returned.",
    ],
)
def test_a_deposit_kept_too_long_is_found(ohio, clause):
    assert ohio.edited(RETURN, clause).result("US-OH.deposit_return") == "violated"


@pytest.mark.parametrize(
    "clause",
    [
        "The deposit is refunded by the 30th day after Tenant gives up possession. Tenant gives ninety days' written notice of surrender.",
        "When Tenant has left, Landlord returns the deposit with an itemized list within four weeks.",
        "Landlord returns the deposit within 45 days after Tenant moves out, or such shorter time as the law requires.",
        "The deposit carries interest, paid within sixty days of each anniversary. It is returned within a month after the lease ends.",
    ],
)
def test_a_deposit_returned_in_time_is_lawful(ohio, clause):
    assert ohio.edited(RETURN, clause).result("US-OH.deposit_return") == "satisfied"


@pytest.mark.parametrize(
    ("clause", "result"),
    [
        ("Landlord gives three hours' notice before entering. In an emergency Landlord may enter and gives notice within two days after.", "violated"),
        ("Landlord shall give thirty (30) minutes' notice of intent to enter.", "violated"),
        ("Landlord comes in after a text message sent an hour ahead.", "violated"),
        ("Landlord gives two hours' notice before entering, or any longer notice that the law then asks for.", "satisfied"),
        ("Landlord gives two hours' notice before entering, or a longer one where Landlord likes.", "violated"),
        ("Landlord lets Tenant know a day ahead when Landlord needs to enter.", "satisfied"),
        ("Landlord may enter after two days' notice; after an emergency entry Landlord gives notice within an hour of the entry.", "satisfied"),
    ],
)  # fmt: skip
def test_the_notice_is_that_of_entry(ohio, clause, result):
    assert ohio.edited(ENTRY, clause).result("US-OH.entry_notice") == result


def test_a_place_left_blank_is_no_clause(ohio):
    assert ohio.edited(f"Except in an emergency, {ENTRY}", "Notice of entry: intentionally left blank.").result(
        "US-OH.entry_notice"
    ) in ("missing", "not_applicable")


@pytest.mark.parametrize(
    ("clause", "result"),
    [
        ("A month-to-month tenancy may be ended by Tenant by thirty days' notice and by Landlord by seventy-two hours'.", "violated"),
        ("A month-to-month tenancy may be ended by Tenant by sixty days' notice and by Landlord by thirty days'.", "satisfied"),
    ],
)  # fmt: skip
def test_a_notice_left_to_be_understood_counts(ohio, clause, result):
    stated = "Thereafter the tenancy continues from month to month, and either party\nmay end it by thirty (30) days' written notice before the periodic rental date."
    assert ohio.edited(stated, clause).result("US-OH.month_to_month_notice") == result


def test_a_reminder_of_a_rent_increase_is_not_the_notice(california):
    stated = "The rent of a month-to-month tenancy may be increased by\nthirty (30) days' written notice."
    clause = "Tenant gets two notices of an increase of rent: the first sixty days before it takes effect, and the second twenty days before."
    assert california.edited(stated, clause).result("US-CA.rent_increase_notice") == "satisfied"


def test_money_that_is_remitted_late_is_found(ohio):
    clause = "Within 30 days after Tenant leaves, Landlord delivers an itemized list. Any balance owing shall be remitted to Tenant within ninety days after Tenant leaves."
    assert ohio.edited(RETURN, clause).result("US-OH.deposit_return") == "violated"
