"""The calendar of a tenancy as a whole."""

from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.calendar import calendar_of, gone_occasions
from tests.calendar.tenancies import dates, gaps, record, year

DURING, AFTER = date(2025, 7, 1), date(2026, 8, 1)


@given(
    start=st.dates(date(2015, 1, 1), date(2030, 12, 31)), length=st.integers(0, 1200), due=st.integers(1, 31),
    notice=st.none() | st.integers(0, 400), state=st.sampled_from(["Ohio", "California", "New York", "Arizona", None]),
)  # fmt: skip
def test_any_term_gives_each_occasion_once_in_order(
    start: date, length: int, due: int, notice: int | None, state: str | None
) -> None:
    end = start + timedelta(length)
    lease = record(
        state=state, tenancy_start_date=str(start), tenancy_end_date=str(end), rent_paid_by_day_of_month=due,
        termination_notice_min_days=notice, deposit_amount=500, late_fee="$50 if more than 5 days late",
    )  # fmt: skip
    calendar = calendar_of(lease, start)
    keys = [occasion.key for occasion in calendar.occasions]
    assert len(set(keys)) == len(keys)
    assert [o.date for o in calendar.occasions] == sorted(o.date for o in calendar.occasions)
    assert all(start <= o.date <= end for o in calendar.occasions if o.kind == "rent_due")
    assert all(o.date <= end for o in calendar.occasions if o.kind.endswith("notice"))
    assert all(o.date > end for o in calendar.occasions if o.kind == "deposit_return")
    assert all(o.why and (o.terms or o.laws) for o in calendar.occasions)
    assert len(dates(calendar, "rent_due")) == len(dates(calendar, "late_fee"))


@given(
    start=st.dates(),
    end=st.dates(),
    due=st.integers(-5, 99),
    notice=st.integers(-(10**9), 10**9),
    deposit=st.integers(-1, 10**9),
)
@settings(max_examples=40)
def test_no_value_of_a_record_is_too_odd(start: date, end: date, due: int, notice: int, deposit: int) -> None:
    start, end = (
        max(start, end - timedelta(4000)) if end > date(12, 1, 1) else start,
        end,
    )  # not a table of thousands of years
    lease = record(
        tenancy_start_date=str(start), tenancy_end_date=str(end), rent_paid_by_day_of_month=due,
        termination_notice_min_days=notice, deposit_amount=deposit, late_fee="$5 after 4,900 weeks",
    )  # fmt: skip
    calendar = calendar_of(lease, DURING)
    assert calendar.occasions or calendar.gaps or calendar.notes


def test_every_kind_of_occasion_is_dated_or_told() -> None:
    calendar = calendar_of(record(state=None), DURING)
    assert not calendar.occasions
    assert {gap.kind for gap in calendar.gaps} >= {"rent_due", "expiry", "non_renewal_notice", "deposit_return"}


def test_a_term_that_is_over_stops_unless_the_lease_goes_on() -> None:
    over = calendar_of(year(), AFTER)
    assert dates(over, "rent_due")[-1] == "2026-05-01"
    assert any("renew it, or close it" in note for note in over.notes)
    goes_on = calendar_of(year(renewal_option="month to month after the term"), AFTER)
    assert dates(goes_on, "rent_due")[-1] == "2027-08-01"
    assert not dates(goes_on, "deposit_return")


def test_a_tenancy_from_month_to_month_tells_the_notice_that_ends_it() -> None:
    lease = record(
        lease_id="MONTH-TO-MONTH RENTAL AGREEMENT", tenant_name=["Ada Byron"], termination_notice_min_days=45
    )
    calendar = calendar_of(lease, DURING)
    assert any(
        "the lease asks for 45 days; the law: A month-to-month tenancy ends by notice" in n for n in calendar.notes
    )
    assert gaps(lease, "deposit_return") == ["the tenancy goes from month to month: no day until notice is given"]


def test_a_closed_tenancy_keeps_its_rent_and_the_deposit_counts_from_its_last_day() -> None:
    closed = calendar_of(year(status="closed", closed_on=date(2025, 12, 15)), DURING)
    assert dates(closed, "rent_due")[-1] == "2025-12-01"
    assert dates(closed, "deposit_return") == ["2026-01-14"]
    assert not dates(closed, "non_renewal_notice")


def test_closing_takes_away_what_was_still_to_come() -> None:
    closed = year(status="closed", closed_on=date(2025, 12, 15), version=2)
    gone = gone_occasions(closed, [year()], calendar_of(closed, DURING), DURING)
    assert {o.kind for o in gone} == {"rent_due", "non_renewal_notice"}
    assert min(o.date for o in gone) == date(2026, 1, 1)


def test_a_shorter_term_takes_away_what_lies_behind_it_and_moves_the_rest() -> None:
    shorter = year(tenancy_end_date="2026-02-28", version=2)
    calendar = calendar_of(shorter, DURING)
    gone = gone_occasions(shorter, [year()], calendar, DURING)
    assert [str(o.date) for o in gone] == ["2026-03-01", "2026-04-01", "2026-05-01"]
    assert dates(calendar, "expiry") == ["2026-02-28"]


def test_an_impossible_term_is_told_and_gives_no_dates() -> None:
    calendar = calendar_of(year(tenancy_end_date="2024-05-31"), DURING)
    assert any("correct the record" in note for note in calendar.notes)
    assert not dates(calendar, "rent_due")


def test_only_some_days_can_be_asked_for() -> None:
    part = calendar_of(year(), DURING).between(date(2026, 5, 1), date(2026, 5, 31))
    assert [o.key for o in part.occasions] == ["non_renewal_notice", "rent_due-2026-05", "expiry"]
