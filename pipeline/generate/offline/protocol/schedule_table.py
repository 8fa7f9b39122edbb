"""One page's table as a grid, and what in it is head, row name and mark."""

import re
from dataclasses import dataclass
from functools import cached_property

from schemas import Cell, Table

MARK = re.compile(
    r"""\s*(?:
      \(?[Xx✓√✔☑•●\uf0fc\uf0d6×]\)?(?:[^\w-].*|[a-z0-9]{0,2}(?:[\s,*†‡§¶#(].*)?)?
    | [←→<>=\-–—↔\uf0df\uf0e0\uf0ac\uf0ae\s]{2,}
    | [←→↔\uf0e0\uf0df]
    )\s*""",
    re.VERBOSE | re.DOTALL,
)
"""What says "at this visit": an X or tick, with footnote marks; an arrow that runs over several visits."""

_LABEL = re.compile(r"(?:study )?(?:visit|week|day|month|cycle|period)s?(?: (?:no\.?|number))?:?", re.IGNORECASE)
HEAD = re.compile(
    r"\W*(?:study |scheduled |approximate )?(?:visit|week|day|month|cycle|period|time|window|procedure|activit|assessment)\b.{0,60}$",
    re.I,
)
_FIRST = re.compile(
    r"\W*(?:(?:sign(?:ed)?|obtain|written)? ?informed consent|inclusion|eligibility|demograph|medical history|enrol+ment)",
    re.IGNORECASE,
)
_WORD = re.compile(r"[^\W\d_]{2}")
_MOST_CELLS = 40_000


@dataclass(frozen=True)
class Grid:
    """A table of one page in which every place knows the cell that covers it.

    Args:
        table: the table as parsed.
        like: the grid of an earlier page with the same columns that this one goes on.
        headless: whether it goes on without a head of its own.
    """

    table: Table
    like: "Grid | None" = None
    headless: bool = False

    @cached_property
    def height(self) -> int:
        """Number of rows."""
        return max((c.row + c.row_span for c in self.table.cells), default=0)

    @cached_property
    def width(self) -> int:
        """Number of columns."""
        return max((c.column + c.column_span for c in self.table.cells), default=0)

    @cached_property
    def places(self) -> list[list[Cell | None]]:
        """For each row and column the cell that covers it, spanning cells included."""
        if self.height * self.width > _MOST_CELLS:
            return []
        places: list[list[Cell | None]] = [[None] * self.width for _ in range(self.height)]
        for cell in self.table.cells:
            for row in range(cell.row, cell.row + cell.row_span):
                for column in range(cell.column, cell.column + cell.column_span):
                    if places[row][column] is None or cell.text:
                        places[row][column] = cell
        return places

    def text(self, row: int, column: int) -> str:
        """What stands in a place, in one line; a spanning cell's text stands in all its places."""
        cell = self.places[row][column]
        return " ".join(cell.text.split()) if cell else ""

    def owned(self, row: int, column: int) -> str:
        """What stands in a place, for a cell that spans rows or columns only in its first place."""
        cell = self.places[row][column]
        return self.text(row, column) if cell and (cell.row, cell.column) == (row, column) else ""

    @cached_property
    def marks(self) -> int:
        """How many cells right of the first column hold a mark."""
        return sum(is_mark(c.text) for c in self.table.cells if c.column)

    @cached_property
    def first_visit(self) -> int:
        """The first column that stands for a visit; the columns left of it name the rows."""
        if self.like:
            return self.like.first_visit
        body = range(self.head, self.height)
        marked = (c for c in range(1, self.width) if any(is_mark(self.owned(row, c)) for row in body))
        first = next(marked, 1)
        while first > 1 and self._is_visit(first - 1) and not any(self.owned(row, first - 1) for row in body):
            first -= 1
        return first

    def _is_visit(self, column: int) -> bool:
        """Whether the head of a column names a visit, and not the other columns' heads ("VISIT", "WEEK")."""
        heads = [self.owned(row, column) for row in range(self.head)]
        return any(text and not _LABEL.fullmatch(text) for text in heads)

    @cached_property
    def name_column(self) -> int:
        """The column that names the rows: the fullest of those left of the visits."""
        if self.like:
            return self.like.name_column

        def fullness(column: int) -> int:
            return sum(bool(_WORD.search(self.owned(row, column))) for row in range(self.head, self.height))

        return max(range(self.first_visit), key=lambda c: (fullness(c), -c), default=0)

    @cached_property
    def head(self) -> int:
        """How many rows make up the head: those before the first that holds a mark or a name alone."""
        for row in range(0 if self.headless else self.height):
            right = [self.text(row, column) for column in range(1, self.width)]
            if any(is_mark(text) for text in right) or _FIRST.match(self.owned(row, 0)):
                return row
            label = self.owned(row, 0)
            if label and (self.across(row) or not any(right)) and not HEAD.match(label) and not self._titles(row):
                return row
        return 0 if self.headless else min(self.table.header_rows, self.height)

    def across(self, row: int) -> bool:
        """Whether the row's first cell runs over most of the table, as the heading of a group of rows does."""
        cell = self.places[row][0]
        return cell is not None and cell.column_span > max(self.width / 2, 1)

    def _titles(self, row: int) -> bool:
        """Whether the head goes on below a row that holds one text only: the title of the table, set inside it."""
        if row + 1 >= self.height or row > 1:
            return False
        below = [self.text(row + 1, column) for column in range(1, self.width)]
        return len({text for text in below if text}) > 1 and not any(is_mark(text) for text in below)

    @cached_property
    def visit_columns(self) -> list[int]:
        """The columns right of the row names."""
        return list(range(self.first_visit, self.width))


def is_mark(text: str) -> bool:
    """Whether a cell says that the activity is done at the visit.

    >>> is_mark("X"), is_mark("xa, b"), is_mark("X (pre-dose)"), is_mark("←=====→")
    (True, True, True, True)
    >>> is_mark("Week 2"), is_mark("X-ray"), is_mark("")
    (False, False, False)
    """
    return len(text) < 200 and bool(text.strip()) and bool(MARK.fullmatch(text))
