"""Faults planted in a lease."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from pydantic import ValidationError

from schemas.example import Fault

LEASE = "1. RENT. $900.\n\n2. KEYS. Two.\n\nLandlord: ____\n"


def test_words_are_replaced():
    assert Fault(breaks="x", replace="$900", by="$950").planted(LEASE) == LEASE.replace("$900", "$950")


def test_a_clause_is_added_before_the_signatures():
    planted = Fault(breaks="x", add="3. LOCKS. Changed at will.").planted(LEASE)
    assert planted.split("\n\n") == [
        "1. RENT. $900.",
        "2. KEYS. Two.",
        "3. LOCKS. Changed at will.",
        "Landlord: ____\n",
    ]


def test_words_that_are_not_there_are_an_error():
    with pytest.raises(ValueError, match="does not say"):
        Fault(breaks="x", replace="$901").planted(LEASE)


@pytest.mark.parametrize("fields", [{}, {"add": "a", "replace": "b"}])
def test_a_fault_is_one_change(fields):
    with pytest.raises(ValidationError):
        Fault(breaks="x", **fields)


@example(".")  # the lease has that before a blank line of its own
@given(st.text(min_size=1).filter(lambda clause: clause.strip()))
def test_nothing_of_the_lease_is_lost_by_adding(clause):
    planted = Fault(breaks="x", add=clause).planted(LEASE)
    assert planted == LEASE.replace("Landlord: ____", f"{clause}\n\nLandlord: ____")
