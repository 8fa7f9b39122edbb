"""Chooses a field's value among its candidates: a conditional logit (McFadden 1974) over them and "not stated".

The score of a candidate is the sum of its features' weights, that of "not stated" is 0, and the probability of a value
is the share of the exponentials of its mentions. So mentions that agree add up, and the probability is the confidence.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from math import exp, log
from types import MappingProxyType

from pipeline.generate.offline.lease.candidates import Candidate
from pipeline.generate.offline.lease.quotes import whole_words
from schemas import FieldAnswer, Quote

Weights = Mapping[str, Mapping[str, float]]
ACCEPT = 0.4
"""Least probability of a value that is given at all (F1 is highest when values are given from about half of F1 on)."""


@dataclass(frozen=True, slots=True)
class Choice:
    """The best value of a field, its probability, and the mention of it with the highest score."""

    candidate: Candidate
    probability: float


@cache
def learned() -> Weights:
    """The learned weights by field and feature, and under "calibration" what the probabilities are worth."""
    source = files("pipeline.generate.offline.lease") / "weights.json"
    return {k: dict(v) for k, v in json.loads(source.read_text(encoding="utf-8")).items()} if source.is_file() else {}


def score(features: Sequence[str], weights: Mapping[str, float]) -> float:
    """Sum of the weights of the features, the bias included."""
    return weights.get("bias", 0.0) + sum(weights.get(name, 0.0) for name in features)


def ranked(candidates: Sequence[Candidate], weights: Mapping[str, float]) -> list[Choice]:
    """Every value with its probability, the most probable first.

    >>> ranked([Candidate(5, 0, 1, ("x",)), Candidate(7, 3, 4)], {"x": 2.0, "bias": -1.0})[0].candidate.value
    5
    """
    best: dict[str, tuple[float, Candidate]] = {}
    mass: dict[str, float] = {}
    for candidate in candidates:
        key = candidate.key or str(candidate.value)
        points = score(candidate.features, weights)
        mass[key] = mass.get(key, 0.0) + exp(min(points, 30.0))
        if key not in best or points > best[key][0]:
            best[key] = (points, candidate)
    total = 1.0 + sum(mass.values())
    return sorted((Choice(best[k][1], mass[k] / total) for k in best), key=lambda c: -c.probability)


def calibrated(probability: float, calibration: Mapping[str, float]) -> float:
    """A probability as it turned out on leases not learned from (Platt 1999): slope and intercept on its log-odds.

    >>> round(calibrated(0.8, {"slope": 1.0, "intercept": 0.0}), 3)
    0.8
    """
    clipped = min(max(probability, 1e-4), 1 - 1e-4)
    odds = log(clipped / (1 - clipped))
    return 1 / (1 + exp(-calibration.get("slope", 1.0) * odds - calibration.get("intercept", 0.0)))


def confidence(field: str, silent: bool, probability: float, weights: Weights) -> float:
    """How sure an answer is: a value by its calibrated probability, silence also by how often the field's was right.

    Args:
        field: its name.
        silent: whether the answer is "not stated".
        probability: as the scorer gave it.
        weights: the learned weights; without calibration in them the probability stands.
    """
    if not silent:
        return round(calibrated(probability, weights.get("calibration", {})), 4)
    if "silence" not in weights:
        return round(probability, 4)
    return round(calibrated(min(probability, weights["silence_by_field"].get(field, 1.0)), weights["silence"]), 4)


def answer(text: str, field: str, choice: Choice | None, weights: Weights = MappingProxyType({})) -> FieldAnswer:
    """A choice as the answer for its field, with its quote; no choice, or an unlikely one: not stated."""
    if choice is None or choice.probability < ACCEPT:
        return FieldAnswer(confidence=confidence(field, True, 1.0 - (choice.probability if choice else 0.0), weights))
    candidate = choice.candidate
    start, end = candidate.quote or (candidate.start, candidate.end)
    start, end = whole_words(text, start, end)
    quotes = (Quote(text[start:end], start, end),) if start < end else ()
    return FieldAnswer(candidate.value, quotes, confidence(field, False, choice.probability, weights), candidate.flags)
