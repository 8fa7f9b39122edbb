"""How much a sentence of a lease reads like a clause of a forbidden kind: a linear model over its words, learned from clauses.

Cues find the wordings someone thought of; the model, learned from several hundred forbidden and lawful sentences of each kind
(`eval/clauses`, `python -m eval.train_clauses`), finds others and tells near misses from the real thing.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from io import BytesIO

import numpy as np
import numpy.typing as npt

from pipeline.knowledge.cues import WORDS

_TOKEN = re.compile(r"[a-z]+(?:'[a-z]+)?|\$? ?\d[\d,.]*|%")
_WORD = re.compile(r"[a-z]{3,}")
_CONTRACTIONS = tuple(
    (re.compile(short), full)
    for short, full in (
        (r"\bwon't\b", "will not"),
        (r"\bcan't\b", "cannot"),
        (r"n't\b", " not"),
        (r"'ll\b", " will"),
        (r"'re\b", " are"),
        (r"'ve\b", " have"),
    )
)
_HOUSING_PROVIDER = re.compile(r"\bhousing provider\b")
_LANDLORD = re.compile(rf"{WORDS['landlord']}$|(?:we|us|our|ours|i|me|my|mine|management|community)$")
_TENANT = re.compile(rf"{WORDS['tenant']}$|(?:you|your|yours|leaseholder|undersigned)$")
_ENDINGS = (("ies", "y"), ("ing", ""), ("ed", ""), ("es", ""), ("s", ""))
_SHORTEST = 4
_WINDOW = 5  # words over which two words make a pair
_LETTERS = 4  # of the parts of words
PART = "~"
"""What the names of parts of words begin with."""


@dataclass(frozen=True, slots=True)
class Model:
    """A multinomial logistic regression over TF-IDF features.

    Args:
        kinds: the kinds, in order; a sentence can also be of none of them.
        bias: of each kind and of none.
        places: of each feature its row.
        rarity: of each feature its inverse document frequency.
        weights: of each feature a row with the weight of each kind and of none.
    """

    kinds: tuple[str, ...]
    bias: npt.NDArray[np.float32]
    places: Mapping[str, int]
    rarity: npt.NDArray[np.float32]
    weights: npt.NDArray[np.float32]

    def probabilities(self, sentence: str) -> dict[str, float]:
        """How probable it is, 0..1, that a sentence is a clause of each kind.

        Args:
            sentence: as it stands in the document, or levelled.
        """
        known = [place for place in map(self.places.get, features(sentence)) if place is not None]
        known.sort()  # so that sums are the same in every process
        rarity = self.rarity[known]
        scores = self.bias + rarity / (np.linalg.norm(rarity) or 1.0) @ self.weights[known]
        shares = np.exp(np.subtract(scores, scores.max(), dtype=np.float64))
        return dict(zip(self.kinds, (shares / shares.sum()).tolist(), strict=False))


@cache
def shipped_model() -> Model:
    """The model that comes with the package.

    >>> said = shipped_model().probabilities("Tenant authorizes any attorney to confess judgment for unpaid rent.")
    >>> max(said, key=said.get)
    'confession_of_judgment'
    """
    return loaded((files("pipeline.validate") / "clause_kinds.npz").read_bytes())


def loaded(data: bytes) -> Model:
    """The model that `saved` wrote."""
    with np.load(BytesIO(data)) as arrays:
        names = arrays["names"].tobytes().decode().split("\n")
        bias, rarity, weights = (arrays[name].astype(np.float32) / 100 for name in ("bias", "rarity", "weights"))
        return Model(
            tuple(arrays["kinds"].tolist()), bias, {name: at for at, name in enumerate(names)}, rarity, weights
        )


def saved(model: Model) -> bytes:
    """A model as bytes: its numbers in hundredths, compressed.

    >>> tiny = Model(("lien",), np.zeros(2, "f"), {"goods": 0}, np.ones(1, "f"), np.ones((1, 2), "f"))
    >>> loaded(saved(tiny)).places
    {'goods': 0}
    """
    file = BytesIO()
    numbers = {name: np.rint(getattr(model, name) * 100).astype(np.int16) for name in ("bias", "rarity", "weights")}
    names = np.frombuffer("\n".join(model.places).encode(), dtype=np.uint8)
    np.savez_compressed(file, kinds=np.array(model.kinds), names=names, **numbers)
    return file.getvalue()


def features(sentence: str) -> frozenset[str]:
    """The features of a sentence: its words, the parties as roles, pairs of words near each other, and parts of words.

    >>> sorted(features("We may re-key."))
    ['L', 'L key', 'L may', 'L may key', 'key', 'may', 'may key', '~<key', '~<may', '~key>', '~may>']
    >>> features("We won't enter.") == features("We will not enter.")
    True
    """
    text = _HOUSING_PROVIDER.sub("landlord", sentence.lower())  # two words for one party
    text = spelled_out(text)
    words = words_of(text)
    pairs = {
        f"{word} {other}" for at, word in enumerate(words) for other in words[at + 1 : at + _WINDOW] if word != other
    }
    triples = {" ".join(words[at : at + 3]) for at in range(len(words) - 2)}
    return frozenset(words).union(pairs, triples, *map(_parts, _WORD.findall(text)))


def spelled_out(text: str) -> str:
    """A text in small letters with its contractions written in full.

    >>> spelled_out("we won't, and you'll see")
    'we will not, and you will see'
    """
    for short, full in _CONTRACTIONS if "'" in text else ():
        text = short.sub(full, text)
    return text


def words_of(text: str) -> list[str]:
    """The words of a text in small letters: the parties as roles, numbers as such, others by their stem.

    >>> words_of("the lessor's keys")
    ['the', 'L', 'keys']
    """
    return [token for word in _TOKEN.findall(text) if (token := _token(word))]


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


@lru_cache(maxsize=20_000)
def _parts(word: str) -> tuple[str, ...]:
    """Four letters in a row of a word that is no party, its ends marked: what the words of a family share."""
    if _LANDLORD.match(word) or _TENANT.match(word):
        return ()
    whole = f"<{word}>"
    return tuple(PART + whole[at : at + _LETTERS] for at in range(len(whole) - _LETTERS + 1))


def _stem(word: str) -> str:
    for ending, other in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST:
            return word[: -len(ending)] + other
    return word
