"""How much a sentence of a lease reads like a clause of a forbidden kind: a linear model over its words, learned from clauses.

Cues find the wordings someone thought of; the model, learned from several hundred forbidden and lawful sentences of each kind
(`eval/clauses`, `python -m eval.train_clauses`), finds others and tells near misses from the real thing.
"""

import json
import math
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
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
    """Weights by kind: of features, and the bias under the empty feature."""

    weights: Mapping[str, Mapping[str, float]]

    def probability(self, kind: str, features: Iterable[str]) -> float:
        """How probable it is, 0..1, that a sentence with these features is a clause of a kind; 0 for an unknown kind."""
        weights = self.weights.get(kind)
        if weights is None:
            return 0.0
        total = weights[""] + sum(weights[f] for f in features if f in weights)
        return 1.0 / (1.0 + math.exp(-max(-30.0, min(30.0, total))))


@cache
def shipped_model() -> Model:
    """The model that comes with the package.

    >>> model = shipped_model()
    >>> model.probability("confession_of_judgment", features("Tenant lets any lawyer confess judgment for the rent.")) > 0.5
    True
    """
    data = json.loads((files("pipeline.validate") / "clause_kinds.json").read_text("utf-8"))
    return Model(data["weights"])


def features(sentence: str) -> frozenset[str]:
    """The features of a sentence: its words, the parties as roles, and pairs of words that stand near each other.

    >>> sorted(features("We may re-key."))
    ['L', 'L key', 'L may', 'L may key', 'key', 'may', 'may key']
    """
    words = list(_words(sentence.lower()))
    pairs = {
        f"{word} {other}" for at, word in enumerate(words) for other in words[at + 1 : at + _WINDOW] if word != other
    }
    triples = {" ".join(words[at : at + 3]) for at in range(len(words) - 2)}
    return frozenset(words) | pairs | triples


def _words(text: str) -> Iterator[str]:
    for token in _TOKEN.findall(text):
        if token[0].isalpha():
            if _LANDLORD.match(token):
                yield "L"
            elif _TENANT.match(token):
                yield "T"
            elif len(token) > 2 or token in ("no", "by", "to", "if", "is"):
                yield _stem(token.removesuffix("'s"))
        else:
            yield "$" if token[0] == "$" else "%" if token == "%" else "#"


def _stem(word: str) -> str:
    for ending, other in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST:
            return word[: -len(ending)] + other
    return word
