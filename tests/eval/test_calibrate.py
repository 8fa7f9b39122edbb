"""Confidences are fitted to what was right."""

import pytest

pytest.importorskip("scipy", reason="needed only to learn weights")

from eval.calibrate import calibrate, calibrate_silence, thresholds
from eval.judge import Judged, Verdict


def judged(field: str, confidence: float, right: bool, silent: bool = False) -> Judged:
    credit = float(right)
    verdict: Verdict = ("silent" if right else "missing") if silent else ("right" if right else "wrong")
    return Judged("a", field, "lease", None if silent else "x", "x", credit, verdict, 0, 0, 0, confidence, True)


def test_overconfident_values_are_lowered() -> None:
    results = [judged("city", 0.95, right=i % 2 == 0) for i in range(40)]
    line = calibrate(results)
    assert line["slope"] * 2.944 + line["intercept"] == pytest.approx(0, abs=0.2)  # log-odds of a half


def test_silence_is_worth_less_where_it_was_often_wrong() -> None:
    results = [judged("fixtures", 1.0, right=i % 3 == 0, silent=True) for i in range(12)]
    results += [judged("county", 1.0, right=True, silent=True) for _ in range(12)]
    shares, _ = calibrate_silence(results)
    assert shares["fixtures"] < 0.6 < shares["county"]


def test_a_threshold_leaves_no_wrong_value_above_it() -> None:
    results = [judged("city", 0.9, True), judged("city", 0.8, True), judged("city", 0.7, False), judged("county", 0.9, False)]  # fmt: skip
    cuts = thresholds(results)
    assert 0.7 < cuts["city"] <= 0.8
    assert cuts["county"] == 1.0
