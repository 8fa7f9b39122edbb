"""Schedule of activities: visits and activities of the table that says what is done when."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from pipeline.generate.offline.protocol.schedule_head import Visit, visits
from pipeline.generate.offline.protocol.schedule_names import plain
from pipeline.generate.offline.protocol.schedule_table import Grid
from schemas import RUNNING, Document, FieldAnswer, Quote, Table

_TITLE = re.compile(
    r"schedules? of (?:study )?(?:activit|assessment|event|procedure|evaluation|visit|observation|study)|time (?:and|&) events?|"
    r"study (?:flow ?chart|calendar|plan|schedule|activities|schema)|flow ?chart|visit schedule|trial flow|"
    r"(?:assessments?|evaluations?|events?|activit(?:y|ies)|procedures?) (?:schedule|table|calendar)|table of (?:event|assessment|procedure)|"
    r"procedural outline|schedule for (?:protocol|study)|\bSoA\b|study procedures",
    re.IGNORECASE,
)
_CAPTION = re.compile(r"\s*(?:table|appendix|attachment|annex)\s+([\w.-]+)", re.IGNORECASE)
_OTHER = re.compile(
    r"pharmacokinetic|\bPK\b|sampling|dose modif|dosing|extension|crisis|substudy|sub-study|biomarker", re.IGNORECASE
)
_FOOTNOTE = re.compile(r"\s*(?:abbreviations?|notes?|footnotes?|[a-z*†‡§¶]\s*[.)=:])\s*[:=]?\s*\S", re.IGNORECASE)
_LEAST_MARKS = 10
_GOOD = 2.0
_LINES_ABOVE = 12


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


@dataclass(frozen=True, slots=True)
class Schedule:
    """A schedule of activities, put together from all pages it runs over."""

    title: str = ""
    pages: tuple[int, ...] = ()
    visits: tuple[Visit, ...] = ()
    activities: tuple[Activity, ...] = ()
    start: int = -1
    end: int = -1


@dataclass(frozen=True, slots=True)
class _Part:
    """The schedule as one page shows it, with the line above it that names it."""

    grid: Grid
    title: str
    start: int
    end: int

    @property
    def page(self) -> int:
        return self.grid.table.page


def schedule(document: Document) -> Schedule | None:
    """The main schedule of activities, the first one if there are several; None if the document's tables hold none."""
    parts = [part for part in _parts(document) if part.grid.marks or _TITLE.search(part.title)]
    runs = [run for run in _runs(parts) if sum(p.grid.marks for p in run) >= _LEAST_MARKS]
    if not runs:
        return None
    likeness = [_likeness(document, run) for run in runs]
    good = next((k for k, like in enumerate(likeness) if like >= _GOOD), likeness.index(max(likeness)))
    return _joined(document, runs[good])


def _parts(document: Document) -> Iterator[_Part]:
    """Every table with rows and columns enough for a schedule, with its title."""
    before = 0
    for table in document.tables:
        grid = Grid(table)
        if grid.width >= 3 and grid.height >= 3 and grid.places:
            yield _Part(grid, *_title(document, table, before))
        before = table.end


def _title(document: Document, table: Table, before: int) -> tuple[str, int, int]:
    """The nearest line above a table, on its page, that names a table or a schedule."""
    page = document.pages[table.page - document.pages[0].number]
    above = [ln for ln in page.lines if before <= ln.start <= table.start and ln.kind not in RUNNING][-_LINES_ABOVE:]
    for line in reversed(above):
        text = document.slice(line.start, line.end).strip()
        if len(text) < 150 and (_CAPTION.match(text) or _TITLE.search(text)):
            return text, line.start, line.end
    first = next((c for c in table.cells if c.text.strip()), None)
    if first and first.start >= 0 and first.column_span > 2 and _TITLE.search(first.text):
        return first.text, first.start, first.end
    return "", -1, -1


def _runs(parts: Sequence[_Part]) -> list[list[_Part]]:
    """Tables that belong together: one schedule over several pages."""
    runs: list[list[_Part]] = []
    for part in parts:
        if runs and _continues(runs[-1][-1], part, runs[-1]):
            runs[-1].append(part)
        else:
            runs.append([part])
    return runs


def _continues(last: _Part, part: _Part, run: Sequence[_Part]) -> bool:
    if part.page - last.page > 2:
        return False
    first = next((p.title for p in run if p.title), "")
    if part.title and first and not _same_title(first, part.title):
        return False
    if _heads(part.grid) and _heads(part.grid) == _heads(run[0].grid):
        return True
    if part.page - last.page > 1:
        return False
    mine, theirs = set(_names(part.grid)), {name for p in run for name in _names(p.grid)}
    if mine and len(mine & theirs) >= 0.5 * len(mine):
        return True
    return abs(part.grid.width - last.grid.width) <= 1 or (bool(part.title) and bool(first))


def _same_title(first: str, second: str) -> bool:
    """Whether two captions name one table: the same number, or the same words but for "(continued)"."""
    a, b = _CAPTION.match(first), _CAPTION.match(second)
    if a and b:
        return a.group(1).strip(".:") == b.group(1).strip(".:")
    words = [re.sub(r"\W+|cont(?:inued|\b)|concluded", "", t.lower()) for t in (first, second)]
    return words[0] in words[1] or words[1] in words[0]


def _heads(grid: Grid) -> list[str]:
    return [grid.owned(row, column) for row in range(grid.head) for column in range(grid.width)]


def _names(grid: Grid) -> list[str]:
    return [name for row in range(grid.head, grid.height) if (name := grid.owned(row, grid.name_column))]


def _likeness(document: Document, run: Sequence[_Part]) -> float:
    """How much a table looks like the main schedule: its title, its marks, the part of the document it stands in."""
    title = " ".join(part.title for part in run)
    sections = " ".join(s.title for s in document.sections if s.start <= run[0].grid.table.start < s.end)
    named = 2.0 * bool(_TITLE.search(title)) or 1.5 * bool(_TITLE.search(sections))
    other = 1.5 * bool(_OTHER.search(title))
    return named - other + min(sum(p.grid.marks for p in run), 40) / 40


def _joined(document: Document, run: Sequence[_Part]) -> Schedule:
    """The pages of a schedule put together: rows below one another, and columns that go on beside one another."""
    columns: list[Visit] = []
    rows: list[Activity] = []
    for part in run:
        found = visits(part.grid)
        here = _activities(part.grid, [column for column, _ in found])
        places, columns = _placed([visit for _, visit in found], columns, rows, here)
        rows = [replace(r, cells=r.cells + ("",) * (len(columns) - len(r.cells))) for r in rows]
        for activity in here:
            cells = [""] * len(columns)
            for place, cell in zip(places, activity.cells, strict=True):
                cells[place] = cell
            _add(rows, replace(activity, cells=tuple(cells)), beside=len(set(places)) > 0 and min(places) > 0)
    kept = _grouped(rows)
    first = next((p for p in run if p.title), run[0])
    return Schedule(first.title, tuple(p.page for p in run), tuple(columns), kept, first.start, first.end)


def _grouped(rows: Sequence[Activity]) -> tuple[Activity, ...]:
    """The activities; a row at which nothing is ever done heads the group of rows below it."""
    kept: list[Activity] = []
    group = ""
    for row in rows:
        if any(row.cells):
            kept.append(replace(row, group=group if group and not row.group else row.group))
        else:
            group = row.name
    return tuple(kept)


def _placed(
    found: list[Visit], columns: list[Visit], rows: list[Activity], here: list[Activity]
) -> tuple[list[int], list[Visit]]:
    """Where the visits of a page stand among those known: the same ones, or further ones beside the same rows."""
    if not columns:
        return list(range(len(found))), found
    known = [v.name.lower() for v in columns]
    same = [v.name.lower() in known for v in found]
    if not found:
        return [], columns
    if sum(same) < 0.5 * len(found) and len(found) == len(columns) and not _same_rows(rows, here):
        return list(range(len(found))), columns
    if sum(same) < 0.5 * len(found) and not _same_rows(rows, here):
        return [min(k, len(columns) - 1) for k in range(len(found))], columns
    places, grown = [], list(columns)
    for visit in found:
        if visit.name.lower() in known:
            places.append(known.index(visit.name.lower()))
        else:
            places.append(len(grown))
            grown.append(visit)
    return places, grown


def _same_rows(rows: Sequence[Activity], here: Sequence[Activity]) -> bool:
    known = {r.name.lower() for r in rows}
    return bool(here) and sum(a.name.lower() in known for a in here) >= 0.5 * len(here)


def _add(rows: list[Activity], activity: Activity, beside: bool) -> None:
    """Adds a row; a row that is there already (columns that go on, a row cut by the page's end) takes its marks."""
    candidates = range(len(rows)) if beside else range(max(len(rows) - 1, 0), len(rows))
    for k in candidates:
        if rows[k].name.lower() == activity.name.lower():
            merged = tuple(a or b for a, b in zip(rows[k].cells, activity.cells, strict=True))
            rows[k] = replace(rows[k], cells=merged)
            return
    rows.append(activity)


def _activities(grid: Grid, columns: Sequence[int]) -> list[Activity]:
    """The rows of one page: group headings go into the activities below them."""
    found: list[Activity] = []
    group = ""
    for row in range(grid.head, grid.height):
        cell = grid.places[row][grid.name_column]
        if cell is None or cell.row != row:
            continue
        name = plain(cell.text)
        cells = tuple(grid.text(row, column) for column in columns)
        if not name:
            continue
        if grid.across(row) or (cell.column_span > 1 and not any(cells)):
            if len(name) > 120 or _FOOTNOTE.match(cell.text):
                break
            group = name
            continue
        found.append(Activity(name, cells, group, cell.start, cell.end))
    return found


def read(document: Document) -> dict[str, FieldAnswer]:
    """The fields soa_visits and soa_activities, each with quotes from the document."""
    found = schedule(document)
    if found is None or not found.visits or not found.activities:
        return {"soa_visits": FieldAnswer(), "soa_activities": FieldAnswer()}
    title = _quotes(document, [(found.start, found.end)])
    sure = 0.8 if _TITLE.search(found.title) else 0.6
    return {
        "soa_visits": FieldAnswer(
            [v.name for v in found.visits], title + _quotes(document, [(v.start, v.end) for v in found.visits]), sure
        ),
        "soa_activities": FieldAnswer(
            [a.name for a in found.activities],
            title + _quotes(document, [(a.start, a.end) for a in found.activities]),
            sure,
        ),
    }


def _quotes(document: Document, spans: Sequence[tuple[int, int]]) -> tuple[Quote, ...]:
    """The spans that are in the text, as quotes without white space at their ends."""
    quotes = []
    for start, end in spans:
        text = document.slice(start, end) if 0 <= start < end else ""
        if text.strip():
            first = start + len(text) - len(text.lstrip())
            quotes.append(Quote(text.strip(), first, first + len(text.strip())))
    return tuple(quotes)
