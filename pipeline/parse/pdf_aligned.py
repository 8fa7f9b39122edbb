"""Tables without ruling lines: rows whose words stand in columns parted by gaps."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from pipeline.parse.pdf_chars import PageChars
from pipeline.parse.pdf_lines import RawLine, words

_WIDE_CHAR_EM = 0.56  # average width of a character in a line that may hold gaps
_WIDE_CAPITAL_EM = 0.75  # the same, in capitals or after a number or bullet
_GAP_EM = 1.1  # a gap between two cells
_ROW_GAP_EM = 2.8  # between rows of one table
_COLUMN_EDGE = 2.0  # points by which words of one column may begin apart
_CUT_EM = 0.2
_MIN_ROWS = 3
_NEAR = 7  # lines
_MOST_GAPS = 400  # places looked at; a real table has few
_MOST_LONE = 3  # rows of one cell in a row of rows: lines of a cell
_SUPPORT = 0.6  # share of the rows in which a gap stands between two columns
_CROSSED = 0.2  # share of the rows that may run across it (spanning heads)
_ENUMERATOR = re.compile(
    r"^[(\[]?(?:\d{1,3}(?:\.\d{1,3})*|[A-Za-z]|[ivxlIVXL]{1,6}|Section|ARTICLE)?[.)\]:]*$|^[•●○▪·–—*o-]$"
)
_LEADERS = re.compile(r"\.{4}|(?:\. ){4}|…{2}|·{4}")
_BLANKS = re.compile(r"_{4}")


@dataclass(frozen=True, slots=True)
class Segment:
    """Words of a line with no wide gap between them: `raw[start:end]`, from `x0` to `x1`."""

    line: RawLine
    start: int
    end: int
    x0: float
    x1: float

    @property
    def text(self) -> str:
        """What it says."""
        return self.line.raw[self.start : self.end]


@dataclass(slots=True)
class Row:
    """Segments on one height, from left to right."""

    top: float
    bottom: float
    size: float
    segments: list[Segment] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class AlignedTable:
    """Rows of segments and the gutters (x positions) between their columns."""

    rows: list[list[list[Segment]]]  # row, column, segments from the top down
    gutters: list[float]
    numeric: bool


def find_aligned(chars: PageChars, lines: Sequence[RawLine]) -> list[AlignedTable]:
    """Tables of a page by the gaps between their columns.

    Args:
        chars: the page's characters.
        lines: the page's lines that stand in no ruled table and run from left to right.
    """
    if not _are_near(lines):
        return []
    rows = _rows(chars, lines)
    return [table for block in _blocks(rows) if (table := _table(chars, block)) is not None]


def _are_near(lines: Sequence[RawLine]) -> bool:
    """Whether enough lines with gaps in them, or to the right of another, follow each other closely."""
    signs = [i for i, line in enumerate(lines) if _may_hold_gap(line) or (i > 0 and _is_beside(lines[i - 1], line))]
    return any(b - a <= _NEAR for a, b in zip(signs, signs[_MIN_ROWS - 1 :], strict=False))


def _may_hold_gap(line: RawLine) -> bool:
    """Whether the line's characters are so wide on average that gaps must be among them."""
    raw = line.raw
    width = (line.box[2] - line.box[0]) / (len(raw) * (line.size or 10.0))
    if width <= _WIDE_CHAR_EM:
        return False
    first = raw.partition(" ")[0]
    strict = raw.isupper() or len(first) == 1 or _ENUMERATOR.match(first)
    return len(first) < len(raw) and (width > _WIDE_CAPITAL_EM or not strict)


def _is_beside(before: RawLine, line: RawLine) -> bool:
    a, b = before.box, line.box
    return b[0] > a[2] and b[1] < a[3] and a[1] < b[3] and not _ENUMERATOR.match(before.raw)


def _rows(chars: PageChars, lines: Sequence[RawLine]) -> list[Row]:
    rows: list[Row] = []
    for line in sorted(lines, key=lambda line: (line.box[1] + line.box[3]) / 2):
        middle = (line.box[1] + line.box[3]) / 2
        if not rows or middle > rows[-1].bottom - 0.25 * (rows[-1].bottom - rows[-1].top):
            rows.append(Row(line.box[1], line.box[3], line.size or 10.0))
        rows[-1].segments += segments(chars, line)
    for row in rows:
        row.segments.sort(key=lambda segment: segment.x0)
    return rows


def segments(chars: PageChars, line: RawLine, *, wide: bool = False) -> list[Segment]:
    """The parts of a line between wide gaps.

    Args:
        chars: the page's characters.
        line: one of its lines; its words are looked at only if gaps may be among them,
        wide: or if the line is wide enough to run over two columns.
    """
    size = line.size or 10.0
    whole = Segment(line, 0, len(line.raw), line.box[0], line.box[2])
    if not (wide or _may_hold_gap(line)) or _LEADERS.search(line.raw):
        return [whole]
    spans = words(line)
    if len(spans) < 2:
        return [whole]
    firsts, lasts = chars.boxes([a for a, _ in spans]), chars.boxes([b - 1 for _, b in spans])
    found, begin = [], 0
    for i in range(1, len(spans) + 1):
        if i == len(spans) or firsts[i][0] - lasts[i - 1][2] > _GAP_EM * size:
            start, end = spans[begin][0] - line.start, spans[i - 1][1] - line.start
            found.append(Segment(line, start, end, firsts[begin][0], lasts[i - 1][2]))
            begin = i
    return found


def _blocks(rows: list[Row]) -> list[list[Row]]:
    """Runs of rows close together in which rows of several segments are not far apart."""
    blocks: list[list[Row]] = []
    block: list[Row] = []
    lone = 0
    for row in rows:
        far = block and row.top - block[-1].bottom > _ROW_GAP_EM * row.size
        if len(row.segments) > 1:
            if far or lone > _MOST_LONE:
                blocks.append(block)
                block = []
            block.append(row)
            lone = 0
        elif block and not far:
            block.append(row)
            lone += 1
        else:
            blocks.append(block)
            block, lone = [], 0
    blocks.append(block)
    return [b for b in blocks if sum(len(row.segments) > 1 for row in b) >= _MIN_ROWS]


def _table(chars: PageChars, block: list[Row]) -> AlignedTable | None:
    while block and len(block[-1].segments) == 1:
        block = block[:-1]
    full = [row for row in block if len(row.segments) > 1]
    gutters = _gutters(full)
    if not gutters:
        return None
    block = _cut_prose([_split_row(chars, row, gutters) for row in block], gutters)
    rows = [_by_column(row, gutters) for row in block]
    kept = _join_continued(rows, block)
    return AlignedTable(kept, gutters, _is_numeric(kept)) if _is_table(kept) else None


def _gutters(rows: list[Row]) -> list[float]:
    """Places that lie between segments in most rows and inside a segment in few."""
    gaps = [(a.x1, b.x0) for row in rows for a, b in zip(row.segments, row.segments[1:], strict=False)]
    found: list[tuple[float, float]] = []
    for x in sorted({round(b - 1.0, 1) for _, b in gaps})[:_MOST_GAPS]:
        parted = sum(any(a.x1 <= x < b.x0 for a, b in zip(r.segments, r.segments[1:], strict=False)) for r in rows)
        crossed = sum(any(s.x0 < x < s.x1 for s in r.segments) for r in rows)
        if parted >= max(_MIN_ROWS - 1, _SUPPORT * len(rows)) and crossed <= _CROSSED * len(rows):
            found.append((x, parted))
    merged: list[tuple[float, float]] = []
    for x, support in found:
        column = merged and any(merged[-1][0] < s.x0 + 0.5 and s.x1 < x + 0.5 for r in rows for s in r.segments)
        if merged and not column:
            if support >= merged[-1][1]:
                merged[-1] = (x, support)
        else:
            merged.append((x, support))
    return [x for x, _ in merged]


def _split_row(chars: PageChars, row: Row, gutters: list[float]) -> Row:
    """The row, its segments cut where a word begins right at a column although the gap before it is narrow."""
    parts = []
    for segment in row.segments:
        pieces = [segment]
        for x in gutters:
            if pieces[-1].x0 < x < pieces[-1].x1:
                pieces[-1:] = _cut(chars, pieces[-1], x)
        parts += pieces
    return replace(row, segments=parts)


def _cut(chars: PageChars, segment: Segment, x: float) -> list[Segment]:
    line = segment.line
    spans = [(a, b) for a, b in words(line) if segment.start <= a - line.start < segment.end]
    firsts, lasts = chars.boxes([a for a, _ in spans]), chars.boxes([b - 1 for _, b in spans])
    for i in range(1, len(spans)):
        if abs(firsts[i][0] - 1.0 - x) < _COLUMN_EDGE and firsts[i][0] - lasts[i - 1][2] > _CUT_EM * line.size:
            cut = spans[i][0] - line.start
            return [
                Segment(line, segment.start, spans[i - 1][1] - line.start, segment.x0, lasts[i - 1][2]),
                Segment(line, cut, segment.end, firsts[i][0], segment.x1),
            ]
    return [segment]


def _cut_prose(block: list[Row], gutters: list[float]) -> list[Row]:
    """Without rows at both ends that run across a gutter."""
    crossing = [any(s.x0 < x < s.x1 for s in row.segments for x in gutters) for row in block]
    first = next((i for i, crosses in enumerate(crossing) if not crosses), 0)
    last = next((i for i in range(len(block) - 1, -1, -1) if not crossing[i]), len(block) - 1)
    return block[first : last + 1]


def _by_column(row: Row, gutters: list[float]) -> list[list[Segment]]:
    columns: list[list[Segment]] = [[] for _ in range(len(gutters) + 1)]
    for segment in row.segments:
        middle = min((segment.x0 + segment.x1) / 2, segment.x0 + 30.0)
        columns[sum(x <= middle for x in gutters)].append(segment)
    return columns


def _join_continued(rows: list[list[list[Segment]]], block: list[Row]) -> list[list[list[Segment]]]:
    """Puts the further lines of a cell into the row that they go on from: rows whose first column is empty."""
    joined: list[list[list[Segment]]] = []
    for i, row in enumerate(rows):
        near = i > 0 and block[i].top - block[i - 1].bottom < 0.6 * block[i].size
        if joined and near and not row[0] and sum(map(bool, row)) < sum(map(bool, joined[-1])) + 1:
            for cell, more in zip(joined[-1], row, strict=True):
                cell += more
        else:
            joined.append(row)
    return joined


def _is_table(rows: list[list[list[Segment]]]) -> bool:
    """Whether the rows are no list, table of contents, signature block or columns of prose."""
    full = [row for row in rows if sum(map(bool, row)) > 1]
    if len(full) < _MIN_ROWS or len(full) < 0.5 * len(rows):
        return False
    texts = [" ".join(s.text for s in cell) for row in full for cell in row if cell]
    first = [" ".join(s.text for s in row[0]) for row in full if row[0]]
    last = [" ".join(s.text for s in row[-1]) for row in full if row[-1]]
    if len(first) < 0.4 * len(full) or (
        sum(bool(_ENUMERATOR.match(t)) for t in first) > 0.5 * len(first) > 0 and len(rows[0]) == 2
    ):
        return False
    if sum(bool(_BLANKS.search(t)) for t in texts) > 0.4 * len(texts):
        return False
    if sum(bool(_LEADERS.search(t)) for t in texts) > 0.2 * len(full):
        return False
    if len(rows[0]) == 2 and last and all(t.isdigit() for t in last) and len(last) >= 5:
        return False  # a table of contents
    return sum(map(len, first)) / max(1, len(first)) < 60


def _is_numeric(rows: list[list[list[Segment]]]) -> bool:
    cells = [" ".join(s.text for s in cell) for row in rows for cell in row[1:] if cell]
    return sum(any(c.isdigit() for c in cell) for cell in cells) > 0.5 * len(cells)
