"""Boxes on the page for spans of a document's text, read from the PDF again only for the pages asked about."""

from collections.abc import Iterable, Sequence
from contextlib import ExitStack
from pathlib import Path

import pypdfium2

from pipeline.parse.line_boxes import boxes_within
from pipeline.parse.pdf_chars import PageChars, display
from pipeline.parse.pdf_glyphs import clean, decode_glyphs
from pipeline.parse.pdf_kept import KeptPages
from schemas import Box, Document, Line

_LOOK_AHEAD = 40  # raw characters a line may hold more than its text: dropped marks, line breaks between joined parts


def locate_pdf(
    path: Path,
    document: Document,
    spans: Sequence[tuple[int, int]],
    password: str | None = None,
    kept: KeptPages | None = None,
) -> list[list[Box]]:
    """Boxes of spans of the document's text, one per line part, in points of the shown page, origin top left.

    Args:
        path: the file the document was read from.
        document: as `read_pdf` gave it.
        spans: start and end offsets into its text.
        password: as for reading.
        kept: the pages that reading left open; the others are loaded again.
    """
    wanted: dict[int, list[tuple[int, Line]]] = {}
    for i, span in enumerate(spans):
        for number, line in _lines_in(document, *span):
            wanted.setdefault(number, []).append((i, line))
    found: list[list[Box]] = [[] for _ in spans]
    if not wanted:
        return found
    with _Pages(path, password, len(document.pages), kept) as pages:
        for number in sorted(wanted):
            for i, line in wanted[number]:
                start, end = max(spans[i][0], line.start), min(spans[i][1], line.end)
                found[i] += _boxes(pages, number, document.text, line, start, end)
    return found


def _lines_in(document: Document, start: int, end: int) -> Iterable[tuple[int, Line]]:
    if start >= end or not document.pages:
        return
    first, last = document.page_at(start).number, document.page_at(end - 1).number
    for page in document.pages[first - 1 : last]:
        for line in page.lines:
            if line.start < end and start < line.end:
                yield page.number, line


class _Pages:
    """The characters of pages: of those kept open, else of the file, opened again when the first is asked for."""

    def __init__(self, path: Path, password: str | None, count: int, kept: KeptPages | None) -> None:
        self._path, self._password, self._count, self._kept = path, password, count, kept
        self._open = ExitStack()
        self._page = ExitStack()
        self._pdf: pypdfium2.PdfDocument | None = None
        self._last: tuple[int, PageChars | None] = (0, None)

    def __enter__(self) -> "_Pages":
        return self

    def __exit__(self, *_: object) -> None:
        self._page.close()
        self._open.close()

    def chars(self, number: int) -> PageChars:
        """The characters of a page; those of the one before are no longer good."""
        chars = self._kept.chars(number) if self._kept else None
        if chars is None:
            chars = self._last[1] if self._last[0] == number else None
        if chars is None:
            chars = self._load(number)
            self._last = number, chars
        return chars

    def _load(self, number: int) -> PageChars:
        if self._pdf is None:
            from pipeline.parse.pdf_open import open_pdf

            self._pdf, _ = open_pdf(self._path, self._path.read_bytes(), self._password, max_pages=self._count)
            self._open.callback(self._pdf.close)
        self._page.close()
        page = self._pdf[number - 1]
        self._page.callback(page.close)
        textpage = page.get_textpage()
        self._page.callback(textpage.close)
        return PageChars(textpage, display(page))


def _boxes(pages: _Pages, number: int, text: str, line: Line, start: int, end: int) -> list[Box]:
    if line.box is not None:
        return boxes_within(line, text, start, end)
    if line.source < 0:
        return []
    chars = pages.chars(number)
    first = line.source
    raw = chars.text[first : first + (line.end - line.start) + _LOOK_AHEAD]
    places = aligned(text[line.start : line.end], raw)
    own, places = text[start:end], places[start - line.start : end - line.start]
    return _joined(chars.boxes([first + p for p in _ends(own, places)]))


def _ends(text: str, places: Sequence[int]) -> list[int]:
    """The places of all characters but those within a word, which lie in the box around its first and last one.

    >>> _ends("any rent", [0, 1, 2, -1, 4, 5, 6, 7])
    [0, 2, 4, 7]
    """
    last = len(places) - 1
    return [
        at
        for i, at in enumerate(places)
        if at >= 0
        and not (0 < i < last and places[i - 1] == at - 1 and places[i + 1] == at + 1 and text[i - 1 : i + 2].isalnum())
    ]


def aligned(text: str, raw: str) -> list[int]:
    """For each character of a line's text the index of the raw character that shows it, -1 for spaces.

    >>> aligned("efficacy of", "e\\ufb03cacy\\r\\nof")
    [0, 1, 1, 1, 2, 3, 4, 5, -1, 8, 9]
    """
    if raw.startswith(text) and text.isprintable():
        return [-1 if char.isspace() else i for i, char in enumerate(text)]
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
