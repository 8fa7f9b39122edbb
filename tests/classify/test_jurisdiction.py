"""Where a property stands: its address, else the file name, else the user's word."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.classify import jurisdiction_of, parse_code
from pipeline.errors import WrongUsage
from schemas import US_STATES


def test_the_address_wins_over_file_name_and_argument() -> None:
    place = jurisdiction_of("California", None, "Fresno", None, "lease_Ohio_43065.pdf", "US-TX")
    assert place is not None and (place.code, place.city) == ("US-CA", "Fresno")


def test_the_file_name_serves_when_the_document_is_silent() -> None:
    place = jurisdiction_of(None, None, None, None, "Standard_Ohio_43065.pdf", "US-TX")
    assert place is not None and (place.state, place.county, place.zipcode) == ("Ohio", "Delaware", "43065")


def test_the_argument_serves_last() -> None:
    place = jurisdiction_of(None, None, None, None, "scan0001.pdf", "US-TX")
    assert place is not None and place.code == "US-TX"


def test_no_word_anywhere_gives_none() -> None:
    assert jurisdiction_of(None, None, None, None, "scan0001.pdf", None) is None


def test_a_zip_of_another_state_does_not_overrule_the_words() -> None:
    place = jurisdiction_of("Ohio", None, "Powell", "90210", "x.pdf", None)
    assert place is not None and (place.state, place.county) == ("Ohio", None)


def test_a_foreign_region_is_never_a_us_state() -> None:
    place = jurisdiction_of("Ontario", None, "Aurora", None, "x.pdf", None)
    assert place is not None and place.code == "CA"


@pytest.mark.parametrize(
    ("state", "city", "zipcode", "code"),
    [
        ("Washington", "Washington", "20010", "US-DC"),
        ("Washington", None, "20010", "US-DC"),
        ("Washington", "Washington", None, "US-DC"),
        ("Washington, D.C.", None, None, "US-DC"),
        ("D.C.", "Washington", None, "US-DC"),
        ("Washington", "Seattle", "98103", "US-WA"),
        ("Washington", None, None, "US-WA"),
        ("State of Washington", None, None, "US-WA"),
        ("West Virginia", "Charleston", None, "US-WV"),
    ],
)
def test_the_capital_is_told_from_the_state(state: str, city: str | None, zipcode: str | None, code: str) -> None:
    place = jurisdiction_of(state, None, city, zipcode, "x.pdf", None)
    assert place is not None and place.code == code


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("West_Virginia_lease.pdf", "US-WV"),
        ("Washington-DC-lease.pdf", "US-DC"),
        ("Kansas_City_Missouri.pdf", "US-MO"),
        ("lease_Arkansas.pdf", "US-AR"),
        ("Delaware_County_Ohio.pdf", "US-OH"),
    ],
)
def test_a_file_name_names_the_whole_state(name: str, code: str) -> None:
    place = jurisdiction_of(None, None, None, None, name, None)
    assert place is not None and place.code == code


def test_an_unknown_code_is_refused_with_advice() -> None:
    with pytest.raises(WrongUsage, match="US-OH"):
        parse_code("Atlantis")


@given(st.sampled_from(sorted(US_STATES)))
def test_codes_round_trip(abbreviation: str) -> None:
    assert parse_code(f"us-{abbreviation.lower()}").code == f"US-{abbreviation}"


@given(st.text(max_size=60))
def test_any_file_name_is_survived(name: str) -> None:
    jurisdiction_of(None, None, None, None, name, None)
