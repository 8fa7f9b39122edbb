"""Counting days: due days of months of any length, days before and after, working days."""

from calendar import monthrange
from collections.abc import Iterator
from datetime import date, timedelta

SATURDAY = 5


def in_month(year: int, month: int, day: int) -> date:
    """A day of a month, its last one where the month is shorter.

    >>> str(in_month(2024, 2, 31)), str(in_month(2025, 2, 31)), str(in_month(2025, 4, 30))
    ('2024-02-29', '2025-02-28', '2025-04-30')
    """
    return date(year, month, min(day, monthrange(year, month)[1]))


def due_days(day: int, first: date, last: date) -> Iterator[date]:
    """A day of each month, from one date to another, both included.

    Args:
        day: of the month, 1 to 31; a shorter month has its last day instead.

    >>> [str(d) for d in due_days(31, date(2025, 1, 31), date(2025, 3, 30))]
    ['2025-01-31', '2025-02-28']
    """
    months = range(first.year * 12 + first.month - 1, last.year * 12 + last.month)
    return (due for n in months if first <= (due := in_month(n // 12, n % 12 + 1, day)) <= last)


def months_after(start: date, months: int) -> date:
    """The same day so many months later, the month's last one where it is shorter.

    >>> str(months_after(date(2024, 1, 31), 1)), str(months_after(date(2025, 3, 1), -12))
    ('2024-02-29', '2024-03-01')
    """
    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    return in_month(year, month + 1, start.day)


def full_months(start: date, end: date) -> int:
    """How many full months have passed on a day.

    >>> full_months(date(2024, 1, 31), date(2024, 2, 29)), full_months(date(2024, 6, 1), date(2025, 5, 31))
    (1, 11)
    """
    months = (end.year - start.year) * 12 + end.month - start.month
    return months if months_after(start, months) <= end else months - 1


def later(start: date, days: int, working: bool = False) -> date:
    """So many days after a day, which is not counted itself; with `working`, Saturdays and Sundays are not counted either.

    >>> str(later(date(2025, 5, 30), 30)), str(later(date(2025, 5, 30), 2, working=True))
    ('2025-06-29', '2025-06-03')
    """
    if not working:
        return start + timedelta(days)
    day = start
    while days > 0:
        day += timedelta(1)
        days -= day.weekday() < SATURDAY
    return day
