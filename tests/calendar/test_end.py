"""Notices before the end of a term, the deposit after it, and the inspections."""

from datetime import date

import pytest

from pipeline.calendar import calendar_of
from tests.calendar.tenancies import dates, gaps, one, record, year

START = date(2025, 6, 1)


def test_the_longer_notice_counts_the_leases() -> None:
    notice = one(year(termination_notice_min_days=60), "non_renewal_notice")
    assert notice.date == date(2026, 4, 1)  # 60 days before 31 May
    assert "the lease asks for 60 days; the law for 30" in notice.why
    assert notice.laws[0].citation == "Ohio Rev. Code § 5321.17(B)"


def test_the_longer_notice_counts_the_laws() -> None:
    notice = one(year(state="California", termination_notice_min_days=30), "non_renewal_notice")
    assert notice.date == date(2026, 4, 1)
    assert "60 days' notice" in notice.laws[0].condition


def test_without_a_notice_of_the_lease_or_of_a_law_there_is_no_date() -> None:
    assert gaps(year(state=None), "non_renewal_notice") == [
        "neither the lease's record nor a law in the knowledge base has a notice"
    ]


def test_where_the_law_wants_a_cause_the_notice_says_so() -> None:
    assert (
        "a cause is needed" in one(year(state="Washington", termination_notice_min_days=60), "non_renewal_notice").why
    )


def test_a_renewal_is_agreed_by_the_options_own_notice() -> None:
    by_option = one(
        year(renewal_option="one year, by 90 days' notice", termination_notice_min_days=30), "renewal_offer"
    )
    by_notice = one(year(renewal_option="one 12-month option", termination_notice_min_days=30), "renewal_offer")
    assert (by_option.date, by_notice.date) == (date(2026, 3, 2), date(2026, 5, 1))
    assert "names no day of its own" in by_notice.why
    assert gaps(year(renewal_option="one 12-month option"), "renewal_offer") == [
        "the renewal option names no day: “one 12-month option”"
    ]


def test_a_rent_increase_is_announced_as_the_law_of_the_place_says() -> None:
    california = calendar_of(year(state="California"), START)
    assert dates(california, "rent_increase_notice") == ["2026-03-02", "2026-05-01"]  # over 10 %; any
    assert gaps(year(), "rent_increase_notice") == [
        "no law in the knowledge base sets a notice for a rent increase here"
    ]


@pytest.mark.parametrize(
    ("state", "days"),
    [("Ohio", ["2026-06-30"]), ("New York", ["2026-06-14"]), ("Montana", ["2026-06-10", "2026-06-30"]), ("Arizona", ["2026-06-18"])],
)  # fmt: skip
def test_the_deposit_is_due_back_by_the_law_of_the_place(state: str, days: list[str]) -> None:
    assert dates(calendar_of(year(state=state), START), "deposit_return") == days


def test_no_deposit_nothing_to_return() -> None:
    assert not dates(calendar_of(year(deposit_amount=0), START), "deposit_return")
    assert not gaps(year(deposit_amount=0), "deposit_return")
    assert gaps(year(deposit_amount=None), "deposit_return") == ["the lease's record has no deposit"]


def test_inspections_only_where_the_law_asks_for_them() -> None:
    virginia, arizona = calendar_of(year(state="Virginia"), START), calendar_of(year(state="Arizona"), START)
    assert dates(virginia, "move_in_inspection") == ["2025-06-06"]  # within five days
    assert dates(arizona, "move_out_inspection") == ["2026-05-31"]
    assert not dates(calendar_of(year(), START), "move_in_inspection")


def test_an_end_without_a_day_is_no_end() -> None:
    lease = record(tenancy_start_date="2025-06-01", tenancy_end_date="2026-05", rent_paid_by_day_of_month=1)
    assert gaps(lease, "expiry") == ["the lease gives the end of the term as 2026-05, without a day"]
