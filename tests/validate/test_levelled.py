"""The text as cues read it: full stops only where a sentence or a row of a form ends."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.validate.levelled import level


@given(st.text())
def test_levelling_keeps_every_offset(text: str) -> None:
    assert len(level(text)) == len(text)


@pytest.mark.parametrize(
    "text",
    [
        "Harold T. Poe pays",
        "at 12 N. Oak Street",
        "5 Elm St. in Salem",
        "before 5 p.m. and after",
        "U.S. mail",
        "Ms. Poe signs",
        "Ohio Rev. Code 5321.16 applies",
    ],
)
def test_a_dot_that_ends_no_sentence_is_a_comma(text: str) -> None:
    assert "." not in level(text)


@pytest.mark.parametrize(
    "text", ["See Exhibit A. The rent is due.", "Apartment B. Rent is due.", "Paid in May. It is late."]
)
def test_a_sentence_keeps_its_end(text: str) -> None:
    assert level(text).count(".") == text.count(".")


def test_each_row_of_a_form_ends_where_the_next_begins() -> None:
    assert level("Tenant: Ann Poe\nRent: $900\n\nDeposit: $900\n").split(".") == [
        "tenant: ann poe", "rent: $900", " deposit: $900 "
    ]  # fmt: skip
    assert "." not in level("Tenant: Ann Poe\nand all who live with her\n")
