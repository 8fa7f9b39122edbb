"""The tables of a PDF page: which page is worth a look, and what is found there by lines and by gaps."""

from collections import Counter
from collections.abc import Sequence, Set

import pypdfium2

from pipeline.parse.pdf_aligned import AlignedTable, find_aligned
from pipeline.parse.pdf_bands import find_bands
from pipeline.parse.pdf_cells import Fragment, RawCell, RawTable, header_rows, is_bold
from pipeline.parse.pdf_chars import PageChars, Shown
from pipeline.parse.pdf_fill import Turn, fill
from pipeline.parse.pdf_grid import Region, find_grids
from pipeline.parse.pdf_lines import RawLine
from pipeline.parse.pdf_rulings import read_rulings

_WIDE_CHAR_EM = 0.75  # width of a line's average character from which gaps must be in it
_LOOSE_CHAR_EM = 0.6  # the same, unless it is in capitals
_MIN_SIGNS = 3
_MOST_LINES = 3_000  # of a page; more is a drawing


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
    tables = [table for grid in find_grids(rulings) if (table := fill(grid, chars, lines, turn)) is not None]
    if turn.direction == 0:
        free = _free(lines)
        bands = find_bands(chars, free, rulings) if free else []
        tables += [table for grid in bands if (table := fill(grid, chars, free, turn)) is not None]
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


def _from_aligned(aligned: AlignedTable) -> RawTable:
    """A table without ruling lines; those of labels and values keep their lines in the body."""
    cells = [
        RawCell(Region(r, c, 1, 1), [Fragment(s.line, s.start, s.end, s.end) for s in segments])
        for r, row in enumerate(aligned.rows)
        for c, segments in enumerate(row)
    ]
    first = [cell for cell in cells if cell.region.row == 0 and cell.fragments]
    bold = len(first) > 1 and all(is_bold(cell) for cell in first) and not all(map(is_bold, cells))
    worded = aligned.numeric and not any(c.isdigit() for cell in first for f in cell.fragments for c in f.line.raw)
    head = header_rows(cells) if bold else int(worded and len(first) > 1)
    segments = [s for row in aligned.rows for cell in row for s in cell]
    if head or len(aligned.gutters) > 1:
        for segment in segments:
            segment.line.kind = "table"
    x0, x1 = min(s.x0 for s in segments), max(s.x1 for s in segments)
    return RawTable((x0, min(s.line.box[1] for s in segments), x1, max(s.line.box[3] for s in segments)), cells, head)
