"""The rows of a schedule -> activities, with the group heading each stands under."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from pipeline.generate.offline.protocol.schedule_names import plain
from pipeline.generate.offline.protocol.schedule_table import Grid
from schemas import Cell

_FOOTNOTE = re.compile(r"\s*(?:abbreviations?|notes?|footnotes?|[a-z*†‡§¶]\s*[.)=:])\s*[:=]?\s*\S", re.IGNORECASE)
_LONGEST_HEADING = 120


@dataclass(frozen=True, slots=True)
class Activity:
    """One activity: a row of the schedule.

    Args:
        name: the row's name without footnote marks.
        printed: the cells of the table at each visit, none for nothing, in the order of the schedule's visits.
        group: the heading it stands under ("Safety"), "".
        start: offset of its name in the document's text, -1 if that is not contiguous.
        end: offset after it.
        marked: the name as the table has it, with the marks that are not raised.
    """

    name: str
    printed: tuple[tuple[Cell, ...], ...] = ()
    group: str = ""
    start: int = -1
    end: int = -1
    marked: str = ""

    @property
    def cells(self) -> tuple[str, ...]:
        """What stands at each visit, "" for nothing."""
        return tuple(" ".join(dict.fromkeys(" ".join(c.text.split()) for c in cells)) for cells in self.printed)


def activities(grid: Grid, visits: Sequence[tuple[int, ...]], group: str = "") -> list[Activity]:
    """The rows of one page, in order; headings that run across the table go into the rows below them.

    Args:
        grid: the page's table.
        visits: the columns of each visit.
        group: the heading that the rows of the page before stand under.
    """
    found: list[Activity] = []
    for row in range(grid.head, grid.height):
        cell = grid.places[row][grid.name_column]
        if cell is None or cell.row != row:
            continue
        name = plain(cell.text)
        printed = tuple(_printed(grid, row, columns) for columns in visits)
        if not name:
            continue
        if grid.across(row) or (cell.column_span > 1 and not any(printed)):
            if _is_note(cell):
                break
            group = name
            continue
        found.append(Activity(name, printed, group, cell.start, cell.end, cell.text))
    return found


def notes(grid: Grid) -> Cell | None:
    """The cell below the rows that holds the footnotes, where they stand inside the table."""
    across = (row for row in range(grid.head, grid.height) if grid.across(row))
    return next((c for row in across if (c := grid.places[row][0]) and c.row == row and _is_note(c)), None)


def _is_note(cell: Cell) -> bool:
    """Whether a cell across the table holds footnotes, and not the heading of a group."""
    return len(plain(cell.text)) > _LONGEST_HEADING or bool(_FOOTNOTE.match(cell.text))


def _printed(grid: Grid, row: int, columns: tuple[int, ...]) -> tuple[Cell, ...]:
    """The cells of a row that say something of a visit, each once."""
    cells = {id(c): c for column in columns if (c := grid.places[row][column]) and c.text.strip()}
    return tuple(cells.values())


def grouped(rows: Sequence[Activity]) -> tuple[Activity, ...]:
    """The activities at which something is done; a row without any mark heads the rows below it, up to the next heading."""
    kept: list[Activity] = []
    group = across = ""
    for row in rows:
        if row.group != across:
            group = across = row.group
        if any(row.printed):
            kept.append(replace(row, group=group))
        else:
            group = row.name
    return tuple(kept)
