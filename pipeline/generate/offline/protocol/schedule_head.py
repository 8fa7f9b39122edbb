"""The head of a schedule -> the name of each visit: "Visit 1 (Week -2)", "Screening (Day -28 to -1)", "Wk 2 (D 15)"."""

import re
from dataclasses import dataclass
from typing import Literal

from pipeline.generate.offline.protocol.schedule_names import plain
from pipeline.generate.offline.protocol.schedule_table import Grid

HeadKind = Literal["number", "name", "time", "window", "period", "other"]
"""What a row of the head says of its visits; "other": how the visit is held, where the protocol describes the activity."""

_UNIT = re.compile(r"\b(day|week|month|year|cycle|hour)s?\b", re.IGNORECASE)
_NUMBER_LABEL = re.compile(r"\bvisit\s*(?:no\b|num|#|n[°o]|id\b)|^(?:study |clinic )?visits?\s*\W*$", re.IGNORECASE)
_OTHER_LABEL = re.compile(r"\btype\b|\blocation\b|\bmode\b|protocol section", re.IGNORECASE)
_WINDOW = re.compile(r"(?:±|\+\s?/\s?[-–−]|\uf0b1)\s?\d|^(?:NA|N/A|none|[-–−])$", re.IGNORECASE)
_TOLERANCE = re.compile(
    r"(?:±|\+\s?/\s?[-–−]|\uf0b1)\s*\d+(?:\s*(?:days?|weeks?|wks?|months?|hours?|d|h)\b)?", re.IGNORECASE
)
_CODE = re.compile(r"(?:V|VISIT)?\s?\d{1,3}[A-Za-z]?", re.IGNORECASE)
_BARE = re.compile(r"[-–−]?\s?\.?\d[\d.]*(?:\s?(?:to|through|-|–|−|,|and|/|&)\s?[-–−]?\d[\d.]*)*(?:\s?etc\.?)?")
_BARE_START = re.compile(r"[-–−]?\s?\.?\d[\d.]*(?:\s?(?:to|through|-|–|−)\s?[-–−]?\d[\d.]*)?")
_TIME = re.compile(
    r"[≤≥<>]?\s?(?:(?:day|week|month|year|cycle|hour|wk|mo|d|w|m|c|y|study day|eow|every)s?\s?[-–−]?\s?\d|[-–−]?\d+(?:\.\d+)?\s?"
    r"(?:day|week|month|year|hour|wk)|(?:up to|within|last|prior)\b.*\b(?:day|week|month)|[-–−]?\d)",
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


def visits(grid: Grid) -> list[tuple[int, Visit]]:
    """The visits of one page of a schedule with their columns, in order; columns that hold no visit are left out.

    Args:
        grid: the page's table.
    """
    columns = [c for c in grid.visit_columns if not _is_reference(grid, c)]
    rows = [_head_row(grid, row, columns) for row in range(grid.head)]
    found = []
    for column in columns:
        visit = _visit(grid, rows, column)
        if visit.name:
            found.append((column, visit))
    return found


def _is_reference(grid: Grid, column: int) -> bool:
    """Whether a column says where or how an activity is done, and not when."""
    head = " ".join(grid.owned(row, column) for row in range(grid.head))
    if not _NO_VISIT.search(head):
        return False
    cells = [grid.owned(row, column) for row in range(grid.head, grid.height)]
    return sum(len(c) > 3 for c in cells) >= max(1, 0.3 * sum(bool(c) for c in cells)) or not any(cells)


def _label(grid: Grid, row: int) -> str:
    """What the first columns call a row of the head."""
    texts = [grid.owned(row, column) for column in range(grid.first_visit)]
    return next((t for t in reversed(texts) if t), "")


def _head_row(grid: Grid, row: int, columns: list[int]) -> _HeadRow:
    label = _label(grid, row)
    unit = m.group(1).capitalize() if (m := _UNIT.search(label)) else ""
    cells = {id(c): c for column in columns if (c := grid.places[row][column]) and c.text.strip() and c.row == row}
    texts = [" ".join(c.text.split()) for c in cells.values()]
    single = [" ".join(c.text.split()) for c in cells.values() if _spanned(grid, c.column, columns, row) == 1]
    if _OTHER_LABEL.search(label):
        return _HeadRow("other", "")
    if texts and sum(bool(_WINDOW.match(t)) for t in texts) >= 0.6 * len(texts):
        return _HeadRow("window", unit)
    if len(texts) > len(single) and 2 * len(single) <= len(texts):
        return _HeadRow("period", unit)
    if _NUMBER_LABEL.search(label) and sum(bool(_CODE.match(t)) for t in texts) >= 0.4 * len(texts):
        return _HeadRow("number", "")
    if texts and all(_CODE.fullmatch(t) and t[:1] in "Vv" for t in texts):
        return _HeadRow("number", "")
    if unit or (texts and sum(bool(_TIME.match(t)) for t in texts) >= 0.5 * len(texts)):
        return _HeadRow("time", unit)
    return _HeadRow("name", "")


def _spanned(grid: Grid, column: int, columns: list[int], row: int) -> int:
    """How many of the visit columns the cell in a place covers."""
    cell = grid.places[row][column]
    return sum(grid.places[row][c] is cell for c in columns) if cell else 0


def _visit(grid: Grid, rows: list[_HeadRow], column: int) -> Visit:
    parts: dict[HeadKind, list[str]] = {"number": [], "name": [], "time": [], "window": [], "period": [], "other": []}
    seen: list[object] = []
    start, end = -1, -1
    for row, head in enumerate(rows):
        cell = grid.places[row][column]
        if cell is None or not cell.text.strip() or any(cell is s for s in seen):
            continue
        seen.append(cell)
        said = plain(cell.text)
        kind: HeadKind = "period" if _spans(grid, column, row) else head.kind
        if not _TOLERANCE.sub("", said).strip(" ()"):
            kind = "window"
        elif kind == "time":
            said = _timed(said, head.unit)
        if said:
            parts[kind].append(said)
        if start < 0 and kind in ("number", "name", "time") and cell.start >= 0:
            start, end = cell.start, cell.end
    number, names, times = " ".join(parts["number"]), parts["name"], parts["time"]
    name = _composed(number, names, times)
    if parts["period"] and (not name or (not names and not number and _BARE.fullmatch(name))):
        name = f"{parts['period'][-1]} ({name})" if name else parts["period"][-1]
    return Visit(
        name, start, end, number, " ".join(names), " ".join(times), " ".join(parts["window"]), " ".join(parts["period"])
    )


def _spans(grid: Grid, column: int, row: int) -> bool:
    """Whether the head cell in a place covers several visits."""
    return _spanned(grid, column, grid.visit_columns, row) > 1


def _timed(text: str, unit: str) -> str:
    """A time with its unit before the number, without the window ("14 (±3)" under "Day" -> "Day 14")."""
    text = " ".join(_TOLERANCE.sub("", text).split())
    text = re.sub(r"\(\s*(?:and|or|,)?\s*\)", "", text).replace("( ", "(").strip(" ,")
    text = re.sub(r"\(and ", "(", text)
    m = _BARE_START.match(text)
    if unit and m and not _UNIT.match(text[m.end() :].strip()):
        return f"{unit} {text}"
    return text


def _composed(number: str, names: list[str], times: list[str]) -> str:
    """Number, name and time as one name: what comes first leads, times follow in brackets."""
    lead: list[str] = []
    counted = bool(re.fullmatch(r"\d{1,3}[A-Za-z]?(?:\s?[,/&-]\s?\d{1,3})*(?:,? etc\.?)?", number))
    if counted:
        lead.append(f"Visit {number}")
    for name in names:
        if not _said(name, lead):
            lead.append(name)
    rest = [t for t in times if not _said(t, lead)]
    if not lead and rest:
        lead.append(rest.pop(0))
    words = " ".join(lead)
    for time in rest:
        words += f" ({time})"
    if number and not counted and not _said(number, [words]):
        words = f"{words} {number}".strip()
    return words


def _said(text: str, before: list[str]) -> bool:
    """Whether something says again what stands before it."""
    return any(text.lower() in b.lower() for b in before)
