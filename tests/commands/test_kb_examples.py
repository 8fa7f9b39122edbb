"""Each jurisdiction's own leases: the one that complies passes, and every fault planted in it is found."""

import pytest

from pipeline import Pipeline, Settings
from pipeline.commands.kb_examples import check_example, example_codes, load_example
from pipeline.knowledge import load_pack, pack_codes
from schemas.example import Example, Fault


@pytest.fixture(scope="module")
def pipeline():
    return Pipeline(Settings(boxes=False, database="sqlite://"))


@pytest.mark.parametrize("code", example_codes())
def test_the_lease_passes_and_its_faults_are_found(code, pipeline):
    assert list(check_example(code, pipeline)) == []


def test_every_state_and_every_local_pack_has_a_lease_of_its_own():
    places = {code for code in pack_codes() if code.startswith("US-")}
    assert places == set(example_codes())
    assert len([code for code in places if len(code) == 5]) == 51


@pytest.mark.parametrize("code", example_codes())
def test_faults_name_requirements_of_the_pack_or_of_a_wider_one(code):
    parts = code.split("-")
    wider = ["US", "-".join(parts[:2]), code]
    known = {r.id for pack in dict.fromkeys(wider) for r in load_pack(pack).requirements}
    assert {fault.breaks for fault in load_example(code).faults if "." in fault.breaks} <= known


def test_a_lease_that_is_wrong_and_a_fault_that_is_not_there_are_told(pipeline, monkeypatch):
    example = load_example("US-OH")
    broken = Example(
        lease=example.lease.replace("thirty (30) days after", "ninety (90) days after"),
        faults=(Fault(breaks="US-OH.self_help", add="Tenant may keep one cat in the unit."),),
    )
    monkeypatch.setattr("pipeline.commands.kb_examples.load_example", lambda code: broken)
    said = list(check_example("US-OH", pipeline))
    assert "the compliant lease is not validated" in said[0]
    assert any("not found, the result is satisfied" in line for line in said)
