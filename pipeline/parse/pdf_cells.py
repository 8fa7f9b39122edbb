"""Tables of a PDF page before the document's text is put together, and what they become then."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from pipeline.parse.pdf_glyphs import clean, lengthens
from pipeline.parse.pdf_grid import Region
from pipeline.parse.pdf_lines import RawLine
from schemas import RUNNING, Box, Cell, Table

_HEADED_COLUMNS = 3
_LAST_LETTERS = re.compile(r"([^\W\d_]{3,}) ?$")
_FIRST_LETTERS = re.compile(r"[^\W\d_A-Z]+")


class Fragment(NamedTuple):
    """Part of a line that stands in a cell: `raw[start:end]`, its footnote mark cut off at `shown`.

    `full` says that it reaches the cell's right edge, so that a word may be broken after it.
    """

    line: RawLine
    start: int
    end: int
    shown: int
    full: bool = False


@dataclass(slots=True)
class RawCell:
    """A cell of a table before the document's text is put together."""

    region: Region
    fragments: list[Fragment] = field(default_factory=list)

    def text(self, document: str) -> str:
        """What the cell says, lines joined by spaces, without raised footnote marks.

        Narrow cells break words without a hyphen; the document's text tells which, by having the whole word.
        """
        said = ""
        last: Fragment | None = None
        for fragment in self.fragments:
            if last is not None:
                between = fragment.line.raw[last.end : fragment.start] if fragment.line is last.line else " "
                between = clean(between)
                said += " " if " " in between or len(between) > 1 else between
            word = clean(fragment.line.raw[fragment.start : fragment.shown])
            if last is not None and last.full and last.line is not fragment.line and _is_broken(said, word, document):
                said = said.rstrip()
            said += word
            last = fragment
        return " ".join(said.split())


@dataclass(slots=True)
class RawTable:
    """A table of a page before the document's text is put together."""

    box: Box
    cells: list[RawCell]
    header_rows: int


def _is_broken(before: str, after: str, document: str) -> bool:
    """Whether a word goes on from one line of a narrow cell to the next.

    >>> _is_broken("Medical history/curren ", "t", "the current state"), _is_broken("bowel ", "sounds", "bowel sounds")
    (True, False)
    """
    tail, head = _LAST_LETTERS.search(before), _FIRST_LETTERS.match(after)
    if tail is None or head is None:
        return False
    return tail.group(1) + head.group() in document and f"{tail.group(1)} {head.group()}" not in document


def header_rows(cells: Sequence[RawCell]) -> int:
    """Rows of the head: what the first row's merged cells reach down to, and all bold rows that follow.

    A first row that is not bold is a head only over three columns or more, and if no mark (X) is in it.
    """
    rows: dict[int, list[RawCell]] = {}
    for cell in cells:
        if cell.fragments:
            rows.setdefault(cell.region.row, []).append(cell)
    if not rows:
        return 0
    first, last = min(rows), max(rows)
    head = max(cell.region.row + cell.region.row_span for cell in rows[first])
    marked = any(len(f.line.raw[f.start : f.shown]) == 1 for cell in rows[first][1:] for f in cell.fragments[:1])
    if not all(map(is_bold, rows[first])) and (len(rows[first]) < _HEADED_COLUMNS or (marked and head == first + 1)):
        return 0
    while head in rows and head < last and len(rows[head]) > 1 and all(map(is_bold, rows[head])):
        head += 1
    return min(head, last)


def is_bold(cell: RawCell) -> bool:
    return all(fragment.line.bold for fragment in cell.fragments)


def finish_table(table: RawTable, page: int, text: str) -> Table | None:
    """The table with offsets into the document's text; None if it is only a running head or foot in a frame.

    Args:
        table: as `find_tables` gave it, its lines with their offsets.
        page: number of its page, from 1.
        text: the document's text.
    """
    lines = {id(f.line): f.line for cell in table.cells for f in cell.fragments}.values()
    if all(line.kind in RUNNING for line in lines):
        return None
    cells = tuple(finish_cell(cell, text) for cell in table.cells)
    start, end = min(line.offset for line in lines), max(line.offset + line.length for line in lines)
    return Table(page, start, end, cells, table.header_rows, table.box)


def finish_cell(cell: RawCell, text: str) -> Cell:
    """The cell with offsets into the document's text; see `finish_table`."""
    region, fragments = cell.region, cell.fragments
    if not fragments:
        said, start, end = "", -1, -1
    elif len(fragments) == 1:
        (only,) = fragments
        said = clean(only.line.raw[only.start : only.shown])
        start, end = _offset(only.line, only.start), _offset(only.line, only.end)
    else:
        said = cell.text(text)
        start, end = _bounds(fragments, text)
    return Cell(region.row, region.column, said, start, end, region.row_span, region.column_span)


def _bounds(fragments: Sequence[Fragment], text: str) -> tuple[int, int]:
    """Where a cell begins and ends in the document's text, or -1, -1 if the text of others stands in between."""
    begins = [_offset(f.line, f.start) for f in fragments]
    ends = [_offset(f.line, f.end) for f in fragments]
    start, end = min(begins), max(ends)
    own = sum(len("".join(text[a:b].split())) for a, b in zip(begins, ends, strict=True))
    foreign = len("".join(text[start:end].split())) - own
    return (start, end) if foreign <= text.count("-", start, end) else (-1, -1)  # line-end hyphens are in no fragment


def _offset(line: RawLine, position: int) -> int:
    """Offset into the document's text of a position in a raw line."""
    same = line.length == len(line.raw) and not lengthens(line.raw)
    return line.offset + (position if same else len(clean(line.raw[:position]).lstrip()))
