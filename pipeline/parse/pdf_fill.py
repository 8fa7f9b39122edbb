"""Puts the words of a page into the cells of a grid."""

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pipeline.parse.pdf_cells import Fragment, RawCell, RawTable, header_rows
from pipeline.parse.pdf_chars import PageChars
from pipeline.parse.pdf_grid import Grid
from pipeline.parse.pdf_lines import RawLine, words
from pipeline.parse.pdf_marks import follows, is_mark, mark_span
from pipeline.parse.pdf_rulings import Rule, Rulings
from schemas import Box

_MIN_CELLS = 3  # cells with text
_MIN_FULL_ROWS = 2  # rows with text in several cells
_PROSE_CHARS = 24  # a line this long in one cell bears no marks but at its end
_NARROW = 110.0  # points; words are broken without a hyphen in narrow cells only
_PADDING = 6.0  # points between the text of a cell and its edge
_LETTER_EM = 0.5


@dataclass(frozen=True, slots=True)
class Turn:
    """Turns a page whose text runs up or down so that it runs from left to right.

    >>> Turn(90, 600, 800).box((100, 200, 110, 250))
    (550, 100, 600, 110)
    """

    direction: int
    width: float
    height: float

    def box(self, box: Box) -> Box:
        """The box as it stands on the turned page."""
        x0, y0, x1, y1 = box
        if self.direction == 90:
            return (self.height - y1, x0, self.height - y0, x1)
        if self.direction == 270:
            return (y0, self.width - x1, y1, self.width - x0)
        return box

    def back(self, box: Box) -> Box:
        """The box of the turned page as it is shown."""
        x0, y0, x1, y1 = box
        if self.direction == 90:
            return (y0, self.height - x1, y1, self.height - x0)
        if self.direction == 270:
            return (self.width - y1, x0, self.width - y0, x1)
        return box

    def rulings(self, rulings: Rulings) -> Rulings:
        """The lines as they stand on the turned page."""
        if self.direction not in (90, 270):
            return rulings
        flat = [self.box((x0, y, x1, y)) for y, x0, x1 in rulings.horizontal]
        upright = [self.box((x, y0, x, y1)) for x, y0, y1 in rulings.vertical]
        horizontal: list[Rule] = [(y0, x0, x1) for x0, y0, x1, _ in upright]
        vertical: list[Rule] = [(x0, y0, y1) for x0, y0, _, y1 in flat]
        return Rulings(horizontal, vertical)


class _Places:
    """The cells of a grid by place on the page."""

    def __init__(self, grid: Grid, turn: Turn) -> None:
        self.cells = [RawCell(region) for region in grid.regions]
        self._xs, self._ys, self._turn = grid.xs, grid.ys, turn
        self._rows: list[list[RawCell | None]] = [[None] * len(grid.xs) for _ in grid.ys]
        for cell in self.cells:
            region = cell.region
            for row in self._rows[region.row : region.row + region.row_span]:
                row[region.column : region.column + region.column_span] = [cell] * region.column_span

    def at(self, box: Box) -> RawCell | None:
        """The cell in which the middle of a box lies."""
        x0, y0, x1, y1 = self._turn.box(box) if self._turn.direction else box
        column, row = bisect_right(self._xs, (x0 + x1) / 2) - 1, bisect_right(self._ys, (y0 + y1) / 2) - 1
        return self._rows[row][column] if column >= 0 and row >= 0 else None

    def is_full(self, cell: RawCell, last: Box, size: float) -> bool:
        """Whether a narrow cell's line reaches its right edge with its last character."""
        region = cell.region
        left, right = self._xs[region.column], self._xs[region.column + region.column_span]
        end = self._turn.box(last)[2] if self._turn.direction else last[2]
        return right - left < _NARROW and end > right - _PADDING - _LETTER_EM * size


def fill(grid: Grid, chars: PageChars, lines: Sequence[RawLine], turn: Turn) -> RawTable | None:
    """The table that a grid and the words in it make; None if it holds too little text.

    Args:
        grid: rows, columns and cells, on the turned page.
        chars: the page's characters.
        lines: the page's lines; those of the table become of kind "table".
        turn: how the page is turned.
    """
    places, shown = _Places(grid, turn), turn.back(grid.box)
    spans = [span for line in lines if _meet(line.box, shown) for span in _spans(places, line, turn)]
    boxes = chars.boxes([p for _, start, end in spans for p in (start, end - 1)])
    bases: dict[int, Box] = {}
    for (line, start, end), first, last in zip(spans, boxes[::2], boxes[1::2], strict=True):
        cell = places.at(first)
        if end - start > 1 and places.at(last) is not cell:
            _split(places, chars, line, start, end)
        elif cell is not None:
            bases[id(cell)] = _add_word(cell, chars, line, (start, end), (first, last), bases.get(id(cell)))
            if places.is_full(cell, last, line.size):
                cell.fragments[-1] = cell.fragments[-1]._replace(full=True)
    filled = [cell for cell in places.cells if cell.fragments]
    per_row = Counter(cell.region.row for cell in filled)
    if len(filled) < _MIN_CELLS or sum(count > 1 for count in per_row.values()) < _MIN_FULL_ROWS:
        return None  # a drawing
    for cell in filled:
        for fragment in cell.fragments:
            fragment.line.kind = "table"
    return RawTable(shown, places.cells, header_rows(places.cells))


def _add_word(
    cell: RawCell, chars: PageChars, line: RawLine, span: tuple[int, int], ends: tuple[Box, Box], base: Box | None
) -> Box:
    """Adds a word to a cell, its raised footnote mark left out of what is shown; returns the box of its base line."""
    (start, end), (first, last), offset = span, ends, line.start
    if base is not None and follows(base, first, line.direction):
        before = cell.fragments[-1]
        if is_mark(before.line.raw[before.start : before.shown], chars.text[start:end]):
            cell.fragments.append(Fragment(line, start - offset, end - offset, start - offset))
            return (min(base[0], first[0]), base[1], max(base[2], last[2]), base[3])
    mark = mark_span(chars, start, end, first, last, line.direction) if end - start > 1 else None
    if mark is None:
        cell.fragments.append(Fragment(line, start - offset, end - offset, end - offset))
        return last
    cut, until = mark
    cell.fragments.append(Fragment(line, start - offset, until - offset, cut - offset))
    if until < end:
        cell.fragments.append(Fragment(line, until - offset, end - offset, end - offset))
    return (first[0], first[1], last[2], first[3])


def _spans(places: _Places, line: RawLine, turn: Turn) -> Iterator[tuple[RawLine, int, int]]:
    """What is put into cells in one piece: words, or all but the last word of a long line that stands in one cell."""
    start = 0
    if len(line.raw) >= _PROSE_CHARS and line.direction == turn.direction:
        x0, y0, x1, y1 = turn.box(line.box)
        begin, end = turn.back((x0, y0, x0, y1)), turn.back((x1, y0, x1, y1))
        if places.at(begin) is places.at(end):
            start = line.raw.rfind(" ") + 1
            if start > 1:
                yield line, line.start, line.start + len(line.raw[:start].rstrip())
    for begin_word, end_word in words(line, start):
        if "/" in line.raw:
            for part in _parts(line, begin_word, end_word):
                yield line, *part
        else:
            yield line, begin_word, end_word


def _parts(line: RawLine, start: int, end: int) -> Iterator[tuple[int, int]]:
    """A word's parts between slashes, each of which may bear a footnote mark."""
    slash = line.raw.find("/", start - line.start + 1, end - line.start)
    while slash >= 0:
        yield start, line.start + slash
        start = line.start + slash
        slash = line.raw.find("/", slash + 1, end - line.start)
    yield start, end


def _meet(a: Box, b: Box) -> bool:
    return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]


def _split(places: _Places, chars: PageChars, line: RawLine, start: int, end: int) -> None:
    """Shares a word out whose characters stand in several cells (no space is between the texts of narrow cells)."""
    last: RawCell | None = None
    for position, box in enumerate(chars.boxes(range(start, end)), start):
        cell = (places.at(box) if box[0] < box[2] else None) or last
        if cell is None:
            continue
        i = position - line.start
        if cell is last and cell.fragments[-1].end == i:
            cell.fragments[-1] = Fragment(line, cell.fragments[-1].start, i + 1, i + 1)
        else:
            cell.fragments.append(Fragment(line, i, i + 1, i + 1))
        last = cell
