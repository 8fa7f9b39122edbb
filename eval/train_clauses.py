"""Learns to recognise clauses of forbidden kinds, and measures how well on sentences it was not learned from.

    python -m eval.train_clauses [--strength C] [--cross-validate] [--held-out PREFIX ...] [--write [--seen]]

Learns a multinomial logistic regression from the sentences in `eval/clauses`, the faults planted in the packs' own leases, and
the sentences of those leases and of the samples as lawful ones. The figures are of leases by other authors (`eval/mutants/seen`), which only
`--write --seen` learns from, and of cross-validation over the sentences. With `--held-out` they are of the leases whose names begin so,
and the other leases are learned from; after `--write`, `python -m eval.mutants` of a folder with those leases judges the whole product.
"""

import argparse
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import yaml

from eval.mutants.run import examples
from pipeline.embedding.static import load_embed, load_model
from pipeline.validate.clause_kinds import PART, Model, features, saved, words_of

Floats = npt.NDArray[np.float32]
HERE = Path(__file__).parent
EXAMPLES = Path(str(files("pipeline.knowledge") / "examples"))
SAMPLES = HERE.parent / "samples" / "sources"
MODEL = Path(str(files("pipeline.validate") / "clause_kinds.npz"))
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
_SMALLEST = 0.25  # weight that is kept
_FEWEST = 3  # sentences that have a feature of several words
_PARTS = 0.5  # how much a part of a word counts beside the word
_MEANING = 1.0  # how much the meaning of a word counts beside the word
_RARE = 1.0  # log odds by which a sentence of a lease is less often forbidden than one of those learned from
_ROUNDS = 80
_A_WORD = re.compile(r"[a-z']{3,}")
_A_TOKEN = re.compile(r"▁[a-z]{3,}")
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
    for lease, example in examples(folder):
        for fault in example.faults:
            name = fault.breaks.rpartition(".")[2]
            kind = KINDS_OF.get(name, name)
            if (text := fault.add or fault.by) and kind in known and len(text) > 3 * _LEAST:
                yield Sentence(text, kind, lease)
        yield from (Sentence(text, "", lease) for text in sentences(example.lease))


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

    What is learned of a word is in part learned of its meaning, so that words which no sentence has are weighed as their
    neighbours are; once learned, the two parts are added up, and the model is one of words again.

    Args:
        training: what to learn from.
        strength: inverse of the penalty.
    """
    from sklearn.feature_extraction.text import TfidfVectorizer

    known, words = _vocabulary(s.text for s in training)
    texts = [s.text for s in training]
    vectorizer = TfidfVectorizer(analyzer=features, vocabulary=known, lowercase=False, dtype=np.float32).fit(texts)
    vectorizer.idf_ = vectorizer.idf_ * np.array([_PARTS if name.startswith(PART) else 1.0 for name in known])
    rows = vectorizer.transform(texts).astype(np.float32)
    at = [vectorizer.vocabulary_[word] for word in words]
    meanings = _MEANING * _meanings(words)
    order = [*kinds(), _NONE]
    said = np.array([order.index(s.kind or _NONE) for s in training])
    count = np.bincount(said, minlength=len(order))
    weight = 2.0 * np.sqrt(np.maximum(1.0, _USUAL / np.maximum(1, count)))
    weight[-1] = 1.0
    own, shared, bias = _fitted(rows, rows[:, at] @ meanings, said, strength * weight)
    own[at] += meanings @ shared
    bias[-1] += _RARE
    own[np.abs(own) < _SMALLEST] = 0.0
    kept = np.flatnonzero(own.any(axis=1))
    names = vectorizer.get_feature_names_out()[kept]
    places = {str(name): place for place, name in enumerate(names)}
    return Model(tuple(order[:-1]), bias, places, vectorizer.idf_[kept].astype(np.float32), own[kept])


def _fitted(rows: Any, meant: Floats, said: npt.NDArray[np.int64], weight: npt.NDArray[np.float64]) -> list[Floats]:
    """The weights of features, of meanings, and the bias: what minimizes the logistic loss and the squares of the weights.

    Args:
        rows: sentences by features, sparse.
        meant: sentences by dimensions of meaning.
        said: of each sentence its class.
        weight: of each class, how much a sentence of it counts.
    """
    from scipy.optimize import minimize

    across, classes = rows.T.tocsr(), len(weight)
    cuts = rows.shape[1] * classes, (rows.shape[1] + meant.shape[1]) * classes
    each, counts = np.arange(len(said)), weight[said].astype(np.float32)

    def parts(flat: npt.NDArray[np.float64]) -> list[Floats]:
        own, shared, bias = np.split(flat.astype(np.float32), cuts)
        return [own.reshape(-1, classes), shared.reshape(-1, classes), bias]

    def loss(flat: npt.NDArray[np.float64]) -> tuple[float, npt.NDArray[np.float64]]:
        own, shared, bias = parts(flat)
        scores = rows @ own + meant @ shared + bias
        scores -= scores.max(axis=1, keepdims=True)
        error = np.exp(scores)
        total = error.sum(axis=1, keepdims=True)
        missed = float(counts @ (np.log(total[:, 0]) - scores[each, said]))
        error /= total
        error[each, said] -= 1.0
        error *= counts[:, None]
        slope = np.concatenate([(across @ error + own).ravel(), (meant.T @ error + shared).ravel(), error.sum(axis=0)])
        return missed + 0.5 * float(np.sum(own**2) + np.sum(shared**2)), slope.astype(np.float64)

    start = np.zeros(cuts[1] + classes)
    return parts(minimize(loss, start, jac=True, method="L-BFGS-B", options={"maxiter": _ROUNDS, "maxcor": 6}).x)


def _vocabulary(texts: Iterable[str]) -> tuple[list[str], list[str]]:
    """The features that are learned from, and those of them that are words, of sentences or only of the language."""
    count = Counter(feature for text in texts for feature in features(text))
    words = {f for f in [*count, *(stem for word in _english() for stem in words_of(word))] if _A_WORD.fullmatch(f)}
    return sorted(words.union(f for f, times in count.items() if times >= _FEWEST)), sorted(words)


def _english() -> list[str]:
    """The words, in small letters, that the static embeddings know whole."""
    return [token[1:] for token in load_model().tokenizer.get_vocab() if _A_TOKEN.fullmatch(token)]


def _meanings(words: Sequence[str]) -> Floats:
    """The directions of words in the static embeddings, from their common middle."""
    found = load_embed()(list(words))
    found -= found.mean(axis=0)
    return np.asarray(found / (np.linalg.norm(found, axis=1, keepdims=True) + 1e-6), dtype=np.float32)


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
        MODEL.write_bytes(saved(model))
        print(f"{MODEL.name}: {len(model.places)} features, {MODEL.stat().st_size // 1000} kB")
    return 0


def _print(figures: dict[str, Any]) -> None:
    for kind, values in sorted(figures.items()):
        print(f"  {kind:24}", ", ".join(f"{name} {value}" for name, value in values.items()))


if __name__ == "__main__":
    raise SystemExit(main())
