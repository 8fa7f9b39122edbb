"""Scores, intervals, significance, calibration and coverage of judged fields."""

import pytest

from eval.calibration import calibration_error, coverage_at, coverage_curve, reliability
from eval.judge import Judged
from eval.metrics import groups, score, significance


def field(document: str, right: bool, confidence: float = 0.9, name: str = "rent_amount") -> Judged:
    """A field that was answered, rightly or wrongly."""
    tp = float(right)
    verdict = "right" if right else "wrong"
    return Judged(document, name, "lease", 1, 1 if right else 2, tp, verdict, tp, 1 - tp, 1 - tp, confidence, True)  # type: ignore[arg-type]


def test_f1_counts_wrong_answers_twice() -> None:
    s = score([field("a", True), field("b", True), field("c", False)])
    assert (s.precision, s.recall, s.f1) == pytest.approx((2 / 3, 2 / 3, 2 / 3))
    assert s.wrong == 1


def test_the_interval_holds_the_score_and_narrows_with_documents() -> None:
    few = score([field(str(i), i % 4 != 0) for i in range(12)])
    many = score([field(str(i), i % 4 != 0) for i in range(400)])
    assert few.low <= few.f1 <= few.high
    assert many.high - many.low < few.high - few.low


def test_a_clear_difference_is_significant_and_none_is_not() -> None:
    good = [field(str(i), True) for i in range(30)]
    bad = [field(str(i), i % 2 == 0) for i in range(30)]
    assert significance(good, bad) < 0.01
    assert significance(good, good) == pytest.approx(1.0)


def test_core_fields_are_a_group_of_their_own() -> None:
    found = groups([field("a", True), field("a", True, name="pets_allowed")])
    assert (len(found["lease_core17"]), len(found["lease"])) == (1, 2)


def test_confidence_that_is_too_high_is_an_error_of_calibration() -> None:
    judged = [field(str(i), i % 2 == 0, confidence=1.0) for i in range(10)]
    assert calibration_error(judged) == pytest.approx(0.5)
    assert [b.count for b in reliability(judged)] == [10]


def test_coverage_at_a_precision_is_the_most_that_can_be_accepted() -> None:
    judged = [field("a", True, 0.9), field("b", True, 0.8), field("c", False, 0.7), field("d", True, 0.6)]
    best = coverage_at(judged, 0.99)
    assert best is not None
    assert (best.coverage, best.confidence) == (0.5, 0.8)
    assert coverage_at([field("a", False)], 0.99) is None


def test_equal_confidences_are_accepted_together() -> None:
    points = coverage_curve([field("a", True, 0.9), field("b", False, 0.9)])
    assert [(p.coverage, p.precision) for p in points] == [(1.0, 0.5)]
