"""Learns the weights of the offline lease reader from labelled leases.

    python -m eval.train_lease CORPUS [--leave-out K/N] [--strength L] [--write]

A field's candidates and "not stated" compete in a conditional logit (McFadden 1974); the loss is the negative log of the
probability given to the right ones, and every weight is drawn to the one set by hand (a Gaussian prior): with few
documents the hand-set weights hold, with many the data rule. Reports cross-validated figures only.
"""

import argparse
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from pipeline.generate.offline.lease import propose_all, read
from pipeline.generate.offline.lease.candidates import Candidate
from pipeline.generate.offline.lease.read import PRIORS
from pipeline.parse import parse
from scipy.optimize import minimize
from schemas import Document, LeaseTerms

from eval.compare import credit

Array = NDArray[np.float64]
Weights = dict[str, dict[str, float]]
KINDS: dict[str, str] = {
    name: field.json_schema_extra["comparator"]  # type: ignore[index,call-overload,misc]
    for name, field in LeaseTerms.model_fields.items()
}


@dataclass(frozen=True, slots=True)
class Labelled:
    """A lease with its gold fields."""

    name: str
    document: Document
    gold: Mapping[str, Any]


def load(corpus: Path) -> list[Labelled]:
    """Every lease under `corpus` that has a gold.json beside its document.*."""
    leases = []
    for path in sorted(corpus.rglob("gold.json")):
        gold = json.loads(path.read_text(encoding="utf-8"))
        if str(gold["doc_type"]).startswith("lease"):
            leases.append(Labelled(path.parent.name, parse(next(path.parent.glob("document.*"))), gold["fields"]))
    return leases


@dataclass(frozen=True, slots=True)
class Case:
    """One document's choice for one field: features of each candidate (row 0: not stated), which rows are right."""

    rows: Array
    right: NDArray[np.bool_]


def case(field: str, candidates: Sequence[Candidate], gold: Any, index: Mapping[str, int]) -> Case | None:
    """The choice a document poses for a field; None if no candidate stands against "not stated"."""
    if not candidates:
        return None
    rows = np.zeros((len(candidates) + 1, len(index)))
    right = np.zeros(len(candidates) + 1, dtype=np.bool_)
    for number, candidate in enumerate(candidates, 1):
        rows[number, index["bias"]] = 1.0
        for name in set(candidate.features):
            rows[number, index[name]] = 1.0
        right[number] = credit(KINDS[field], candidate.value, gold) >= 0.99 if gold is not None else False
    right[0] = credit(KINDS[field], None, gold) == 1.0 or not right.any()
    return Case(rows, right)


def fit(cases: Sequence[Case], start: Array, strength: float) -> Array:
    """Weights of highest posterior: conditional logit, Gaussian prior of precision `strength` about `start`."""

    def loss(weights: Array) -> tuple[float, Array]:
        total, gradient = 0.5 * strength * float(((weights - start) ** 2).sum()), strength * (weights - start)
        for item in cases:
            scores = item.rows @ weights
            top = scores.max()
            mass = np.exp(scores - top)
            share = mass / mass.sum()
            good = mass * item.right / (mass * item.right).sum()
            total -= float(np.log((share * item.right).sum() + 1e-300))
            gradient += item.rows.T @ (share - good)
        return total, gradient

    return np.asarray(minimize(loss, start, jac=True, method="L-BFGS-B", options={"maxiter": 300}).x)


def learn(leases: Iterable[Labelled], strength: float, rounds: int = 2) -> Weights:
    """Weights of every field; a second round sees what the first would choose for the fields others build on."""
    leases = list(leases)
    weights: Weights = {}
    for _ in range(rounds):
        proposed = [propose_all(lease.document, weights)[1] for lease in leases]
        weights = {field: _learn_field(field, leases, proposed, strength) for field in PRIORS}
    return weights


def _learn_field(
    field: str, leases: Sequence[Labelled], proposed: Sequence[Mapping[str, Sequence[Candidate]]], strength: float
) -> dict[str, float]:
    """Weights of one field."""
    names = {name for p in proposed for c in p.get(field, ()) for name in c.features} | set(PRIORS[field]) | {"bias"}
    index = {name: number for number, name in enumerate(sorted(names))}
    start = np.array([PRIORS[field].get(name, 0.0) for name in sorted(names)])
    pairs = zip(leases, proposed, strict=True)
    cases = [c for lease, p in pairs if (c := case(field, p.get(field, ()), lease.gold.get(field), index))]
    fitted = fit(cases, start, strength) if cases else start
    return {name: round(float(fitted[number]), 3) for name, number in index.items()}


@dataclass(frozen=True, slots=True)
class Outcome:
    """One field of one document: what was answered, with which confidence, and the credit it earned."""

    lease: str
    field: str
    value: Any
    confidence: float
    gold: Any
    credit: float


def outcomes(leases: Iterable[Labelled], weights: Weights) -> list[Outcome]:
    """Every field of every lease, read with these weights."""
    found = []
    for lease in leases:
        for field, answer in read(lease.document, weights).items():
            if field in lease.gold:
                gold = lease.gold[field]
                earned = credit(KINDS[field], answer.value, gold)
                found.append(Outcome(lease.name, field, answer.value, answer.confidence, gold, earned))
    return found


def f1(results: Iterable[Outcome]) -> float:
    """F1 over fields: a wrong value is both a false positive and a miss."""
    hit = false = missed = 0.0
    for item in results:
        if item.value is not None:
            earned = item.credit if item.gold is not None else 0.0
            hit, false = hit + earned, false + 1 - earned
            missed += 1 - earned if item.gold is not None else 0.0
        elif item.credit < 1:
            missed += 1
    return 2 * hit / max(1e-9, 2 * hit + false + missed)


def calibration_error(results: Iterable[Outcome], bins: int = 10) -> float:
    """Expected calibration error of the given values (Naeini et al. 2015)."""
    given = [r for r in results if r.value is not None]
    error = 0.0
    for number in range(bins):
        part = [r for r in given if number / bins <= r.confidence < (number + 1) / bins + (number == bins - 1)]
        if part:
            gap = sum(r.confidence for r in part) / len(part) - sum(r.credit for r in part) / len(part)
            error += abs(gap) * len(part) / len(given)
    return error


def cross_validate(leases: Sequence[Labelled], strength: float, folds: int) -> list[Outcome]:
    """Every lease read with weights learned without it."""
    results = []
    for fold in range(folds):
        weights = learn([x for i, x in enumerate(leases) if i % folds != fold], strength)
        results += outcomes([x for i, x in enumerate(leases) if i % folds == fold], weights)
    return results


def main() -> None:
    """Cross-validates, and writes the weights learned from all leases if asked to."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--strength", type=float, default=1.0, help="how firmly weights are drawn to those set by hand")
    parser.add_argument("--folds", type=int, default=5)
    parser.add_argument("--write", action="store_true", help="write pipeline/generate/offline/lease/weights.json")
    arguments = parser.parse_args()
    leases = load(arguments.corpus)
    results = cross_validate(leases, arguments.strength, arguments.folds)
    for field in KINDS:
        part = [r for r in results if r.field == field]
        if part:
            print(f"{field:30} F1 {f1(part):.3f}  accuracy {sum(r.credit for r in part) / len(part):.3f}")
    print(
        f"cross-validated F1 {f1(results):.4f}, calibration error {calibration_error(results):.3f}, {len(leases)} leases"
    )
    if arguments.write:
        target = Path(str(files("pipeline.generate.offline.lease") / "weights.json"))
        target.write_text(
            json.dumps(learn(leases, arguments.strength), indent=1, sort_keys=True) + "\n", encoding="utf-8"
        )


if __name__ == "__main__":
    main()
