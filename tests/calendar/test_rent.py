"""The days of rent and of late fees."""

from datetime import date

from pipeline.calendar import calendar_of
from tests.calendar.tenancies import dates, gaps, one, record, year

START = date(2025, 6, 1)


def test_rent_is_due_each_month_of_the_term() -> None:
    due = dates(calendar_of(year(), START), "rent_due")
    assert (len(due), due[0], due[-1]) == (12, "2025-06-01", "2026-05-01")


def test_the_31st_is_the_last_day_of_a_short_month_and_says_so() -> None:
    lease = year(tenancy_start_date="2024-01-31", tenancy_end_date="2024-04-30", rent_paid_by_day_of_month=31)
    assert dates(calendar_of(lease, START), "rent_due") == ["2024-01-31", "2024-02-29", "2024-03-31", "2024-04-30"]
    assert "February has no 31st" in one(lease, "rent_due-2024-02").why


def test_rent_before_the_first_due_day_is_not_made_up() -> None:
    lease = year(tenancy_start_date="2025-06-15")
    assert dates(calendar_of(lease, START), "rent_due")[0] == "2025-07-01"
    assert gaps(lease, "rent_due") == [
        "the words read don't say what is due for the days from 2025-06-15 to the first due day, 2025-07-01"
    ]


def test_a_prorated_first_rent_is_due_at_the_start_in_the_leases_words() -> None:
    lease = year(tenancy_start_date="2025-06-15", rent_amount=(1450, "$1,450.00, prorated to $773.33 for June"))
    first = one(lease, "rent_due-first")
    assert first.date == date(2025, 6, 15)
    assert "prorated to $773.33" in first.why
    assert not gaps(lease, "rent_due")


def test_no_day_of_rent_no_dates_of_rent() -> None:
    lease = year(rent_paid_by_day_of_month=None, late_fee="$50 after the 5th")
    assert gaps(lease, "rent_due") == ["the lease's record has no day of the month on which rent is due"]
    assert not dates(calendar_of(lease, START), "late_fee")


def test_a_late_fee_waits_for_the_longer_of_the_leases_grace_and_the_laws() -> None:
    by_lease = year(late_fee="$50 if rent is not received by the 10th")
    by_law = year(state="New York", late_fee="$50 if rent is not received by the 2nd")
    assert one(by_lease, "late_fee-2025-06").date == date(2025, 6, 11)
    assert one(by_law, "late_fee-2025-06").date == date(2025, 6, 7)  # five full days after the first
    assert "Real Prop" in one(by_law, "late_fee-2025-06").laws[0].citation


def test_a_fee_without_a_day_has_no_date_unless_the_law_gives_grace() -> None:
    assert gaps(year(late_fee="8% of the rent"), "late_fee")
    assert dates(calendar_of(year(state="Maine", late_fee="4% of the rent"), START), "late_fee")[0] == "2025-06-17"


def test_a_date_is_as_certain_as_its_least_certain_term() -> None:
    lease = year()
    unsure = lease.terms.rent_paid_by_day_of_month.model_copy(update={"flags": ["ungrounded"]})
    doubtful = lease.model_copy(update={"terms": lease.terms.model_copy(update={"rent_paid_by_day_of_month": unsure})})
    assert one(lease, "rent_due-2025-06").confidence == 0.9
    assert one(doubtful, "rent_due-2025-06").confidence == 0


def test_rent_of_a_tenancy_without_end_is_looked_ahead_a_year() -> None:
    lease = record(tenancy_start_date="2023-01-20", rent_paid_by_day_of_month=5)
    due = dates(calendar_of(lease, date(2025, 7, 1)), "rent_due")
    assert (len(due), due[0], due[-1]) == (12, "2025-07-05", "2026-06-05")
    assert len(dates(calendar_of(lease, date(2025, 7, 1), months_ahead=3), "rent_due")) == 3
