"""When a visit is: as its head says, in days from the first day of treatment."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.export.usdm_timing import anchor, times, when, window
from schemas import Visit


@pytest.mark.parametrize(
    ("text", "days", "until"),
    [
        ("Day 1", 0, 0),
        ("Day -1", -1, -1),
        ("Day 15", 14, 14),
        ("D8", 7, 7),
        ("Day -28 to -1", -28, -1),
        ("Days −21 to −8", -21, -8),
        ("Day 2 - 5", 1, 4),
        ("Week 12", 84, 84),
        ("Wk 2", 14, 14),
        ("W4", 28, 28),
        ("Weeks 4-8", 28, 56),
        ("Month 6", 180, 180),
        ("Visit 3, Week 2", 14, 14),
    ],
)
def test_days_weeks_and_months(text, days, until):
    found = when(Visit(name=text))
    assert found is not None
    assert (found.days, found.until) == (days, until)


@pytest.mark.parametrize("text", ["Screening", "Visit 3", "Cycle 2 Day 1", "C2D1", "End of treatment", ""])
def test_what_states_no_time_from_the_start_gives_none(text):
    assert when(Visit(name=text)) is None


def test_the_anchor_is_the_first_day_of_treatment():
    assert anchor([Visit(name="Screening"), Visit(name="Baseline"), Visit(name="Week 4")]) == 1
    assert anchor([Visit(name="V1", timing="Day -14"), Visit(name="V2", timing="Week 0")]) == 1
    assert anchor([Visit(name="V1"), Visit(name="V2")]) == 0


def test_days_that_are_counted_anew_are_not_days_from_the_start():
    heads = [
        ("Period 1", "Day -1"),
        ("Period 1", "Day 1"),
        ("Period 2", "Day -1"),
        ("Period 2", "Day 1"),
        ("", "Day 30"),
    ]
    found = times([Visit(name=timing, period=period, timing=timing) for period, timing in heads])
    assert [point and point.days for point in found] == [-1, 0, None, None, 29]


def test_days_that_run_on_through_the_periods_are():
    heads = [("Inpatient Period 1", "Day 9"), ("", "Day 10-22"), ("Inpatient Period 2", "Day 24")]
    found = times([Visit(name=timing, period=period, timing=timing) for period, timing in heads])
    assert [point and point.days for point in found] == [8, 9, 23]


@pytest.mark.parametrize(
    ("text", "allowed"),
    [
        ("± 3 days", ("P3D", "P3D")),
        ("+/- 1 week", ("P1W", "P1W")),
        ("-2 d", ("P2D", "P0D")),
        ("±4 hours", ("PT4H", "PT4H")),
        ("", None),
    ],
)
def test_windows(text, allowed):
    assert window(text) == allowed


@given(st.text(max_size=60))
def test_any_head_is_read_without_fault(text):
    visit = Visit(name=text, timing=text)
    found = when(visit)
    assert found is None or found.until >= found.days
    assert anchor([visit]) == 0
    window(text)
