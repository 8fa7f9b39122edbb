"""Counting what validation finds of planted faults."""

import yaml

from eval.mutants import judge_folder, tally
from eval.mutants.run import Outcome
from pipeline import Pipeline, Settings
from pipeline.commands.kb_examples import load_example
from schemas.example import Fault

FAULT = Fault(breaks="self_help", add="...")


def outcome(fault=None, *, found=False, validated=False, wrong=()):
    return Outcome("a", fault, found, validated, tuple(wrong), 98.0, 1.0)


def test_recall_is_of_planted_faults_and_precision_of_reports():
    t = tally([outcome(validated=True), outcome(FAULT, found=True), outcome(FAULT, wrong=["US-OH.rent missing"])])
    assert (t.leases, t.passed, t.mutants, t.found, t.wrong) == (1, 1, 2, 1, 1)
    assert (t.recall, t.precision, t.pass_rate) == (0.5, 0.5, 1.0)


def test_a_wrong_report_on_the_whole_lease_is_counted_once():
    known = ["US-OH.rent missing"]
    t = tally([outcome(wrong=known), outcome(FAULT, found=True, wrong=known), outcome(FAULT, found=True, wrong=known)])
    assert t.wrong == 1


def test_a_folder_of_leases_is_judged_whole_and_with_each_fault(tmp_path):
    example = load_example("US-OH")
    kept = example.model_copy(update={"faults": example.faults[:2]})
    (tmp_path / "ohio.yaml").write_text(yaml.safe_dump(kept.model_dump(mode="json")))
    judged = list(judge_folder(tmp_path, Pipeline(Settings(boxes=False, database="sqlite://"))))
    assert [o.fault is None for o in judged] == [True, False, False]
    assert judged[0].validated and all(o.found for o in judged[1:])
