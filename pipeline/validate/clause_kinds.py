"""How much a sentence of a lease reads like a clause of a forbidden kind: a linear model over its words, learned from clauses.

Cues find the wordings someone thought of; the model, learned from several hundred forbidden and lawful sentences of each kind
(`eval/clauses`, `python -m eval.train_clauses`), finds others and tells near misses from the real thing.
"""

import gzip
import json
import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

from pipeline.knowledge.cues import WORDS

_TOKEN = re.compile(r"[a-z]+(?:'[a-z]+)?|\$? ?\d[\d,.]*|%")
_LANDLORD = re.compile(rf"{WORDS['landlord']}$|(?:we|us|our|ours|i|me|my|mine|management|community)$")
_TENANT = re.compile(rf"{WORDS['tenant']}$|(?:you|your|yours|leaseholder|undersigned)$")
_ENDINGS = (("ies", "y"), ("ing", ""), ("ed", ""), ("es", ""), ("s", ""))
_SHORTEST = 4
_WINDOW = 5  # words over which two words make a pair


@dataclass(frozen=True, slots=True)
class Model:
    """A multinomial logistic regression over TF-IDF features.

    Args:
        kinds: the kinds, in order; a sentence can also be of none of them.
        bias: of each kind and of none, in hundredths.
        features: of each feature its inverse document frequency, then kind and weight by turns, all in hundredths.
    """

    kinds: tuple[str, ...]
    bias: tuple[int, ...]
    features: Mapping[str, Sequence[int]]

    def probabilities(self, sentence: str) -> dict[str, float]:
        """How probable it is, 0..1, that a sentence is a clause of each kind.

        Args:
            sentence: as it stands in the document, or levelled.
        """
        known = [row for f in features(sentence) if (row := self.features.get(f))]
        length = math.sqrt(sum([row[0] ** 2 for row in known])) or 1.0
        sums = [0] * len(self.bias)  # whole numbers: the same in whatever order the features come
        for frequency, *weights in known:
            for kind, weight in zip(weights[::2], weights[1::2], strict=True):
                sums[kind] += frequency * weight
        scores = [bias / 100 + total / length / 100 for bias, total in zip(self.bias, sums, strict=True)]
        most = max(scores)
        shares = [math.exp(score - most) for score in scores]
        total = sum(shares)
        return {kind: share / total for kind, share in zip(self.kinds, shares, strict=False)}


@cache
def shipped_model() -> Model:
    """The model that comes with the package.

    >>> said = shipped_model().probabilities("Tenant authorizes any attorney to confess judgment for unpaid rent.")
    >>> max(said, key=said.get)
    'confession_of_judgment'
    """
    data = json.loads(gzip.decompress((files("pipeline.validate") / "clause_kinds.json.gz").read_bytes()))
    rows = {
        feature: tuple(row) for feature, row in data["features"].items()
    }  # tuples: nothing for the collector to trace
    return Model(tuple(data["kinds"]), tuple(data["bias"]), rows)


def features(sentence: str) -> frozenset[str]:
    """The features of a sentence: its words, the parties as roles, and pairs of words that stand near each other.

    >>> sorted(features("We may re-key."))
    ['L', 'L key', 'L may', 'L may key', 'key', 'may', 'may key']
    """
    words = [token for word in _TOKEN.findall(sentence.lower()) if (token := _token(word))]
    pairs = {
        f"{word} {other}" for at, word in enumerate(words) for other in words[at + 1 : at + _WINDOW] if word != other
    }
    triples = {" ".join(words[at : at + 3]) for at in range(len(words) - 2)}
    return frozenset(words) | pairs | triples


@lru_cache(maxsize=20_000)
def _token(word: str) -> str:
    """What stands for a word among the features; "" for one that is left out."""
    if not word[0].isalpha():
        return word if word == "%" else word[0] if word[0] == "$" else "#"
    if _LANDLORD.match(word):
        return "L"
    if _TENANT.match(word):
        return "T"
    return _stem(word.removesuffix("'s")) if len(word) > 2 or word in ("no", "by", "to", "if", "is") else ""


def _stem(word: str) -> str:
    for ending, other in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST:
            return word[: -len(ending)] + other
    return word
