"""A schedule that runs over several pages -> one: rows that go on below, columns that go on beside."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from pipeline.generate.offline.protocol.schedule_head import visits
from pipeline.generate.offline.protocol.schedule_rows import Activity, activities, grouped
from pipeline.generate.offline.protocol.schedule_table import HEAD, Grid
from pipeline.generate.offline.protocol.schedule_visits import Visit
from schemas import Cell

_ALIKE = 0.5
_MOST_PAGES = 40


@dataclass(frozen=True, slots=True)
class Part:
    """The schedule as one page shows it, with the line above it that names it (`start`/`end`: where, -1 for none)."""

    grid: Grid
    title: str = ""
    start: int = -1
    end: int = -1

    @property
    def page(self) -> int:
        """Number of the page, from 1."""
        return self.grid.table.page


def continuation(run: Sequence[Part], part: Part) -> Part | None:
    """The part as a further page of the run, None if it is a table of its own.

    A page may repeat the head, go on without one (then what looked like its head are rows), or show the same rows with
    further visits.
    """
    last, first = run[-1], run[0]
    gap = part.page - last.page
    if gap > 2 or len(run) >= _MOST_PAGES:
        return None
    same = part.grid.width == first.grid.width
    if heads_alike(first.grid, part.grid):
        return replace(part, grid=Grid(part.grid.table, like=first.grid)) if same else part
    if gap > 1:
        return None
    if rows_alike(run, part):
        return part
    if same and not part.title and (not part.grid.head or _unlike_a_head(first, part)):
        return replace(part, grid=Grid(part.grid.table, like=first.grid, headless=True))
    return None


def heads_alike(a: Grid, b: Grid) -> bool:
    """Whether most of what stands in one head stands in the other."""
    mine, theirs = _head_texts(a), _head_texts(b)
    return bool(mine) and bool(theirs) and len(mine & theirs) >= _ALIKE * max(len(mine), len(theirs))


def _head_texts(grid: Grid) -> set[str]:
    return {t.casefold() for row in range(grid.head) for c in range(grid.width) if (t := grid.owned(row, c))}


def rows_alike(run: Sequence[Part], part: Part) -> bool:
    """Whether a page names the rows of pages before: its columns go on beside theirs."""
    mine, theirs = _names(part.grid), {name for p in run for name in _names(p.grid)}
    return bool(mine) and len(mine & theirs) >= _ALIKE * len(mine)


def _names(grid: Grid) -> set[str]:
    return {t.casefold() for row in range(grid.head, grid.height) if (t := grid.owned(row, grid.name_column))}


def _unlike_a_head(first: Part, part: Part) -> bool:
    """Whether no row of what looks like the head is called what rows of the first page's head are called."""
    labels = {first.grid.owned(row, 0).casefold() for row in range(first.grid.head)}
    mine = [part.grid.owned(row, 0).casefold() for row in range(part.grid.head)]
    return all(label and label not in labels and not HEAD.match(label) for label in mine)


def join(run: Sequence[Part]) -> tuple[tuple[Visit, ...], tuple[Activity, ...]]:
    """The visits and activities of all pages of a schedule."""
    columns: list[Visit] = []
    rows: list[Activity] = []
    known: dict[tuple[str, str], int] = {}
    heads = visits(run[0].grid)
    for part in run:
        found = heads if part.grid.like or part is run[0] else visits(part.grid)
        where = [group for group, _ in found]
        beside = not part.grid.like and not heads_alike(run[0].grid, part.grid)
        places = _places([visit for _, visit in found], columns, beside)
        rows = [replace(r, printed=r.printed + ((),) * (len(columns) - len(r.printed))) for r in rows]
        group = rows[-1].group if rows and not beside else ""
        for activity in activities(part.grid, where, group):
            printed: list[tuple[Cell, ...]] = [()] * len(columns)
            for place, cells in zip(places, activity.printed, strict=True):
                if place >= 0:
                    printed[place] = cells
            _add(rows, known, replace(activity, printed=tuple(printed)))
    return tuple(columns), grouped(rows)


def _places(found: list[Visit], columns: list[Visit], beside: bool) -> list[int]:
    """Where the visits of a page stand among `columns`, which grow by those that stand beside; -1 for none."""
    if not columns or beside:
        known = {v.name.casefold(): k for k, v in enumerate(columns)}
        places = []
        for visit in found:
            place = known.get(visit.name.casefold(), len(columns))
            if place == len(columns):
                columns.append(visit)
            places.append(place)
        return places
    if len(found) == len(columns):
        return list(range(len(found)))
    names = [v.name.casefold() for v in columns]
    places, after = [], 0
    for visit in found:
        place = names.index(visit.name.casefold(), after) if visit.name.casefold() in names[after:] else -1
        after = place + 1 if place >= 0 else after
        places.append(place)
    return places


def _add(rows: list[Activity], known: dict[tuple[str, str], int], activity: Activity) -> None:
    """Adds a row; one that is there already (columns that go on, a row cut by the page's end) takes its marks."""
    key = (activity.name.casefold(), activity.group)
    place = known.get(key, -1)
    pairs = list(zip(rows[place].printed, activity.printed, strict=True)) if place >= 0 else []
    if place >= 0 and not any(a and b for a, b in pairs):
        rows[place] = replace(rows[place], printed=tuple(a or b for a, b in pairs))
        return
    known[key] = len(rows)
    rows.append(activity)
