"""How sure a chat model's value is: a logistic model over what is known of it, its weights learned from judged runs.

`eval.train_llm_confidence` learns them; `trained_on` is the number of judged values, 0 for weights set by hand.
"""

import json
import math
import re
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import Any

from pipeline.generate.agreement import same
from pipeline.generate.grounding import squeeze
from schemas import Evidence, FieldAnswer

Features = Mapping[str, float]

FEATURES: dict[str, str] = {
    "stated": "what the model says of itself, 0..1",
    "exact": "share of its quotes that stand in the document, whatever their spaces and punctuation",
    "fuzzy": "share of its quotes that stand there in other words",
    "quoted": "share of its value that its quotes say",
    "unquotable": "the value is a choice or yes or no, which no quote says in these words",
    "agrees": "the offline reader has the same value",
    "agrees_surely": "likewise, times the offline reader's confidence",
    "disagrees": "the offline reader has another value",
    "disagrees_surely": "likewise, times its confidence",
    "silent": "the offline reader has none",
    "silent_surely": "likewise, times its confidence that there is none",
    "alone": "the offline reader was not asked",
    "dissent": "share of the samples that gave another value",
    "reasked": "its quotes were found only in a second answer, or not at all",
    "many": "logarithm of the number of items of a list",
}
_SECOND = ("agrees", "agrees_surely", "disagrees", "disagrees_surely", "silent", "silent_surely", "alone")


def confidence_of(features: Features) -> float:
    """The probability that a value is right.

    >>> surer, less = {"stated": 1.0, "exact": 1.0, "agrees": 1.0}, {"stated": 1.0, "exact": 1.0, "disagrees": 1.0}
    >>> confidence_of(surer) > confidence_of(less)
    True
    """
    weights = _weights()
    score = weights["bias"] + sum(weights.get(name, 0.0) * value for name, value in features.items())
    return round(1 / (1 + math.exp(-max(-30.0, min(30.0, score)))), 4)


def evidence_features(kind: str, said: FieldAnswer, found: Sequence[Evidence | None]) -> dict[str, float]:
    """What a value's quotes say of it.

    Args:
        kind: the field's comparator (`schemas.terms.Comparator`).
        said: the answer, its confidence that of the model.
        found: where each of its quotes stands; None where nowhere.
    """
    exact = sum(e is not None and squeeze(e.quote) == squeeze(q.text) for e, q in zip(found, said.quotes, strict=True))
    located = sum(e is not None for e in found)
    items = said.value if isinstance(said.value, list) else [said.value]
    words = " ".join(e.quote for e in found if e)
    features = {
        "stated": said.confidence,
        "exact": exact / max(1, len(found)),
        "fuzzy": (located - exact) / max(1, len(found)),
        "alone": 1.0,
    }
    if kind in {"exact", "bool"}:
        features["unquotable"] = 1.0
    else:
        features["quoted"] = sum(_says(kind, words, item) for item in items) / max(1, len(items))
    if len(items) > 1:
        features["many"] = math.log(len(items))
    return features


def second_features(kind: str, value: Any, second: FieldAnswer) -> dict[str, float]:
    """What a second opinion says of a value.

    >>> second_features("money", 900, FieldAnswer(950, confidence=0.8))
    {'disagrees': 1.0, 'disagrees_surely': 0.8}
    """
    how = "silent" if second.value is None else "agrees" if same(kind, value, second.value) else "disagrees"
    return {how: 1.0, f"{how}_surely": round(second.confidence, 4)}


def without_second(features: Features) -> dict[str, float]:
    """The features of a value as they would be had nobody been asked for a second opinion.

    >>> without_second({"stated": 0.9, "agrees": 1.0, "agrees_surely": 0.8})
    {'stated': 0.9, 'alone': 1.0}
    """
    return {name: value for name, value in features.items() if name not in _SECOND} | {"alone": 1.0}


def _says(kind: str, words: str, value: Any) -> bool:
    """Whether a text holds a value: its number, its year, its letters."""
    if kind in {"money", "int"}:
        numbers = re.findall(r"\d+(?:\.\d+)?", re.sub(r"(?<=\d),(?=\d{3})", "", words))
        return any(same("money", number, value) for number in numbers)
    if kind == "date":
        return str(value)[:4] in words
    letters = squeeze(str(value))
    return bool(letters) and letters in squeeze(words)


@cache
def _weights() -> dict[str, float]:
    text = (files("pipeline.generate") / "confidence.json").read_text(encoding="utf-8")
    kept = json.loads(text)
    return {"bias": kept["bias"], **kept["weights"]}
