"""Age and sex from the inclusion criteria."""

from collections.abc import Callable

import pytest

from pipeline.generate.offline.protocol import read
from pipeline.generate.offline.protocol.population import population, sex_of
from pipeline.generate.offline.protocol.sources import Protocol, open_protocol
from schemas import Document, FieldAnswer, Quote


def test_the_invented_protocol(invented: Document) -> None:
    found = population(open_protocol(invented), read(invented))
    assert (found["min_age_years"].value, found["max_age_years"].value, found["sex"].value) == (18, 75, "all")
    assert found["indication"].value == "Moderate to Severe Fictional Arthritis"


@pytest.mark.parametrize(
    ("title", "criterion", "sex"),
    [
        ("A Study in Patients with Prostate Cancer", "Able to swallow tablets", "male"),
        ("A Study in Women with Osteoporosis", "Women aged 55 or older", "female"),
        ("A Study in Patients with Asthma", "Women of childbearing potential must use contraception", "all"),
        ("A Study in Patients with Asthma", "Male or female", "all"),
    ],
)
def test_sex(opened: Callable[..., Protocol], title: str, criterion: str, sex: str) -> None:
    protocol = opened(f"{title}\n{criterion}")
    at = len(title) + 1
    read_so_far = {
        "title": FieldAnswer(title, (Quote(title, 0, len(title)),), 0.9),
        "inclusion_criteria": FieldAnswer([criterion], (Quote(criterion, at, at + len(criterion)),), 0.9),
    }
    assert population(protocol, read_so_far)["sex"].value == sex


def test_words_without_a_sex() -> None:
    assert sex_of("Able to swallow") is None
