"""Chooses a field's value among its candidates: a conditional logit (McFadden 1974) over them and "not stated".

The score of a candidate is the sum of its features' weights, that of "not stated" is 0, and the probability of a value
is the share of the exponentials of its mentions. So mentions that agree add up, and the probability is the confidence.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from math import exp

from pipeline.generate.offline.lease.candidates import Candidate
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
    """The learned weights by field and feature; eval/train_lease.py writes them."""
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


def answer(text: str, choice: Choice | None) -> FieldAnswer:
    """A choice as the answer for its field, with its quote; no choice: not stated."""
    if choice is None or choice.probability < ACCEPT:
        return FieldAnswer(confidence=round(1.0 - (choice.probability if choice else 0.0), 4))
    candidate = choice.candidate
    start, end = candidate.quote or (candidate.start, candidate.end)
    quotes = (Quote(text[start:end], start, end),) if start < end else ()
    return FieldAnswer(candidate.value, quotes, round(choice.probability, 4), candidate.flags)
