"""Document -> units, the smallest stretches that are shown or left out: a sentence or two, a list item, lines of a table."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from schemas import Document, Line, Section

LONGEST = 320  # characters a unit has at most
SHORT = 60  # below this a unit takes up the next line, sentence end or not
ROW = 120  # from this a unit in a table takes up no further line

_SENTENCE_END = re.compile(
    r"(?<![\s.(][A-Za-z])(?<!\bNo)(?<!\bInc)(?<!\bSt)(?<!\bvs)(?<!\bCo)(?<!\bDr)(?<!\bMr)"
    r"[.;:?!][)”\"’]?\s+(?=[^a-z\s])|\n\s*\n"
)
_ITEM = re.compile(r"\s*(?:[•·▪●○–*-]\s|\(?(?:\d{1,3}|[a-zA-Z]|[ivx]{1,5})[.)]\s|\d{1,2}(?:\.\d{1,2}){1,4}\.?\s)")
_LINE_END = re.compile(r"[.:;!?][\"”)\]]?\s*$")


@dataclass(frozen=True, slots=True)
class Unit:
    """A stretch of a document's text.

    Args:
        start, end: where it stands.
        heading: the headings it stands under, outermost first.
        table: whether it is part of a table.
        heads: whether it is a heading itself.
        item: whether it begins as a list item does.
    """

    start: int
    end: int
    heading: tuple[str, ...] = ()
    table: bool = False
    heads: bool = False
    item: bool = False


def units_of(document: Document) -> tuple[Unit, ...]:
    """The units of a document in reading order, without its running heads and feet; they do not overlap.

    >>> from schemas import Line, Page
    >>> text = "1. RENT\\nTenant pays $900."
    >>> lines = (Line(0, 7, "heading"), Line(8, 25))
    >>> [(u.start, u.end) for u in units_of(Document("a", "", "text/plain", text, (Page(1, 0, 25, lines),)))]
    [(0, 7), (8, 25)]
    """
    made: list[Unit] = []
    joinable = False
    for piece in _pieces(document):
        if piece is None:
            joinable = False
        elif joinable and _continues(document.text, made[-1], piece):
            made[-1] = replace(made[-1], end=piece.end)
        else:
            made.append(piece)
            joinable = True
    return tuple(made)


def _continues(text: str, before: Unit, piece: Unit) -> bool:
    """Whether a piece belongs to the unit before it."""
    size = before.end - before.start
    if piece.heads or piece.item or before.heads or before.table != piece.table:
        return False
    if piece.end - before.start > LONGEST or (piece.table and size > ROW):
        return False
    return size < SHORT or not _LINE_END.search(text, max(before.start, before.end - 4), before.end)


def _pieces(document: Document) -> Iterator[Unit | None]:
    """The lines of the body under their headings, long ones in pieces; None stands for a blank line."""
    text = document.text
    tables = sorted((t.start, t.end) for t in document.tables if t.end > t.start)
    headings = _Headings(document.sections)
    for line in document.body_lines():
        if not text[line.start : line.end].strip():
            yield None
            continue
        while tables and tables[0][1] <= line.start:
            tables.pop(0)
        table = bool(tables) and tables[0][0] <= line.start
        for start, end, heads in headings.parts(line):
            if not text[start:end].strip():
                continue
            item = bool(_ITEM.match(text, start, end))
            for low, high in _cut(text, start, end):
                first = low == start
                yield Unit(low, high, headings.path, table, heads and first, item and first)


class _Headings:
    """The headings that a document's lines stand under, line after line."""

    def __init__(self, sections: tuple[Section, ...]) -> None:
        self._left = list(reversed(sections))
        self._open: list[Section] = []
        self.path: tuple[str, ...] = ()

    def parts(self, line: Line) -> Iterator[tuple[int, int, bool]]:
        """A line parted where sections begin in it, and whether each part is a heading; `path` follows."""
        start = line.start
        begins = line.kind == "heading"
        while self._left and self._left[-1].start < line.end:
            section = self._left.pop()
            if section.start > start:
                yield start, section.start, begins
                start = section.start
            self._enter(section)
            begins = True
        yield start, line.end, begins

    def _enter(self, section: Section) -> None:
        while self._open and self._open[-1].level >= section.level:
            self._open.pop()
        self._open.append(section)
        self.path = tuple(f"{s.number} {s.title}".strip() for s in self._open)


def _cut(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """A long line in pieces that end with a sentence where there is one."""
    while end - start > LONGEST:
        cut = 0
        for match in _SENTENCE_END.finditer(text, start + SHORT, min(end, start + LONGEST)):
            cut = match.end()
        if not cut or cut >= end:
            space = text.rfind(" ", start + LONGEST // 2, start + LONGEST)
            cut = space + 1 if space > 0 else start + LONGEST
        yield start, cut
        start = cut
    if start < end:
        yield start, end
