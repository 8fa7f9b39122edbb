"""Design: the headline number of participants, not those screened, not a cohort's."""

from collections.abc import Callable

import pytest

from pipeline.generate.offline.protocol.design import design
from pipeline.generate.offline.protocol.sources import Protocol, open_protocol
from schemas import Document

Open = Callable[..., Protocol]


def test_the_invented_protocol(invented: Document) -> None:
    assert {k: a.value for k, a in design(open_protocol(invented)).items()} == {
        "allocation": "randomized", "masking": "double-blind", "planned_enrollment": 480, "n_sites": 65,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("synopsis", "number"),
    [
        (
            "Approximately 1200 people will be screened to achieve approximately 900 participants randomly assigned.",
            900,
        ),
        ("About 600 patients will be enrolled (approximately 300 patients per arm).", 600),
        ("Cohort 1: approximately 3000 subjects. A total of 4,120 adults will be enrolled.", 4120),
        ("In a previous study 250 patients were treated with the drug.", None),
    ],
)
def test_planned_enrollment(opened: Open, synopsis: str, number: int | None) -> None:
    assert design(opened("A Study", f"SYNOPSIS\n{synopsis}"))["planned_enrollment"].value == number


@pytest.mark.parametrize(
    ("title", "allocation", "masking"),
    [
        ("An Open-label, Single-arm Study", "non-randomized", "open-label"),
        ("A Randomised, Double-Masked Trial", "randomized", "double-blind"),
        ("A Randomized, Observer-blind Study", "randomized", "double-blind"),
        ("A Study", None, None),
    ],
)
def test_allocation_and_masking(opened: Open, title: str, allocation: str | None, masking: str | None) -> None:
    answers = design(opened(title))
    assert (answers["allocation"].value, answers["masking"].value) == (allocation, masking)


def test_an_open_label_extension_does_not_unblind_a_study(opened: Open) -> None:
    synopsis = "SYNOPSIS\nThis is a double-blind study. An open-label extension period follows. Open-label treatment is optional."
    assert design(opened("A Study", synopsis))["masking"].value == "double-blind"
