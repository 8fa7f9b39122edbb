"""Tables whose rows are parted by horizontal lines only: the columns follow from where the text begins."""

from collections.abc import Sequence

from pipeline.parse.pdf_aligned import Segment, segments
from pipeline.parse.pdf_chars import PageChars
from pipeline.parse.pdf_grid import Grid, Region
from pipeline.parse.pdf_lines import RawLine
from pipeline.parse.pdf_rulings import Rule, Rulings

_SAME_END = 4.0  # points by which the ends of the lines of one table differ
_MIN_RULES = 4
_WIDE = 0.3  # share of the table's width that a line over two columns takes up at least
_MIN_WIDTH = 150.0
_MIN_HEIGHT = 8.0  # of a row, points
_INDENT = 30.0  # points between a bullet and its text
_EDGE = 3.0  # points by which the texts of a column begin apart
_BEGUN = 0.4  # share of the rows in which text begins at a column
_CROSSED = 0.5  # share of the rows in which text runs across its edge

Band = list[Segment]


def find_bands(chars: PageChars, lines: Sequence[RawLine], rulings: Rulings) -> list[Grid]:
    """Grids between stacked horizontal lines of one length, rows without columns at both ends left out.

    Args:
        chars: the page's characters.
        lines: the page's lines that stand in no other table and run from left to right.
        rulings: the page's ruling lines.
    """
    grids = []
    for ys, x0, x1 in _stacks(rulings.horizontal):
        if not any(ys[0] < line.box[1] < ys[-1] for line in lines):
            continue
        inside = [line for line in lines if ys[0] < _middle(line) < ys[-1] and x0 - _EDGE <= line.box[0] < x1]
        bands: list[Band] = [[] for _ in ys[1:]]
        for line in inside:
            row = sum(y < _middle(line) for y in ys) - 1
            bands[row] += segments(chars, line, wide=line.box[2] - line.box[0] > _WIDE * (x1 - x0))
        grid = _grid(ys, x0, x1, bands)
        if grid is not None:
            grids.append(grid)
    return grids


def _middle(line: RawLine) -> float:
    return (line.box[1] + line.box[3]) / 2


def _stacks(rules: list[Rule]) -> list[tuple[list[float], float, float]]:
    """Heights of lines that begin and end alike, with their ends."""
    stacks: list[list[Rule]] = []
    for rule in sorted(rule for rule in rules if rule[2] - rule[1] > _MIN_WIDTH):
        for stack in stacks:
            _, x0, x1 = stack[-1]
            if abs(rule[1] - x0) <= _SAME_END and abs(rule[2] - x1) <= _SAME_END:
                if rule[0] - stack[-1][0] >= _MIN_HEIGHT:
                    stack.append(rule)
                break
        else:
            stacks.append([rule])
    return [([rule[0] for rule in s], s[0][1], s[0][2]) for s in stacks if len(s) >= _MIN_RULES]


def _grid(ys: list[float], x0: float, x1: float, bands: list[Band]) -> Grid | None:
    filled = [band for band in bands if band]
    edges = [x0, *_edges(filled, x0), x1]
    if len(edges) < 3:
        return None
    rows = [_row(band, edges) for band in bands]
    full = [i for i, row in enumerate(rows) if len(row) > 1]
    if len(full) < 2:
        return None
    first, last = full[0], full[-1]
    regions = [Region(r - first, column, 1, span) for r in range(first, last + 1) for column, span in rows[r]]
    return Grid(tuple(edges), tuple(ys[first : last + 2]), tuple(regions))


def _edges(bands: list[Band], left: float) -> list[float]:
    """Where columns but the first begin: text begins there in many rows and runs across in few."""
    edges: list[float] = []
    indents = [s.x0 for band in bands for s in band if _follows_bullet(s, band)]
    starts = [[s.x0 for s in band if not any(abs(s.x0 - x) <= _EDGE for x in indents)] for band in bands]
    for x in sorted({round(start, 1) for row in starts for start in row}):
        if x < left + 20.0 or (edges and x < edges[-1] + 15.0):
            continue
        begun = sum(any(abs(start - x) <= _EDGE for start in row) for row in starts)
        crossed = sum(any(s.x0 < x - 2 * _EDGE and s.x1 > x + _EDGE for s in band) for band in bands)
        if begun >= max(2, _BEGUN * len(bands)) and crossed <= _CROSSED * len(bands):
            edges.append(x - _EDGE)
    return edges


def _follows_bullet(segment: Segment, band: Band) -> bool:
    """Whether a bullet stands right before a text: the column begins at the bullet."""
    return any(
        segment.x0 - _INDENT < s.x0 < segment.x0
        and s.end - s.start == 1
        and not s.text.isalnum()
        and abs(_middle(s.line) - _middle(segment.line)) < _EDGE
        for s in band
    )


def _row(band: Band, edges: list[float]) -> list[tuple[int, int]]:
    """First column and number of columns of each cell of a row; text that runs across an edge joins the cells."""
    joined = [any(s.x0 < x - _EDGE and s.x1 > x + 2 * _EDGE for s in band) for x in edges[1:-1]]
    cells = [(0, 1)]
    for column, across in enumerate(joined, 1):
        if across:
            cells[-1] = (cells[-1][0], cells[-1][1] + 1)
        else:
            cells.append((column, 1))
    return cells
