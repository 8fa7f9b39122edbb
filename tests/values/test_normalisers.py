"""Values survive being written in any of their usual forms."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from pipeline.values.dates import add_days, add_months, find_dates
from pipeline.values.durations import find_durations
from pipeline.values.money import find_money
from pipeline.values.numerals import cardinal

DATES = st.dates(date(1970, 1, 1), date(2059, 12, 31))
FORMS = st.sampled_from(
    ["%B %d, %Y", "%d %B %Y", "%d-%b-%Y", "%Y-%m-%d", "%m/%d/%Y", "%m/%d/%y", "%b. %d, %Y", "%dth day of %B, %Y"]
)


@given(DATES, FORMS)
def test_a_date_is_found_in_every_written_form(day: date, form: str) -> None:
    written = day.strftime(form)
    text = f"This agreement is made as of {written} (the date)."
    (found,) = find_dates(text)
    assert found.value == day.isoformat()
    assert text[found.start : found.end] == written


@given(DATES, st.integers(1, 120))
def test_a_term_of_months_ends_the_day_before_its_anniversary(day: date, months: int) -> None:
    end = add_days(add_months(day.isoformat(), months), -1)
    assert day.isoformat() <= end < add_months(day.isoformat(), months + 1)


@given(st.decimals(0, 99_999_999, places=2))
def test_an_amount_keeps_its_cents(amount: object) -> None:
    text = f"a rent of ${amount:,.2f} per month"
    (found,) = find_money(text)
    assert found.value.number == amount
    assert found.value.currency == "USD"
    assert text[found.start : found.end] == f"${amount:,.2f}"


@given(st.text(alphabet=" _$,.0123456789MayJundayofthirty()\n", max_size=400))
def test_recognisers_take_any_text(text: str) -> None:
    for found in [*find_dates(text), *find_money(text), *find_durations(text)]:
        assert 0 <= found.start < found.end <= len(text)


def test_number_words() -> None:
    assert cardinal("one hundred twenty-five thousand") == 125_000
    assert cardinal("Nineteen Hundred Fifty") == 1_950


def test_long_hostile_text_is_read_in_linear_time() -> None:
    for piece in ("one hundred and ", "May 1 of ", "$1,", "1,", "thirty (30 ", "_ "):
        text = piece * 20_000
        find_dates(text), find_money(text), find_durations(text)
