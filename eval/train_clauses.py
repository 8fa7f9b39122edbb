"""Learns to recognise clauses of forbidden kinds, and measures how well on sentences it was not learned from.

    python -m eval.train_clauses [--strength C] [--write]

Learns one linear model for each kind (logistic regression with an L1 penalty, so that few features weigh anything) from the
sentences in `eval/clauses`, the faults planted in the packs' own leases, and the sentences of those leases as lawful ones. The
figures are of leases by other authors (`eval/mutants/seen`), which only `--write` learns from too, and of five-fold
cross-validation over the sentences.
"""

import argparse
import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any

import numpy as np
import yaml

from pipeline.validate.clause_kinds import features
from schemas.example import Example

HERE = Path(__file__).parent
EXAMPLES = Path(str(files("pipeline.knowledge") / "examples"))
MODEL = Path(str(files("pipeline.validate") / "clause_kinds.json"))
KINDS_OF = {  # what a fault is said to break, where the kind has another name
    "habitability": "habitability_waiver",
    "lockout": "self_help",
    "entry_notice": "",
    "attorney_fees_one_way": "attorney_fees",
    "arbitration": "jury_waiver",
    "emergency_calls": "retaliation",
    "fair_housing": "discrimination",
    "assistance_animals": "discrimination",
}
_SENTENCE = re.compile(r"(?<=[.;?!])[\"”')]*\s+(?=[\"“(]?[A-Z0-9])")
_LEAST = 20  # characters of a sentence
_SMALLEST = 0.02  # weight that is kept


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence, the kind of forbidden clause it is ("" if it is none), and what it is learned from."""

    text: str
    kind: str
    about: str = ""


def kinds() -> list[str]:
    """The kinds there are sentences of, sorted."""
    return sorted(path.stem for path in (HERE / "clauses").glob("*.yaml"))


def written() -> Iterator[Sentence]:
    """The sentences written for the purpose: forbidden ones of a kind, and lawful ones on its subject."""
    for kind in kinds():
        data = yaml.safe_load((HERE / "clauses" / f"{kind}.yaml").read_text("utf-8"))
        yield from (Sentence(text, kind, kind) for text in data["forbidden"])
        yield from (Sentence(text, "", kind) for text in data["lawful"])


def planted(folder: Path) -> Iterator[Sentence]:
    """The clauses planted in the leases of a folder, and the sentences of the leases themselves."""
    known = set(kinds())
    for path in sorted(folder.rglob("*.yaml")):
        example = Example.model_validate(yaml.safe_load(path.read_text("utf-8")))
        for fault in example.faults:
            name = fault.breaks.rpartition(".")[2]
            kind = KINDS_OF.get(name, name)
            if (text := fault.add or fault.by) and kind in known and len(text) > 3 * _LEAST:
                yield Sentence(text, kind, path.stem)
        yield from (Sentence(text, "", path.stem) for text in sentences(example.lease))


def sentences(lease: str) -> list[str]:
    """The sentences of a lease.

    >>> sentences("1. RENT. The rent is nine hundred dollars. It is due on the first day.")
    ['1. RENT. The rent is nine hundred dollars.', 'It is due on the first day.']
    """
    found: list[str] = []
    for paragraph in re.split(r"\n\s*\n", lease):
        for part in _SENTENCE.split(" ".join(paragraph.split())):
            if found and len(found[-1]) < _LEAST:
                found[-1] += f" {part}"
            else:
                found.append(part)
    return [text for text in found if len(text) >= _LEAST]


def learn(training: Sequence[Sentence], strength: float) -> dict[str, dict[str, float]]:
    """Weights by kind.

    Args:
        training: what to learn from.
        strength: inverse of the penalty.
    """
    from sklearn.feature_extraction.text import CountVectorizer
    from sklearn.linear_model import LogisticRegression

    vectorizer = CountVectorizer(analyzer=lambda text: features(text), binary=True, min_df=2)
    rows = vectorizer.fit_transform([s.text for s in training])
    names = vectorizer.get_feature_names_out()
    weights = {}
    for kind in kinds():
        wanted = np.array([s.kind == kind for s in training])
        model = LogisticRegression(solver="liblinear", l1_ratio=1.0, C=strength, class_weight={True: 2.0, False: 1.0})
        model.fit(rows, wanted)
        found = {str(n): round(float(w), 3) for n, w in zip(names, model.coef_[0], strict=True) if abs(w) >= _SMALLEST}
        weights[kind] = {"": round(float(model.intercept_[0]), 3), **found}
    return weights


def probability(weights: dict[str, float], text: str) -> float:
    """The probability that a text is of the kind the weights are of."""
    total = weights[""] + sum(weights.get(f, 0.0) for f in features(text))
    return float(1 / (1 + np.exp(-total)))


def report(weights: dict[str, dict[str, float]], judged: Iterable[Sentence]) -> dict[str, Any]:
    """What a model makes of sentences: by kind how many are found at 0.5 and 0.85, and how many lawful ones are taken for it."""
    kept = list(judged)
    figures = {}
    for kind, own in weights.items():
        right = np.array([probability(own, s.text) for s in kept if s.kind == kind])
        wrong = np.array([probability(own, s.text) for s in kept if s.kind == ""])
        figures[kind] = {
            "sentences": len(right),
            "found at 0.5": round(float((right >= 0.5).mean()), 3) if len(right) else None,
            "found at 0.85": round(float((right >= 0.85).mean()), 3) if len(right) else None,
            "lawful": len(wrong),
            "taken at 0.5": int((wrong >= 0.5).sum()),
            "taken at 0.85": int((wrong >= 0.85).sum()),
        }
    return figures


def cross_validated(training: Sequence[Sentence], strength: float, folds: int = 5) -> dict[str, Any]:
    """The report over sentences that each model was not learned from."""
    order = np.random.default_rng(7).permutation(len(training))
    total: dict[str, Any] = {}
    for fold in range(folds):
        held = [training[i] for i in order[fold::folds]]
        rest = [training[i] for at in range(folds) if at != fold for i in order[at::folds]]
        for kind, figures in report(learn(rest, strength), held).items():
            kept = total.setdefault(kind, {"sentences": 0, "found": 0.0, "lawful": 0, "taken": 0})
            kept["sentences"] += figures["sentences"]
            kept["found"] += (figures["found at 0.5"] or 0.0) * figures["sentences"]
            kept["lawful"] += figures["lawful"]
            kept["taken"] += figures["taken at 0.5"]
    return {k: {**v, "found": round(v["found"] / max(1, v["sentences"]), 3)} for k, v in total.items()}


def main() -> int:
    """Print the figures; write the model if asked to."""
    parser = argparse.ArgumentParser(prog="python -m eval.train_clauses", description=__doc__)
    parser.add_argument("--strength", type=float, default=3.0, help="inverse of the penalty")
    parser.add_argument("--write", action="store_true", help="learn from everything and write the model")
    given = parser.parse_args()
    training = [*written(), *planted(EXAMPLES)]
    seen = list(planted(HERE / "mutants" / "seen"))
    print("sentences written for it, and planted in the packs' leases, cross-validated")
    _print(cross_validated(training, given.strength))
    print("leases by other authors")
    _print(report(learn(training, given.strength), seen))
    if given.write:
        weights = learn([*training, *seen], given.strength)
        MODEL.write_text(json.dumps({"weights": weights}, separators=(",", ":"), sort_keys=True) + "\n", "utf-8")
        print(f"{MODEL.name}: {sum(map(len, weights.values()))} weights, {MODEL.stat().st_size // 1000} kB")
    return 0


def _print(figures: dict[str, Any]) -> None:
    for kind, values in sorted(figures.items()):
        print(f"  {kind:24}", ", ".join(f"{name} {value}" for name, value in values.items()))


if __name__ == "__main__":
    raise SystemExit(main())
