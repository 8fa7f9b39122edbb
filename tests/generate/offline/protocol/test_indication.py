"""The condition is cut from the title without what follows it."""

import pytest

from pipeline.generate.offline.protocol.indication import condition, condition_in, vaccine_condition


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("A Study of X in Subjects with Active Psoriatic Arthritis Who Have Failed Y", "Active Psoriatic Arthritis"),
        ("X in Participants with Relapsing Forms of Multiple Sclerosis (ORCHARD)", "Relapsing Forms of Multiple Sclerosis"),
        ("A Study of X for the Treatment of Severe Asthma", "Severe Asthma"),
        ("Chemotherapy With or Without X in First-Line Metastatic Non-Small Cell Lung Cancer", "First-Line Metastatic Non-Small Cell Lung Cancer"),
        ("A Study of X and Y", None),
    ],
)  # fmt: skip
def test_conditions_of_titles(title: str, name: str | None) -> None:
    assert condition_in(title) == name


def test_a_vaccine_names_its_disease() -> None:
    assert vaccine_condition("Safety of a 15-valent Pneumococcal Conjugate Vaccine in Adults") == "Pneumococcal disease"
    assert vaccine_condition("A Study of X in Adults") is None


def test_nothing_is_no_condition() -> None:
    assert condition("Not applicable") is None
