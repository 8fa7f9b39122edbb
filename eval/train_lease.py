"""Learns the weights of the offline lease reader from labelled leases.

    python -m eval.train_lease FOLDER... [--strength L] [--folds N] [--no-ocr] [--json FILE] [--held-out] [--write]

A field's candidates and "not stated" compete in a conditional logit (McFadden 1974); the loss is the negative log of the
probability given to the right ones, and every weight is drawn to the one set by hand (a Gaussian prior): with few
documents the hand-set weights hold, with many the data rule. Reports cross-validated figures only.
"""

import argparse
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from importlib.resources import files
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from eval.calibrate import calibrate, calibrate_silence, thresholds
from eval.calibration import calibration_error, coverage_at
from eval.compare import credit
from eval.gold import GoldDocument, GoldField, load_gold
from eval.judge import CORE_LEASE, Judged, comparator, judge
from eval.metrics import score
from pipeline import ParseOptions, read_document
from pipeline.generate.offline.lease import confidence, propose_all, read
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


def load(corpus: Path, ocr: bool = True) -> list[Labelled]:
    """Every labelled lease under `corpus`; without `ocr`, only those that have text."""
    options = ParseOptions(ocr=ocr)
    leases = [Labelled(read_document(g.path, options), g) for g in load_gold(corpus) if g.doc_type.startswith("lease")]
    return [lease for lease in leases if ocr or len(lease.document.text.strip()) > 200]


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
    earned = [credit(kind, c.value, values) if values else 0.0 for c in candidates]
    right[1:] = np.array(earned) >= min(0.99, max(0.5, *earned))  # of lists, the nearest to right
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


def cross_validate(leases: Sequence[Labelled], strength: float, folds: int) -> list[Judged]:
    """Every lease read with weights learned without it; confidences as they are before calibration."""
    results: list[Judged] = []
    for fold in range(folds):
        weights = learn([x for i, x in enumerate(leases) if i % folds != fold], strength)
        results += judged([x for i, x in enumerate(leases) if i % folds == fold], weights)
    return results


def held_out(folders: Sequence[Sequence[Labelled]], strength: float) -> list[list[Judged]]:
    """By folder, every third lease read with weights learned from the other two thirds of all folders."""
    weights = learn([x for leases in folders for i, x in enumerate(leases) if i % 3 != 2], strength)
    return [list(judged(leases[2::3], weights)) for leases in folders]


def recalibrated(results: Sequence[Judged], folds: int = 5) -> list[Judged]:
    """The results with confidences calibrated on the other folds of leases."""
    names = sorted({r.document for r in results})
    fold_of = {name: number % folds for number, name in enumerate(names)}
    done: list[Judged] = []
    for fold in range(folds):
        fitted = calibration([r for r in results if fold_of[r.document] != fold])
        done += [replace(r, confidence=confidence(r.field, r.predicted is None, r.confidence, fitted)) for r in results if fold_of[r.document] == fold]  # fmt: skip
    return done


def calibration(results: Sequence[Judged]) -> Weights:
    """What the weights file says of confidences: of values, of silence, of silence by field."""
    shares, line = calibrate_silence(results)
    return {"calibration": calibrate(results), "silence": line, "silence_by_field": shares}


def figures(results: Sequence[Judged]) -> dict[str, Any]:
    """The headline figures of cross-validated results."""
    best = coverage_at(results, 0.99)
    core = [r for r in results if r.field in CORE_LEASE]
    return {
        "lease_core17": {"f1": round(score(core).f1, 4)},
        "lease": {"f1": round(score(results).f1, 4)},
        "calibration_error": round(calibration_error(results), 4),
        "coverage_at_99": round(best.coverage, 4) if best else 0.0,
    }


def main() -> None:
    """Cross-validates, and writes the weights learned from all leases if asked to."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folders", type=Path, nargs="+")
    parser.add_argument("--strength", type=float, default=3.0, help="how firmly weights are drawn to those set by hand")
    parser.add_argument("--folds", type=int, default=6)
    parser.add_argument("--no-ocr", action="store_true", help="leave out leases that are only scanned pages")
    parser.add_argument("--held-out", action="store_true", help="only learn from two thirds and score the last third")
    parser.add_argument("--json", type=Path, help="write the figures to this file")
    parser.add_argument("--write", action="store_true", help="write pipeline/generate/offline/lease/weights.json")
    arguments = parser.parse_args()
    folders = [load(folder, not arguments.no_ocr) for folder in arguments.folders]
    if arguments.held_out:
        for folder, part in zip(arguments.folders, held_out(folders, arguments.strength), strict=True):
            print(f"{folder}, held out: {figures(part)}")
        return
    raw = cross_validate([lease for leases in folders for lease in leases], arguments.strength, arguments.folds)
    results = recalibrated(raw)
    cuts = thresholds(results)
    _report(folders, arguments.folders, results, cuts)
    if arguments.json:
        arguments.json.write_text(json.dumps(figures(results), indent=1) + "\n", encoding="utf-8")
    if arguments.write:
        target = Path(str(files("pipeline.generate.offline.lease") / "weights.json"))
        weights = learn([x for leases in folders for x in leases], arguments.strength) | calibration(raw)
        target.write_text(json.dumps(weights, indent=1, sort_keys=True) + "\n", encoding="utf-8")
        print("accept_by_field:", json.dumps(cuts))


def _report(folders: Sequence[Sequence[Labelled]], paths: Sequence[Path], results: Sequence[Judged], cuts: Mapping[str, float]) -> None:  # fmt: skip
    """Prints the figures by field, by folder and of all."""
    for field in LeaseTerms.model_fields:
        own = [r for r in results if r.field == field]
        accepted = [r for r in own if r.predicted is not None and r.confidence >= cuts.get(field, 1.0)]
        given = sum(r.predicted is not None for r in own)
        print(f"{field:30} F1 {score(own).f1:.3f}  accepted {len(accepted)} of {given} from {cuts.get(field, 1.0)}")
    for path, leases in zip(paths, folders, strict=True):
        names = {lease.gold.name for lease in leases}
        print(
            f"{len(leases)} leases of {path}, cross-validated: {figures([r for r in results if r.document in names])}"
        )
    print(f"all, cross-validated: {figures(results)}")


if __name__ == "__main__":
    main()
