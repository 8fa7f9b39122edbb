"""Ruling lines -> the grids of tables, with merged cells."""

from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.parse.pdf_rulings import Rule, Rulings
from schemas import Box

_TOUCH = 4.0  # points by which two lines may miss each other and still meet
_SAME = 3.0  # points between lines that bound the same row or column
_COVERED = 0.5  # share of a cell's side that a line must cover to part it from its neighbour
_MOST_CELLS = 20_000


@dataclass(frozen=True, slots=True)
class Region:
    """One cell of a grid: its place among rows and columns, and how many of them it covers."""

    row: int
    column: int
    row_span: int
    column_span: int


@dataclass(frozen=True, slots=True)
class Grid:
    """Rows and columns of a table: the lines between them, in points, and the cells they make."""

    xs: tuple[float, ...]
    ys: tuple[float, ...]
    regions: tuple[Region, ...]

    @property
    def box(self) -> Box:
        """The outer edge."""
        return (self.xs[0], self.ys[0], self.xs[-1], self.ys[-1])


def find_grids(rulings: Rulings) -> list[Grid]:
    """The tables that ruling lines make, from the top down; at least two rows and two columns each.

    >>> lines = Rulings([(0, 0, 90), (20, 0, 90), (40, 0, 90)], [(0, 0, 40), (30, 20, 40), (90, 0, 40)])
    >>> [(r.row, r.column, r.column_span) for r in find_grids(lines)[0].regions]
    [(0, 0, 2), (1, 0, 1), (1, 1, 1)]
    """
    grids = []
    for horizontal, vertical in _components(rulings):
        grid = _grid(horizontal, vertical)
        if grid is not None:
            grids.append(grid)
    return sorted(_outer(grids), key=lambda grid: grid.ys[0])


def _components(rulings: Rulings) -> list[tuple[list[Rule], list[Rule]]]:
    """Groups of lines that meet, directly or through others."""
    horizontal, vertical = rulings.horizontal, rulings.vertical
    group = list(range(len(horizontal) + len(vertical)))

    def root(i: int) -> int:
        while group[i] != i:
            group[i] = group[group[i]]
            i = group[i]
        return i

    for i, (y, x0, x1) in enumerate(horizontal):
        for j, (x, y0, y1) in enumerate(vertical, len(horizontal)):
            if x0 - _TOUCH <= x <= x1 + _TOUCH and y0 - _TOUCH <= y <= y1 + _TOUCH:
                group[root(j)] = root(i)
    members: dict[int, tuple[list[Rule], list[Rule]]] = {}
    for i, rule in enumerate(horizontal):
        members.setdefault(root(i), ([], []))[0].append(rule)
    for j, rule in enumerate(vertical, len(horizontal)):
        members.setdefault(root(j), ([], []))[1].append(rule)
    return [(h, v) for h, v in members.values() if len(h) >= 2 and len(v) >= 1 and len(h) + len(v) >= 5]


def _grid(horizontal: list[Rule], vertical: list[Rule]) -> Grid | None:
    left = min(min(x for x, _, _ in vertical), min(x0 for _, x0, _ in horizontal))
    right = max(max(x for x, _, _ in vertical), max(x1 for _, _, x1 in horizontal))
    top = min(min(y for y, _, _ in horizontal), min(y0 for _, y0, _ in vertical))
    bottom = max(max(y for y, _, _ in horizontal), max(y1 for _, _, y1 in vertical))
    xs = _positions([left, right, *(x for x, _, _ in vertical)])
    ys = _positions([top, bottom, *(y for y, _, _ in horizontal)])
    rows, columns = len(ys) - 1, len(xs) - 1
    if rows < 2 or columns < 2 or rows * columns > _MOST_CELLS:
        return None
    upright = [_along(vertical, x) for x in xs]
    level = [_along(horizontal, y) for y in ys]
    walls = [[_is_covered(upright[c], ys[r], ys[r + 1]) for c in range(1, columns)] for r in range(rows)]
    floors = [[_is_covered(level[r], xs[c], xs[c + 1]) for c in range(columns)] for r in range(1, rows)]
    return Grid(tuple(xs), tuple(ys), tuple(_regions(rows, columns, walls, floors)))


def _positions(values: list[float]) -> list[float]:
    """Distinct positions: those nearer than a row is high are one."""
    groups: list[list[float]] = []
    for value in sorted(values):
        if groups and value - groups[-1][0] <= _SAME:
            groups[-1].append(value)
        else:
            groups.append([value])
    return [sum(group) / len(group) for group in groups]


def _along(rules: list[Rule], position: float) -> list[tuple[float, float]]:
    """Begin and end of the lines at a position."""
    return [(begin, end) for at, begin, end in rules if abs(at - position) <= _SAME]


def _is_covered(spans: list[tuple[float, float]], low: float, high: float) -> bool:
    covered = sum(min(high, end) - max(low, begin) for begin, end in spans if begin < high and low < end)
    return covered >= _COVERED * (high - low)


def _regions(rows: int, columns: int, walls: list[list[bool]], floors: list[list[bool]]) -> list[Region]:
    """Cells: each starts where none has reached yet, grows right as far as no wall stands, then down the same way."""
    taken = [[False] * columns for _ in range(rows)]
    regions = []
    for r in range(rows):
        for c in range(columns):
            if taken[r][c]:
                continue
            width = 1
            while c + width < columns and not walls[r][c + width - 1] and not taken[r][c + width]:
                width += 1
            height = 1
            while r + height < rows and _opens_down(r + height, c, width, columns, walls, floors, taken):
                height += 1
            for i in range(r, r + height):
                taken[i][c : c + width] = [True] * width
            regions.append(Region(r, c, height, width))
    return regions


def _opens_down(
    row: int,
    column: int,
    width: int,
    columns: int,
    walls: list[list[bool]],
    floors: list[list[bool]],
    taken: list[list[bool]],
) -> bool:
    """Whether a cell goes on into this row: no line above it, no wall inside it, walls on both its sides."""
    cells = range(column, column + width)
    if any(floors[row - 1][c] or taken[row][c] for c in cells):
        return False
    if any(walls[row][c - 1] for c in cells if c > column):
        return False
    closed_left = column == 0 or walls[row][column - 1]
    closed_right = column + width == columns or walls[row][column + width - 1]
    return closed_left and closed_right


def _outer(grids: Sequence[Grid]) -> list[Grid]:
    """Without grids that lie inside another one."""
    return [g for g in grids if not any(o is not g and _contains(o.box, g.box) for o in grids)]


def _contains(outer: Box, inner: Box) -> bool:
    return (
        outer[0] - _SAME <= inner[0]
        and outer[1] - _SAME <= inner[1]
        and inner[2] <= outer[2] + _SAME
        and inner[3] <= outer[3] + _SAME
        and (outer[2] - outer[0]) * (outer[3] - outer[1]) > (inner[2] - inner[0]) * (inner[3] - inner[1])
    )
