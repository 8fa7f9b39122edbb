"""Search within a document: BM25 and vectors, fused by reciprocal rank."""

import logging
import re
from collections.abc import Sequence
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING

from pipeline.embedding import Embed, load_embed
from schemas import Passage

if TYPE_CHECKING:
    import bm25s
    import numpy as np
    import numpy.typing as npt

RANK_CONSTANT = 60  # k of reciprocal rank fusion (Cormack, Clarke and Buettcher, SIGIR 2009)

_WORD = re.compile(r"[a-z0-9]+(?:'[a-z]+)?")
_STOP = frozenset(
    {"a", "an", "and", "are", "as", "at", "be", "by", "for", "from", "has", "have", "in", "is", "it", "its", "of", "on", "or",
     "shall", "such", "that", "the", "this", "to", "under", "was", "were", "which", "will", "with", "any", "all", "other"}
)  # fmt: skip


class Searcher:
    """Finds passages of one document by words and by meaning; indexes are built at the first search.

    >>> rent = Passage(1, "Tenant shall pay the rent monthly.", 0, 34, 1)
    >>> pets = Passage(2, "No dogs or cats.", 35, 51, 1)
    >>> [p.number for p in Searcher((rent, pets), embed=None).search("monthly rents", 1)]
    [1]
    """

    def __init__(self, passages: Sequence[Passage], embed: Embed | None) -> None:
        """`embed` None: words only."""
        self._passages = tuple(passages)
        self._embed = embed

    @classmethod
    def by_words_and_meaning(cls, passages: Sequence[Passage]) -> "Searcher":
        """A searcher with the embeddings that come with the package."""
        return cls(passages, load_embed())

    @property
    def passages(self) -> tuple[Passage, ...]:
        return self._passages

    def search(self, query: str, most: int = 10) -> list[Passage]:
        """The passages that answer a query best, best first."""
        scores = fuse(self.rankings(query))
        order = sorted(scores, key=lambda i: (-scores[i], i))
        return [self._passages[i] for i in order[:most]]

    def rankings(self, query: str) -> tuple[list[int], list[int]]:
        """The indexes of the passages, best first, by words and by meaning; those without a match left out."""
        if not self._passages:
            return [], []
        words = terms(query)
        by_words = _order(self._bm25.get_scores(words)) if words else []
        by_meaning = _order(self._vectors @ vectors_of(self._embed, (query,))[0]) if self._embed is not None else []
        return by_words, by_meaning

    @cached_property
    def _bm25(self) -> "bm25s.BM25":
        import bm25s

        logging.getLogger("bm25s").setLevel(logging.WARNING)  # it sets itself to DEBUG
        index = bm25s.BM25(k1=1.2, b=0.75)
        corpus = [terms(f"{' '.join(p.heading)} {p.text}") or ["_"] for p in self._passages]
        index.index(corpus, show_progress=False)
        return index

    @cached_property
    def _vectors(self) -> "npt.NDArray[np.float32]":
        assert self._embed is not None
        return self._embed([f"{' '.join(p.heading[-2:])}\n{p.text}" for p in self._passages])


@lru_cache(maxsize=1_000)
def vectors_of(embed: Embed, queries: tuple[str, ...]) -> "npt.NDArray[np.float32]":
    """The vectors of queries, which are the same for document after document."""
    return embed(queries)


def fuse(
    rankings: Sequence[Sequence[int]], weights: Sequence[float] = (), constant: int = RANK_CONSTANT
) -> dict[int, float]:
    """Reciprocal rank fusion: a score for each index that some ranking holds; `weights` one per ranking, else all 1.

    >>> fuse([[7, 8], [8]])[8] > fuse([[7, 8], [8]])[7]
    True
    """
    scores: dict[int, float] = {}
    for ranking, weight in zip(rankings, weights or [1.0] * len(rankings), strict=True):
        for rank, i in enumerate(ranking, 1):
            scores[i] = scores.get(i, 0.0) + weight / (constant + rank)
    return scores


def terms(text: str) -> list[str]:
    """The words a text is indexed under: lower case, without stop words and plural endings.

    >>> terms("The Security Deposits of the Tenant")
    ['security', 'deposit', 'tenant']
    """
    return [_stem(word) for word in _WORD.findall(text.lower()) if word not in _STOP]


@lru_cache(maxsize=20_000)
def _stem(word: str) -> str:
    """The word without its plural or possessive ending."""
    if word.endswith("'s"):
        return word[:-2]
    if len(word) > 4 and word.endswith("ies"):
        return word[:-3] + "y"
    return word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")) else word


def _order(scores: "npt.NDArray[np.float32]") -> list[int]:
    """Indexes with a positive score, best first, earlier ones first among equals."""
    import numpy as np

    order = np.argsort(-scores, kind="stable")
    kept: list[int] = order[scores[order] > 0].tolist()
    return kept
