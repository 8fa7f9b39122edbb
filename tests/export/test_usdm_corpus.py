"""Three protocols whose USDM the CDISC publishes: the same arms, criteria and primary objectives, or the difference explained.

What differs, and why (`eval/README.md`):
encounters - a column over several days is one encounter here, one a day there; columns for early termination and unscheduled visits are
    encounters here, timelines of their own there;
activities - rows of the main table here; there also those of other tables, and some rows split in two;
objectives - the fields of a protocol hold the primary ones; there the secondary and exploratory ones too.
"""

import json
from pathlib import Path
from typing import Any

import pytest
from rapidfuzz import fuzz, process

from pipeline import Pipeline
from pipeline.export.usdm import study_definition

PROTOCOLS = Path(__file__).parents[3] / "shared" / "corpus" / "protocols"
EXAMPLES = sorted(path.parent for path in PROTOCOLS.glob("*/usdm.json"))

pytestmark = [
    pytest.mark.corpus,
    pytest.mark.skipif(not EXAMPLES, reason="the development corpus is not here"),
]


def design_of(wrapper: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = wrapper["study"]["versions"][0]["studyDesigns"][0]
    return found


def leaves(design: dict[str, Any]) -> list[str]:
    return [a["label"] or a["name"] for a in design["activities"] if not a["childIds"]]


@pytest.fixture(scope="module", params=EXAMPLES, ids=lambda path: path.name)
def pair(request) -> tuple[dict[str, Any], dict[str, Any], Path]:
    """Our design and CDISC's of one protocol."""
    folder: Path = request.param
    ours = study_definition(Pipeline().run(folder / "document.pdf"))
    return design_of(ours), design_of(json.loads((folder / "usdm.json").read_text())), folder


def test_arms_are_the_same(pair):
    ours, theirs, _ = pair
    assert len(ours["arms"]) == len(theirs["arms"])
    assert ours["model"]["code"] == theirs["model"]["code"]
    assert ours["blindingSchema"]["standardCode"]["code"] == theirs["blindingSchema"]["standardCode"]["code"]


@pytest.mark.parametrize("category", ["C25532", "C25370"], ids=["inclusion", "exclusion"])
def test_criteria_are_the_same(pair, category):
    counts = [sum(c["category"]["code"] == category for c in design["eligibilityCriteria"]) for design in pair[:2]]
    assert counts[0] == counts[1]


def test_primary_objectives_are_the_same(pair):
    ours, theirs, _ = pair
    primary = [o for o in theirs["objectives"] if o["level"]["code"] == "C85826"]
    assert len(ours["objectives"]) == len(primary)


def test_encounters_are_the_columns_of_the_table(pair):
    ours, theirs, folder = pair
    columns = len(json.loads((folder / "gold.json").read_text())["fields"]["soa_visits"]["value"])
    assert min(abs(len(ours["encounters"]) - n) for n in (columns, len(theirs["encounters"]))) <= 1


def test_activities_are_those_of_the_main_timeline(pair):
    ours, theirs, _ = pair
    known = leaves(theirs)
    matched = [
        name for name in leaves(ours) if process.extractOne(name, known, scorer=fuzz.token_set_ratio, score_cutoff=75)
    ]
    assert len(matched) >= 0.85 * len(leaves(ours))
    assert len(leaves(ours)) >= 0.75 * len(known)
