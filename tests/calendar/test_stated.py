"""What a record states for its dates."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.calendar.stated import grace_of, kind_of, monthly, renewal_days
from pipeline.values.numerals import cardinal
from tests.calendar.tenancies import record

_WORDS = ("two", "three", "five", "seven", "ten", "fifteen", "thirty")


@pytest.mark.parametrize(
    ("late_fee", "due", "days"),
    [
        ("$50 if the rent has not been received by the end of the fifth day of the month", 1, 5),
        ("$35 if rent comes more than five days after it is due", 5, 6),
        ("$60 if we have not received the whole rent by the 7th", 3, 5),
        ("5% of the overdue amount if not paid within ten (10) days after the due date", 1, 11),
        ("$150 after the 3rd", 1, 3),
        ("$20 if a week late", 1, None),
        ("$10 per day", 1, None),
        ("ten dollars per day up to thirty days", 1, None),
        ("8% of the rent", 1, None),
    ],
)
def test_the_first_day_of_a_late_fee_is_read_or_left_open(late_fee: str, due: int, days: int | None) -> None:
    grace = grace_of(record(late_fee=late_fee).terms, due)
    assert (grace.days if grace else None) == days


def test_business_days_of_grace_are_kept_apart() -> None:
    grace = grace_of(record(late_fee="$60 if more than five business days late").terms, 5)
    assert grace and grace.working and grace.days == 6


@given(st.sampled_from(_WORDS), st.sampled_from(["late", "past due", "overdue"]))
def test_days_in_words_count_like_days_in_figures(word: str, late: str) -> None:
    by_word = grace_of(record(late_fee=f"$40 if rent is more than {word} days {late}").terms, 1)
    by_figure = grace_of(record(late_fee=f"$40 if rent is more than {cardinal(word)} days {late}").terms, 1)
    assert by_word and by_figure and by_word.days == by_figure.days


@pytest.mark.parametrize(
    ("option", "days"),
    [
        ("one 12-month option by 90 days' written notice", 90),
        ("renews for a year unless two months' notice is given", 60),
        ("two 5-year options", None),
    ],
)
def test_a_renewal_option_may_name_its_notice(option: str, days: int | None) -> None:
    assert renewal_days(record(renewal_option=option).terms) == days


def test_a_tenancy_goes_from_month_to_month_where_the_lease_says_so() -> None:
    assert monthly(record(lease_id="MONTH-TO-MONTH RENTAL AGREEMENT").terms)
    assert monthly(record(renewal_option="month to month after the term").terms)
    assert not monthly(record(renewal_option="one 12-month option").terms)


def test_natural_persons_rent_a_dwelling_and_companies_do_not() -> None:
    assert kind_of(record(lease_id="LEASE", tenant_name=["Ada Byron"]).terms)[0] == "residential"
    assert kind_of(record(lease_id="LEASE", tenant_name=["Analytical Engines Inc."]).terms)[0] == "commercial"
    assert kind_of(record(lease_id="LEASE").terms)[0] == "unknown"
