"""How likely each unit of a document holds the answer to a field: a learned choice among all units of the document."""

import gzip
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files

import numpy as np

from pipeline.retrieve.headings import under_headings
from pipeline.retrieve.survey import SEEN, Array, Postings, Survey
from schemas import Analysis, FieldAnswer, FieldGroup

WEIGHTS = "ranker.json.gz"
HINTS = ("read", "read_first", "read_surely", "read_beside", "read_near", "read_for_group", "read_for_any")
ASKED = ("words", "words_rank", "meaning", "meaning_rank", "group_words", "group_meaning", "under_heading")
LEARNED = ("learned_words", "learned_heading", "learned_beside")
NAMES = (*ASKED, *HINTS, *SEEN, *LEARNED)
"""The features of a unit as the answer to a field."""

DOUBT = 0.15
"""Of the probability: so much goes by rank alone, for the weights are surer of the first than they are right."""

Said = Mapping[str, FieldAnswer]
"""What another reader has said of each field, with its evidence."""


@dataclass(frozen=True, slots=True)
class FieldWeights:
    """What is learned of a field: a weight for each of `NAMES`, and words that stand where it is answered."""

    features: tuple[float, ...]
    words: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Weights:
    """What is learned of a document type's fields; `shared` serves those that nothing is known of."""

    shared: FieldWeights
    fields: Mapping[str, FieldWeights] = field(default_factory=dict)

    def of(self, name: str) -> FieldWeights:
        """The weights of a field."""
        return self.fields.get(name, self.shared)


@cache
def shipped_weights(terms: str) -> Weights:
    """The weights that come with the package for a terms model.

    >>> "deposit" in shipped_weights("LeaseTerms").of("deposit_amount").words
    True
    """
    data = json.loads(gzip.decompress((files("pipeline.retrieve") / WEIGHTS).read_bytes()))
    made = {name: FieldWeights(tuple(w["features"]), w["words"]) for name, w in data[terms].items()}
    return Weights(made.pop(""), made)


def chances(seen: Survey, analysis: Analysis, said: Said, weights: Weights) -> dict[str, Array]:
    """For each field the probability that a unit holds its answer; over all units they add up to 1.

    Args:
        seen: the document's units.
        analysis: of its type.
        said: what another reader has said, {} if nobody has.
        weights: what is learned.
    """
    return {
        name: doubted(_softmax(np.hstack([rows, learned(seen, own.words)]) @ np.array(own.features)))
        for name, rows in features(seen, analysis, said)
        for own in [weights.of(name)]
    }


def doubted(chance: Array) -> Array:
    """Probabilities with a part of them shared out by rank alone, the first having most, so that the next ones get a chance.

    >>> [round(float(p), 3) for p in doubted(np.array([0.0, 1.0]))]
    [0.044, 0.956]
    """
    by_rank = np.empty(len(chance))
    by_rank[np.argsort(-chance, kind="stable")] = np.arange(1, len(chance) + 1) ** -1.25
    mixed: Array = (1 - DOUBT) * chance + DOUBT * by_rank / by_rank.sum()
    return mixed


def features(seen: Survey, analysis: Analysis, said: Said) -> list[tuple[str, Array]]:
    """For each field of an analysis a row per unit, a column per name of `NAMES` without `LEARNED`."""
    questions = {name: text for g in analysis.groups for name, text in zip(g.fields, questions_of(analysis, g), strict=True)}  # fmt: skip
    queries = [query for g in analysis.groups for query in g.queries]
    columns = seen.closeness([*questions.values(), *queries]).T
    near = dict(zip([*questions.values(), *queries], columns, strict=True))
    read = {name: seen.within(_spans(answer)) for name, answer in said.items()}
    any_read = np.clip(sum(read.values(), np.zeros(len(seen.units))), 0, 3) / 3
    made: list[tuple[str, Array]] = []
    for group in analysis.groups:
        words = np.max([_scaled(seen.scores(query)) for query in group.queries], axis=0)
        meaning = np.max([near[query] for query in group.queries], axis=0)
        headed = under_headings([unit.heading for unit in seen.units], group.sections)
        for_group = np.max([read.get(name, np.zeros(len(words))) for name in group.fields], axis=0)
        for name in group.fields:
            own, close = seen.scores(questions[name]), near[questions[name]]
            asked = (_scaled(own), _by_rank(own), close, _by_rank(close), words, meaning, headed)
            hints = (*_hints(seen, said.get(name)), for_group, any_read)
            made.append((name, np.column_stack([*asked, *hints, seen.seen])))
    return made


def learned(seen: Survey, words: Mapping[str, float]) -> Array:
    """The columns of `LEARNED`: how much of a field's words a unit says, its headings say, a neighbour says."""
    own, headed = (_weight(held, words, len(seen.units)) for held in (seen.said, seen.headed))
    return np.column_stack([own, headed, beside(own)])


def questions_of(analysis: Analysis, group: FieldGroup) -> tuple[str, ...]:
    """What each field of a group asks for: its name and its description.

    >>> from schemas import analysis_for
    >>> lease = analysis_for("lease")
    >>> questions_of(lease, lease.groups[5])[0]
    'deposit amount: security deposit, a number'
    """
    fields = analysis.model.model_fields
    return tuple(f"{name.replace('_', ' ')}: {fields[name].description}" for name in group.fields)


def beside(values: Array) -> Array:
    """For each place the larger of the values before and after it.

    >>> beside(np.array([0.0, 3.0, 1.0])).tolist()
    [3.0, 1.0, 3.0]
    """
    larger: Array = np.maximum(np.append(values[1:], 0), np.append(0, values[:-1]))
    return larger


def _hints(seen: Survey, said: FieldAnswer | None) -> tuple[Array, ...]:
    spans = _spans(said) if said else []
    read, first = seen.within(spans), seen.within(spans[:1])
    near = beside(read)
    return read, first, read * (said.confidence if said else 0.0), near, beside(near)


def _spans(said: FieldAnswer) -> list[tuple[int, int]]:
    return [(quote.start, quote.end) for quote in said.quotes if quote.start >= 0]


def _weight(held: Postings, words: Mapping[str, float], size: int) -> Array:
    found = [(held[word], weight) for word, weight in words.items() if word in held]
    if not found:
        return np.zeros(size)
    where = np.concatenate([units for units, _ in found])
    weights = np.repeat([weight for _, weight in found], [len(units) for units, _ in found])
    return np.minimum(3, np.bincount(where, weights, size) / 8)


def _scaled(scores: Array) -> Array:
    top = float(scores.max())
    scaled: Array = scores / top if top > 0 else scores
    return scaled


def _by_rank(scores: Array) -> Array:
    """1 for the best, falling with the rank, earlier ones first among equals."""
    ranks = np.empty(len(scores))
    ranks[np.argsort(-scores, kind="stable")] = np.arange(len(scores))
    return 1 / (1 + ranks / 3)


def _softmax(scores: Array) -> Array:
    mass = np.exp(scores - scores.max())
    share: Array = mass / mass.sum()
    return share


def as_data(weights: Weights) -> dict[str, dict[str, Sequence[float] | Mapping[str, float]]]:
    """Weights as the file holds them."""
    return {
        name: {"features": [round(w, 4) for w in own.features], "words": {k: round(v, 3) for k, v in own.words.items()}}
        for name, own in {"": weights.shared, **weights.fields}.items()
    }
