"""The title is whole, the acronym is the study's."""

from collections.abc import Callable

import pytest

from pipeline.generate.offline.protocol.sources import Protocol, open_protocol
from pipeline.generate.offline.protocol.title import title_and_acronym
from schemas import Document

Open = Callable[..., Protocol]


def test_a_title_without_a_label_is_told_by_its_words(invented: Document) -> None:
    answers = title_and_acronym(open_protocol(invented))
    assert str(answers["title"].value).startswith(
        "A Phase 3, Randomized, Double-blind, Placebo-controlled Study to Evaluate"
    )
    assert str(answers["title"].value).endswith("Fictional Arthritis (ORCHARD)")
    assert answers["acronym"].value == "ORCHARD"


def test_a_labelled_title_ends_before_the_next_thing(opened: Open) -> None:
    page = "Protocol Title:\nA randomized study of examplizumab in patients\nwith asthma\nAmendment 3, 4 May 2020"
    assert (
        title_and_acronym(opened(page))["title"].value == "A randomized study of examplizumab in patients with asthma"
    )


@pytest.mark.parametrize(
    ("title", "acronym"),
    [
        ("ORCHARD: A Randomized Study of Examplizumab in Patients with Asthma", "ORCHARD"),
        ("A Randomized Study of Examplizumab in Patients with Asthma – ORCHARD 2", "ORCHARD 2"),
        ("A Randomized Study of Examplizumab in Patients with Chronic Obstructive Disease (COD)", None),
        ("A Randomized Study of Examplizumab (XY-1234) in Patients with Asthma", None),
    ],
)
def test_acronyms_of_titles(opened: Open, title: str, acronym: str | None) -> None:
    assert title_and_acronym(opened(f"Study Title: {title}\nProtocol Number: AB-1"))["acronym"].value == acronym


def test_other_studies_do_not_lend_their_names(opened: Open) -> None:
    page = "SYNOPSIS\nRationale: the ORCHARD study showed benefit (Smith et al). The ORCHARD trial [12] too."
    assert title_and_acronym(opened("A Study\nProtocol AB-1", page))["acronym"].value is None
