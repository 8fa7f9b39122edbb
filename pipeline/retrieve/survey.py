"""A document's units, and what can be seen of each whatever is asked: words, vectors, place, kinds of token."""

import logging
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from pipeline.embedding import Embed
from pipeline.retrieve.search import terms, vectors_of
from pipeline.retrieve.units import Unit, units_of
from schemas import Document

if TYPE_CHECKING:
    import bm25s

Array = NDArray[np.float64]
Postings = Mapping[str, NDArray[np.int64]]
"""The units that hold a word, by word."""

_KINDS: dict[str, re.Pattern[str]] = {
    name: re.compile(pattern, re.DOTALL)
    for name, pattern in {
        "money": r"[$€£]\s?\d|\bdollars\b|\bRs\.?\s?\d",
        "date": r"(?i)\b(?:jan|feb|mar|apr|may|june?|july?|aug|sep|oct|nov|dec)[a-z]*\.?\s?\d"
        r"|\b\d{1,2}[/-]\d{1,2}[/-]\d{2,4}|\bday of\b|\b(?:19|20)\d\d\b",
        "percent": r"\d\s?%|percent",
        "duration": r"(?i)\b(?:days?|weeks?|months?|years?)\b",
        "number": r"\d",
        "zip": r"\b\d{5}(?:-\d{4})?\b",
        "area": r"(?i)square f|sq\.? ?f",
        "capitals": r"\b[A-Z]{4,}\b.*\b[A-Z]{4,}\b",
        "code": r"\b(?:NCT\d|\d{4}-\d{6}-\d\d|[A-Z0-9]+-[A-Z0-9-]+\d)",
        "phase": r"(?i)\bphase\b",
        "defined": r"[“\"(](?:the\s)?[“\"]?[A-Z][a-z]+[”\"]",
        "label": r"^[^.:]{3,50}:",
        "company": r"(?i)\b(?:inc|llc|ltd|corp|corporation|company|limited|l\.?p)\b",
        "age": r"(?i)years?\s(?:of age|old)|\bag(?:e|ed)\b",
        "blank": r"_{3,}",
        "contents": r"(?:\.\s?){5}|·{4}|…\s?…",
    }.items()
}
_STARTS = (300, 1_000, 3_000, 8_000)  # characters: what stands before one of these is near the beginning
_ENDS = 0.93  # share of the document from which it is near the end

SEEN = (
    *_KINDS, *(f"before_{limit}" for limit in _STARTS), "distance", "share", "end", "table", "heading", "item", "short", "length",
)  # fmt: skip
"""Names of the columns of `Survey.seen`."""


@dataclass(frozen=True)
class Survey:
    """What is seen of a document once, for all questions about it.

    Args:
        document: the document.
        units: of it, in reading order.
        starts, ends: offsets of the units.
        seen: a row per unit, a column per name of `SEEN`.
        said, headed: the units that say a word themselves, and under whose headings it stands.
        vectors: of the units, of length 1.
    """

    document: Document
    units: tuple[Unit, ...]
    starts: NDArray[np.int64]
    ends: NDArray[np.int64]
    seen: Array
    said: Postings
    headed: Postings
    vectors: NDArray[np.float32]
    embed: Embed
    index: "bm25s.BM25"

    def scores(self, query: str) -> Array:
        """How well each unit answers a query by its words (BM25)."""
        words = terms(query)
        return np.asarray(self.index.get_scores(words), float) if words else np.zeros(len(self.units))

    def closeness(self, queries: Sequence[str]) -> Array:
        """How close each unit (row) is in meaning to each query (column): the cosine."""
        asked: NDArray[np.float32] = vectors_of(self.embed, tuple(queries))
        near: Array = (self.vectors @ asked.T).astype(float)
        return near

    def within(self, spans: Sequence[tuple[int, int]]) -> Array:
        """1.0 for each unit that has a part in one of the spans, else 0.0."""
        marked = np.zeros(len(self.units))
        for start, end in spans:
            marked[np.searchsorted(self.ends, start, "right") : np.searchsorted(self.starts, end, "left")] = 1.0
        return marked


def survey(document: Document, embed: Embed) -> Survey | None:
    """What is seen of a document; None of one without text.

    Args:
        document: as parsed.
        embed: makes the vectors.
    """
    units = units_of(document)
    if not units:
        return None
    texts = [document.text[u.start : u.end] for u in units]
    words = [terms(text) for text in texts]
    titles = {u.heading: (terms(" ".join(u.heading[-2:])), terms(" ".join(u.heading[-1:]))) for u in units}
    starts, ends = np.array([u.start for u in units]), np.array([u.end for u in units])
    return Survey(
        document, units, starts, ends, _seen(units, texts, starts, ends, len(document.text)),
        postings(words), postings([titles[u.heading][0] for u in units]),
        embed([f"{' '.join(u.heading[-1:])}\n{text}" for u, text in zip(units, texts, strict=True)]),
        embed, _indexed([own + titles[u.heading][1] for own, u in zip(words, units, strict=True)]),
    )  # fmt: skip


def postings(words: Sequence[Sequence[str]]) -> dict[str, NDArray[np.int64]]:
    """Where each word stands.

    >>> {word: where.tolist() for word, where in postings([["rent", "due", "rent"], ["rent"]]).items()}
    {'rent': [0, 1], 'due': [0]}
    """
    held: dict[str, list[int]] = {}
    for at, said in enumerate(words):
        for word in dict.fromkeys(said):
            held.setdefault(word, []).append(at)
    return {word: np.array(where, dtype=np.int64) for word, where in held.items()}


def _seen(
    units: Sequence[Unit], texts: Sequence[str], starts: NDArray[np.int64], ends: NDArray[np.int64], size: int
) -> Array:
    """The columns of `SEEN`."""
    length = ends - starts + 1
    kinds = [[float(bool(kind.search(text))) for text in texts] for kind in _KINDS.values()]
    return np.column_stack(
        [
            *kinds, *(starts < limit for limit in _STARTS), np.log1p(starts / 500) / 5, starts / size, starts > _ENDS * size,
            [u.table for u in units], [u.heads for u in units], [u.item for u in units], length < 50, np.log(length) / 5,
        ]
    ).astype(float)  # fmt: skip


def _indexed(words: Sequence[Sequence[str]]) -> "bm25s.BM25":
    import bm25s

    logging.getLogger("bm25s").setLevel(logging.WARNING)  # it sets itself to DEBUG
    index = bm25s.BM25(k1=1.2, b=0.3)
    index.index([list(own) or ["_"] for own in words], show_progress=False)
    return index
