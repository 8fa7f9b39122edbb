"""Counting days."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from pipeline.calendar.days import due_days, full_months, in_month, later, months_after

DAYS = st.dates(date(1990, 1, 1), date(2090, 12, 31))


@given(st.integers(1, 31), DAYS, st.integers(0, 1500))
def test_each_month_has_one_due_day_which_is_the_day_or_the_months_last(day: int, first: date, length: int) -> None:
    last = first + timedelta(length)
    found = list(due_days(day, first, last))
    assert found == sorted(set(found))
    assert all(first <= due <= last for due in found)
    assert all(due.day == day or ((due + timedelta(1)).day == 1 and due.day < day) for due in found)
    months = {
        (d.year, d.month)
        for d in (first + timedelta(n) for n in range(length + 1))
        if d == in_month(d.year, d.month, day)
    }
    assert {(due.year, due.month) for due in found} == months


@given(DAYS, st.integers(0, 600))
def test_so_many_months_after_a_day_so_many_have_passed(start: date, months: int) -> None:
    assert full_months(start, months_after(start, months)) == months
    assert full_months(start, months_after(start, months + 1) - timedelta(1)) <= months


@given(DAYS, st.integers(1, 60))
def test_working_days_are_counted_one_by_one(start: date, days: int) -> None:
    end = later(start, days, working=True)
    between = (start + timedelta(n) for n in range(1, (end - start).days + 1))
    assert sum(day.weekday() < 5 for day in between) == days
    assert end.weekday() < 5


def test_february_is_short_and_sometimes_less_so() -> None:
    assert in_month(2024, 2, 31) == date(2024, 2, 29)
    assert in_month(2100, 2, 29) == date(2100, 2, 28)  # no leap year
    assert later(date(2024, 2, 28), 1) == date(2024, 2, 29)
