"""Primary objectives and endpoints from tables that set objectives and endpoints side by side."""

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from pipeline.generate.offline.protocol.lines import prose, without_mark
from schemas import Cell, Document, Table

_OBJECTIVE = re.compile(r"(?i)\bobjectives?\b|\baims?\b")
_ENDPOINT = re.compile(r"(?i)\bend\s?-?points?\b|\boutcomes?(?: measures?)?\b|\bvariables?\b")
_ESTIMAND = re.compile(r"(?i)\bestimands?\b")
_PRIMARY = re.compile(r"(?i)^(?:co-?)?primary\b")
_LATER = re.compile(
    r"(?i)^(?:key |other |additional |main )*(?:secondary|exploratory|tertiary|safety|other|pharmacokinetic|biomarker|immunogenicity|additional|patient)\b|^an? (?:secondary|exploratory|additional)|^the (?:secondary|exploratory|key)"
)
_NAMED_PRIMARY = re.compile(r"(?i)^the (?:co-?)?primary\b")
_BULLETS = re.compile(r"\s*(?:[•●▪■\uf0b7]|(?<=[.;])\s+[-–](?=\s[A-Z]))\s+")
_LABEL = re.compile(
    r"(?i)^(?:co-?)?primary(?: (?:efficacy|safety|study))?(?: (?:objectives?|end\s?-?points?|outcome measures?|estimands?))?(?:\(s\))?\s*(?:\([^)]*\))?\s*:?\s*"
)


class Pair(NamedTuple):
    """What a primary row says: its objectives and endpoints with their places."""

    objectives: list[tuple[str, int, int]]
    endpoints: list[tuple[str, int, int]]


def primary_pairs(document: Document, pages: Iterable[int]) -> Iterator[Pair]:
    """The primary rows of each table of objectives and endpoints, a table that runs over pages being one.

    Args:
        document: the protocol.
        pages: numbers of the pages to look at.
    """
    wanted = set(pages)
    current: Pair | None = None
    inside, before = False, -1
    for table in document.tables:
        if table.page not in wanted or not (columns := _columns(table)):
            continue
        if table.page > before + 1:
            if current and (current.objectives or current.endpoints):
                yield current
            current, inside = None, False
        current = current or Pair([], [])
        inside = _read(document, table, columns, inside, current)
        before = table.page
    if current and (current.objectives or current.endpoints):
        yield current


def _columns(table: Table) -> tuple[int, int] | None:
    """The columns of objectives and endpoints, None if the table is of another kind."""
    head = {c.column: c.text for c in table.cells if c.row == 0}
    if not 2 <= len(head) <= 4:
        return None
    objective = next((i for i, t in head.items() if _OBJECTIVE.search(t) and len(t) < 80), None)
    endpoint = next((i for i, t in head.items() if i != objective and _ENDPOINT.search(t) and len(t) < 90), None)
    if endpoint is None:
        endpoint = next((i for i, t in head.items() if i != objective and _ESTIMAND.search(t) and len(t) < 60), None)
    return (objective, endpoint) if objective is not None and endpoint is not None else None


def _read(document: Document, table: Table, columns: tuple[int, int], inside: bool, pair: Pair) -> bool:
    """Collect the primary rows of one table; returns whether its last row is still a primary one."""
    rows: dict[int, list[Cell]] = {}
    for cell in table.cells:
        rows.setdefault(cell.row, []).append(cell)
    for number in sorted(rows):
        cells = {c.column: c for c in rows[number] if c.text.strip()}
        if not cells:
            continue
        first = cells[min(cells)].text.strip()
        if _LATER.match(first):
            inside = False
            continue
        is_head = len(first) < 70 and all(
            len(c.text) < 90 and (_OBJECTIVE.search(c.text) or _ENDPOINT.search(c.text) or _ESTIMAND.search(c.text))
            for c in cells.values()
        )
        if _PRIMARY.match(first) and ((len(cells) == 1 and len(first) < 90) or is_head):
            inside = True
            if len(_LABEL.sub("", first)) < 4 or is_head:
                continue
        if number == 0 or is_head:
            continue
        if inside or _NAMED_PRIMARY.match(first) or (_PRIMARY.match(first) and len(cells) > 1):
            inside = inside or bool(_PRIMARY.match(first))
            for column, items in zip(columns, (pair.objectives, pair.endpoints), strict=True):
                if column in cells:
                    items.extend(_items(document, table, cells[column]))
    return inside


def _items(document: Document, table: Table, cell: Cell) -> Iterator[tuple[str, int, int]]:
    """The bullets of a cell, or all of it as one item."""
    start, end = cell.start, cell.end
    if start < 0:
        head = document.text.find(cell.text[:24].split("\n")[0], table.start, table.end)
        start, end = (head, min(head + len(cell.text[:24]), table.end)) if head >= 0 else (-1, -1)
    text = _LABEL.sub("", prose(cell.text), count=1)
    for part in _BULLETS.split(text):
        words = without_mark(part.strip()).strip(" ;")
        if len(words) > 2:
            yield words, start, end
