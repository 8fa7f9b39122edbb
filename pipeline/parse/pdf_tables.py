"""Tables of a PDF page: which page is worth a look, whose cell a word is, what is head."""

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass, field, replace

import pypdfium2

from pipeline.parse.pdf_aligned import AlignedTable, find_aligned
from pipeline.parse.pdf_bands import find_bands
from pipeline.parse.pdf_chars import PageChars, Shown
from pipeline.parse.pdf_glyphs import clean
from pipeline.parse.pdf_grid import Grid, Region, find_grids
from pipeline.parse.pdf_lines import RawLine, words
from pipeline.parse.pdf_marks import follows, is_mark, mark_span
from pipeline.parse.pdf_rulings import Rule, Rulings, read_rulings
from schemas import RUNNING, Box, Cell, Table

_WIDE_CHAR_EM = 0.75  # width of a line's average character from which gaps must be in it
_LOOSE_CHAR_EM = 0.6  # the same, unless it is in capitals
_MIN_SIGNS = 3
_MOST_LINES = 3_000  # of a page; more is a drawing
_MIN_CELLS = 3  # cells with text
_HEADED_COLUMNS = 3
_MIN_FULL_ROWS = 2  # rows with text in several cells
_PROSE_CHARS = 32  # a line this long in one cell bears no marks but at its end
_PADDING = 6.0  # points between the text of a cell and its edge
_LETTER_EM = 0.5
_LAST_LETTERS = re.compile(r"([^\W\d_]{3,}) ?$")
_FIRST_LETTERS = re.compile(r"[^\W\d_A-Z]+")


@dataclass(frozen=True, slots=True)
class Fragment:
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
    base: Box | None = None

    def text(self, document: str) -> str:
        """What the cell says, lines joined by spaces, without raised footnote marks.

        Narrow cells break words without a hyphen; the document's text tells which, by having the whole word.
        """
        said = ""
        last: Fragment | None = None
        for fragment in self.fragments:
            if last is not None:
                between = fragment.line.raw[last.end : fragment.start] if fragment.line is last.line else " "
                said += " " if " " in between or len(between) > 2 else clean(between)
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


def find_tables(
    page: pypdfium2.PdfPage, chars: PageChars, lines: Sequence[RawLine], running: Set[int], shown: Shown
) -> list[RawTable]:
    """Tables of an open page, from the top down; a page whose lines show no sign of one is not looked at.

    Args:
        page: the open page.
        chars: its characters.
        lines: its lines; those of a table become of kind "table".
        running: ids of lines that seem to be running heads or feet.
        shown: how the page is shown.
    """
    body = [line for line in lines if id(line) not in running]
    if len(lines) > _MOST_LINES or not _shows_signs(body):
        return []
    turn = Turn(Counter(line.direction for line in lines).most_common(1)[0][0], shown.width, shown.height)
    rulings = turn.rulings(read_rulings(page, shown.affine))
    tables = [table for grid in find_grids(rulings) if (table := _fill(grid, chars, lines, turn)) is not None]
    if turn.direction == 0:
        bands = find_bands(chars, _free(lines), rulings)
        tables += [table for grid in bands if (table := _fill(grid, chars, _free(lines), turn)) is not None]
        tables += [_from_aligned(table) for table in find_aligned(chars, _free(body))]
    return sorted(tables, key=lambda table: table.box[1])


def _free(lines: Sequence[RawLine]) -> list[RawLine]:
    """Lines that stand in no table yet and run from left to right."""
    return [line for line in lines if line.kind != "table" and line.direction == 0]


def _shows_signs(lines: Sequence[RawLine]) -> bool:
    """Whether enough lines stand beside the one before, hold wide gaps or hold a single mark."""
    signs = 0
    before = None
    for line in lines:
        x0, y0, x1, y1 = line.box
        length = len(line.raw)
        width = max(x1 - x0, y1 - y0) / (length * (line.size or 10.0))
        wide = length > 2 and (width > _WIDE_CHAR_EM or (width > _LOOSE_CHAR_EM and not line.raw.isupper()))
        beside = before is not None and y0 < before[3] - 1 and (x0 > before[2] + 2 or y1 < before[1])
        signs += wide or beside or line.direction != 0
        if signs >= _MIN_SIGNS:
            return True
        before = line.box
    return False


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


def _fill(grid: Grid, chars: PageChars, lines: Sequence[RawLine], turn: Turn) -> RawTable | None:
    """Puts every word in the cell it stands in; None if the grid holds too little text to be a table."""
    cells = [RawCell(region) for region in grid.regions]
    place = {
        (r, c): cell
        for cell in cells
        for r in range(cell.region.row, cell.region.row + cell.region.row_span)
        for c in range(cell.region.column, cell.region.column + cell.region.column_span)
    }
    shown = turn.back(grid.box)
    inside = [line for line in lines if _meet(line.box, shown)]
    spans = [span for line in inside for span in _spans(grid, line, turn)]
    boxes = chars.boxes([p for _, start, end in spans for p in (start, end - 1)])
    for (line, start, end), first, last in zip(spans, boxes[::2], boxes[1::2], strict=True):
        begin, finish = _cell_at(grid, turn.box(first)), _cell_at(grid, turn.box(last))
        if begin is None and finish is None:
            continue
        if begin != finish and place.get(begin or (-1, -1)) is not place.get(finish or (-1, -1)):
            _split(grid, chars, line, start, end, turn, place)
            continue
        cell = place[begin or finish]  # type: ignore[index]
        _add_word(cell, chars, line, (start, end), (first, last))
        right = grid.xs[cell.region.column + cell.region.column_span]
        if turn.box(last)[2] > right - _PADDING - _LETTER_EM * line.size:
            cell.fragments[-1] = replace(cell.fragments[-1], full=True)
    filled = [cell for cell in cells if cell.fragments]
    per_row = Counter(cell.region.row for cell in filled)
    if len(filled) < _MIN_CELLS or sum(count > 1 for count in per_row.values()) < _MIN_FULL_ROWS:
        return None  # a drawing
    for line in {id(f.line): f.line for cell in filled for f in cell.fragments}.values():
        line.kind = "table"
    return RawTable(shown, cells, _header_rows(cells))


def _add_word(cell: RawCell, chars: PageChars, line: RawLine, span: tuple[int, int], ends: tuple[Box, Box]) -> None:
    """Adds a word to a cell, its raised footnote mark left out of what is shown."""
    (start, end), (first, last), offset = span, ends, line.start
    if cell.base is not None and follows(cell.base, first, line.direction) and is_mark("", chars.text[start:end]):
        cell.fragments.append(Fragment(line, start - offset, end - offset, start - offset))
        cell.base = (min(cell.base[0], first[0]), cell.base[1], max(cell.base[2], last[2]), cell.base[3])
        return
    mark = mark_span(chars, start, end, first, last, line.direction)
    cut, until = mark or (end, end)
    cell.fragments.append(Fragment(line, start - offset, until - offset, cut - offset))
    if until < end:
        cell.fragments.append(Fragment(line, until - offset, end - offset, end - offset))
    cell.base = last if mark is None else (first[0], first[1], last[2], first[3])


def _spans(grid: Grid, line: RawLine, turn: Turn) -> Iterator[tuple[RawLine, int, int]]:
    """What is put into cells in one piece: words, or all but the last word of a long line that stands in one cell."""
    start = 0
    if len(line.raw) >= _PROSE_CHARS and line.direction == turn.direction:
        x0, y0, x1, y1 = turn.box(line.box)
        if _cell_at(grid, (x0, y0, x0, y1)) == _cell_at(grid, (x1, y0, x1, y1)):
            start = line.raw.rfind(" ") + 1
            if start > 1:
                yield line, line.start, line.start + len(line.raw[:start].rstrip())
    for word in words(line, start):
        for begin, end in _parts(line, *word):
            yield line, begin, end


def _parts(line: RawLine, start: int, end: int) -> Iterator[tuple[int, int]]:
    """A word's parts between slashes, each of which may bear a footnote mark."""
    slash = line.raw.find("/", start - line.start + 1, end - line.start)
    while slash >= 0:
        yield start, line.start + slash
        start = line.start + slash
        slash = line.raw.find("/", slash + 1, end - line.start)
    yield start, end


def _is_broken(before: str, after: str, document: str) -> bool:
    """Whether a word goes on from one line of a narrow cell to the next.

    >>> _is_broken("Medical history/curren ", "t", "the current state"), _is_broken("bowel ", "sounds", "bowel sounds")
    (True, False)
    """
    tail, head = _LAST_LETTERS.search(before), _FIRST_LETTERS.match(after)
    if tail is None or head is None:
        return False
    return tail.group(1) + head.group() in document and f"{tail.group(1)} {head.group()}" not in document


def _from_aligned(aligned: AlignedTable) -> RawTable:
    """A table without ruling lines; those of labels and values keep their lines in the body."""
    cells = [
        RawCell(Region(r, c, 1, 1), [Fragment(s.line, s.start, s.end, s.end) for s in segments])
        for r, row in enumerate(aligned.rows)
        for c, segments in enumerate(row)
    ]
    first = [cell for cell in cells if cell.region.row == 0 and cell.fragments]
    bold = len(first) > 1 and all(_is_bold(cell) for cell in first) and not all(map(_is_bold, cells))
    worded = aligned.numeric and not any(c.isdigit() for cell in first for f in cell.fragments for c in f.line.raw)
    head = _header_rows(cells) if bold else int(worded and len(first) > 1)
    segments = [s for row in aligned.rows for cell in row for s in cell]
    if head or len(aligned.gutters) > 1:
        for segment in segments:
            segment.line.kind = "table"
    x0, x1 = min(s.x0 for s in segments), max(s.x1 for s in segments)
    return RawTable((x0, min(s.line.box[1] for s in segments), x1, max(s.line.box[3] for s in segments)), cells, head)


def _meet(a: Box, b: Box) -> bool:
    return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]


def _cell_at(grid: Grid, box: Box) -> tuple[int, int] | None:
    """Row and column of the grid in which the middle of a box lies."""
    x, y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
    column, row = bisect_right(grid.xs, x) - 1, bisect_right(grid.ys, y) - 1
    return (row, column) if 0 <= column < len(grid.xs) - 1 and 0 <= row < len(grid.ys) - 1 else None


def _split(
    grid: Grid,
    chars: PageChars,
    line: RawLine,
    start: int,
    end: int,
    turn: Turn,
    place: dict[tuple[int, int], RawCell],
) -> None:
    """Shares a word out whose characters stand in several cells (no space is between the texts of narrow cells)."""
    last: RawCell | None = None
    for position, box in enumerate(chars.boxes(range(start, end)), start):
        at = _cell_at(grid, turn.box(box)) if box[0] < box[2] else None
        cell = place[at] if at is not None else last
        if cell is None:
            continue
        i = position - line.start
        if cell is last and cell.fragments and cell.fragments[-1].end == i:
            cell.fragments[-1] = Fragment(line, cell.fragments[-1].start, i + 1, i + 1)
        else:
            cell.fragments.append(Fragment(line, i, i + 1, i + 1))
        last = cell


def _header_rows(cells: Sequence[RawCell]) -> int:
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
    if not all(map(_is_bold, rows[first])) and (len(rows[first]) < _HEADED_COLUMNS or (marked and head == first + 1)):
        return 0
    while head in rows and head < last and len(rows[head]) > 1 and all(map(_is_bold, rows[head])):
        head += 1
    return min(head, last)


def _is_bold(cell: RawCell) -> bool:
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
    cells = tuple(_finish_cell(cell, text) for cell in table.cells)
    start, end = min(line.offset for line in lines), max(line.offset + line.length for line in lines)
    return Table(page, start, end, cells, table.header_rows, table.box)


def _finish_cell(cell: RawCell, text: str) -> Cell:
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
    return line.offset + (position if line.length == len(line.raw) else len(clean(line.raw[:position]).lstrip()))
