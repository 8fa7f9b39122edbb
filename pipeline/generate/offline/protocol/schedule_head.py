"""The head of a schedule -> the name of each visit: "Visit 1 (Week -2)", "Screening (Day -28 to -1)", "Wk 2 (D 15)"."""

import re
from collections import Counter
from dataclasses import dataclass, replace
from typing import Literal

from pipeline.generate.offline.protocol.schedule_names import plain
from pipeline.generate.offline.protocol.schedule_table import Grid
from schemas import Cell

HeadKind = Literal["number", "name", "time", "window", "period", "stage", "other"]
"""What a cell of the head says of its visits; "stage": a period of one visit; "other": how the visit is held, where the protocol describes the activity."""

_UNIT = re.compile(r"\b(day|week|wk|month|year|cycle|hour)s?\b", re.IGNORECASE)
_NUMBER_LABEL = re.compile(
    r"\bvisit\s*(?:no\b|num|#)|\bvisits?\b(?!.*\b(?:name|description|title|window|time|timing)\b)", re.IGNORECASE
)
_PERIOD_LABEL = re.compile(r"^\W*(?:study |trial )?(?:period|phase|epoch|stage|segment)s?\W*$", re.IGNORECASE)
_LABEL_WORD = re.compile(r"\b(?:visit|day|week|month|year|cycle|period)(?=s?\b)", re.IGNORECASE)
_ASIDE = re.compile(r"\([^()]*(?:±|\+\s?/|window)[^()]*\)", re.IGNORECASE)
_OTHER_LABEL = re.compile(r"\btype\b|\blocation\b|\bmode\b|protocol section|internal use", re.IGNORECASE)
_WINDOW = re.compile(r"(?:±|\+\s?/\s?[-–−]|\uf0b1)\s?\d|^(?:NA|N/A|none|[-–−])$", re.IGNORECASE)
_WINDOW_LABEL = re.compile(r"window|deviation|allowance|tolerance|permitted|allowed", re.IGNORECASE)
_WORDED = re.compile(r"[A-Za-z]{3}")
_TOLERANCE = re.compile(
    r"(?:±|\+\s?/\s?[-–−]|\uf0b1)\s*\d+(?:\s*(?:days?|weeks?|wks?|months?|hours?|d|h)\b)?", re.IGNORECASE
)
_VISITS = re.compile(r"^(?:study |clinic )?(visit)s?(?: (?:number|no\.?|#))?$", re.IGNORECASE)
_UNIT_ONLY = re.compile(
    r"(?:(?:study|clinic|treatment|relative) )?(?:day|week|month|visit|hour|time ?point)s?(?: (?:number|no\.?|#))?",
    re.I,
)
_FOR_WHOM = re.compile(r"(?:only )?for (?:all |those )?(?:participants|subjects|patients)\b", re.IGNORECASE)
_MANY = 0.3  # share of visits of the same name from which all are told apart by their periods
STAGE = re.compile(r"screen|follow-?\s?up|baseline|run-?in|wash-?out|enrol|randomi[sz]|terminat|discontinu|visit", re.I)
"""Words that name a stage of a study."""

_CYCLE = re.compile(r"cycles?\s+(?:\d|[A-Z]\b)", re.IGNORECASE)
_COUNT = re.compile(r"\d{1,3}[A-Za-z]?(?:\s?[,/&-]\s?\d{1,3})*(?:,? etc\.?)?")
_CODE = re.compile(r"(?:V|VISIT)?\s?\d{1,3}[A-Za-z]?", re.IGNORECASE)
_BARE = re.compile(r"[-–−]?\s?\.?\d[\d.]*(?:\s?(?:to|through|-|–|−|,|and|/|&)\s?[-–−]?\d[\d.]*)*(?:\s?etc\.?)?")
_BARE_START = re.compile(r"[-–−]?\s?\.?\d[\d.]*(?:\s?(?:to|through|-|–|−)\s?[-–−]?\d[\d.]*)?")
_TIME = re.compile(
    r"[≤≥<>]?\s?(?:(?:day|week|month|year|cycle|hour|wk|mo|d|w|m|c|y|study day|eow|every)s?\s?[-–−]?\s?\d|[-–−]?\d+(?:\.\d+)?\s?"
    r"(?:day|week|month|year|hour|wk)|(?:up to|within|last|prior)\b.*\b(?:day|week|month)|[-–−]?\d+(?!\w))",
    re.IGNORECASE,
)
_NO_VISIT = re.compile(
    r"\b(?:reference|section|notes?|comments?|remarks?|instructions?|footnotes?|details|additional information|specifications?)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Visit:
    """One visit of a schedule: a column of its table.

    Args:
        name: how the protocol would name it, from its number, name and timing ("Visit 1 Enrolment (Day -14)").
        start: offset of its head in the document's text, -1 if that is not contiguous.
        end: offset after it.
        number: the visit's number or code as printed, "".
        label: the words of its head ("Screening").
        timing: week, day or cycle ("Day -14").
        window: how far it may be moved ("± 7").
        period: the heading over several visits ("Double-blind treatment").
    """

    name: str
    start: int = -1
    end: int = -1
    number: str = ""
    label: str = ""
    timing: str = ""
    window: str = ""
    period: str = ""


@dataclass(frozen=True, slots=True)
class _HeadRow:
    kind: HeadKind
    unit: str


@dataclass(frozen=True, slots=True)
class _Said:
    """What one cell of the head says of a visit."""

    kind: HeadKind
    text: str
    start: int
    end: int


Columns = tuple[int, ...]
"""The columns of the grid that stand for one visit: no cell of the head parts them."""


def visits(grid: Grid) -> list[tuple[Columns, Visit]]:
    """The visits of one page of a schedule with their columns, in order; columns that hold no visit are left out."""
    groups = [group for group in _groups(grid) if not _is_reference(grid, group)]
    rows = [_head_row(grid, row, groups) for row in range(grid.head)]
    found = [(group, _visit(_sayings(grid, rows, group, groups))) for group in groups]
    return _told_apart([(group, visit) for group, visit in found if visit.name])


def _groups(grid: Grid) -> list[Columns]:
    """The columns right of the row names, those together that the same cells of the head cover."""
    groups: list[list[int]] = []
    for column in grid.visit_columns:
        if groups and grid.head and all(row[column] is row[column - 1] is not None for row in grid.places[: grid.head]):
            groups[-1].append(column)
        else:
            groups.append([column])
    return [tuple(group) for group in groups]


def _told_apart(found: list[tuple[Columns, Visit]]) -> list[tuple[Columns, Visit]]:
    """Visits that would be called the same get the name of their period before ("Period 2 Day 1")."""
    times = Counter(visit.name.casefold() for _, visit in found)
    doubled = sum(n for n in times.values() if n > 1)
    if not doubled:
        return found
    most = doubled >= _MANY * len(found)
    return [
        (group, replace(visit, name=f"{visit.period} {visit.name}"))
        if visit.period and not visit.label and (times[visit.name.casefold()] > 1 or (most and not visit.number))
        else (group, visit)
        for group, visit in found
    ]


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
            return _ASIDE.sub("", " ".join(cell.text.split()))
    return ""


def _head_row(grid: Grid, row: int, groups: list[Columns]) -> _HeadRow:
    label = _label(grid, row)
    unit = m.group(1).capitalize() if (m := _UNIT.search(label)) else ""
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
    if not unit and _NUMBER_LABEL.search(label) and codes >= 0.4 * len(texts):
        return _HeadRow("number", "")
    if texts and all(_CODE.fullmatch(t) and t[:1] in "Vv" for t in texts):
        return _HeadRow("number", "")
    if unit or (texts and sum(bool(_TIME.match(t)) for t in texts) >= 0.5 * len(texts)):
        return _HeadRow("time", unit)
    return _HeadRow("name", "")


def _spanned(cell: Cell, row: int, grid: Grid, groups: list[Columns]) -> int:
    """How many visits a cell of the head covers."""
    return sum(grid.places[row][group[0]] is cell for group in groups)


def _sayings(grid: Grid, rows: list[_HeadRow], group: Columns, groups: list[Columns]) -> list[_Said]:
    """What the cells above a visit's columns say, from the top down, each cell once."""
    said: list[_Said] = []
    seen: list[Cell] = []
    unit = ""
    for row, head in enumerate(rows):
        cell = grid.places[row][group[0]]
        if cell is None or not cell.text.strip() or any(cell is s for s in seen):
            continue
        seen.append(cell)
        text = plain(cell.text)
        kind = head.kind
        if _spanned(cell, row, grid, groups) > 1:
            text = _timed(text, head.unit)
            kind = "time" if _CYCLE.match(text) else "period"
            unit = _unit(text) or unit
            if _UNIT_ONLY.fullmatch(text):
                continue
        elif kind == "period":
            kind = "stage"
        elif _FOR_WHOM.match(text):
            kind = "other"
        elif not _TOLERANCE.sub("", text).strip(" ()"):
            kind = "window"
        elif kind in ("time", "name"):
            above = "" if head.unit or (kind == "name" and not _BARE.fullmatch(text)) else unit
            if above == "Visit":
                kind = "number"
            else:
                text = _timed(text, head.unit or above)
                kind = "time" if above or (kind == "time" and (head.unit or _TIME.match(text))) else "name"
        if text:
            said.append(_Said(kind, text, cell.start, cell.end))
    return said


def _unit(text: str) -> str:
    m = _UNIT.search(text) or _VISITS.search(text)
    return m.group(1).capitalize() if m else ""


def _visit(said: list[_Said]) -> Visit:
    def of(kind: HeadKind) -> list[str]:
        return [s.text for s in said if s.kind == kind]

    staged = not of("name") and not of("number") and all(map(_TIME.match, of("time")))
    said = [replace(s, kind=("name" if staged else "period")) if s.kind == "stage" else s for s in said]
    own = [s for s in said if s.kind in ("number", "name", "time")]
    place = next(((s.start, s.end) for s in own if s.start >= 0), (-1, -1))
    name, period = _composed(own), of("period")
    if period and (not name or _BARE.fullmatch(name)):
        name = f"{period[-1]} ({name})" if name else period[-1]
    texts = (
        " ".join(of("number")),
        " ".join(of("name")),
        " ".join(of("time")),
        " ".join(of("window")),
        " ".join(period),
    )
    return Visit(name, *place, *texts)


def _timed(text: str, unit: str) -> str:
    """A time with its unit before the number, without the window ("14 (±3)" under "Day" -> "Day 14")."""
    text = " ".join(_TOLERANCE.sub("", text).split())
    text = re.sub(r"\(\s*(?:and|or|,)?\s*\)", "", text).replace("( ", "(").strip(" ,")
    text = re.sub(r"\(and ", "(", text)
    m = _BARE_START.match(text)
    if unit and m and not _UNIT.match(text[m.end() :].strip()):
        return f"{unit} {text}"
    return text


def _composed(said: list[_Said]) -> str:
    """Number, name and time as one name: a counted visit leads, then its name, times follow in brackets; a code
    ("V3") stands where its row does."""
    counted = [s for s in said if s.kind == "number" and _COUNT.fullmatch(s.text)]
    coded = [s for s in said if s.kind == "number" and s not in counted]
    words = " ".join(f"Visit {s.text}" for s in counted)
    named = [s for s in said if s.kind == "name"]
    first = said[0] if said else None
    for s in [s for s in coded if s is first] + named:
        words = words if _says(words, s.text) else f"{words} {s.text}".strip()
    for s in (s for s in said if s.kind == "time"):
        if not words:
            words = s.text
        elif not _says(words, s.text):
            words = f"{words} {s.text}" if _CYCLE.match(words) else f"{words} ({s.text})"
    for s in coded:
        words = words if _says(words, s.text) else f"{words} {s.text}".strip()
    return words


def _says(words: str, text: str) -> bool:
    """Whether a name says something already."""
    return re.search(rf"(?<!\w){re.escape(text)}(?!\w)", words, re.IGNORECASE) is not None
