"""Where in a document the gold answers stand: the places one of which a model must be shown to answer from evidence."""

import re
from collections.abc import Sequence

from rapidfuzz import fuzz

from eval.gold import GoldDocument
from schemas import Document

Span = tuple[int, int]
Item = list[Span]
"""The places where one thing is said; any of them will do."""

QUOTED = 200  # characters of a quote that must be shown
_ITEM = 100  # characters of a list's item by which it is found
_ALIKE = 85.0  # per cent, from which a passage is taken for the quote
_WINDOW = 20_000  # characters over which a list may reach
_LETTER = re.compile(r"[^\W_]")
LISTS = frozenset({"inclusion_criteria", "exclusion_criteria", "soa_activities"})
"""Fields whose gold is a list of items without a quote."""


class Letters:
    """A text's letters and digits in lower case, and where each stands.

    >>> Letters("Rent: $900").places("rent 900")
    [(0, 10)]
    """

    def __init__(self, text: str) -> None:
        self._at = [match.start() for match in _LETTER.finditer(text)]
        self.text = "".join(text[at] for at in self._at).lower()

    def places(self, wanted: str) -> Item:
        """All places where a text stands, whatever its spaces and punctuation."""
        letters = squeezed(wanted)
        found: Item = []
        at = self.text.find(letters) if letters else -1
        while at >= 0:
            found.append(self._span(at, at + len(letters)))
            at = self.text.find(letters, at + 1)
        return found

    def nearest(self, wanted: str) -> Item:
        """The place of the stretch that is most like a text, if it is alike enough."""
        best = fuzz.partial_ratio_alignment(squeezed(wanted), self.text)
        if best is None or best.score < _ALIKE:
            return []
        return [self._span(best.dest_start, min(best.dest_end, len(self.text)))]

    def _span(self, start: int, end: int) -> Span:
        return self._at[start], self._at[end - 1] + 1


def squeezed(text: str) -> str:
    """The letters and digits of a text in lower case.

    >>> squeezed("5.1 Rent")
    '51rent'
    """
    return "".join(_LETTER.findall(text)).lower()


def gold_places(document: Document, gold: GoldDocument) -> dict[str, list[Item]]:
    """For each field with a value the items that must be shown: its quote, or each item of its list.

    Fields whose quote, or none of whose items, is found in the document are left out.

    Args:
        document: as parsed.
        gold: its labels.
    """
    letters = Letters(document.text)
    found: dict[str, list[Item]] = {}
    for name, said in gold.fields.items():
        if said is None or said.value is None:
            continue
        if said.quote:
            quote = said.quote[:QUOTED]
            items = [letters.places(quote) or letters.nearest(quote)]
        elif name in LISTS and isinstance(said.value, list):
            items = [letters.places(str(item)[:_ITEM]) for item in said.value]
            items = _together(items) if name == "soa_activities" else items
        else:
            continue
        if items := [item for item in items if item]:
            found[name] = items
    return found


def _together(items: Sequence[Item]) -> list[Item]:
    """The items' places within the stretch of `_WINDOW` that holds most of them: a table's words stand elsewhere too."""
    starts = sorted({start for item in items for start, _ in item})

    def held(low: int) -> list[Item]:
        return [[(a, b) for a, b in item if low <= a < low + _WINDOW] for item in items]

    best = max(starts, key=lambda low: sum(map(bool, held(low))), default=0)
    return held(best)
