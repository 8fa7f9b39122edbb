"""Document -> passages that follow its sections, paragraphs and tables, each with its heading path and offsets."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from schemas import Document, Passage, Section, Table

TARGET = 1_000  # characters from which a passage ends at the next end of a paragraph
LONGEST = 1_600  # characters a passage has at most
TINY = 250  # below this a passage is joined with its neighbour, section border or not
TABLE = 2_400  # characters up to which a table is one passage

_PARAGRAPH_END = re.compile(r"[.:;!?”\")\]]\s*$")
_SENTENCE_END = re.compile(r"(?<=[.;:!?])\s+")


@dataclass(frozen=True, slots=True)
class _Span:
    """A stretch of text, or rows of a table, under a heading path."""

    start: int
    end: int
    heading: tuple[str, ...]
    table: str = ""  # the rows as text, if it is a table


def chunk(document: Document) -> tuple[Passage, ...]:
    """The passages of a document in reading order, numbered from 1.

    Text passages are slices of the document of about 800 to 1,500 characters that do not cross a section border unless
    one side is tiny; running heads and feet are left out at their edges. Tables are passages of their own, whole or by
    groups of rows with the head repeated, cells parted by " | ".

    >>> from schemas import Line, Page
    >>> text = "1. RENT\\nTenant pays."
    >>> document = Document("a", "", "text/plain", text, (Page(1, 0, 20, (Line(0, 7), Line(8, 20))),))
    >>> [(p.number, p.text) for p in chunk(document)]
    [(1, '1. RENT\\nTenant pays.')]
    """
    spans: list[_Span] = []
    body = [(line.start, line.end) for line in document.body_lines()]
    tables = sorted((t for t in document.tables if t.end > t.start), key=lambda t: t.start)
    at = 0
    for table in tables:
        if table.start < at:
            continue
        spans.extend(_texts(document, body, at, table.start))
        spans.extend(_rows(document, table))
        at = table.end
    spans.extend(_texts(document, body, at, len(document.text)))
    return tuple(
        Passage(
            number,
            span.table or document.text[span.start : span.end],
            span.start,
            span.end,
            document.page_at(span.start).number,
            span.heading,
            "table" if span.table else "text",
        )
        for number, span in enumerate(spans, 1)
    )


def _texts(document: Document, body: list[tuple[int, int]], start: int, end: int) -> list[_Span]:
    """The text passages between two offsets; `body` are the spans of the document's body lines."""
    pieces = [
        _Span(a, b, path)
        for low, high, path in _sections(document.sections, start, end)
        for a, b in _packed(document.text, _within(document.text, body, low, high))
    ]
    joined: list[_Span] = []
    for piece in pieces:
        before = joined[-1] if joined else None
        small = before is not None and min(before.end - before.start, piece.end - piece.start) < TINY
        if before is not None and small and piece.end - before.start <= LONGEST:
            path = before.heading if before.end - before.start >= TINY else piece.heading
            joined[-1] = replace(before, end=piece.end, heading=path)
        else:
            joined.append(piece)
    return joined


def _sections(sections: Sequence[Section], start: int, end: int) -> Iterator[tuple[int, int, tuple[str, ...]]]:
    """The stretches between section starts that lie in `start`..`end`, each with the titles it stands under."""
    open_: list[Section] = []
    at = 0
    for section in (*sections, None):
        until = section.start if section else end
        low, high = max(at, start), min(until, end)
        if low < high:
            yield low, high, tuple(f"{s.number} {s.title}".strip() for s in open_)
        if section is None or section.start >= end:
            return
        while open_ and open_[-1].level >= section.level:
            open_.pop()
        open_.append(section)
        at = section.start


def _within(text: str, body: list[tuple[int, int]], start: int, end: int) -> Iterator[tuple[int, int]]:
    """The spans of the lines in `start`..`end`, over-long lines cut at sentence ends."""
    for i in range(max(0, bisect_right(body, (start, start)) - 1), len(body)):
        low, high = max(body[i][0], start), min(body[i][1], end)
        if body[i][0] >= end:
            return
        if low < high:
            yield from [(low, high)] if high - low <= LONGEST else _cut(text, low, high)


def _cut(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """A long paragraph in pieces that end with a sentence where there is one."""
    while end - start > LONGEST:
        cut = 0
        for match in _SENTENCE_END.finditer(text, start + TARGET // 2, start + TARGET + TINY):
            cut = match.end()
        if not cut:
            space = text.rfind(" ", start + TARGET // 2, start + LONGEST)
            cut = space + 1 if space > 0 else start + LONGEST
        yield start, cut
        start = cut
    yield start, end


def _packed(text: str, lines: Iterator[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Lines packed into passages: closed at the end of a paragraph past TARGET, anywhere before LONGEST."""
    start = end = -1
    for low, high in lines:
        if start >= 0 and (
            high - start > LONGEST or (end - start >= TARGET and _PARAGRAPH_END.search(text, max(start, end - 4), end))
        ):
            yield start, end
            start = -1
        if start < 0:
            if not text[low:high].strip():
                continue
            start = low
        end = high
    if start >= 0:
        yield start, end


def _rows(document: Document, table: Table) -> Iterator[_Span]:
    """A table whole, or by groups of rows with its head repeated."""
    path = next((path for _, _, path in _sections(document.sections, table.start, table.start + 1)), ())
    rows = [" | ".join(" ".join(cell.split()) for cell in row) for row in table.rows()]
    head = rows[: table.header_rows] if len(rows) > table.header_rows else []
    if sum(map(len, rows)) <= TABLE:
        yield _Span(table.start, table.end, path, "\n".join(rows))
        return
    places: dict[int, tuple[int, int]] = {}
    for cell in table.cells:
        if cell.start >= 0:
            low, high = places.get(cell.row, (cell.start, cell.end))
            places[cell.row] = min(low, cell.start), max(high, cell.end)
    group: list[int] = []
    for row in range(len(head), len(rows)):
        group.append(row)
        if sum(len(rows[r]) for r in group) >= TARGET or row == len(rows) - 1:
            known = [places[r] for r in group if r in places]
            start = min((a for a, _ in known), default=table.start)
            end = max((b for _, b in known), default=table.end)
            yield _Span(start, end, path, "\n".join([*head, *(rows[r] for r in group)]))
            group = []
