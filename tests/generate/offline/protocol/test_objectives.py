"""Primary objectives and endpoints: each item whole, secondary ones left out."""

from collections.abc import Callable

from pipeline.generate.offline.protocol.lines import lines_of
from pipeline.generate.offline.protocol.objective_lists import primary_items
from pipeline.generate.offline.protocol.objectives import objectives
from pipeline.generate.offline.protocol.sources import Protocol, open_protocol
from schemas import Document


def items(make: Callable[..., Document], text: str) -> tuple[list[str], list[str]]:
    found = primary_items(lines_of(make(text)).all)
    return [i.text for i in found["objectives"]], [i.text for i in found["endpoints"]]


def test_the_invented_protocol(invented: Document) -> None:
    answers = objectives(open_protocol(invented))
    assert answers["primary_objectives"].value == [
        "To demonstrate the superiority of examplizumab over placebo in reducing the signs of fictional arthritis at Week 24"
    ]
    assert answers["primary_endpoints"].value == ["Proportion of subjects with an ACR20 response at Week 24"]


def test_bullets_are_items_and_their_lines_are_joined(make: Callable[..., Document]) -> None:
    text = "Primary Objectives\nThe primary objectives of this study are\n• To assess A in the\nlong run\n• To assess B\nSecondary Objectives\n• To assess C"
    assert items(make, text) == (["To assess A in the long run", "To assess B"], [])


def test_objectives_and_endpoints_side_by_side(make: Callable[..., Document]) -> None:
    text = "Objectives Endpoints\nPrimary\n• To assess A\n• A at Week 12\nSecondary\n• To assess B"
    assert items(make, text) == (["To assess A"], ["A at Week 12"])


def test_columns_read_one_after_the_other(make: Callable[..., Document]) -> None:
    text = "Primary Objective: Outcome Measure:\nTo determine whether X is superior in\nreducing events.\nTime to the first event"
    assert items(make, text) == (
        ["To determine whether X is superior in reducing events."],
        ["Time to the first event"],
    )


def test_parts_of_a_composite_stay_together(make: Callable[..., Document]) -> None:
    text = "Primary Endpoint\nTime to the first event of any part of this composite:\n1. Death\n2. Stroke\nSecondary Endpoints"
    assert items(make, text)[1] == ["Time to the first event of any part of this composite: 1. Death 2. Stroke"]


def test_a_sentence_names_the_endpoint(opened: Callable[..., Protocol]) -> None:
    synopsis = (
        "SYNOPSIS\nEfficacy: The primary efficacy endpoint is the proportion of subjects achieving remission at Week 8."
    )
    answers = objectives(opened("A Study", synopsis))
    assert answers["primary_endpoints"].value == ["The proportion of subjects achieving remission at Week 8."]


def test_a_sentence_may_name_several_endpoints(opened: Callable[..., Protocol]) -> None:
    synopsis = "SYNOPSIS\nEfficacy: The co-primary endpoints are overall survival and progression-free survival."
    answers = objectives(opened("A Study", synopsis))
    assert answers["primary_endpoints"].value == ["Overall survival", "progression-free survival"]


def test_objectives_that_are_not_called_primary(opened: Callable[..., Protocol]) -> None:
    synopsis = (
        "SYNOPSIS\nObjectives:\n1. To compare X with placebo.\n2. To compare the safety of X.\nStudy Sites: 12 sites"
    )
    assert objectives(opened("A Study", synopsis))["primary_objectives"].value == [
        "To compare X with placebo.", "To compare the safety of X.",
    ]  # fmt: skip


def test_headings_run_into_their_content(make: Callable[..., Document]) -> None:
    text = "Primary Objective: To compare survival of\nX and Y.\nSecondary Objective: To see Z.\nPrimary Endpoint: Survival"
    assert items(make, text) == (["To compare survival of X and Y."], ["Survival"])
    text = "Primary Objective(s) The primary objective is to show that X\nworks.\nSecondary Objectives To see Y"
    assert items(make, text) == (["To show that X works."], [])


def test_a_line_introduces_the_endpoints(make: Callable[..., Document]) -> None:
    text = "The primary endpoint is:\n• Time to first event\nThe key secondary endpoints are:\n• Death"
    assert items(make, text)[1] == ["Time to first event"]


def test_hypotheses_between_numbered_objectives_are_skipped(make: Callable[..., Document]) -> None:
    text = "Primary Objective(s) & Hypothesis(es)\n(1) Objective: To compare OS.\nHypothesis: X prolongs OS.\n(2) Objective: To compare PFS.\nSecondary Objectives"
    assert items(make, text)[0] == ["To compare OS.", "To compare PFS."]


def test_how_an_endpoint_is_analysed_is_no_endpoint(make: Callable[..., Document]) -> None:
    text = "Primary Endpoint\nOverall survival\nThe primary endpoint will be analyzed by a log-rank test.\nSecondary Endpoints"
    assert items(make, text)[1] == ["Overall survival"]
