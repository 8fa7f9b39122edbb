"""Numbers and phase: from where this document states them, not from studies it cites."""

from collections.abc import Callable

import pytest

from pipeline.generate.offline.protocol.identification import identification, is_protocol_id, phase_value
from pipeline.generate.offline.protocol.sources import Protocol, open_protocol
from schemas import Document


def test_the_title_page_gives_all_numbers(invented: Document) -> None:
    answers = identification(open_protocol(invented))
    assert {k: a.value for k, a in answers.items()} == {
        "protocol_id": "XY-301", "nct_id": "NCT01234567", "eudract_number": "2019-001234-56", "ind_number": "123456", "phase": "3",
    }  # fmt: skip
    for answer in answers.values():
        assert all(q.text == invented.text[q.start : q.end] for q in answer.quotes)


def test_numbers_of_other_studies_are_not_taken(opened: Callable[..., Protocol]) -> None:
    answers = identification(
        opened("A Study\nProtocol Number: AB-12", "1. INTRODUCTION\nA phase 2 study (NCT09999999) was done.")
    )
    assert (
        answers["nct_id"].value is None and answers["phase"].value is None and answers["protocol_id"].value == "AB-12"
    )


def test_a_number_left_blank_is_absent(opened: Callable[..., Protocol]) -> None:
    page = "US IND Number: Not applicable\nEudraCT Number: N/A\nProtocol Number: B1234567"
    answers = identification(opened(page))
    assert answers["ind_number"].value is None and answers["eudract_number"].value is None


def test_the_eu_ct_number_is_longer(opened: Callable[..., Protocol]) -> None:
    assert identification(opened("EU CT Number: 2023-501234-12-00"))["eudract_number"].value == "2023-501234-12-00"


@pytest.mark.parametrize("number", ["D4417C00002", "MK-3475-189", "204887", "1245.110", "GS-US-380-1489", "20130109"])
def test_shapes_of_protocol_numbers(number: str) -> None:
    assert is_protocol_id(number)


@pytest.mark.parametrize("word", ["2.0", "NCT01234567", "2019-001234-56", "Protocol", "10-Jul-2017", "v1.2", "2019"])
def test_what_is_no_protocol_number(word: str) -> None:
    assert not is_protocol_id(word)


@pytest.mark.parametrize(
    ("words", "phase"),
    [
        (("I", None, "II", None), "1/2"),
        (("2", None, "3", None), "2/3"),
        (("III", "b"), "3b"),
        (("2", "a"), "2"),
        (("IV", None), "4"),
    ],
)
def test_phases(words: tuple[str, str | None], phase: str) -> None:
    assert phase_value(*words) == phase
