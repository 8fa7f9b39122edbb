"""Schedules are compared with USDM on the encounters of its main timeline."""

import json
from pathlib import Path
from typing import Any

import pytest

from eval.schedule import compare_cells, encounters_of, reference
from schemas import Activity, ScheduledCell, ScheduleOfActivities, Visit


def usdm(done: dict[str, list[str]], encounters: list[str]) -> dict[str, Any]:
    """A USDM file with one timeline: activity -> encounters."""
    activities = [{"id": f"a{k}", "name": n, "label": n} for k, n in enumerate(done)]
    instances = [
        {"encounterId": f"e{k}", "activityIds": [a["id"] for a in activities if encounter in done[a["name"]]]}
        for k, encounter in enumerate(encounters)
    ]
    design = {
        "activities": activities,
        "encounters": [{"id": f"e{k}", "name": n, "label": n} for k, n in enumerate(encounters)],
        "scheduleTimelines": [{"id": "t", "mainTimeline": True, "instances": instances}],
    }
    return {"study": {"versions": [{"studyDesigns": [design]}]}}


def test_cells_are_matched_by_time_and_name() -> None:
    right = reference(
        usdm({"Electrocardiogram": ["Week 2"], "Weight": ["Screening", "Week 2"]}, ["Screening", "Week 2"])
    )
    found = ScheduleOfActivities(
        visits=[Visit(name="Visit 1 (Week -1)"), Visit(name="Visit 2 (Week 2)"), Visit(name="ET")],
        activities=[
            Activity(name="Body weight", cells=[ScheduledCell(visit=0, text="X", last_visit=2)]),
            Activity(name="ECG (12-lead)", cells=[ScheduledCell(visit=1, text="X")]),
        ],
    )
    compared = compare_cells(found, right)
    assert compared.both == {("Weight", "Screening"), ("Weight", "Week 2")}
    assert compared.extra == {("ECG (12-lead)", "Week 2")}
    assert compared.missing == {("Electrocardiogram", "Week 2")}
    assert compared.f1 == pytest.approx(4 / 6)


def test_a_column_stands_for_all_encounters_of_its_range() -> None:
    assert encounters_of(["Day 1", "Day 2-4", "EOS Day 40"], ["Day 1", "Day 2", "Day 3", "Day 4", "EOS"]) == {
        0: ("Day 1",), 1: ("Day 2", "Day 3", "Day 4"), 2: ("EOS",),
    }  # fmt: skip


@pytest.mark.corpus
@pytest.mark.slow
def test_cells_of_the_published_examples() -> None:
    """What is left over are differences of modelling: one row as two activities, one visit for a range of days."""
    corpus = Path(__file__).resolve().parents[2].parent / "shared" / "corpus" / "protocols"
    if not corpus.is_dir():
        pytest.skip("development corpus not there")
    from pipeline import Pipeline

    scores = {}
    for path in sorted(corpus.rglob("usdm.json")):
        found = Pipeline().run(path.parent / "document.pdf").schedule_of_activities
        assert found
        scores[path.parent.name] = compare_cells(found, reference(json.loads(path.read_text("utf-8")))).f1
    assert min(scores.values()) >= 0.85, scores
