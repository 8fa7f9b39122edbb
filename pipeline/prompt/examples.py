"""Worked examples for few-shot prompts: picked by likeness to what is asked about, never from the document itself."""

import json
import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

import prompts
from schemas import Document, FieldGroup, Passage

COUNT = 2
BUDGET = 1_500  # tokens of all examples of a question
RUN = 5  # words in a row that two texts have in common only if one is taken from the other, as a rule
COPIED = (
    0.3  # share of the runs of an example's excerpts that stand in a document from which it is one document with it
)

_WORD = re.compile(r"[a-z0-9]+")


@dataclass(frozen=True, slots=True)
class Excerpt:
    """A piece of an example's document; `number` is how the answer refers to it."""

    number: int
    heading: str
    text: str


@dataclass(frozen=True, slots=True)
class Example:
    """What was shown of a document for a field group, and the right answer.

    Args:
        source: name of the document.
        sha256: of its file.
        passages: the excerpts.
        answer: by field, in the form that is wanted of a model.
    """

    source: str
    sha256: str
    group: str
    passages: tuple[Excerpt, ...]
    answer: Mapping[str, Any]

    @property
    def text(self) -> str:
        return "\n".join(p.text for p in self.passages)


def examples_for(
    kind: str,
    group: FieldGroup | None,
    passages: Sequence[Passage],
    document: Document | None = None,
    count: int = COUNT,
    budget_tokens: int = BUDGET,
) -> tuple[Example, ...]:
    """The examples likest to the passages, the likest last: next to the question.

    Args:
        kind: folder of the prompt ("lease").
        group: the fields asked for; of the examples' answers only these are shown.
        passages: what the model is shown.
        document: which they are from; it, and copies and scans of it, give no example.
        count: how many at most.
        budget_tokens: how long they may be together, at four characters a token.

    >>> from schemas import analysis_for
    >>> asked = Passage(1, "The security deposit is $900, paid at signing.", 0, 46, 1)
    >>> found = examples_for("lease", analysis_for("lease").groups[5], (asked,))
    >>> len(found), sorted(found[0].answer)
    (2, ['deposit_amount', 'deposit_paid_by_date'])
    """
    if group is None:
        return ()
    own = _of_document(kind, document.text) if document else frozenset()
    digest = document.sha256 if document else ""
    free = [e for e in shipped(kind) if e.group == group.name and e.source not in own and e.sha256 != digest]
    weights = _weights(kind, group.name)
    shown = _words(" ".join(p.text for p in passages))
    best = sorted(free, key=lambda e: -_likeness(_words(e.text), shown, weights))
    taken: list[Example] = []
    for example in best:
        cost = (len(example.text) + len(json.dumps(example.answer))) // 4
        if len(taken) < count and cost <= budget_tokens:
            taken.append(_only(example, group.fields))
            budget_tokens -= cost
    return tuple(reversed(taken))


@cache
def shipped(kind: str) -> tuple[Example, ...]:
    """The examples that prompts/ has for a kind of document; none where it has none."""
    try:
        kept = json.loads(prompts.data(f"{kind}/examples.json"))
    except LookupError:
        return ()
    return tuple(
        Example(one["source"], one["sha256"], name, tuple(Excerpt(**p) for p in shown["passages"]), shown["answer"])
        for one in kept
        for name, shown in one["groups"].items()
    )


def _only(example: Example, fields: Iterable[str]) -> Example:
    answer = {name: example.answer[name] for name in fields if name in example.answer}
    return Example(example.source, example.sha256, example.group, example.passages, answer)


@lru_cache(maxsize=16)  # as many documents as are read at once, and their groups are asked side by side
def _of_document(kind: str, text: str) -> frozenset[str]:
    """The sources of examples whose excerpts stand in a document."""
    here = _runs(text)
    runs: dict[str, set[tuple[str, ...]]] = {}
    for example in shipped(kind):
        for excerpt in example.passages:
            runs.setdefault(example.source, set()).update(_runs(excerpt.text))
    return frozenset(source for source, theirs in runs.items() if len(theirs & here) >= COPIED * max(1, len(theirs)))


def _runs(text: str) -> set[tuple[str, ...]]:
    words = _WORD.findall(text.casefold())
    return set(zip(*(words[i:] for i in range(RUN)), strict=False))


def _words(text: str) -> frozenset[str]:
    return frozenset(_WORD.findall(text.casefold()))


@cache
def _weights(kind: str, group: str) -> dict[str, float]:
    """How much a word tells, by how few of the group's examples have it."""
    texts = [_words(e.text) for e in shipped(kind) if e.group == group]
    seen = Counter(word for text in texts for word in text)
    return {word: math.log((1 + len(texts)) / count) for word, count in seen.items()}


def _likeness(one: frozenset[str], other: frozenset[str], weights: Mapping[str, float]) -> float:
    """The weight of the shared words by that of the example's own, so that long examples have no advantage."""
    own = sum(weights.get(word, 0.0) ** 2 for word in one)
    return sum(weights.get(word, 0.0) ** 2 for word in one & other) / math.sqrt(own) if own else 0.0
