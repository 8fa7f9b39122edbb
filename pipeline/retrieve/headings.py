"""Which headings hold the words of those looked for."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from pipeline.retrieve.search import terms


def under_headings(paths: Sequence[tuple[str, ...]], wanted: Sequence[str]) -> NDArray[np.float64]:
    """1.0 for each heading path one of whose headings holds all the words of a wanted one, else 0.0.

    >>> under_headings([("5 Population", "5.1 Inclusion Criteria"), ("6 Treatment",)], ["inclusion criteria"]).tolist()
    [1.0, 0.0]
    """
    sets = [words for text in wanted if (words := set(terms(text)))]
    known: dict[str, bool] = {}

    def holds(title: str) -> bool:
        if title not in known:
            said = set(terms(title))
            known[title] = any(words <= said for words in sets)
        return known[title]

    matched = {path: float(any(holds(title) for title in path)) for path in set(paths)}
    return np.array([matched[path] for path in paths])
