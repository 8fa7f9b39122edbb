"""A list printed over many lines -> its items, as a tree: told apart by their numbers, letters and bullets."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from pipeline.generate.offline.protocol.criteria import Criterion, Row, joined
from pipeline.generate.offline.protocol.criteria_marks import Mark, marks_of
from schemas import Document

_REMOVED = re.compile(
    r"\W*(?:(?:this )?(?:inclusion |exclusion )?criteri(?:on|a)(?: number)?[ #\d]* (?:was |has been |is )?"
    r"(?:removed|deleted|withdrawn|omitted)|(?:intentionally )?(?:removed|deleted|omitted)\b.{0,60}$|"
    r"(?:removed|deleted) (?:per|by|in|with|as of|under) )",
    re.IGNORECASE,
)
_LEAD = re.compile(
    r"\b(?:following|criteria|must|should|eligible|meets?|fulfil\w*|apply|applies|is|are|be|if|any of)\b.*:$",
    re.IGNORECASE,
)
_AFTERWARDS = re.compile(
    r"\s*(?:Note:?\s)?.*(?:(?:in|ex)clusion criteri|eligibility criteri|enrol+ment criteri|incorrectly enrol|"
    r"no additional exclusion|re-?screen|re-?test)",
    re.IGNORECASE,
)
_ENDS = (".", ";", ":", "?", "!")
_OPEN_ENDS = (".", ",", ";", " and", " or", " of", " the", " a", " in", " to", " with")
_CONJUNCTIONS = frozenset({"AND", "OR", "And", "Or", "PLUS", "NOT", "CCI", "PPD"})
_DEPTH = 4


def items(document: Document, rows: Sequence[Row], stem: str = "", first: int = 1) -> tuple[Criterion, ...]:
    """The items of the list that `rows` hold, sub-items inside, group headings told apart from the items' text.

    Args:
        document: what the rows are lines of.
        rows: the lines under the list's heading.
        stem: number of the section, for lists whose items are numbered like sections (3.1.1, 3.1.2 ...).
        first: the number an earlier list left off before, for lists whose numbering runs on.
    """
    parts = split(rows, stem, first)
    if parts:
        parts[-1] = replace(parts[-1], rows=_without_afterword(parts[-1].rows, _width(rows)))
    return tuple(_criterion(document, part, 0) for part in parts)


def _without_afterword(rows: tuple[Row, ...], width: int) -> tuple[Row, ...]:
    """The rows of the last item without a paragraph about the criteria as a whole ("No waivers to the criteria ...")."""
    for k in range(1, len(rows)):
        if rows[k].text[:1].isupper() and _closed(rows[k - 1], width) and _AFTERWARDS.match(rows[k].text):
            return rows[:k]
    return rows


@dataclass(frozen=True, slots=True)
class Part:
    """The lines of one item, the first one without its mark."""

    mark: Mark
    rows: tuple[Row, ...]
    group: str = ""


def _criterion(document: Document, part: Part, depth: int) -> Criterion:
    text = joined(document, part.rows)
    children: tuple[Criterion, ...] = ()
    if depth < _DEPTH and len(part.rows) > 1:
        children = tuple(_criterion(document, p, depth + 1) for p in split(part.rows[1:], nested=True))
    return Criterion(
        part.mark.printed, text, part.rows[0].start, part.rows[-1].end, part.group, children,
        withdrawn=depth == 0 and bool(_REMOVED.match(text)), marked=part.mark.length > 0,
    )  # fmt: skip


def split(rows: Sequence[Row], stem: str = "", first: int = 1, nested: bool = False) -> list[Part]:
    """Cuts lines into the items of the outermost list among them; lines before the first item are left out."""
    marks = marks_of(rows, stem)
    outer = _outer_list(marks, first)
    if outer is None:
        return [] if nested else _paragraphs(rows)
    if outer.first:
        starts = _ordered_starts(rows, marks, outer)
    else:
        starts = [k for k, m in enumerate(marks) if m and m.style == outer.style]
    width = _width(rows)
    parts: list[Part] = []
    group = ""
    for k, begin in enumerate(starts):
        previous = starts[k - 1] if k else -1
        head = begin if nested else _heading_start(rows, marks, previous, begin, width)
        if outer.first and k and head == begin and _value(marks, begin) == 1:
            head = _lead_start(rows, marks, previous, begin, width)
        if head < begin:
            group = " ".join(row.text.strip() for row in rows[head:begin])
            if parts:
                own = tuple(row for row in parts[-1].rows if row.start < rows[head].start)
                parts[-1] = replace(parts[-1], rows=own)
        found = marks[begin]
        assert found is not None
        until = starts[k + 1] if k + 1 < len(starts) else len(rows)
        parts.append(Part(found, _unmarked(rows[begin:until], found), group))
    return [part for part in parts if any(row.text.strip() for row in part.rows)]


def _unmarked(rows: Sequence[Row], found: Mark) -> tuple[Row, ...]:
    """The rows of an item without the mark; a mark that stands on a line of its own goes with its line."""
    row = rows[0]
    rest = row.text[found.length :]
    if not rest.strip() and len(rows) > 1:
        return tuple(rows[1:])
    return (replace(row, start=row.start + found.length, text=rest), *rows[1:])


@dataclass(frozen=True, slots=True)
class _Chain:
    """A list of one style: where it begins, with which number, how many members it has, where it ends."""

    style: str
    begin: int
    first: int
    length: int
    last: int


def _chain(style: str, places: Sequence[tuple[int, int]], first: int) -> _Chain | None:
    """The list of a style, from its first number on: 1, the one that `first` expects, or any that two more follow."""
    values = [value for _, value in places]
    runs = (i for i in range(len(values)) if values[i] in (1, first) or values[i : i + 3] == _three(values[i]))
    opening = 0 if values[0] == 0 else next(runs, None)
    if opening is None:
        return None
    if values[0] == 0:
        return _Chain(style, places[0][0], 0, len(places), places[-1][0])
    wanted, length, last = values[opening], 0, places[opening][0]
    for k, value in places[opening:]:
        if wanted <= value <= wanted + 2:
            wanted, length, last = value + 1, length + 1, k
    return _Chain(style, places[opening][0], values[opening], length, last)


def _three(value: int) -> list[int]:
    return [value, value + 1, value + 2]


def _outer_list(marks: Sequence[Mark | None], first: int) -> _Chain | None:
    """The outermost list: the one that begins first, unless a numbered list begins after a few bullets of an
    introduction and then runs through the whole."""
    places: dict[str, list[tuple[int, int]]] = {}
    for k, m in enumerate(marks):
        if m:
            places.setdefault(m.style, []).append((k, m.value))
    chains = [c for style, found in places.items() if (c := _chain(style, found, first))]
    if any(c.first and c.length > 2 and c.style != "section" for c in chains):
        chains = [c for c in chains if c.style != "section"]  # headings of groups, the items are numbered within them
    outer = min(chains, key=lambda c: c.begin, default=None)
    if outer and not outer.first:
        numbered = (c for c in chains if c.first and c.length >= 4 and c.last - c.begin > 0.6 * len(marks))
        outer = max(numbered, key=lambda c: c.last - c.begin, default=outer)
    return outer


def _ordered_starts(rows: Sequence[Row], marks: Sequence[Mark | None], outer: _Chain) -> list[int]:
    """The rows where the items of an ordered list begin: each number follows the one before; a number out of order
    belongs to a list inside the item, or begins a new count under a new heading."""
    places = [(k, m.value) for k, m in enumerate(marks) if m and m.style == outer.style and k >= outer.begin]
    width = _width(rows)
    starts: list[int] = []
    wanted = outer.first
    for i, (k, value) in enumerate(places):
        rest = [v for _, v in places[i + 1 :]]
        inside = bool(starts) and _inside(places[:i], starts[-1], value)
        if value == wanted:
            if inside and _after_run(places, i) == value:
                continue  # the list inside the item has come as far as the outer list, which goes on after it
        elif wanted < value <= wanted + 9:
            goes_on = not rest or value + 1 in rest
            if inside or wanted in rest or (value > wanted + 3 and not goes_on):
                continue
        elif value == 1:
            head = _heading_start(rows, marks, starts[-1], k, width)
            led = head < k or _lead_start(rows, marks, starts[-1], k, width) < k
            if not led or (wanted in rest and not (head < k and rows[head].heading)):
                continue
        else:
            continue
        starts.append(k)
        wanted = value + 1
    return starts


def _inside(before: Sequence[tuple[int, int]], start: int, value: int) -> bool:
    """Whether `value` goes on counting a list that was opened inside the item that began at row `start`."""
    return bool(before) and before[-1][0] > start and before[-1][1] == value - 1


def _after_run(places: Sequence[tuple[int, int]], i: int) -> int:
    """The number after the run of successive numbers that begins at `i`, 0 if nothing follows."""
    while i + 1 < len(places) and places[i + 1][1] == places[i][1] + 1:
        i += 1
    return places[i + 1][1] if i + 1 < len(places) else 0


def _width(rows: Sequence[Row]) -> int:
    """The usual length of a full line, in characters."""
    lengths = sorted(len(row.text) for row in rows)
    return lengths[int(len(lengths) * 0.9)] if lengths else 0


def _closed(row: Row, width: int) -> bool:
    """Whether a paragraph may end with this line."""
    text = row.text.rstrip()
    return text.endswith(_ENDS) or len(text) < 0.75 * width


def is_group_heading(row: Row) -> bool:
    """Whether a line reads like the heading of a group of criteria: short, capitalised, no sentence.

    >>> is_group_heading(Row(0, 30, "Prior/concomitant therapy", 1)), is_group_heading(Row(0, 20, "of the study.", 1))
    (True, False)
    """
    text = row.text.strip()
    if not 2 < len(text) <= 90 or not text[0].isupper() or len(text.split()) > 11:
        return False
    return text not in _CONJUNCTIONS and not _LEAD.search(text) and not text.endswith(_OPEN_ENDS)


def _heading_start(
    rows: Sequence[Row], marks: Sequence[Mark | None], previous: int, begin: int, width: int
) -> int:  # fmt: skip
    """The first of the lines right before row `begin` that are group headings (`begin` itself if there are none)."""
    head = begin
    while head - 1 > previous and begin - head < 3:
        row, above, found = rows[head - 1], rows[head - 2] if head > 1 else None, marks[head - 1]
        if (found and found.style != "section") or not is_group_heading(row):
            break
        set_off = row.heading and (above is None or not above.heading)
        if above is not None and not set_off and not _closed(above, width):
            break
        head -= 1
    return head


def _lead_start(rows: Sequence[Row], marks: Sequence[Mark | None], previous: int, begin: int, width: int) -> int:
    """The first line of the paragraph right before row `begin` that leads into a new list ("Patients who meet any of
    these at Visit 2 are excluded:"), `begin` itself if the list belongs to the item that began at row `previous`."""
    if not rows[begin - 1].text.rstrip().endswith(":"):
        return begin
    for k in range(begin - 1, max(begin - 5, previous), -1):
        if marks[k] is not None:
            break
        if _closed(rows[k - 1], width):
            return k if rows[k].text.lstrip()[:1].isupper() else begin
    return begin


def _value(marks: Sequence[Mark | None], k: int) -> int:
    found = marks[k]
    return found.value if found else 0


def _paragraphs(rows: Sequence[Row]) -> list[Part]:
    """Items of a list without marks: paragraphs, told apart by sentence ends and short lines."""
    width = _width(rows)
    parts: list[list[Row]] = []
    for row in rows:
        text = row.text.strip()
        if not text:
            continue
        if not parts or (_closed(parts[-1][-1], width) and (text[0].isupper() or text[0].isdigit())):
            parts.append([])
        parts[-1].append(row)
    return [Part(Mark("", 0, "", 0), tuple(p)) for p in parts if not p[-1].text.rstrip().endswith(":") or len(p) > 2]
