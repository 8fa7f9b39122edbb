"""Passages of one size, whatever the document's structure: fixed windows, and windows of whole sentences."""

import re
from collections.abc import Iterator
from itertools import pairwise

from schemas import Document, Passage, Section

FIXED = 1_000
"""Characters of a fixed window."""

OVERLAP = 200
"""Characters that a fixed window shares with the one before."""

SENTENCES = 5
"""Sentences of a window."""

SHARED = 1
"""Sentences that a window shares with the one before."""

_LONGEST = 1_600  # characters a window of sentences has at most, unless one sentence alone is longer
_BORDER = re.compile(r"[.;:!?][”\")\]]*(?=\s+[A-Z(“\"\d•])|\n[ \t]*(?=\n)")


def fixed(document: Document) -> tuple[Passage, ...]:
    """Windows of about a thousand characters that overlap by a fifth, cut between words.

    >>> from schemas import Page
    >>> text = "rent " * 400
    >>> [(p.start, p.end) for p in fixed(Document("a", "", "text/plain", text, (Page(1, 0, len(text), ()),)))]
    [(0, 999), (795, 1794), (1590, 1999)]
    """
    return _passages(document, _fixed(document.text))


def sentences(document: Document) -> tuple[Passage, ...]:
    """Windows of some sentences that overlap by one.

    >>> from schemas import Page
    >>> text = " ".join(f"Clause {n} says so." for n in range(9))
    >>> [p.text[:8] for p in sentences(Document("a", "", "text/plain", text, (Page(1, 0, len(text), ()),)))]
    ['Clause 0', 'Clause 4']
    """
    return _passages(document, _sentences(document.text))


def _fixed(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    while start < len(text):
        end = min(start + FIXED, len(text))
        if end < len(text) and (space := _space(text, end)) > start + OVERLAP:
            end = space
        yield start, end
        if end == len(text):
            return
        back = end - OVERLAP
        start = max(_space(text, back) + 1, start + 1) if text[back - 1 : back].strip() else back


def _space(text: str, at: int) -> int:
    """The last space or line break before an offset; -1 if there is none."""
    return max(text.rfind(" ", 0, at), text.rfind("\n", 0, at))


def _sentences(text: str) -> Iterator[tuple[int, int]]:
    borders = [0, *(match.end() for match in _BORDER.finditer(text)), len(text)]
    spans = [(a, b) for a, b in pairwise(borders) if text[a:b].strip()]
    first = 0
    while first < len(spans):
        last = first + 1
        while last < min(first + SENTENCES, len(spans)) and spans[last][1] - spans[first][0] <= _LONGEST:
            last += 1
        yield spans[first][0], spans[last - 1][1]
        if last == len(spans):
            return
        first = max(last - SHARED, first + 1)


def _passages(document: Document, spans: Iterator[tuple[int, int]]) -> tuple[Passage, ...]:
    text = document.text
    trimmed = ((a + len(text[a:b]) - len(text[a:b].lstrip()), a + len(text[a:b].rstrip())) for a, b in spans)
    kept = [(start, end) for start, end in trimmed if start < end]
    headings = _headings(document, [start for start, _ in kept])
    return tuple(
        Passage(number, text[start:end], start, end, document.page_at(start).number, heading)
        for number, ((start, end), heading) in enumerate(zip(kept, headings, strict=True), 1)
    )


def _headings(document: Document, starts: list[int]) -> Iterator[tuple[str, ...]]:
    """The titles that each offset stands under; offsets rise."""
    left, path = list(reversed(document.sections)), list[Section]()
    for start in starts:
        while left and left[-1].start <= start:
            section = left.pop()
            path = [open_ for open_ in path if open_.level < section.level]
            path.append(section)
        yield tuple(f"{section.number} {section.title}".strip() for section in path)
