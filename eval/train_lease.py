"""Learns the weights of the offline lease reader from labelled leases.

    python -m eval.train_lease CORPUS [--leave-out K/N] [--strength L] [--write]

A field's candidates and "not stated" compete in a conditional logit (McFadden 1974); the loss is the negative log of the
probability given to the right ones, and every weight is drawn to the one set by hand (a Gaussian prior): with few
documents the hand-set weights hold, with many the data rule. Reports cross-validated figures only.
"""

import argparse
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from eval.calibration import calibration_error
from eval.compare import credit
from eval.gold import GoldDocument, GoldField, load_gold
from eval.judge import CORE_LEASE, Judged, comparator, judge
from eval.metrics import score
from pipeline import read_document
from pipeline.generate.offline.lease import propose_all, read
from pipeline.generate.offline.lease.candidates import Candidate
from pipeline.generate.offline.lease.reader import PRIORS
from schemas import Document, DocumentInfo, LeaseTerms, Result

Array = NDArray[np.float64]
Weights = dict[str, dict[str, float]]


@dataclass(frozen=True, slots=True)
class Labelled:
    """A lease with its gold fields."""

    document: Document
    gold: GoldDocument


def load(corpus: Path) -> list[Labelled]:
    """Every labelled lease under `corpus`."""
    return [Labelled(read_document(g.path), g) for g in load_gold(corpus) if g.doc_type.startswith("lease")]


@dataclass(frozen=True, slots=True)
class Case:
    """One document's choice for one field: features of each candidate (row 0: not stated), which rows are right."""

    rows: Array
    right: NDArray[np.bool_]


def case(kind: str, candidates: Sequence[Candidate], gold: GoldField | None, index: Mapping[str, int]) -> Case | None:
    """The choice a document poses for a field; None if no candidate stands against "not stated"."""
    if not candidates:
        return None
    values = gold.values if gold else ()
    rows = np.zeros((len(candidates) + 1, len(index)))
    right = np.zeros(len(candidates) + 1, dtype=np.bool_)
    for number, candidate in enumerate(candidates, 1):
        rows[number, index["bias"]] = 1.0
        for name in set(candidate.features):
            rows[number, index[name]] = 1.0
        right[number] = bool(values) and credit(kind, candidate.value, values) >= 0.99
    right[0] = credit(kind, None, values) == 1.0 or not right.any()
    return Case(rows, right)


def fit(cases: Sequence[Case], start: Array, strength: float) -> Array:
    """Weights of highest posterior: conditional logit, Gaussian prior of precision `strength` about `start`."""

    from scipy.optimize import minimize  # only learning needs it

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
    kind = comparator(field, "lease")
    pairs = zip(leases, proposed, strict=True)
    cases = [c for lease, p in pairs if (c := case(kind, p.get(field, ()), lease.gold.fields.get(field), index))]
    fitted = fit(cases, start, strength) if cases else start
    return {name: round(float(fitted[number]), 3) for name, number in index.items()}


def judged(leases: Iterable[Labelled], weights: Weights) -> Iterator[Judged]:
    """Every field of every lease, read with these weights, against its gold."""
    for lease in leases:
        answers = read(lease.document, weights)
        terms = {name: {"value": a.value, "confidence": a.confidence} for name, a in answers.items()}
        result = Result(document=DocumentInfo(path=lease.gold.name), terms=LeaseTerms.model_validate(terms))
        yield from judge(lease.gold, result)


def calibrate(results: Iterable[Judged]) -> dict[str, float]:
    """Slope and intercept that make the confidences of given values most likely (Platt 1999); lists count by credit."""
    from scipy.optimize import minimize

    given = [r for r in results if r.predicted is not None]
    share = np.clip(np.array([r.confidence for r in given]), 1e-4, 1 - 1e-4)
    odds, right = np.log(share / (1 - share)), np.array([r.credit if r.right is not None else 0.0 for r in given])

    def loss(line: Array) -> float:
        scores = line[0] * odds + line[1]
        return float(np.logaddexp(0, scores).sum() - (right * scores).sum() + 0.5 * ((line - (1, 0)) ** 2).sum())

    slope, intercept = minimize(loss, np.array([1.0, 0.0])).x
    return {"slope": round(float(slope), 3), "intercept": round(float(intercept), 3)}


def cross_validate(leases: Sequence[Labelled], strength: float, folds: int) -> list[Judged]:
    """Every lease read with weights learned without it."""
    results: list[Judged] = []
    for fold in range(folds):
        weights = learn([x for i, x in enumerate(leases) if i % folds != fold], strength)
        results += judged([x for i, x in enumerate(leases) if i % folds == fold], weights)
    return results


def main() -> None:
    """Cross-validates, and writes the weights learned from all leases if asked to."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--strength", type=float, default=2.0, help="how firmly weights are drawn to those set by hand")
    parser.add_argument("--folds", type=int, default=6)
    parser.add_argument("--write", action="store_true", help="write pipeline/generate/offline/lease/weights.json")
    arguments = parser.parse_args()
    leases = load(arguments.corpus)
    results = cross_validate(leases, arguments.strength, arguments.folds)
    for field in LeaseTerms.model_fields:
        print(f"{field:30} F1 {score([r for r in results if r.field == field]).f1:.3f}")
    core = score([r for r in results if r.field in CORE_LEASE]).f1
    print(
        f"{len(leases)} leases, cross-validated: core F1 {core:.4f}, all {score(results).f1:.4f}, calibration error {calibration_error(results):.3f}"
    )
    if arguments.write:
        target = Path(str(files("pipeline.generate.offline.lease") / "weights.json"))
        weights = learn(leases, arguments.strength) | {"calibration": calibrate(results)}
        target.write_text(json.dumps(weights, indent=1, sort_keys=True) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
