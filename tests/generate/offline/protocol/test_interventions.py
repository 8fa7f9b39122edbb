"""What is tested and what it is compared with."""

from collections.abc import Callable

import pytest

from pipeline.generate.offline.protocol import read
from pipeline.generate.offline.protocol.interventions import interventions, row_names, sides
from pipeline.generate.offline.protocol.sources import Protocol
from schemas import Document, FieldAnswer, Quote


def test_the_invented_protocol(invented: Document) -> None:
    answers = read(invented)
    assert answers["investigational_products"].value == ["Examplizumab (XY-1234)"]
    assert [str(v).lower() for v in answers["comparators"].value] == ["placebo"]


@pytest.mark.parametrize(
    ("title", "tested", "control"),
    [
        ("Efficacy of Empagliflozin Versus Placebo in Patients with Diabetes", ["Empagliflozin"], ["Placebo"]),
        ("A study comparing XY1234 to fingolimod in participants with MS", ["XY1234"], ["fingolimod"]),
        ("Apalutamide Plus ADT Versus Placebo Plus ADT in Cancer", ["Apalutamide"], ["Placebo"]),
        (
            "Abemaciclib plus Endocrine Therapy versus Endocrine Therapy Alone in Cancer",
            ["Abemaciclib"],
            ["Endocrine Therapy"],
        ),
        ("A STUDY OF LENVATINIB (AB-1234) IN CANCER", ["Lenvatinib (AB-1234)"], []),
    ],
)
def test_sides_of_titles(title: str, tested: list[str], control: list[str]) -> None:
    assert sides(title) == (tested, control)


def test_a_double_dummy_s_placebos_are_no_comparators(opened: Callable[..., Protocol]) -> None:
    title = "A double-dummy study comparing XY1234 to fingolimod"
    answers = interventions(
        opened(title, "SYNOPSIS\nStudy Design: XY1234 and a placebo, or fingolimod and placebo."),
        {"title": FieldAnswer(title, (Quote(title, 0, len(title)),), 0.9)},
    )
    assert answers["comparators"].value == ["fingolimod"]


def test_rows_name_products_line_by_line() -> None:
    assert row_names("apalutamide 40 mg capsule") == ["apalutamide"]
    assert row_names("Not applicable") == []
