"""The day on which the rent is due, in every wording."""

from collections.abc import Callable
from typing import Any

import pytest

Lease = Callable[..., dict[str, Any]]


@pytest.mark.parametrize(
    ("said", "day"),
    [
        ("Section 4 - Rent. $1,640 per month. Due on day 1 of the month at the landlord's office, or by mail.", 1),
        ("RENT. $1,640 each month, due on day one of each month.", 1),
        ("Rent of $1,640 is payable by day 5 of every month.", 5),
        ("You pay $1,640 a month. It is due on the 1st. A check is fine.", 1),
        ("Rent: $1,640 a month, due monthly on the 1st.", 1),
        ("Rent is $1,640. The 1st of the month is rent day.", 1),
        ("What is the rent? $1,640 a month. When is it due? On the 3rd of the month.", 3),
        ("Rent: $1,640\nRent due: 1st", 1),
        ("Rent: $1,640 on the 1st", 1),
        ("4. RENT. $1,640 on the 1st, by check, money order or mail.", 1),
        ("Monthly rent: $1,640, by the third", 3),
        ("Monthly rent: $1,640\nDue date: the 5th of the month", 5),
        ("Monthly rent: $1,640\nDue: day 1", 1),
        ("The monthly rent of $1,640 falls due on the third day of the month.", 3),
        ("Every month you owe us $1,640 in rent, on the first.", 1),
        ("Rent of $1,640 is owed no later than the 5th of each month.", 5),
        ("The rent, $1,640 a month, must reach us by the 2nd of each month.", 2),
        ("Please pay the rent of $1,640 on or before the first (1st) day of each month.", 1),
        ("Rent is $1,640 monthly, to be paid in advance upon the fifteenth of each calendar month.", 15),
    ],
)
def test_the_due_day(lease: Lease, said: str, day: int) -> None:
    assert lease(rent=said).get("rent_paid_by_day_of_month") == day


@pytest.mark.parametrize(
    "said",
    [
        "Rent is $1,640 a month. A late fee is charged from day six after the due date.",
        "Rent is $1,640 a month. The tenant has day one of the term off.",
        "Rent is $1,640 a month. Trash goes out one day of the month.",
    ],
)
def test_other_days_are_no_due_day(lease: Lease, said: str) -> None:
    assert lease(rent=said, late="").get("rent_paid_by_day_of_month") is None
