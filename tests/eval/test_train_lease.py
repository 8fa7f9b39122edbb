"""Weights are learned from right and wrong candidates, and stay where the data is silent."""

import numpy as np
import pytest

pytest.importorskip("scipy", reason="needed only to learn weights")

from eval.gold import GoldField
from eval.train_lease import case, fit
from pipeline.generate.offline.lease.candidates import Candidate

INDEX = {"bias": 0, "near_rent": 1, "near_deposit": 2, "unseen": 3}
START = np.array([-1.0, 0.0, 0.0, 0.5])


def test_features_of_right_values_gain_and_of_wrong_ones_lose() -> None:
    candidates = [Candidate(900, 0, 4, ("near_rent",)), Candidate(1500, 9, 13, ("near_deposit",))]
    cases = [c for _ in range(10) if (c := case("money", candidates, GoldField((900,)), INDEX))]
    weights = fit(cases, START, strength=1.0)
    assert weights[INDEX["near_rent"]] > 0.5
    assert weights[INDEX["near_deposit"]] < 0
    assert weights[INDEX["unseen"]] == pytest.approx(0.5)


def test_strength_holds_weights_at_those_set_by_hand() -> None:
    candidates = [Candidate(900, 0, 4, ("near_rent",))]
    cases = [c for c in [case("money", candidates, GoldField((900,)), INDEX)] if c]
    assert np.abs(fit(cases, START, strength=1000.0) - START).max() < 0.01


def test_saying_nothing_is_right_where_the_document_does_not_say() -> None:
    posed = case("money", [Candidate(900, 0, 4, ("near_rent",))], None, INDEX)
    assert posed is not None
    assert posed.right.tolist() == [True, False]
