"""Boxes on the page for spans of a document's text, read from the PDF again only for the pages asked about."""

from collections.abc import Iterable, Sequence
from pathlib import Path

import pypdfium2

from pipeline.parse.pdf_chars import PageChars, display
from pipeline.parse.pdf_glyphs import clean, decode_glyphs
from schemas import Box, Document, Line, Page

_LOOK_AHEAD = 40  # raw characters a line may hold more than its text: dropped marks, line breaks between joined parts


def locate_pdf(
    path: Path, document: Document, spans: Sequence[tuple[int, int]], password: str | None = None
) -> list[list[Box]]:
    """Boxes of spans of the document's text, one per line part, in points of the shown page, origin top left.

    Args:
        path: the file the document was read from.
        document: as `read_pdf` gave it.
        spans: start and end offsets into its text.
        password: as for reading.
    """
    wanted: dict[int, list[tuple[int, Line]]] = {}
    for i, span in enumerate(spans):
        for number, line in _lines_in(document, *span):
            wanted.setdefault(number, []).append((i, line))
    found: list[list[Box]] = [[] for _ in spans]
    if not wanted:
        return found
    from pipeline.parse.pdf_open import open_pdf

    pdf, _ = open_pdf(path, path.read_bytes(), password, max_pages=len(document.pages))
    try:
        for number in sorted(wanted):
            chars_of = _PageReader(pdf, number - 1)
            try:
                for i, line in wanted[number]:
                    start, end = max(spans[i][0], line.start), min(spans[i][1], line.end)
                    found[i] += _boxes(chars_of, document.text, line, start, end)
            finally:
                chars_of.close()
    finally:
        pdf.close()
    return found


def _lines_in(document: Document, start: int, end: int) -> Iterable[tuple[int, Line]]:
    if start >= end or not document.pages:
        return
    first, last = document.page_at(start).number, document.page_at(end - 1).number
    for page in _between(document.pages, first, last):
        for line in page.lines:
            if line.start < end and start < line.end:
                yield page.number, line


def _between(pages: Sequence[Page], first: int, last: int) -> Iterable[Page]:
    return (page for page in pages if first <= page.number <= last)


class _PageReader:
    """Opens a page when its characters are first asked for."""

    def __init__(self, pdf: pypdfium2.PdfDocument, index: int) -> None:
        self._pdf, self._index = pdf, index
        self._page: pypdfium2.PdfPage | None = None
        self._chars: PageChars | None = None

    def chars(self) -> PageChars:
        if self._chars is None:
            self._page = self._pdf[self._index]
            self._textpage = self._page.get_textpage()
            self._chars = PageChars(self._textpage, display(self._page))
        return self._chars

    def close(self) -> None:
        if self._page is not None:
            self._textpage.close()
            self._page.close()


def _boxes(reader: _PageReader, text: str, line: Line, start: int, end: int) -> list[Box]:
    if line.box is not None:
        return [_share(line.box, line, start, end)]
    if line.source < 0:
        return []
    chars = reader.chars()
    first = line.source
    raw = chars.text[first : first + (line.end - line.start) + _LOOK_AHEAD]
    places = aligned(text[line.start : line.end], raw)
    positions = [first + p for p in places[start - line.start : end - line.start] if p >= 0]
    return _joined(chars.boxes(positions))


def aligned(text: str, raw: str) -> list[int]:
    """For each character of a line's text the index of the raw character that shows it, -1 for spaces.

    >>> aligned("efficacy of", "e\\ufb03cacy\\r\\nof")
    [0, 1, 1, 1, 2, 3, 4, 5, -1, 8, 9]
    """
    places = _match(text, raw)
    if places is None:
        places = _match(text, decode_glyphs(raw.split("\r")[0]))
    return places if places is not None else [min(i, len(raw) - 1) for i in range(len(text))]


def _match(text: str, raw: str) -> list[int] | None:
    shown = [(i, c) for i, mark in enumerate(raw) for c in clean(mark) if not c.isspace()]
    places, at = [], 0
    for char in text:
        if char.isspace():
            places.append(-1)
            continue
        while at < len(shown) and shown[at][1] != char and shown[at][1] == "-":
            at += 1  # a line-end hyphen that is no part of the word
        if at == len(shown) or shown[at][1] != char:
            return None
        places.append(shown[at][0])
        at += 1
    return places


def _share(box: Box, line: Line, start: int, end: int) -> Box:
    """The part of a line's box that some of its characters take up, as if all were of one width."""
    x0, y0, x1, y1 = box
    width = (x1 - x0) / max(1, line.end - line.start)
    return (x0 + width * (start - line.start), y0, x0 + width * (end - line.start), y1)


def _joined(boxes: Sequence[Box]) -> list[Box]:
    """One box for each run of characters that stand side by side, or one above the other if the line runs upwards."""
    shown = [box for box in boxes if box[0] < box[2] and box[1] < box[3]]
    upright = len(shown) > 1 and not _overlap(shown[0], shown[1], 1) and _overlap(shown[0], shown[1], 0)
    joined: list[Box] = []
    for box in shown:
        last = joined[-1] if joined else None
        if last is not None and _overlap(last, box, 0 if upright else 1):
            joined[-1] = (min(last[0], box[0]), min(last[1], box[1]), max(last[2], box[2]), max(last[3], box[3]))
        else:
            joined.append(box)
    return joined


def _overlap(a: Box, b: Box, axis: int) -> bool:
    """Whether two boxes share much of their extent along x (0) or y (1)."""
    shared = min(a[axis + 2], b[axis + 2]) - max(a[axis], b[axis])
    return shared > 0.3 * min(a[axis + 2] - a[axis], b[axis + 2] - b[axis])
