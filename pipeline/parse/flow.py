"""Puts lines, tables and page breaks of a flowing format (DOCX, HTML, text) together into a Document."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from pipeline.errors import DocumentTooLarge
from schemas import Cell, Document, FormField, Line, LineKind, Page, Table

CELL_SEPARATOR = "\t"
"""Stands between the cells of a table row in the text: white space to every pattern, and no part of any cell."""

_LABEL = re.compile(
    r"\(?(?:[a-zA-Z]{1,2}|[ivxIVX]{1,5}|\d{1,3}(?:\.\d{1,3}){0,3})[.)]\.?|\d{1,3}(?:\.\d{1,3}){1,3}|[•·▪■○●o§–—*-]"
)
_PAGE_NUMBER = re.compile(r"(?i)(?:page )?[-–—]? ?(?:[A-Z]-)?(\d{1,3}|[ivxl]{1,6}) ?[-–—]?(?: of \d{1,3})?")
MOST_BYTES = 40_000_000
"""Of one text, web page or XML part: 2,000 pages have a fifth of them, and more would not fit into the memory allowed."""

MOST_TAGS = 2_500_000
"""Opening and closing tags of one web page or XML part: their tree takes some 400 MB."""

_MOST_LINES = 200_000
_APART = 8  # lines; numbers nearer to each other count items
_LEAST = 4  # page numbers that make a series
_SPACE = re.compile(r"[^\S\n]+")
_DROPPED = dict.fromkeys([*range(9), *range(14, 32), *range(0x7F, 0xA0), 0xAD, 0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF])
_SINGLE = dict.fromkeys([0x0B, 0x0C, 0x0D, 0x85, 0x2028, 0x2029], "\n") | {0x2010: "-", 0x2011: "-"}
_TABLE = _DROPPED | _SINGLE | {ord(c): s for c, s in {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl"}.items()}


def clean(text: str) -> str:
    """Text as it reads: one space for any run of spaces, line breaks kept, nothing invisible.

    >>> clean("A\\u00a0 B\\u00ad\\tC \\n D")
    'A B C\\nD'
    """
    lines = (_SPACE.sub(" ", line).strip() for line in text.translate(_TABLE).split("\n"))
    return "\n".join(lines).strip("\n")


@dataclass(frozen=True, slots=True)
class RawCell:
    """A cell as a format gives it: paragraphs parted by line breaks, and how many rows and columns it spans."""

    text: str
    row_span: int = 1
    column_span: int = 1
    head: bool = False
    bold: bool = False


@dataclass(slots=True)
class Flow:
    """Collects the document while it is read; text is kept in parts and joined once."""

    name: str = ""  # of the file, for messages
    parts: list[str] = field(default_factory=list)
    offset: int = 0
    lines: list[Line] = field(default_factory=list)
    breaks: list[int] = field(default_factory=list)  # numbers of lines that begin a page
    tables: list[Table] = field(default_factory=list)
    outline: list[tuple[int, str, int]] = field(default_factory=list)
    form_fields: list[FormField] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)

    @property
    def page(self) -> int:
        """The number of the page that is being filled."""
        return len(self.breaks) + 1

    def add(self, text: str, kind: LineKind = "body", *, size: float = 0.0, bold: bool = False, level: int = 0) -> None:
        """Adds a paragraph, one line for each of its line breaks; a `level` puts a heading into the outline."""
        for part in clean(text).split("\n"):
            if part:
                self._line(part, kind, size, bold)
        if level and kind == "heading" and text.strip():
            self.outline.append((level, " ".join(clean(text).split()), self.page))

    def parts_from(self, offset: int) -> list[str]:
        """The texts of the lines added since the text was `offset` long."""
        first = bisect_left(self.lines, offset, key=lambda line: line.start)
        return self.parts[first:]

    def end_page(self) -> None:
        """The next line begins a page; a number alone on the last line is the page's."""
        if self.lines and (not self.breaks or self.breaks[-1] != len(self.lines)):
            if self._ends_in_number():
                self.lines[-1] = replace(self.lines[-1], kind="page_number")
            self.breaks.append(len(self.lines))

    def rule(self) -> None:
        """A horizontal rule: it ends a page where it stands under a page number."""
        if self._ends_in_number():
            self.end_page()

    def _ends_in_number(self) -> bool:
        return bool(self.lines) and self.lines[-1].kind == "body" and bool(_PAGE_NUMBER.fullmatch(self.parts[-1]))

    def table(self, rows: Sequence[Sequence[RawCell]]) -> None:
        """Adds a table: as rows and cells if it holds data, as lines if it only arranges text on the page."""
        grid = _placed(rows)
        filled = [[cell for cell in row if cell.text] for row in grid]
        if sum(len(row) > 1 for row in filled) < 2 or _arranges(filled):
            for row, raw in zip(filled, rows, strict=True):
                self._flowing(row, all(cell.bold for cell in raw if cell.text))
            return
        begin, cells = self.offset, []
        for row in filled:
            cells += self._row(row)
        columns = sorted({cell.column for cell in cells})
        kept = [_squeezed(cell, columns) for cell in cells]
        heads = {cell.row for row, raw in zip(grid, rows, strict=True) for cell in row if any(c.head for c in raw)}
        header_rows = next((i for i in range(len(grid)) if i not in heads), len(heads)) or 1
        self.tables.append(Table(self.page, begin, max(begin, self.offset - 1), tuple(kept), header_rows))

    def _line(self, text: str, kind: LineKind, size: float, bold: bool) -> tuple[int, int]:
        if len(self.lines) >= _MOST_LINES:
            raise too_much_text(self.name)
        start, end = self.offset, self.offset + len(text)
        self.lines.append(Line(start, end, kind, size, bold))
        self.parts.append(text)
        self.offset = end + 1
        return start, end

    def _flowing(self, row: Sequence[Cell], bold: bool) -> None:
        """Cells one after the other; a list label, a mark or a short entry joins the text to its right."""
        text = ""
        for cell in row:
            joined = "\n" in cell.text or "\n" in text
            text += ("\n" if joined and not _LABEL.fullmatch(text) else " ") * bool(text) + cell.text
        self.add(text, bold=bold)

    def _row(self, row: Sequence[Cell]) -> list[Cell]:
        """One line for a row of short cells, else the paragraphs of each cell on lines of their own."""
        placed = []
        if all("\n" not in cell.text for cell in row):
            start = self.offset
            for cell in row:
                placed.append(replace(cell, start=start, end=start + len(cell.text)))
                start += len(cell.text) + len(CELL_SEPARATOR)
            if row:
                self._line(CELL_SEPARATOR.join(cell.text for cell in row), "table", 0.0, False)
            return placed
        for cell in row:
            start = self.offset
            self.add(cell.text, "table")
            placed.append(replace(cell, start=start, end=self.offset - 1))
        return placed

    def document(self, path: Path, sha256: str, media_type: str, metadata: dict[str, str] | None = None) -> Document:
        """The finished document, still without sections."""
        bounds = [*(b for b in self.breaks if b < len(self.lines)), len(self.lines)]
        lines = _with_page_numbers(self.parts, self.lines)
        pages, first = [], 0
        for number, last in enumerate(bounds, 1):
            start = lines[first].start if first < len(lines) else 0
            end = lines[last - 1].end if last else 0
            pages.append(Page(number, start, end, tuple(lines[first:last])))
            first = last
        return Document(
            name=path.name,
            sha256=sha256,
            media_type=media_type,
            text="\n".join(self.parts),
            pages=tuple(pages),
            tables=tuple(self.tables),
            outline=tuple(self.outline),
            metadata=metadata or {},
            form_fields=tuple(self.form_fields),
            warnings=tuple(dict.fromkeys(self.warnings)),
        )


def too_much_text(name: str) -> DocumentTooLarge:
    """The error for a document that holds more text than a parser takes on."""
    return DocumentTooLarge(f"{name} holds more text than 2,000 pages do; split it into its documents")


def check_markup(name: str, data: bytes) -> None:
    """Refuses markup whose tree would not fit into the memory allowed.

    Raises:
        DocumentTooLarge
    """
    if len(data) > MOST_BYTES or data.count(b"<") > MOST_TAGS:
        raise too_much_text(name)


def _placed(rows: Sequence[Sequence[RawCell]]) -> list[list[Cell]]:
    """Cells with row and column, spans taken into account; marks ($, %, brackets) joined to the cell they belong to."""
    taken: set[tuple[int, int]] = set()
    grid = []
    for r, row in enumerate(rows):
        column, placed = 0, []
        for raw in row:
            while (r, column) in taken:
                column += 1
            across, down = min(max(raw.column_span, 1), 200), min(max(raw.row_span, 1), len(rows) - r)
            if down > 1:
                taken.update((r + i, column + j) for i in range(1, down) for j in range(across))
            placed.append(Cell(r, column, clean(raw.text), row_span=down, column_span=across))
            column += across
        grid.append(_with_marks(placed))
    return grid


def _squeezed(cell: Cell, columns: Sequence[int]) -> Cell:
    """The cell in a grid that has only the columns in which a cell begins."""
    first = bisect_left(columns, cell.column)
    last = bisect_left(columns, cell.column + cell.column_span)
    return replace(cell, column=first, column_span=max(1, last - first))


def _with_marks(row: list[Cell]) -> list[Cell]:
    """A currency sign alone in a cell is joined to the amount on its right, a percent sign or bracket to the left.

    >>> [c.text for c in _with_marks([Cell(0, 0, "Rent"), Cell(0, 1, "$"), Cell(0, 2, "(1,450"), Cell(0, 3, ")")])]
    ['Rent', '$(1,450)']
    """
    joined: list[Cell] = []
    for cell in (c for c in row if c.text):
        last = joined[-1] if joined else None
        opens = last is not None and last.text in {"$", "€", "£", "US$", "("}
        closes = last is not None and cell.text in {"%", ")", ")%"} and last.text[-1].isalnum()
        if last is not None and (opens or closes):
            joined[-1] = replace(
                last, text=last.text + cell.text, column_span=cell.column + cell.column_span - last.column
            )
        else:
            joined.append(cell)
    return joined


def _arranges(rows: Iterable[Sequence[Cell]]) -> bool:
    """Whether a table only arranges text: every row is a list label or mark and one text beside it."""
    filled = [row for row in rows if row]
    return all(len(row) == 1 or (len(row) == 2 and _LABEL.fullmatch(row[0].text)) for row in filled)


def _with_page_numbers(parts: Sequence[str], lines: Sequence[Line]) -> list[Line]:
    """Marks numbers alone on their lines that count on, far apart: the page numbers of a layout that was given up."""
    marked = list(lines)
    series: list[list[int]] = []
    values: dict[int, int] = {}
    for i, line in enumerate(lines):
        match = _PAGE_NUMBER.fullmatch(parts[i]) if len(parts[i]) <= 16 and line.kind == "body" else None
        if match is None or not match[1].isdigit():
            continue
        values[i] = int(match[1])
        for chain in reversed(series[-20:]):
            if 1 <= values[i] - values[chain[-1]] <= 2 and i - chain[-1] >= _APART:
                chain.append(i)
                break
        else:
            series.append([i])
    for chain in series:
        if len(chain) >= _LEAST:
            for i in chain:
                marked[i] = replace(lines[i], kind="page_number")
    return marked
