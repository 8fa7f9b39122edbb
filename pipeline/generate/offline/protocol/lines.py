"""The lines of a protocol without its running heads, by offset, and how lines become prose again."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from schemas import RUNNING, Document, Page

BULLET = re.compile(r"(?:[•●▪■◦○∙·►➢✓\uf0b7\uf0a7o–—-]|\uf0d8)\s+(?=\S)")
NUMBERED = re.compile(r"(?:\(?(?:\d{1,2}|[a-z]|[ivx]{1,4})[.)]|\[\d{1,2}\])\s+(?=\S)")
_SPACE = re.compile(r"\s+")
_LINE_HYPHEN = re.compile(r"(?<=\w)(?:-[ \t]*\r?\n|\ufffe)\s*(?=\w)")
_SPLIT_WORD = re.compile(r"(?<=[a-z])(?:-[ \t]*\n|\ufffe)\s*(?=(?:tion|ment|ing|ed|ly|ity|ical|ized|ised|sis)\b)")


class TextLine(NamedTuple):
    """One line, trimmed: its words, where they stand, on which page, and how they are set."""

    text: str
    start: int
    end: int
    page: int
    size: float
    bold: bool


@dataclass(frozen=True, slots=True)
class Lines:
    """All lines that are no running heads, in reading order; `starts` lets a place be found quickly."""

    text: str
    all: tuple[TextLine, ...]
    starts: tuple[int, ...]

    def between(self, start: int, end: int) -> tuple[TextLine, ...]:
        """The lines that begin in `start`..`end`."""
        return self.all[bisect_left(self.starts, start) : bisect_left(self.starts, end)]

    def pieces(self, start: int, end: int) -> list[tuple[int, int]]:
        """The slices of `start`..`end` that are no running heads."""
        first = max(0, bisect_right(self.starts, start) - 1)
        cut = []
        for line in self.all[first : bisect_left(self.starts, end)]:
            low, high = max(line.start, start), min(line.end, end)
            if low < high:
                cut.append((low, high))
        return cut

    def prose(self, start: int, end: int) -> str:
        """The words of `start`..`end` as running text, without running heads, line breaks and hyphenation."""
        return prose("\n".join(self.text[low:high] for low, high in self.pieces(start, end)))


def lines_of(document: Document, pages: Sequence[Page] | None = None, running: bool = False) -> Lines:
    """The lines of a document, or of some of its pages, trimmed and without empty ones.

    Args:
        document: any document; only its text, pages and lines are used.
        pages: the pages to read; all of them by default.
        running: whether running heads and feet belong to them.
    """
    text = document.text
    found = []
    for page in document.pages if pages is None else pages:
        for line in page.lines:
            if not running and line.kind in RUNNING:
                continue
            raw = text[line.start : line.end]
            stripped = raw.strip()
            if stripped:
                start = line.start + (len(raw) - len(raw.lstrip()))
                found.append(TextLine(stripped, start, start + len(stripped), page.number, line.size, line.bold))
    return Lines(text, tuple(found), tuple(line.start for line in found))


def prose(text: str) -> str:
    """Join the lines of `text`, undoing hyphenation.

    >>> prose("a double-\\nblind treat-\\nment  of\\nadults ")
    'a double-blind treatment of adults'
    """
    if "-" in text or "\ufffe" in text:
        text = _SPLIT_WORD.sub("", text)
        text = _LINE_HYPHEN.sub("-", text)
    return _SPACE.sub(" ", text).strip()


def without_mark(text: str) -> str:
    """A list item without its bullet or number.

    >>> without_mark("• To assess"), without_mark("1. To assess"), without_mark("To assess")
    ('To assess', 'To assess', 'To assess')
    """
    mark = BULLET.match(text) or NUMBERED.match(text)
    return text[mark.end() :] if mark else text


def span(lines: Iterable[TextLine]) -> tuple[int, int]:
    """Where lines that follow each other begin and end."""
    items = list(lines)
    return items[0].start, items[-1].end
