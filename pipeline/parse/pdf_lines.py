"""Characters of a PDF page -> lines in reading order, with place, size and weight."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from pipeline.parse.pdf_chars import PageChars
from pipeline.parse.pdf_glyphs import DROPPED, LINE_END_HYPHEN
from schemas import Box, LineKind

_PRINTED = re.compile(r"\S(?:[^\r\n]*\S)?")
_SPACE_EM = 0.18  # a wider gap is a space
_RAISED_EM = 0.6  # a wider gap parts two cells
_LINE_JITTER = 3.0  # points by which a line may stand above the one before and still follow it
_BLOCK_GAP = 36.0  # points between lines that begin a new block
_LONG = 0.55  # share of the page's width
_SAMPLE = 8
_MIN_ROWS = 10
_GAP_EM = 0.9
_PROSE_CHARS = 15
_WORD = re.compile(rf"[^\s{LINE_END_HYPHEN}{DROPPED}]+")


@dataclass(slots=True)
class RawLine:
    """One line of a page before the document's text is put together.

    Args:
        start: position of its first character in `PageChars.text`; -1 for a line that isn't there (form value, OCR).
        raw: its characters as pdfium reports them, one for one.
        box: where it stands on the shown page, in points.
        size: font size in points.
        direction: direction of the writing, degrees counter-clockwise.
        bold: set in a bold face from its first to its last character.
        kind: what it is on its page.
        offset: where it begins in the document's text, once that is put together.
        length: characters it has there.
        words: where each of its words stands, if that is known (of a service that reads pages).
    """

    start: int
    raw: str
    box: Box
    size: float = 0.0
    direction: int = 0
    bold: bool = False
    kind: LineKind = "body"
    offset: int = -1
    length: int = 0
    words: tuple[Box, ...] = ()


def raw_lines(chars: PageChars, spans: Sequence[tuple[int, int]] | None = None) -> list[RawLine]:
    """Lines of a page as they stand in its text.

    Args:
        chars: the page's characters.
        spans: where they begin and end in `chars.text`; None for all lines of the page.
    """
    return _lines(chars, [m.span() for m in _PRINTED.finditer(chars.text)] if spans is None else spans)


def read_lines(chars: PageChars, width: float, raw: list[RawLine] | None = None) -> list[RawLine]:
    """Lines of a page in reading order.

    Args:
        chars: the page's characters.
        width: width of the shown page in points.
        raw: the lines that are to be read, as `raw_lines` gave them; None for all.
    """
    lines = _join_raised(raw_lines(chars) if raw is None else raw, chars.text)
    columns = _split_at_gutter(chars, lines, width)
    return _by_place(lines) if columns is None else columns


def _lines(chars: PageChars, spans: Sequence[tuple[int, int]]) -> list[RawLine]:
    text = chars.text
    starts, lasts = [start for start, _ in spans], [end - 1 for _, end in spans]
    bold = chars.bold(starts)
    ends = iter(chars.bold([last for last, begins_bold in zip(lasts, bold, strict=True) if begins_bold]))
    bold = [begins_bold and next(ends) for begins_bold in bold]
    return [
        RawLine(
            start,
            text[start:end],
            (
                first[0] if first[0] < last[0] else last[0],
                first[1] if first[1] < last[1] else last[1],
                first[2] if first[2] > last[2] else last[2],
                first[3] if first[3] > last[3] else last[3],
            ),
            size,
            direction,
            heavy,
        )
        for (start, end), first, last, (size, direction), heavy in zip(
            spans, chars.boxes(starts), chars.boxes(lasts), chars.fonts(starts), bold, strict=True
        )
    ]


def _join_raised(lines: list[RawLine], text: str) -> list[RawLine]:
    """Joins what pdfium takes apart at a change of the baseline: superscripts and subscripts stay in their line."""
    joined: list[RawLine] = []
    for line in lines:
        before = joined[-1] if joined else line
        if line.box[0] < before.box[2] - 1.0 or before is line or not _continues(before, line):
            joined.append(line)
            continue
        between = text[before.start + len(before.raw) : line.start]
        mark = len(before.raw) == 1 and before.size < line.size  # a footnote's mark before its text
        apart = mark or " " in between or line.box[0] - before.box[2] > _SPACE_EM * before.size
        before.raw += (" " if apart else DROPPED) + DROPPED * (len(between) - 1) + line.raw
        before.box = _around(before.box, line.box)
        before.size, before.bold = max(before.size, line.size), before.bold and line.bold
    return joined


def _continues(before: RawLine, line: RawLine) -> bool:
    """Whether a line stands right after the other on the same height, closer than two cells of a table would."""
    if before.direction or line.direction:
        return False
    gap = line.box[0] - before.box[2]
    overlap = min(before.box[3], line.box[3]) - max(before.box[1], line.box[1])
    height = min(before.box[3] - before.box[1], line.box[3] - line.box[1])
    return gap < _RAISED_EM * max(before.size, line.size) and overlap > 0.3 * height


def _around(a: Box, b: Box) -> Box:
    return (min(a[0], b[0]), min(a[1], b[1]), max(a[2], b[2]), max(a[3], b[3]))


def _by_place(lines: list[RawLine]) -> list[RawLine]:
    """Moves what was written out of turn (a page's head written last) to where it stands; side by side stays as written."""
    runs: list[list[RawLine]] = []
    for line in lines:
        jump = line.box[1] - runs[-1][-1].box[1] if runs else 0.0
        if not runs or (line.direction == 0 and not -_LINE_JITTER < jump < _BLOCK_GAP):
            runs.append([line])
        else:
            runs[-1].append(line)
    if len(runs) < 2:
        return lines
    blocks: list[tuple[float, float, list[tuple[int, list[RawLine]]]]] = []  # disjoint, from the top down
    spans = sorted((min(r.box[1] for r in run), max(r.box[3] for r in run), i) for i, run in enumerate(runs))
    for top, bottom, i in spans:
        if blocks and top < blocks[-1][1] - _LINE_JITTER:
            last = blocks[-1]
            blocks[-1] = (last[0], max(last[1], bottom), [*last[2], (i, runs[i])])
        else:
            blocks.append((top, bottom, [(i, runs[i])]))
    return [line for _, _, members in blocks for _, run in sorted(members, key=lambda m: m[0]) for line in run]


def _split_at_gutter(chars: PageChars, lines: list[RawLine], width: float) -> list[RawLine] | None:
    """Lines of a page whose two columns were written row by row, column after column; None for any other page.

    A few long lines are looked at first: only if a gap stands at one place in most of them, all are.
    """
    long = [line for line in lines if line.box[2] - line.box[0] > _LONG * width and line.direction == 0]
    if len(long) < _MIN_ROWS:
        return None
    if not _gaps(chars, long[len(long) // 2]):
        return None
    gutter = _common_gap([_gaps(chars, line) for line in long[:: len(long) // _SAMPLE + 1]])
    if gutter is None:
        return None
    halves = [(line, _halves(chars, line, gutter)) for line in lines]
    split = [parts for _, parts in halves if len(parts) == 2]
    prose = [p for p in split if all(len(half.raw) >= _PROSE_CHARS for half in p)]
    if len(prose) < max(_MIN_ROWS, 0.6 * len(split), 0.6 * len(long)):
        return None
    ordered: list[RawLine] = []
    left: list[RawLine] = []
    right: list[RawLine] = []
    for line, parts in sorted(halves, key=lambda h: h[0].box[1]):
        if len(parts) == 1 and line.box[0] < gutter < line.box[2]:
            ordered += [*left, *right, line]
            left, right = [], []
        for part in parts if len(parts) == 2 or not line.box[0] < gutter < line.box[2] else ():
            (left if part.box[0] < gutter else right).append(part)
    return [*ordered, *left, *right]


def words(line: RawLine, begin: int = 0, end: int | None = None) -> list[tuple[int, int]]:
    """Spans of the words in `raw[begin:end]`, as positions in `PageChars.text`."""
    limit = len(line.raw) if end is None else end
    return [(line.start + m.start(), line.start + m.end()) for m in _WORD.finditer(line.raw, begin, limit)]


def _gaps(chars: PageChars, line: RawLine) -> list[tuple[float, float]]:
    """Left and right end of each gap wider than a space, between words about the middle of the line."""
    spans = words(line, len(line.raw) // 4, len(line.raw) * 3 // 4)
    boxes = chars.boxes([p for start, end in spans for p in (start, end - 1)])
    pairs = zip(boxes[1:-1:2], boxes[2::2], strict=True)
    return [(a[2], b[0]) for a, b in pairs if b[0] - a[2] > _GAP_EM * max(line.size, 6.0)]


def _common_gap(gaps: list[list[tuple[float, float]]]) -> float | None:
    """The place that lies in a gap of most lines."""
    for x in sorted({(a + b) / 2 for row in gaps for a, b in row}):
        if sum(any(a <= x <= b for a, b in row) for row in gaps) >= 0.75 * len(gaps):
            return x
    return None


def _halves(chars: PageChars, line: RawLine, gutter: float) -> list[RawLine]:
    """The two parts of a line on both sides of the gutter, or the line itself."""
    if not line.box[0] < gutter < line.box[2] or line.direction:
        return [line]
    spans = words(line)
    firsts = chars.boxes([start for start, _ in spans])
    lasts = chars.boxes([end - 1 for _, end in spans])
    for i in range(1, len(spans)):
        if lasts[i - 1][2] <= gutter <= firsts[i][0]:
            cut = spans[i][0]
            left = _around(firsts[0], lasts[i - 1])
            right = _around(firsts[i], lasts[-1])
            return [
                replace(line, raw=line.raw[: spans[i - 1][1] - line.start], box=left),
                replace(line, start=cut, raw=line.raw[cut - line.start :], box=right),
            ]
    return [line]
