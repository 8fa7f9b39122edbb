"""The one data structure every format is read into: a text with character offsets, and what points into it."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal

Box = tuple[float, float, float, float]
"""x0, y0, x1, y1 in PDF points (1/72 inch), origin at the top left of the page as it is shown."""

LineKind = Literal["body", "heading", "table", "header", "footer", "page_number", "footnote"]
"""What a line is on its page. header, footer and page_number repeat from page to page and are no part of a sentence."""

PageSource = Literal["text", "ocr", "textract"]
"""How a page's text was won: it is in the file, our own OCR read it, or Amazon Textract did."""

UNSEEN = "text that can't be seen"
"""What a document's warnings call text that was left out because no reader of the file sees it."""

RUNNING: frozenset[LineKind] = frozenset({"header", "footer", "page_number"})


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a page, in reading order.

    Args:
        start: offset of its first character in `Document.text`.
        end: offset after its last character.
        kind: what the line is on its page.
        size: font size in points, 0 where the format has none.
        bold: whether the line is set in a bold face.
        source: index of its first character in the page as the format counts them (pdfium's character index), -1 where
            the format has none; `pipeline.parse.locate` uses it to find boxes.
        box: where the line stands, if that was cheap to know (OCR); None means ask `pipeline.parse.locate`.
        words: where each of its words stands, if a service that reads pages told.
    """

    start: int
    end: int
    kind: LineKind = "body"
    size: float = 0.0
    bold: bool = False
    source: int = -1
    box: Box | None = None
    words: tuple[Box, ...] = ()


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a table; `text` is what it says, `start`/`end` where (-1 if it is not contiguous in the text)."""

    row: int
    column: int
    text: str
    start: int = -1
    end: int = -1
    row_span: int = 1
    column_span: int = 1


@dataclass(frozen=True, slots=True)
class Table:
    """Rows and cells of a table on one page; `start`/`end` bound its text, `header_rows` counts the head."""

    page: int
    start: int
    end: int
    cells: tuple[Cell, ...]
    header_rows: int = 1
    box: Box | None = None

    def rows(self) -> list[list[str]]:
        """The texts of the table as a full grid; a spanning cell's text stands in its first place only.

        >>> Table(1, 0, 3, (Cell(0, 0, "a"), Cell(1, 1, "b"))).rows()
        [['a', ''], ['', 'b']]
        """
        height = max((c.row + c.row_span for c in self.cells), default=0)
        width = max((c.column + c.column_span for c in self.cells), default=0)
        grid = [[""] * width for _ in range(height)]
        for cell in self.cells:
            grid[cell.row][cell.column] = cell.text
        return grid


@dataclass(frozen=True, slots=True)
class Page:
    """One page: its slice of the text, its size in points, how its text was won. Formats without pages have one page."""

    number: int
    start: int
    end: int
    lines: tuple[Line, ...] = ()
    width: float = 0.0
    height: float = 0.0
    rotation: int = 0
    source: PageSource = "text"


@dataclass(frozen=True, slots=True)
class Section:
    """A headed part of the document: `start`..`end` is heading and body, up to the next section of its level or above.

    Args:
        number: as printed ("5.1", "ARTICLE IV", "Section 3"), "" if unnumbered.
        title: the heading's words without the number.
        level: 1 for the top.
        start: offset of the heading.
        body: offset where the text under the heading begins (a run-in heading's body begins on the same line).
        end: offset after the last character of the section, subsections included.
    """

    number: str
    title: str
    level: int
    start: int
    body: int
    end: int


@dataclass(frozen=True, slots=True)
class FormField:
    """A filled form field of the document (AcroForm, content control): its name, label if known, value and place."""

    name: str
    value: str
    page: int
    start: int = -1
    end: int = -1


@dataclass(frozen=True, slots=True, weakref_slot=True)
class Document:
    """A document as read: its text once, and pages, lines, tables and sections that point into it by offset.

    >>> d = Document("a.txt", "0" * 64, "text/plain", "One\\nTwo", (Page(1, 0, 7, (Line(0, 3), Line(4, 7))),))
    >>> d.page_at(5).number, d.slice(4, 7)
    (1, 'Two')
    """

    name: str
    sha256: str
    media_type: str
    text: str
    pages: tuple[Page, ...]
    tables: tuple[Table, ...] = ()
    sections: tuple[Section, ...] = ()
    outline: tuple[tuple[int, str, int], ...] = ()  # level from 1, title, page number from 1 (0: unknown)
    metadata: dict[str, str] = field(default_factory=dict)
    form_fields: tuple[FormField, ...] = ()
    warnings: tuple[str, ...] = ()

    @property
    def ocr_pages(self) -> list[int]:
        """Numbers (from 1) of the pages whose text was won by OCR."""
        return [p.number for p in self.pages if p.source != "text"]

    def slice(self, start: int, end: int) -> str:
        """The document's own characters from `start` up to `end`."""
        return self.text[start:end]

    def page_at(self, offset: int) -> Page:
        """The page that holds the character at `offset` (the last page for offsets past the end)."""
        low, high = 0, len(self.pages) - 1
        while low < high:
            middle = (low + high + 1) // 2
            if self.pages[middle].start <= offset:
                low = middle
            else:
                high = middle - 1
        return self.pages[low]

    def lines(self) -> Iterator[Line]:
        """Every line of the document in reading order."""
        for page in self.pages:
            yield from page.lines

    def body_lines(self) -> Iterator[Line]:
        """Every line but the running heads, feet and page numbers."""
        return (line for line in self.lines() if line.kind not in RUNNING)
