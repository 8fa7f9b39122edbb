"""What Amazon Textract says of a page (its blocks) -> lines, tables and form fields. Pure: nothing is asked here.

Blocks name each other by id: a LINE its WORDs, a TABLE its CELLs, a KEY_VALUE_SET its other half. Places are shares of the
page as it is shown, from 0 to 1; the first corner of a polygon is where the writing begins, however the page lies.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from pipeline.parse.ocr_models import Quad
from pipeline.parse.pdf_cells import Fragment, RawCell, RawTable, header_rows
from pipeline.parse.pdf_grid import Region
from pipeline.parse.pdf_lines import RawLine
from pipeline.parse.raw_page import RawField, RawPage
from pipeline.parse.reading_order import reading_order
from pipeline.parse.straighten import bounds, turned
from schemas import Box

Block = Mapping[str, Any]

SURE = 50.0
"""Confidence in percent below which a line, table or form field is left out, as our own OCR does."""

MARKS = {"SELECTED": "[X]", "NOT_SELECTED": "[ ]"}
_MOST = 2_000  # rows or columns of a table


def read_blocks(blocks: Iterable[Block], sizes: Mapping[int, tuple[float, float]]) -> dict[int, RawPage]:
    """The pages that blocks tell of, by number.

    Args:
        blocks: of one document, all of them.
        sizes: width and height in points of each page, by its number in the blocks (from 1).

    >>> list(read_blocks([{"BlockType": "PAGE", "Id": "p", "Page": 1}], {1: (612, 792), 2: (612, 792)}))
    [1]
    """
    pages: dict[int, list[Block]] = defaultdict(list)
    for block in blocks:
        pages[block.get("Page", 1)].append(block)
    return {number: _read_page(pages[number], *sizes[number]) for number in sorted(pages) if number in sizes}


@dataclass(frozen=True, slots=True)
class _Piece:
    """A word or a check mark: what it is written as, and where its corners are, in points."""

    id: str
    text: str
    quad: Quad


@dataclass(slots=True)
class _Blocks:
    """The blocks of one page and its size in points; ids of blocks that are not there lead nowhere."""

    by_id: Mapping[str, Block]
    width: float
    height: float
    places: dict[str, tuple[int, Fragment]] = field(
        default_factory=dict
    )  # of pieces: number of the line, and where in it

    def of_type(self, *types: str) -> Iterator[Block]:
        return (b for b in self.by_id.values() if b.get("BlockType") in types and b.get("Confidence", 100.0) >= SURE)

    def related(self, block: Block, kind: str = "CHILD") -> list[Block]:
        ids = [i for r in block.get("Relationships") or () if r.get("Type") == kind for i in r.get("Ids") or ()]
        return [self.by_id[i] for i in ids if i in self.by_id]

    def piece(self, block: Block) -> _Piece | None:
        """A word, line or mark as a piece; None if it says nothing or nowhere."""
        text = MARKS.get(block.get("SelectionStatus", "")) or " ".join(str(block.get("Text") or "").split())
        quad = _quad(block, self.width, self.height)
        return _Piece(block["Id"], text, quad) if text and quad is not None else None

    def cell(self, region: Region, blocks: Iterable[Block]) -> RawCell:
        """A cell that holds those of the blocks that stand in a line."""
        ids = dict.fromkeys(b["Id"] for b in blocks)
        found = sorted((self.places[i] for i in ids if i in self.places), key=lambda place: (place[0], place[1].start))
        return RawCell(region, _runs([fragment for _, fragment in found]))


def _read_page(blocks: Sequence[Block], width: float, height: float) -> RawPage:
    page = _Blocks({b["Id"]: b for b in blocks if "Id" in b}, width, height)
    lines = _lines(page)
    tables = [table for block in page.of_type("TABLE") if (table := _table(page, block)) is not None]
    return RawPage(lines, width, height, tables=tables, fields=list(_fields(page)), source="textract")


def _quad(block: Block, width: float, height: float) -> Quad | None:
    """Corners of a block in points, the first where its writing begins."""
    geometry = block.get("Geometry") or {}
    corners = [(p.get("X", 0.0), p.get("Y", 0.0)) for p in geometry.get("Polygon") or ()]
    if len(corners) != 4:
        box = geometry.get("BoundingBox")
        if not box:
            return None
        x0, y0 = box.get("Left", 0.0), box.get("Top", 0.0)
        x1, y1 = x0 + box.get("Width", 0.0), y0 + box.get("Height", 0.0)
        corners = [(x0, y0), (x1, y0), (x1, y1), (x0, y1)]
    return (np.clip(np.array(corners, np.float32), 0.0, 1.0) * np.array([width, height], np.float32)).astype(np.float32)


def _lines(page: _Blocks) -> list[RawLine]:
    """The lines of the page in reading order, check marks in them where they stand; notes each piece's place."""
    groups = [_words(page, block) for block in page.of_type("LINE")]
    groups = [group for group in groups if group]
    angle = _angle([piece for group in groups for piece in group])
    marks = [p for block in page.of_type("SELECTION_ELEMENT") if (p := page.piece(block)) is not None]
    for mark in marks:
        _put(mark, groups, angle)
    rows = reading_order([_bounds(group, angle) for group in groups])
    return [_line(page, [piece for i in row for piece in groups[i]], number) for number, row in enumerate(rows)]


def _words(page: _Blocks, line: Block) -> list[_Piece]:
    """The words of a line; the line itself where they are not told."""
    words = [p for block in page.related(line) if block.get("BlockType") == "WORD" and (p := page.piece(block))]
    if words:
        return words
    whole = page.piece(line)
    return [whole] if whole else []


def _angle(pieces: Sequence[_Piece]) -> float:
    """Degrees by which the writing runs clockwise of left to right: the direction of all words together."""
    way = sum((piece.quad[1] - piece.quad[0] for piece in pieces), np.zeros(2, np.float32))
    return math.degrees(math.atan2(float(way[1]), float(way[0]))) if np.any(way) else 0.0


def _bounds(pieces: Sequence[_Piece], angle: float = 0.0) -> Box:
    """The box around pieces, on the page turned by an angle so that its writing runs from left to right."""
    boxes = [bounds(turned(piece.quad, angle) if angle else piece.quad) for piece in pieces]
    return min(b[0] for b in boxes), min(b[1] for b in boxes), max(b[2] for b in boxes), max(b[3] for b in boxes)


def _put(mark: _Piece, groups: list[list[_Piece]], angle: float) -> None:
    """Put a check mark among the words of the line it stands in; beside or between lines it is one of its own."""
    x0, y0, x1, y1 = _bounds([mark], angle)
    middle = (x0 + x1) / 2
    for group in groups:
        left, top, right, foot = _bounds(group, angle)
        if left <= middle <= right and min(y1, foot) - max(y0, top) > 0.5 * min(y1 - y0, foot - top):
            before = sum(_bounds([word], angle)[0] < middle for word in group)
            group.insert(before, mark)
            return
    groups.append([mark])


def _line(page: _Blocks, pieces: Sequence[_Piece], number: int) -> RawLine:
    """One line of the pieces."""
    single = all(piece.text in MARKS.values() or " " not in piece.text for piece in pieces)
    boxes = tuple(_bounds([piece]) for piece in pieces) if single else ()
    line = RawLine(-1, " ".join(piece.text for piece in pieces), _bounds(pieces), words=boxes)
    start = 0
    for piece in pieces:
        end = start + len(piece.text)
        page.places[piece.id] = number, Fragment(line, start, end, end)
        start = end + 1
    return line


def _runs(fragments: Sequence[Fragment]) -> list[Fragment]:
    """The fragments, those that follow each other in a line joined."""
    runs: list[Fragment] = []
    for fragment in fragments:
        if runs and runs[-1].line is fragment.line and fragment.start == runs[-1].end + 1:
            runs[-1] = runs[-1]._replace(end=fragment.end, shown=fragment.shown)
        else:
            runs.append(fragment)
    return runs


def _table(page: _Blocks, table: Block) -> RawTable | None:
    """A table, its merged cells in place of those they cover; None if there is nothing in it."""
    merged = page.related(table, "MERGED_CELL")
    covered = {cell["Id"] for whole in merged for cell in page.related(whole)}
    parts = [(cell, [cell]) for cell in page.related(table) if cell.get("BlockType") == "CELL"]
    parts = [part for part in parts if part[0]["Id"] not in covered] + [
        (whole, page.related(whole)) for whole in merged
    ]
    placed = [(block, region, of) for block, of in parts if (region := _region(block)) is not None]
    cells = [page.cell(region, [word for cell in of for word in page.related(cell)]) for _, region, of in placed]
    if not any(cell.fragments for cell in cells):
        return None
    quad = _quad(table, page.width, page.height)
    box = bounds(quad) if quad is not None else _around(cells)
    heads = {row for block, region, _ in placed if "COLUMN_HEADER" in (block.get("EntityTypes") or ())
             for row in range(region.row, region.row + region.row_span)}  # fmt: skip
    told = next((row for row in range(len(heads)) if row not in heads), len(heads))
    return RawTable(box, cells, told or header_rows(cells))


def _region(cell: Block) -> Region | None:
    """Where a cell is in its table, counted from 0; None if it says nothing that can be."""
    row, column = cell.get("RowIndex", 0), cell.get("ColumnIndex", 0)
    rows, columns = max(1, cell.get("RowSpan", 1)), max(1, cell.get("ColumnSpan", 1))
    if row < 1 or column < 1 or row + rows > _MOST or column + columns > _MOST:
        return None
    return Region(row - 1, column - 1, rows, columns)


def _around(cells: Sequence[RawCell]) -> Box:
    """The box around the lines of a table that does not say where it stands."""
    boxes = [fragment.line.box for cell in cells for fragment in cell.fragments]
    return min(b[0] for b in boxes), min(b[1] for b in boxes), max(b[2] for b in boxes), max(b[3] for b in boxes)


def _fields(page: _Blocks) -> Iterator[RawField]:
    """The questions of a form that were answered; a box to tick is answered either way."""
    for key in page.of_type("KEY_VALUE_SET"):
        if "KEY" not in (key.get("EntityTypes") or ()):
            continue
        words = (page.piece(block) for block in page.related(key) if block.get("BlockType") == "WORD")
        name = " ".join(word.text for word in words if word is not None).rstrip(" :")
        said = [block for value in page.related(key, "VALUE") for block in page.related(value)]
        answer = page.cell(Region(0, 0, 1, 1), said)
        if name and answer.fragments:
            yield RawField(name, answer)
