"""Learns which units of a document answer which field, from labelled documents."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from eval.gold import GoldDocument
from eval.gold_places import LISTS, gold_places
from pipeline.embedding import load_embed
from pipeline.retrieve.ranker import NAMES, FieldWeights, Said, Weights, features, learned
from pipeline.retrieve.search import terms
from pipeline.retrieve.survey import Array, Survey, survey
from schemas import Analysis, Document, analysis_for

_SHARED, _OWN = 0.5, 2.0  # strength of the priors of the shared weights, and of a field's deviation from them
_WORDS = 60  # words that are learned of a field at most

Rows = NDArray[np.floating[Any]]


@dataclass
class Case:
    """A labelled document, with what is seen of it."""

    folder: Path
    gold: GoldDocument
    document: Document
    analysis: Analysis
    said: Said
    seen: Survey
    items: dict[str, list[list[NDArray[np.int64]]]]  # by field, of each item the units of each place of it
    rows: dict[str, Rows] = field(default_factory=dict)
    counts: dict[str, int] = field(default_factory=dict)  # units that hold a word


def case_of(folder: Path, gold: GoldDocument, document: Document, said: Said) -> Case:
    """A labelled document, surveyed."""
    analysis = analysis_for(gold.doc_type)
    seen = survey(document, load_embed())
    assert seen is not None
    items: dict[str, list[list[NDArray[np.int64]]]] = {}
    for name, places in gold_places(document, gold).items():
        units = [[np.flatnonzero(seen.within([span])) for span in item] for item in places]
        if kept := [alive for item in units if (alive := [u for u in item if len(u)])]:
            items[name] = kept
    rows = {name: r.astype(np.float32) for name, r in features(seen, analysis, said)}
    words = {*seen.said, *seen.headed}
    none = np.zeros(0, dtype=np.int64)
    counts = {w: len(np.union1d(seen.said.get(w, none), seen.headed.get(w, none))) for w in words}
    return Case(
        folder, gold, document, analysis, said, seen, {n: i for n, i in items.items() if n in rows}, rows, counts
    )


def right(case: Case, name: str) -> Array:
    """1.0 for each unit that holds a part of a field's gold."""
    marked = np.zeros(len(case.seen.units))
    for item in case.items[name]:
        for units in item:
            marked[units] = 1.0
    return marked


@dataclass(frozen=True)
class Vocabulary:
    """How often words stand where a field is answered, over documents, and how often anywhere."""

    answers: Counter[str]
    documents: int
    counts: Counter[str]
    units: int

    def words(self, own: Counter[str], case: Case | None) -> dict[str, float]:
        """The words that tell a field's answers, each with its log odds; learned without the document `case`, if given."""
        documents = self.documents - (case is not None)
        units = self.units - (len(case.seen.units) if case else 0)
        odds: dict[str, float] = {}
        for word, times in self.answers.items():
            here = times - own[word]
            if here < 1.2:
                continue
            anywhere = self.counts[word] - (case.counts.get(word, 0) if case else 0)
            gain = float(np.log((here + 0.1) / (documents + 0.5)) - np.log((anywhere + 0.5) / (units + 1)))
            if gain > 0.7:
                odds[word] = gain * min(1.0, here / 4)
        return dict(Counter(odds).most_common(_WORDS))


def answer_words(case: Case, name: str) -> Counter[str]:
    """How far each word belongs to the units that answer a field: 1 for words of all of them, of lists their share."""
    units = np.flatnonzero(right(case, name))
    said: Counter[str] = Counter()
    for unit in (case.seen.units[i] for i in units):
        said.update({*terms(case.document.text[unit.start : unit.end]), *terms(" ".join(unit.heading[-2:]))})
    most = len(units) if name in LISTS else min(len(units), 2)
    return Counter({word: min(1.0, times / most) for word, times in said.items()})


def learn(cases: Sequence[Case]) -> Weights:
    """The weights of every field of the cases' analysis."""
    from scipy.optimize import minimize  # only learning needs it

    names = sorted(cases[0].rows)
    everywhere: Counter[str] = Counter()
    for case in cases:
        everywhere.update(case.counts)
    size = sum(len(case.seen.units) for case in cases)
    choices: list[tuple[int, Rows, Array, bool]] = []
    words: dict[str, dict[str, float]] = {}
    for number, name in enumerate(names, 1):
        own = {id(case): answer_words(case, name) for case in cases if name in case.items}
        total: Counter[str] = Counter()
        for counted in own.values():
            total.update(counted)
        vocabulary = Vocabulary(total, len(own), everywhere, size)
        words[name] = vocabulary.words(Counter(), None)
        for case in cases:
            if name in case.items:
                rows = np.hstack([case.rows[name], learned(case.seen, vocabulary.words(own[id(case)], case))])
                choices.append((number, rows, right(case, name), name in LISTS))
    shape = len(names) + 1, len(NAMES)
    fitted = minimize(partial(_loss, choices, shape), np.zeros(shape).ravel(), jac=True, method="L-BFGS-B", options={"maxiter": 150}).x.reshape(shape)  # fmt: skip
    own_weights = {n: FieldWeights(tuple(fitted[0] + fitted[i]), words[n]) for i, n in enumerate(names, 1)}
    return Weights(FieldWeights(tuple(fitted[0])), own_weights)


def _loss(choices: Sequence[tuple[int, Rows, Array, bool]], shape: tuple[int, int], flat: Array) -> tuple[float, Array]:
    """Conditional logit over a document's units: any right one will do, of lists all; Gaussian priors about 0."""
    weights = flat.reshape(shape)
    strength = np.full((shape[0], 1), _OWN)
    strength[0] = _SHARED
    total, gradient = 0.5 * float((strength * weights**2).sum()), strength * weights
    for number, rows, marked, all_of_them in choices:
        scores = rows @ (weights[0] + weights[number])
        mass = np.exp(scores - scores.max())
        share = mass / mass.sum()
        if all_of_them:
            wanted = marked / marked.sum()
            total -= float((wanted * np.log(share + 1e-12)).sum())
        else:
            held = float((share * marked).sum()) + 1e-12
            wanted = share * marked / held
            total -= float(np.log(held))
        slope = rows.T @ (share - wanted)
        gradient[0] += slope
        gradient[number] += slope
    return total, gradient.ravel()
