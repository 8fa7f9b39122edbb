"""The rows of a schedule -> activities, with the group heading each stands under."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from pipeline.generate.offline.protocol.schedule_names import plain
from pipeline.generate.offline.protocol.schedule_table import Grid

_FOOTNOTE = re.compile(r"\s*(?:abbreviations?|notes?|footnotes?|[a-z*†‡§¶]\s*[.)=:])\s*[:=]?\s*\S", re.IGNORECASE)
_LONGEST_HEADING = 120


@dataclass(frozen=True, slots=True)
class Activity:
    """One activity: a row of the schedule.

    Args:
        name: the row's name without footnote marks.
        cells: what stands at each visit, "" for nothing, in the order of the schedule's visits.
        group: the heading it stands under ("Safety"), "".
        start: offset of its name in the document's text, -1 if that is not contiguous.
        end: offset after it.
    """

    name: str
    cells: tuple[str, ...] = ()
    group: str = ""
    start: int = -1
    end: int = -1


def activities(grid: Grid, visits: Sequence[tuple[int, ...]]) -> list[Activity]:
    """The rows of one page, in order; headings that run across the table go into the rows below them.

    Args:
        grid: the page's table.
        visits: the columns of each visit.
    """
    found: list[Activity] = []
    group = ""
    for row in range(grid.head, grid.height):
        cell = grid.places[row][grid.name_column]
        if cell is None or cell.row != row:
            continue
        name = plain(cell.text)
        cells = tuple(_cell(grid, row, columns) for columns in visits)
        if not name:
            continue
        if grid.across(row) or (cell.column_span > 1 and not any(cells)):
            if len(name) > _LONGEST_HEADING or _FOOTNOTE.match(cell.text):
                break
            group = name
            continue
        found.append(Activity(name, cells, group, cell.start, cell.end))
    return found


def _cell(grid: Grid, row: int, columns: tuple[int, ...]) -> str:
    """What a row says of a visit."""
    return " ".join(dict.fromkeys(text for column in columns if (text := grid.text(row, column))))


def grouped(rows: Sequence[Activity]) -> tuple[Activity, ...]:
    """The activities at which something is done; a row without any mark heads the rows below it."""
    kept: list[Activity] = []
    group = ""
    for row in rows:
        if any(row.cells):
            kept.append(replace(row, group=row.group or group))
        else:
            group = row.name
    return tuple(kept)
