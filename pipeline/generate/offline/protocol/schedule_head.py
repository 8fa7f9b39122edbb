"""The head of a schedule read row by row: which says the visits' numbers, names, times, windows and periods."""

import re
from dataclasses import dataclass

from pipeline.generate.offline.protocol.schedule_names import plain
from pipeline.generate.offline.protocol.schedule_table import Grid
from pipeline.generate.offline.protocol.schedule_visits import (
    BARE,
    CYCLE,
    STAGE,
    TIME,
    TOLERANCE,
    UNIT,
    HeadKind,
    Said,
    Visit,
    timed,
    told_apart,
    visit_of,
)
from schemas import Cell

_NUMBER_LABEL = re.compile(r"\bvisit\s*(?:no\b|num|#)|\bvisits?\b(?!.*\b(?:window|time|timing)\b)", re.IGNORECASE)
_PERIOD_LABEL = re.compile(r"^\W*(?:study |trial )?(?:period|phase|epoch|stage|segment)s?\W*$", re.IGNORECASE)
_LABEL_WORD = re.compile(r"\b(?:visit|day|week|month|year|cycle|period)(?=s?\b)", re.IGNORECASE)
_ASIDE = re.compile(r"\([^()]*(?:±|\+\s?/|window)[^()]*\)", re.IGNORECASE)
_OTHER_LABEL = re.compile(r"\btype\b|\blocation\b|\bmode\b|protocol section|internal use", re.IGNORECASE)
_WINDOW = re.compile(r"(?:±|\+\s?/\s?[-–−]|\uf0b1)\s?\d|^(?:NA|N/A|none|[-–−])$", re.IGNORECASE)
_WINDOW_LABEL = re.compile(r"window|deviation|allowance|tolerance|permitted|allowed", re.IGNORECASE)
_WORDED = re.compile(r"[A-Za-z]{3}")
_WORD = re.compile(r"[A-Z][a-z]{3}[^\d]*")
_LONG_BEFORE = re.compile(r"[-–−]\s?\d+\s?(?:to|through|-|–|−)\s?[-–−]?\s?\d+$")
_VISITS = re.compile(r"^(?:study |clinic )?(visit)s?(?: (?:number|no\.?|#))?$", re.IGNORECASE)
_UNIT_ONLY = re.compile(
    r"(?:(?:study|clinic|treatment|relative) )?(?:day|week|month|visit|hour|time ?point)s?(?: (?:number|no\.?|#))?",
    re.I,
)
_FOR_WHOM = re.compile(r"(?:only )?for (?:all |those )?(?:participants|subjects|patients)\b", re.IGNORECASE)
_CODE = re.compile(r"(?:V|VISIT)?\s?\d{1,3}[A-Za-z]?", re.IGNORECASE)
_NO_VISIT = re.compile(
    r"\b(?:reference|section|notes?|comments?|remarks?|instructions?|footnotes?|details|additional information|specifications?)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class _HeadRow:
    """What a row of the head says: `unit` of its numbers, `window` if its label allows one for all visits, `visits` if
    its label says that bare numbers count visits."""

    kind: HeadKind
    unit: str
    window: str = ""
    visits: bool = False


Columns = tuple[int, ...]
"""The columns of the grid that stand for one visit: no cell of the head parts them."""


def visits(grid: Grid) -> list[tuple[Columns, Visit]]:
    """The visits of one page of a schedule with their columns, in order; columns that hold no visit are left out."""
    groups = [group for group in _groups(grid) if not _is_reference(grid, group)]
    rows = [_head_row(grid, row, groups) for row in range(grid.head)]
    found = [(group, visit_of(_sayings(grid, rows, group, groups))) for group in groups]
    named = [(group, visit) for group, visit in found if visit.name]
    return list(zip([group for group, _ in named], told_apart([visit for _, visit in named]), strict=True))


def _groups(grid: Grid) -> list[Columns]:
    """The columns right of the row names, those together that the same cells of the head cover."""
    groups: list[list[int]] = []
    for column in grid.visit_columns:
        if groups and grid.head and all(row[column] is row[column - 1] is not None for row in grid.places[: grid.head]):
            groups[-1].append(column)
        else:
            groups.append([column])
    return [tuple(group) for group in groups]


def _is_reference(grid: Grid, group: Columns) -> bool:
    """Whether columns say where or how an activity is done, and not when."""
    head = " ".join(grid.owned(row, group[0]) for row in range(grid.head))
    if not _NO_VISIT.search(head):
        return False
    cells = [grid.owned(row, column) for row in range(grid.head, grid.height) for column in group]
    return sum(len(c) > 3 for c in cells) >= max(1, 0.3 * sum(bool(c) for c in cells)) or not any(cells)


def _label(grid: Grid, row: int) -> str:
    """What the first columns call a row of the head; a label over several rows ("Visit / Week") is shared out."""
    for column in reversed(range(grid.first_visit)):
        cell = grid.places[row][column]
        if cell is None or not cell.text.strip():
            continue
        words = _LABEL_WORD.findall(cell.text)
        if 1 < cell.row_span == len(words):
            return str(words[row - cell.row])
        if cell.row == row:
            return " ".join(cell.text.split())
    return ""


def _head_row(grid: Grid, row: int, groups: list[Columns]) -> _HeadRow:
    printed = _label(grid, row)
    label = _ASIDE.sub("", printed)
    allowed = m.group() if (m := TOLERANCE.search(printed)) else ""
    unit = m.group(1).capitalize() if (m := UNIT.search(label)) else ""
    cells = {id(c): c for g in groups if (c := grid.places[row][g[0]]) and c.text.strip() and c.row == row}
    texts = [" ".join(c.text.split()) for c in cells.values()]
    single = [c for c in cells.values() if _spanned(c, row, grid, groups) == 1]
    if _OTHER_LABEL.search(label):
        return _HeadRow("other", "")
    windows = sum(bool(_WINDOW.match(t)) for t in texts)
    if texts and (windows >= 0.6 * len(texts) or (_WINDOW_LABEL.search(label) and not any(map(_WORDED.search, texts)))):
        return _HeadRow("window", unit)
    if _PERIOD_LABEL.search(label) or (len(texts) > len(single) and 2 * len(single) <= len(texts)):
        return _HeadRow("period", unit)
    codes = sum(bool(_CODE.match(t)) for t in texts)
    counted = not unit and _NUMBER_LABEL.search(label) is not None
    if counted and codes >= 0.4 * len(texts):
        return _HeadRow("number", "")
    if texts and all(_CODE.fullmatch(t) and t[:1] in "Vv" for t in texts):
        return _HeadRow("number", "")
    if unit or (texts and sum(bool(TIME.match(t)) for t in texts) >= 0.5 * len(texts)):
        return _HeadRow("time", unit, allowed, counted)
    return _HeadRow("name", "", "", counted)


def _spanned(cell: Cell, row: int, grid: Grid, groups: list[Columns]) -> int:
    """How many visits a cell of the head covers."""
    return sum(grid.places[row][group[0]] is cell for group in groups)


def _sayings(grid: Grid, rows: list[_HeadRow], group: Columns, groups: list[Columns]) -> list[Said]:
    """What the cells above a visit's columns say, from the top down, each cell once."""
    said: list[Said] = []
    seen: list[Cell] = []
    unit = ""
    for row, head in enumerate(rows):
        cell = grid.places[row][group[0]]
        if cell is None or not cell.text.strip() or cell.column < grid.first_visit or any(cell is s for s in seen):
            continue
        seen.append(cell)
        text = plain(cell.text)
        if _spanned(cell, row, grid, groups) > 1:
            text = timed(text, head.unit)
            unit = _unit(text) or unit
            if not _UNIT_ONLY.fullmatch(text):
                said.append(Said("time" if CYCLE.match(text) else "period", text, cell))
            continue
        kind, text, window = _kind(head, text, unit)
        if text:
            said.append(Said(kind, text, cell))
        if window:
            said.append(Said("window", window, cell))
    return said


def _kind(head: _HeadRow, text: str, above: str) -> tuple[HeadKind, str, str]:
    """What a cell over one visit says, with a time's unit; and the window that stands beside a time.

    Args:
        head: the row it stands in.
        text: what it says.
        above: the unit that a cell over several visits names ("Study Week").
    """
    window = m.group() if (m := TOLERANCE.search(text)) else ""
    if head.kind == "period":
        return "stage", text, ""
    if _FOR_WHOM.match(text):
        return "other", text, ""
    if head.kind == "window" and _LONG_BEFORE.match(text):
        return "time", timed(text, head.unit), ""
    if head.kind == "window" or not TOLERANCE.sub("", text).strip(" ()"):
        return "window", text, ""
    if head.visits and _CODE.fullmatch(text):
        return "number", text, ""
    if head.kind == "number":
        return ("name" if _WORD.fullmatch(text) else "number"), text, ""
    if head.kind == "other":
        return "other", text, ""
    below = "" if head.unit or (head.kind == "name" and not BARE.fullmatch(text)) else above
    if below == "Visit":
        return "number", text, ""
    if head.kind == "time" and head.unit and _is_name(text):
        return "name", text, ""
    text = timed(text, head.unit or below)
    time = below or (head.kind == "time" and (head.unit or TIME.match(text)))
    return ("time" if time else "name"), text, (window or head.window) if time else ""


def _is_name(text: str) -> bool:
    """Whether a text in a row of times names a stage of the study ("Screening Visit" in the row "Study Day")."""
    return not TIME.match(text) and bool(STAGE.match(text) or not UNIT.search(text)) and _WORD.match(text) is not None


def _unit(text: str) -> str:
    m = UNIT.search(text) or _VISITS.search(text)
    return m.group(1).capitalize() if m else ""
