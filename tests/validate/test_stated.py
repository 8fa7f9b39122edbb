"""Numbers in clauses, in the unit a rule compares."""

from decimal import Decimal

import pytest

from pipeline.validate.stated import stated_numbers


def numbers(unit, text, **options):
    return [n for n, _ in stated_numbers(unit, text, 0, len(text), **options)]


@pytest.mark.parametrize(
    ("unit", "text", "expected"),
    [
        ("days", "within thirty (30) days", [30]),
        ("days", "two weeks", [14]),
        ("days", "five business days", [7]),
        ("hours", "twenty-four (24) hours or two days", [24, 48]),
        ("months", "two months", [2]),
        ("months", "two months' rent", [2]),
        ("days", "two months' rent", []),
        ("days", "notice of at least one full rental period", [30]),
        ("days", "before the end of a rental period", []),
        ("days", "on or before the 75th day after you surrender", [75]),
        ("days", "by the forty-fifth (45th) day following move-out", [45]),
        ("days", "the sixtieth business day after the term", [84]),
        ("days", "the end of the third month after the tenancy ends, by the 6th week following", [90, 42]),
        ("days", "paid on the 5th day of the month", []),
        ("days", "a week before, or a month's notice", [7, 30]),
        (
            "hours",
            "thirty (30) minutes' notice; half an hour's notice; a day ahead; an hour before",
            ["0.5", "0.5", 24, 1],
        ),
        ("hours", "a couple of hours' notice; open an hour a day", [2]),
        ("percent", "five percent (5%) a year", [5]),
        ("dollars", "a fee of $35.00", [35]),
    ],
)
def test_numbers_are_read_in_the_unit(unit, text, expected):
    assert numbers(unit, text) == [Decimal(n) for n in expected]


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("if rent is more than five (5) days late", [5]),
        ("if rent is not received by the 5th day of the month", [5]),
        ("rent paid after the fifth day of the month bears a late charge", [5]),
        ("Rent is due on the 1st; after the third (3rd) a late fee is owed", [3]),
        ("Rent is due on the 1st of each month; a late fee is charged at once", []),
        ("a late fee on the second late payment", []),
        ("THIRD: Late payment. A charge is made where rent is unpaid thirty days after it was due", [30]),
        ("unpaid after the\nsixth day of the month", [6]),
        ("Rent unpaid on the fourth day of the month shall bear a charge", [4]),
    ],
)
def test_days_of_grace_are_counted_from_the_due_day(text, days):
    assert numbers("grace_days", text) == days


def test_the_due_day_is_the_leases_own():
    assert numbers("grace_days", "not received by the 20th", due_day=15) == [6]


def test_places_are_those_of_the_whole_text():
    text = "Rent. Within ten (10) days of the end."
    [(_, (start, end))] = stated_numbers("days", text, 6, len(text))
    assert text[start:end] == "ten (10) days"
