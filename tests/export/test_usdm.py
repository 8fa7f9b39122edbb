"""The study in USDM v4: what is where, and the conformance rules that CDISC publishes for the model (DDF numbers)."""

import json
import os
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.export.usdm import study_definition, usdm_json
from schemas import (
    Activity,
    DocumentInfo,
    Footnote,
    ProtocolTerms,
    Result,
    ScheduledCell,
    ScheduleOfActivities,
    Term,
    Visit,
)


def instances(node: Any, parent: str = "") -> Iterator[tuple[dict[str, Any], str]]:
    """Every instance below a node, with its parent's id."""
    if isinstance(node, dict):
        if "instanceType" in node:
            yield node, parent
        for value in node.values():
            yield from instances(value, node.get("id") or parent)
    elif isinstance(node, list):
        for value in node:
            yield from instances(value, parent)


def faults(wrapper: dict[str, Any]) -> list[str]:
    """What breaks the rules of the model that concern what we write."""
    found: list[str] = []
    every = list(instances(wrapper))
    ids = Counter(node["id"] for node, _ in every)
    found += [f"DDF00083 id {i} is not unique" for i, n in ids.items() if n > 1]
    names: dict[tuple[str, str], list[str]] = defaultdict(list)
    for node, parent in every:
        if "name" in node:
            names[parent, node["instanceType"]].append(node["name"])
        for key, value in node.items():
            if key.endswith(("Id", "Ids")):
                targets = value if isinstance(value, list) else [value]
                found += [
                    f"{node['id']}.{key} points to nothing: {t}" for t in targets if t is not None and t not in ids
                ]
    found += [f"DDF00010 {kind} names repeat" for (_, kind), given_ in names.items() if len(given_) != len(set(given_))]
    by_id = {node["id"]: node for node, _ in every}
    for node, _ in every:
        after = node.get("nextId")
        if after and by_id[after]["previousId"] != node["id"]:
            found.append(f"DDF00023 {node['id']} and {after} disagree")
        if node["instanceType"] == "Code" and not all(
            node[k] for k in ("code", "codeSystem", "codeSystemVersion", "decode")
        ):
            found.append(f"{node['id']} is not coded")
    version = wrapper["study"]["versions"][0]
    design = version["studyDesigns"][0]
    sponsors = [role for role in version["roles"] if role["code"]["code"] == "C70793"]
    if len(sponsors) != 1 or len(sponsors[0]["organizationIds"]) != 1:
        found.append("DDF00201/202 one sponsor with one organization")
    elif [i["scopeId"] for i in version["studyIdentifiers"]].count(sponsors[0]["organizationIds"][0]) != 1:
        found.append("DDF00172 one sponsor identifier")
    if [t["type"]["code"] for t in version["titles"]].count("C207616") != 1:
        found.append("DDF00115 one official title")
    pairs = Counter((cell["armId"], cell["epochId"]) for cell in design["studyCells"])
    if set(pairs.values()) != {1} or len(pairs) != len(design["arms"]) * len(design["epochs"]):
        found.append("DDF00062 a cell for each arm and epoch")
    for timeline in design["scheduleTimelines"]:
        found += timeline_faults(timeline)
    return found


def timeline_faults(timeline: dict[str, Any]) -> Iterator[str]:
    inside = {i["id"] for i in timeline["instances"]}
    if timeline["entryId"] not in inside:
        yield "the entry is not in the timeline"
    if not any(i["timelineExitId"] for i in timeline["instances"]):
        yield "DDF00070 an instance leads to the exit"
    if any(bool(i["defaultConditionId"]) == bool(i["timelineExitId"]) for i in timeline["instances"]):
        yield "DDF00072 either a default condition or an exit"
    if not any(t["type"]["decode"] == "Fixed Reference" for t in timeline["timings"]):
        yield "DDF00009 no anchor"
    for timing in timeline["timings"]:
        ends = (timing["relativeFromScheduledInstanceId"], timing["relativeToScheduledInstanceId"])
        if timing["type"]["decode"] != "Fixed Reference" and (ends[0] == ends[1] or not inside.issuperset(ends)):
            yield f"DDF00031 {timing['id']}"
        said = [timing[k] is not None for k in ("windowLower", "windowUpper", "windowLabel")]
        if any(said) and (not all(said) or timing["type"]["decode"] == "Fixed Reference"):
            yield f"DDF00006/25 {timing['id']}"


@pytest.fixture
def wrapper(result):
    return json.loads(usdm_json(result))


@pytest.fixture
def design(wrapper):
    return wrapper["study"]["versions"][0]["studyDesigns"][0]


def test_a_whole_study_breaks_no_rule(wrapper):
    assert faults(wrapper) == []


def test_identification(wrapper):
    version = wrapper["study"]["versions"][0]
    assert wrapper["study"]["name"] == "VLT-204"
    assert [i["text"] for i in version["studyIdentifiers"]] == ["VLT-204", "NCT00000204", "2020-000204-11", "112204"]
    assert [o["name"] for o in version["organizations"]][:2] == ["Northgale Pharma Ltd", "ClinicalTrials.gov"]
    assert {t["type"]["decode"]: t["text"] for t in version["titles"]}["Study Acronym"] == "QUIET"
    assert (version["versionIdentifier"], version["dateValues"][0]["dateValue"]) == ("2.0", "2024-05-03")


def test_design_is_coded(design):
    assert design["studyPhase"]["standardCode"]["decode"] == "Phase II/III Trial"
    assert design["blindingSchema"]["standardCode"]["code"] == "C15228"
    assert design["model"]["decode"] == "Parallel Study"
    assert [a["type"]["code"] for a in design["arms"]] == ["C174266", "C15538", "C174268"]
    population = design["population"]
    assert population["plannedEnrollmentNumber"]["value"] == 240
    assert [c["decode"] for c in population["plannedSex"]] == ["Female", "Male"]
    assert (population["plannedAge"]["minValue"]["value"], population["plannedAge"]["maxValue"]["value"]) == (18, 75)


def test_visits_are_encounters_in_epochs(design):
    assert [e["name"] for e in design["encounters"]] == [f"Visit {n}" for n in range(1, 6)]
    assert [(e["name"], e["type"]["code"]) for e in design["epochs"]] == [
        ("Screening", "C202487"), ("Treatment", "C101526"), ("Follow-up", "C202578")]  # fmt: skip
    epochs = {e["id"]: e["name"] for e in design["epochs"]}
    assert [epochs[i["epochId"]] for i in design["scheduleTimelines"][0]["instances"]] == [
        "Screening", "Treatment", "Treatment", "Treatment", "Follow-up"]  # fmt: skip


@pytest.mark.parametrize(
    ("names", "epochs"),
    [
        (["Screening", "Day 1", "Week 4", "Follow-up"], ["Screening", "Treatment", "Follow-up"]),
        (["Visit 1 (Day -14)", "Visit 2 (Day 1)", "EOS"], ["Screening", "Treatment", "Follow-up"]),
        (["Day 1", "Rescreening", "Week 4"], ["Treatment"]),
        (
            ["Screening", "Run-in", "Day 1", "Wash out", "Day 30"],
            ["Screening", "Run-in", "Treatment", "Washout", "Treatment (2)"],
        ),
    ],
)
def test_epochs_are_told_by_the_names_of_visits_where_the_head_has_no_periods(names, epochs):
    schedule = ScheduleOfActivities(visits=[Visit(name=name) for name in names], activities=[Activity(name="ECG")])
    read = Result(
        document=DocumentInfo(path="a"),
        doc_type="clinical_protocol",
        terms=ProtocolTerms(),
        schedule_of_activities=schedule,
    )
    wrapper = study_definition(read)
    assert [e["name"] for e in wrapper["study"]["versions"][0]["studyDesigns"][0]["epochs"]] == epochs
    assert faults(wrapper) == []


def test_groups_are_parents_of_their_rows(design):
    named = {a["id"]: a["name"] for a in design["activities"]}
    children = {a["name"]: [named[c] for c in a["childIds"]] for a in design["activities"] if a["childIds"]}
    assert children == {
        "Administration": ["Informed consent", "Randomisation"], "Safety": ["12-lead ECG", "Adverse events"]}  # fmt: skip


def test_cells_say_what_is_done_at_each_visit(design):
    named = {a["id"]: a["name"] for a in design["activities"]}
    done = [[named[a] for a in i["activityIds"]] for i in design["scheduleTimelines"][0]["instances"]]
    assert done[0] == ["Informed consent", "12-lead ECG"]
    assert done[3] == ["Adverse events", "Serum urate"]
    urate = next(a for a in design["activities"] if a["name"] == "Serum urate")
    assert [n["text"] for n in urate["notes"]] == ["Visit 4: 2 mL"]


def test_times_are_counted_from_the_first_day_of_treatment(design):
    timings = {t["label"]: t for t in design["scheduleTimelines"][0]["timings"]}
    assert {label: (t["type"]["decode"], t["value"]) for label, t in timings.items()} == {
        "Day -28 to -1": ("Before", "P28D"), "Day 1": ("Fixed Reference", "P0D"), "Week 4": ("After", "P4W"),
        "Week 12": ("After", "P12W"), "Week 16": ("After", "P16W")}  # fmt: skip
    assert (timings["Day -28 to -1"]["windowLower"], timings["Day -28 to -1"]["windowUpper"]) == ("P0D", "P27D")
    assert (timings["Week 12"]["windowLower"], timings["Week 12"]["windowUpper"]) == ("P0D", "P7D")


def test_a_footnote_of_cells_is_a_condition_there(wrapper, design):
    conditions = wrapper["study"]["versions"][0]["conditions"]
    assert [(c["name"], c["text"]) for c in conditions] == [("Footnote b", "Before the first dose.")]
    named = {a["id"]: a["name"] for a in design["activities"]}
    assert [named[i] for i in conditions[0]["appliesToIds"]] == ["Randomisation", "Serum urate"]
    assert len(conditions[0]["contextIds"]) == 2


def test_criteria_keep_number_order_and_sub_items(wrapper, design):
    items = {i["id"]: i["text"] for i in wrapper["study"]["versions"][0]["eligibilityCriterionItems"]}
    said = [
        (c["category"]["code"], c["identifier"], items[c["criterionItemId"]]) for c in design["eligibilityCriteria"]
    ]
    assert said == [
        ("C25532", "1", "Age 18 to 75 years"),
        ("C25532", "2", "<p>One of:</p><p>a tophi</p><p>b two flares</p>"),
        ("C25370", "1", "Pregnancy"),
    ]


def test_names_alone_still_give_encounters_and_activities():
    terms = ProtocolTerms(soa_visits=Term(value=["V1", "V1"]), soa_activities=Term(value=["ECG"]))
    wrapper = study_definition(Result(document=DocumentInfo(path="a"), doc_type="clinical_protocol", terms=terms))
    design = wrapper["study"]["versions"][0]["studyDesigns"][0]
    assert [e["name"] for e in design["encounters"]] == ["V1", "V1 (2)"]
    assert faults(wrapper) == []


def test_a_study_of_which_nothing_is_known_is_still_well_formed():
    bare = Result(document=DocumentInfo(path="a.pdf"), doc_type="clinical_protocol", terms=ProtocolTerms())
    assert faults(study_definition(bare)) == []


WORDS = st.text(max_size=12)
MARKS = st.lists(st.sampled_from("abc"), max_size=2)
CELLS = st.builds(
    ScheduledCell, visit=st.integers(0, 6), text=WORDS, footnotes=MARKS, last_visit=st.none() | st.integers(0, 8)
)
SCHEDULES = st.builds(
    ScheduleOfActivities,
    visits=st.lists(st.builds(Visit, name=WORDS, period=st.sampled_from(["", "Screening", "Treatment"]), timing=WORDS | st.sampled_from(["Day 1", "Week 2"]), window=WORDS), max_size=5),
    activities=st.lists(st.builds(Activity, name=WORDS, group=st.sampled_from(["", "Safety"]), cells=st.lists(CELLS, max_size=4), footnotes=MARKS), max_size=5),
    footnotes=st.lists(st.builds(Footnote, mark=st.sampled_from("abc"), text=WORDS), max_size=3),
)  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(SCHEDULES)
def test_whatever_was_read_gives_a_study_that_breaks_no_rule(schedule):
    read = Result(
        document=DocumentInfo(path="a.pdf"), doc_type="clinical_protocol", terms=ProtocolTerms(), schedule_of_activities=schedule)  # fmt: skip
    assert faults(study_definition(read)) == []


@pytest.mark.skipif("CLAUSELINE_USDM_SCHEMA" not in os.environ, reason="names the USDM_API.json that CDISC publishes")
def test_the_published_schema_accepts_the_study(wrapper):
    from jsonschema import Draft202012Validator

    published = json.loads(Path(os.environ["CLAUSELINE_USDM_SCHEMA"]).read_text())
    schema = {"$ref": "#/components/schemas/Wrapper-Input", "components": published["components"]}
    assert [e.message for e in Draft202012Validator(schema).iter_errors(wrapper)] == []
