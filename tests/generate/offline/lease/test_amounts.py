"""Rent, due day, deposit and late charge are read in every wording of residential leases."""

from collections.abc import Callable
from typing import Any

import pytest

Lease = Callable[..., dict[str, Any]]


@pytest.mark.parametrize(
    ("said", "rent"),
    [
        ("RENT. Lessee shall pay $1,325.00 in advance on the first day of every month.", 1325),
        ("3. The Renters pay $1,325 a month in rent, on the first day of each month.", 1325),
        ("RENT. $1,325 monthly, due on the 1st.", 1325),
        ("RENT\n$1,325 per month", 1325),
        ("What is the rent? $1,325 each month, due on the 1st.", 1325),
        ("RENT AND ADDITIONAL CHARGES. You owe $1,325 every month.", 1325),
        ("RENTAL. Lessee covenants to pay the sum of One Thousand Three Hundred Twenty-Five Dollars ($1,325.00) monthly in advance.", 1325),
        ("3. Payment. On or before the first of the month Tenant pays Landlord $1,325.00.", 1325),
        ("RENT. Tenant agrees to pay a total of $15,900.00 for the year, in twelve installments of $1,325.00 each.", 1325),
        ("Rent is $1,325 and is due on the first.", 1325),
        ("What does it cost? One thousand three hundred twenty-five dollars ($1,325.00) a month, due on the 1st. Pay by check or transfer.", 1325),
        ("What do I pay? $1,325 a month, due on the first.", 1325),
        ("How much do I owe you each month? $1,325, by the first.", 1325),
        ("MONEY. $1,325 per month, due on the first day.", 1325),
        ("Price: $1,325 per month", 1325),
        ("We ask $1,325 a month. It falls due on the first.", 1325),
        ("Each month you give us $1,325 for the apartment, no later than the first.", 1325),
        ("You pay us $1,325 every month, on or before the 1st.", 1325),
        ("PAYMENTS. The monthly payment is $1,325, due on the first.", 1325),
        ("RENT. Tenant agrees to pay $1,325.00 for each month, by check or bank transfer.", 1325),
    ],
)  # fmt: skip
def test_the_rent(lease: Lease, said: str, rent: int) -> None:
    assert lease(rent=said).get("rent_amount") == rent


@pytest.mark.parametrize(
    ("said", "day"),
    [
        ("RENT. The rent of $1,325.00 per month is due on the first.", 1),
        ("RENT. Tenant pays $1,325.00 on or before the first day of each month.", 1),
        ("RENT. Tenant pays $1,325.00 each month on or before the first day.", 1),
        ("RENT. $1,325.00 a month, due the 1st.", 1),
        ("RENT. The monthly rent of $1,325.00 is payable by the fifth of the month.", 5),
        ("RENT. $1,325.00, due and payable in advance on the 15th of every month.", 15),
        ("RENT. $1,325.00 per month, payable on the third day of the month.", 3),
        ("RENT. Rent of $1,325.00 is due monthly on the first day.", 1),
        ("RENT. $1,325.00 per month. Rent must reach Landlord by the 1st of the month.", 1),
        ("RENT. $1,325.00 per month, payable on or before the 1st.", 1),
        ("Rent: $1,325.00 each month\nDue: the 3rd", 3),
        ("Rent: $1,325.00 each month    Due: 3rd of the month", 3),
        ("Monthly rent: $1,325.00\nPayable: on the 3rd", 3),
        ("Rent: $1,325.00\nDue each month: 3rd", 3),
        ("Rent: $1,325.00\nWhen due: the third of the month", 3),
        ("THIRD: Rent. Lessee covenants to pay as rent the sum of Thirteen Hundred Twenty-Five Dollars ($1,325.00) per calendar month, in advance, upon the third day thereof.", 3),
        ("RENT. Lessee shall pay $1,325.00 each calendar month, on the third day thereof.", 3),
        ("RENT. $1,325.00 a month in advance upon the third day of the same.", 3),
        ("What does it cost? One thousand three hundred twenty-five dollars ($1,325.00) a month, due on the 3rd. Pay by check.", 3),
        ("What do I pay? $1,325 every month, by the third.", 3),
        ("RENT. Rent of $1,325.00 falls due on the 3rd.", 3),
        ("Renter owes thirteen hundred twenty-five dollars ($1,325) on the third of every month.", 3),
        ("Rent: $1,325/mo., due 3rd", 3),
        ("RENT. The rent day is the 3rd of the month. Rent is $1,325.00 a month.", 3),
        ("RENT. Rent of $1,325.00 a month must be in our hands by the 3rd.", 3),
        ("RENT. The rent is $1,325.00 a month. Tenant pays it on the first of each month. Rent paid after the fifth day of the month is late.", 1),
    ],
)  # fmt: skip
def test_the_day_on_which_rent_is_due(lease: Lease, said: str, day: int) -> None:
    assert lease(rent=said, late="").get("rent_paid_by_day_of_month") == day


@pytest.mark.parametrize(
    ("said", "deposit"),
    [
        ("Security deposit. Tenant pays $2,240.00.", 2240),
        ("6. Security deposit. You have paid $2,240.00. We will refund it within 30 days.", 2240),
        ("DEPOSIT. You give me $2,240 (one and a half months' rent). It stays your money.", 2240),
        ("SECURITY. Tenant pays a deposit of two months' rent ($2,900).", 2900),
        ("SECURITY. Tenant pays a deposit equal to two months' rent, $2,900.", 2900),
        ("SECURITY DEPOSIT. Tenant pays two months' rent as a deposit.", 2900),
        ("SECURITY. Tenant has deposited $2,240.00, which Owner holds in trust.", 2240),
        ("What is the security deposit? $2,240, which is more than one month's rent.", 2240),
        ("DEPOSIT: $2,240 security; no pet deposit", 2240),
        ("Is there a deposit? Yes: $1,450, which is one month's rent.", 1450),
        ("Refundable deposit: $1,450\nNonrefundable charge for cleaning: $150", 1450),
        ("Deposit: $1,450, of which $125 is nonrefundable", 1450),
        ("DEPOSIT. To secure what Tenant owes, Landlord receives $2,240 from Tenant at signing.", 2240),
        ("Before moving in Tenant pays the first month's rent and a security deposit of $2,240 (a month and a half's rent), and nothing else.", 2240),
        ("Security held: $2,240.", 2240),
        ("(e) Sums paid at the start. The Lessee pays the first month's rent of $1,450, the last month's rent of $1,450, and a security deposit of $2,240 (a month and a half's rent), and nothing else: no broker's, application, cleaning or pet fee.", 2240),
        ("Is there a deposit? Yes, $2,240. It sits in an insured account.", 2240),
        ("Is there a deposit? Yes: $2,240, which is one and a half months' rent.", 2240),
        ("Security deposit: $2,240    Last month's rent: not required", 2240),
        ("SECURITY. Tenant pays a deposit of one and a half months' rent.", 2175),
        ("DEPOSIT. Tenant pays no security deposit.", None),
    ],
)  # fmt: skip
def test_the_deposit(lease: Lease, said: str, deposit: int | None) -> None:
    assert lease(deposit=said).get("deposit_amount") == deposit


LATE = "LATE FEE. If rent is not paid within five days after it is due, Tenant shall pay "


@pytest.mark.parametrize(
    ("said", "fee"),
    [
        (LATE + "$50 or five percent of the monthly rent, whichever is less.", "$50 or 5% of the monthly rent, whichever is less"),
        (LATE + "a late fee of five percent (5%) of the monthly rent or $50.00, whichever is greater.", "5% of the monthly rent or $50, whichever is greater"),
        (LATE + "a late fee equal to the greater of $50 or 5% of the unpaid rent.", "the greater of $50 or 5% of the unpaid rent"),
        (LATE + "the lesser of fifty dollars ($50.00) and five percent (5%) of the rent.", "the lesser of $50 and 5% of the rent"),
        (LATE + "a late fee of $25 plus $5 per day until the rent is paid.", "$25 plus $5 per day"),
        (LATE + "a late fee of $25.00 and an additional $5.00 for each day thereafter.", "$25 plus $5 for each day"),
        (LATE + "a late fee of 8% of the rent, not to exceed $75.", "8% of the rent, not to exceed $75"),
        (LATE + "a late charge of $10 per day, up to a maximum of $75.", "$10 per day, up to a maximum of $75"),
        (LATE + "a late charge of $10.00 per day but not more than $75.00 in any month.", "$10 per day but not more than $75"),
        (LATE + "$10.00 plus 5% of the amount by which the rent exceeds $500.00.", "$10 plus 5% of the amount by which the rent exceeds $500"),
        (LATE + "a late charge of five (5%) percent of the rent or $50.00, whichever is greater.", "5% of the rent or $50, whichever is greater"),
        (LATE + "a late charge of $5 per day, at most $25 a month.", "$5 per day, at most $25 a month"),
        ("LATE FEE. A late charge of $75 applies if rent is not received by 11:59 p.m. on the 5th.", "$75 if rent is not received by 11:59 p.m. on the 5th"),
        ("LATE FEE. A late fee of $60 when the rent arrives after the fifth, and $25.00 for a check that the bank returns.", "$60 when the rent arrives after the fifth"),
        ("LATE FEE. A late fee of $60.00 is charged when the rent has not arrived by the 5th.", "$60 when the rent has not arrived by the 5th"),
        ("LATE FEE. Rent received after the 5th day bears a late charge of $60.00.", "$60 after the 5th day"),
        ("What if rent is late? If it has not arrived by the fifth, we charge $10 for each day it stays late, but never more than $60 in a month.", "$10 for each day it stays late, but never more than $60 in a month"),
        (LATE + "$5 for each day of delay thereafter, never more than $50 in total nor more than five per cent of the delinquent payment.", "$5 for each day of delay thereafter, never more than $50 in total nor more than 5% of the delinquent payment"),
        ("5. Late rent. Pay after the 5th and you owe us $40 more.", "$40 more"),
        (LATE + "$15 a day, and in no event over $75 for one month.", "$15 a day, and in no event over $75 for one month"),
        (LATE + "$15 for every day that it is late, with a ceiling of $75.", "$15 for every day that it is late, with a ceiling of $75"),
        ("What if I pay late? If rent is still unpaid five days after the due date, the late fee is eight percent of the month's rent for that month, and no more.", "8% of the month's rent"),
        ("Late rent. Tenant has a grace period of five days after the day rent is due. Thereafter Owner may charge ten percent of the amount past due. A returned check is charged at $30.", "10% of the amount past due"),
        ("2. LATE RENT. If rent is not paid by the sixth of the month, Lessor may add $10 for the first $500 of rent plus five percent of the rent above $500, in all $80 for the month.", "$10 for the first $500 of rent plus 5% of the rent above $500"),
        ("Late fee: $10 plus 5% of the part of the monthly rent above $500 ($80 in all)", "$10 plus 5% of the part of the monthly rent above $500"),
        ("LATE FEE. A late fee of $60.00 is added once rent is more than five (5) days past due.", "$60 once rent is more than five (5) days past due"),
    ],
)  # fmt: skip
def test_the_late_charge_is_read_whole(lease: Lease, said: str, fee: str) -> None:
    assert lease(late=said).get("late_fee", "").startswith(fee)
    assert lease(late=said)["late_fee"].count(" if ") + lease(late=said)["late_fee"].count(" when ") < 2


@pytest.mark.parametrize(
    ("said", "fee"),
    [
        ("Late fee: $75.00, once, if rent is not in by the 5th\nOwner's contact: 4 Oak Road", "$75 once if rent is not in by the 5th"),
        ("Late fee: $45.00, once per month, if rent is still unpaid after the 5th\nDeposit: $985", "$45 once per month if rent is still unpaid after the 5th"),
        ("Late fee: $30 after the 5th\n\nOWNER AND AGENT. The owner is Cy Doe.", "$30 after the 5th"),
        ("Late charge: $35 if rent is not received by 5 p.m. on the 5th\nReturned payment: $25", "$35 if rent is not received by 5 p.m. on the 5th"),
        ("Late fee: $75.00, once, if rent is not in by the 5th\nOwner's contact. Notices go to Cy Doe.", "$75 once if rent is not in by the 5th"),
        ("Base rent: $2,795 per month, due on the first day of the month\nSecurity deposit: $2,795\n\nCovenant 1 (Late rent). Lessee has a grace period of five days after the day rent is due. Thereafter Owner may charge ten percent of the amount past due.", "10% of the amount past due"),
        ("Late fee: 5% of the rent\nReturned check: $25", "5% of the rent"),
    ],
)  # fmt: skip
def test_a_late_fee_ends_with_its_line(lease: Lease, said: str, fee: str) -> None:
    assert lease(late=said).get("late_fee") == fee


def test_a_row_of_a_table_is_not_judged_by_the_row_below(lease: Lease) -> None:
    rows = "Refundable deposit\tRefundable deposit: $800.00, due 06/21/2025\nCleaning fee (nonrefundable)\t$200.00\nKey deposit\t$100.00"
    assert lease(deposit=rows).get("deposit_amount") == 800


def test_a_fee_that_is_no_deposit_is_none(lease: Lease) -> None:
    rows = "Security deposit\tNone\nMove-in fee (not a deposit)\t$450.00 per apartment, due with the signed Lease"
    assert "deposit_amount" not in lease(deposit=rows)
