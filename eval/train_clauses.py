"""Learns to recognise clauses of forbidden kinds, and measures how well on sentences it was not learned from.

    python -m eval.train_clauses [--strength C] [--cross-validate] [--held-out PREFIX ...] [--write [--seen]]

Learns a multinomial logistic regression from the sentences in `eval/clauses`, the faults planted in the packs' own leases, and
the sentences of those leases and of the samples as lawful ones. The figures are of leases by other authors (`eval/mutants/seen`), which only
`--write --seen` learns from, and of cross-validation over the sentences. With `--held-out` they are of the leases whose names begin so,
and the other leases are learned from; after `--write`, `python -m eval.mutants` of a folder with those leases judges the whole product.
"""

import argparse
import gzip
import json
import math
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any

import numpy as np
import yaml

from pipeline.validate.clause_kinds import Model, features
from schemas.example import Example

HERE = Path(__file__).parent
EXAMPLES = Path(str(files("pipeline.knowledge") / "examples"))
SAMPLES = HERE.parent / "samples" / "sources"
MODEL = Path(str(files("pipeline.validate") / "clause_kinds.json.gz"))
KINDS_OF = {  # what a fault is said to break, where the kind has another name
    "habitability": "habitability_waiver",
    "lockout": "self_help",
    "entry_notice": "",
    "attorney_fees_one_way": "attorney_fees",
    "arbitration": "jury_waiver",
    "deposit_interest_excluded": "deposit_interest_denied",
    "deposit_commingled": "deposit_commingling",
    "fair_housing": "discrimination",
    "assistance_animals": "discrimination",
}
_UNLAWFUL = ("california", "ohio-noncompliant")
_SENTENCE = re.compile(r"(?<=[.;?!])[\"”')]*\s+(?=[\"“(]?[A-Z0-9])")
_LEAST = 20  # characters of a sentence
_SMALLEST = 25  # weight in hundredths that is kept
_HALF = 0.5
_USUAL = 370  # sentences of a kind; one with fewer of them counts for more
_NONE = "~"


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


def sampled() -> Iterator[Sentence]:
    """The sentences of the sample leases and standard forms, but for those samples that break the law on purpose."""
    for path in sorted(SAMPLES.rglob("*.source")):
        if path.parent.name in ("gold", "leases", "templates") and path.stem not in _UNLAWFUL:
            body = path.read_text("utf-8").split("\n---\n", 1)[-1]
            yield from (Sentence(text, "", path.stem) for text in sentences(re.sub(r"[#*_|>~^]+", " ", body)))


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


def learn(training: Sequence[Sentence], strength: float) -> Model:
    """The model of all kinds.

    Args:
        training: what to learn from.
        strength: inverse of the penalty.
    """
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.linear_model import LogisticRegression

    vectorizer = TfidfVectorizer(analyzer=lambda text: features(text), min_df=3)
    rows = vectorizer.fit_transform([s.text for s in training])
    count = Counter(s.kind for s in training)
    weight = {kind: 2.0 * max(1.0, math.sqrt(_USUAL / max(1, count[kind]))) for kind in kinds()} | {_NONE: 1.0}
    fitted = LogisticRegression(C=strength, max_iter=200, class_weight=weight)
    fitted.fit(rows, [s.kind or _NONE for s in training])
    order = [kind for kind in fitted.classes_ if kind != _NONE] + [_NONE]
    at = [list(fitted.classes_).index(kind) for kind in order]
    coefficients = np.rint(fitted.coef_[at] * 100).astype(int)
    found = {}
    for column, name in enumerate(vectorizer.get_feature_names_out()):
        own = [(k, int(w)) for k, w in enumerate(coefficients[:, column]) if abs(w) >= _SMALLEST]
        if own:
            found[str(name)] = [round(vectorizer.idf_[column] * 100), *(n for pair in own for n in pair)]
    bias = tuple(int(b) for b in np.rint(fitted.intercept_[at] * 100))
    return Model(tuple(order[:-1]), bias, found)


def report(model: Model, judged: Iterable[Sentence]) -> dict[str, Any]:
    """What a model makes of sentences: by kind how many it finds, and how many lawful ones it takes for the kind."""
    figures: dict[str, Any] = {kind: dict.fromkeys(("sentences", "found", "taken"), 0) for kind in model.kinds}
    lawful = 0
    for sentence in judged:
        said = model.probabilities(sentence.text)
        best = max(said, key=lambda kind: said[kind])
        lawful += not sentence.kind
        if sentence.kind:
            figures[sentence.kind]["sentences"] += 1
            figures[sentence.kind]["found"] += best == sentence.kind and said[best] >= _HALF
        elif said[best] >= _HALF:
            figures[best]["taken"] += 1
    return {
        "all": {name: sum(f[name] for f in figures.values()) for name in ("sentences", "found", "taken")}
        | {"lawful": lawful},
        **figures,
    }


def cross_validated(training: Sequence[Sentence], strength: float, folds: int = 3) -> dict[str, Any]:
    """The report over sentences that each model was not learned from."""
    order = np.random.default_rng(7).permutation(len(training))
    total: dict[str, Any] = {}
    for fold in range(folds):
        held = [training[i] for i in order[fold::folds]]
        rest = [training[i] for at in range(folds) if at != fold for i in order[at::folds]]
        for kind, figures in report(learn(rest, strength), held).items():
            kept = total.setdefault(kind, dict.fromkeys(figures, 0))
            total[kind] = {name: kept[name] + value for name, value in figures.items()}
    return total


def held_out(leases: Iterable[Sentence], prefixes: Sequence[str]) -> tuple[list[Sentence], list[Sentence]]:
    """The sentences of the other leases, and those of the leases whose names begin with one of the prefixes.

    >>> held_out([Sentence("...", "", "a-ohio-1"), Sentence("...", "", "b-utah-1")], ["b-"])[1][0].about
    'b-utah-1'
    """
    begins = tuple(prefixes)
    apart: tuple[list[Sentence], list[Sentence]] = ([], [])
    for sentence in leases:
        apart[sentence.about.startswith(begins)].append(sentence)
    return apart


def main() -> int:
    """Print the figures; write the model if asked to."""
    parser = argparse.ArgumentParser(prog="python -m eval.train_clauses", description=__doc__)
    parser.add_argument("--strength", type=float, default=20.0, help="inverse of the penalty")
    parser.add_argument(
        "--cross-validate", action="store_true", help="three-fold, over the sentences it is learned from"
    )
    parser.add_argument("--write", action="store_true", help="write the model")
    parser.add_argument(
        "--seen", action="store_true", help="what is written is learned from the leases by other authors too"
    )
    parser.add_argument(
        "--held-out", nargs="+", default=[], metavar="PREFIX", help="judge by these leases, learn from the others"
    )
    given = parser.parse_args()
    training = [*written(), *planted(EXAMPLES), *sampled()]
    seen = list(planted(HERE / "mutants" / "seen"))
    if given.held_out:
        others, seen = held_out(seen, given.held_out)
        training += others
    if given.cross_validate:
        print("sentences written for it, and planted in the packs' leases, cross-validated")
        _print(cross_validated(training, given.strength))
    print("leases by other authors")
    learned = learn(training, given.strength)
    _print(report(learned, seen))
    if given.write:
        model = learn([*training, *seen], given.strength) if given.seen and not given.held_out else learned
        data = {"kinds": model.kinds, "bias": model.bias, "features": model.features}
        text = json.dumps(data, separators=(",", ":"), sort_keys=True)
        MODEL.write_bytes(gzip.compress(text.encode(), 9, mtime=0))
        print(f"{MODEL.name}: {len(model.features)} features, {MODEL.stat().st_size // 1000} kB")
    return 0


def _print(figures: dict[str, Any]) -> None:
    for kind, values in sorted(figures.items()):
        print(f"  {kind:24}", ", ".join(f"{name} {value}" for name, value in values.items()))


if __name__ == "__main__":
    raise SystemExit(main())
