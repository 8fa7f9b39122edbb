"""The confidence of LLM answers is learned from recorded runs: what it learns is what the records say."""

import random
from pathlib import Path
from typing import Any

from eval.calibration import calibration_error
from eval.gold import load_gold
from eval.train_llm_confidence import Recorder, Value, cross_validated, fit, predicted, record, shipped
from pipeline import Pipeline, Settings
from pipeline.generate.chat import ChatBackend
from pipeline.generate.confidence import FEATURES
from schemas import Ask
from tests.generate.chat.scripted import ScriptedClient

GOLD = Path(__file__).parents[2] / "samples" / "gold"


def recorded(count: int = 600) -> list[Value]:
    """A model that is right as often as its features say, far from what the shipped weights believe: quotes mean nothing."""
    chance = random.Random(7)
    values = []
    for i in range(count):
        agrees, exact = chance.random() < 0.5, chance.random() < 0.5
        right = chance.random() < (0.9 if agrees else 0.3)
        features = {"stated": 1.0, "exact": float(exact), ("agrees" if agrees else "disagrees"): 1.0}
        values.append(Value(f"document {i % 30}", "rent_amount", features, float(right), 0.5))
    return values


def test_learned_confidences_are_nearer_to_the_truth_and_held_out_ones_too() -> None:
    values, start = recorded(), shipped()
    before = calibration_error(list(predicted(values, start)))
    after = calibration_error(cross_validated(values, start, strength=2.0))
    assert after < 0.06 < before


def test_few_values_leave_the_weights_where_they_were() -> None:
    values, start = recorded(), shipped()
    few, many = (abs(fit(values[:n], start, strength=2.0) - start).max() for n in (3, 600))
    assert few < 0.5 * many


def test_a_run_is_recorded_with_features_and_credit_but_no_text(tmp_path: Path) -> None:
    gold = next(g for g in load_gold(GOLD) if g.path.suffix == ".txt")
    right = gold.fields["state"]
    assert right is not None

    def answer(ask: Ask) -> dict[str, Any]:
        nothing = {"value": None, "quote": None, "passage": None, "confidence": 0.9}
        said = dict.fromkeys(ask.wanted["properties"], nothing)
        if "state" in said:
            said["state"] = nothing | {"value": right.value, "quote": "no such words in this lease"}
        return said

    recorder = Recorder(ChatBackend(ScriptedClient(answer)))
    values = record(gold, Pipeline(Settings(ocr="off", boxes=False), backend=recorder), recorder)
    [value] = [v for v in values if v.field == "state"]
    assert value.credit == 1.0 and value.features["exact"] == 0.0 and value.features["reasked"] == 1.0
    assert set(value.features) <= set(FEATURES) and all(isinstance(x, float) for x in value.features.values())
