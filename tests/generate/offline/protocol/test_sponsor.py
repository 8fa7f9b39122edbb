"""The sponsor is the labelled name, else the owner of the document."""

from collections.abc import Callable

import pytest

from pipeline.generate.offline.protocol.sources import Protocol
from pipeline.generate.offline.protocol.sponsor import clean_name, sponsor


@pytest.mark.parametrize(
    ("page", "name"),
    [
        ("Sponsor: Invented Medicines, Inc.\n12 Nowhere Street", "Invented Medicines, Inc."),
        ("SPONSOR:\nInvented & Sons GmbH\nBerlin", "Invented & Sons GmbH"),
        ("Sponsor: For Non-EU Countries:\nInvented Inc.*\n1 Road", "Invented Inc."),
        ("A Study\nCopyright © 2006 Invented and Company", "Invented and Company"),
        ("Sponsor: University of Nowhere, School of Medicine", "University of Nowhere, School of Medicine"),
        ("A Study of Something", None),
    ],
)
def test_sponsors(opened: Callable[..., Protocol], page: str, name: str | None) -> None:
    assert sponsor(opened(page))["sponsor"].value == name


def test_a_co_sponsor_is_not_the_sponsor(opened: Callable[..., Protocol]) -> None:
    page = "Sponsor: First Pharma Inc.\nCo-Sponsor: Second Pharma Inc."
    assert sponsor(opened(page))["sponsor"].value == "First Pharma Inc."


@pytest.mark.parametrize("words", ["See below", "M.D.", "12 Street", "", "N/A"])
def test_what_is_no_name(words: str) -> None:
    assert clean_name(words) is None


@pytest.mark.timeout(20)
@pytest.mark.parametrize("word", ["X ", "Aa Bb ", "Tenant ", "A.", "Aa Inc. "])
def test_a_line_without_end_takes_no_time(opened: Callable[..., Protocol], word: str) -> None:
    answers = sponsor(opened(f"Sponsor: Invented Inc.\n{word * (300_000 // len(word))}"))
    assert answers["sponsor"].value == "Invented Inc."
