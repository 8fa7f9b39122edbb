"""A list printed over many lines -> its items, as a tree: told apart by their numbers, letters and bullets."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from pipeline.generate.offline.protocol.criteria import Criterion, Row, joined
from schemas import Document

_BULLETS = "•●▪■◦○∙·‣⁃□◆◇➢►❖✓✔*\uf0b7\uf0a7\uf0d8\uf0fc\uf0a8\uf076\uf06f\uf02d\uf0be\u2610"
_MARK = re.compile(
    rf"""\s*(?:
      (?P<bullet>[{re.escape(_BULLETS)}](?=\s|\w|[(<>≥≤]|$)|[o–—−-](?=\s|$))
    | (?P<open>[\[(]?)(?P<prefix>(?:INC|EXC|IN|EX|IC|EC|[IE])[ -]?)?(?P<number>\d{{1,2}})(?P<suffix>[a-z]?)
      (?P<close>\]\.?|\)|\.\)?(?!\d)|:(?=\s)|(?=\s+[A-Z≥≤<>])|(?=\s*$))
    | (?P<aopen>[\[(]?)(?P<letters>[a-z]|[ivx]{{2,5}}|[A-Z])(?P<aclose>[\])]\.?|\.(?=\s))
    )\s*""",
    re.VERBOSE,
)
_SECTION = re.compile(r"\s*(?P<stem>\d{1,2}(?:\.\d{1,2}){0,3})\.(?P<last>\d{1,2})\.?(?=\s)\s*")
_REMOVED = re.compile(
    r"\W*(?:(?:this )?(?:inclusion |exclusion )?criteri(?:on|a)(?: number)?[ #\d]* (?:was |has been |is )?"
    r"(?:removed|deleted|withdrawn|omitted)|(?:intentionally )?(?:removed|deleted|omitted)\b.{0,60}$|"
    r"(?:removed|deleted) (?:per|by|in|with|as of|under) )",
    re.IGNORECASE,
)
_LEAD = re.compile(r"\b(?:following|criteria|must|should|eligible|meets?|fulfil\w*|apply|applies)\b.*:$", re.IGNORECASE)
_AFTERWARDS = re.compile(
    r"\s*(?:Note:?\s)?.*(?:(?:in|ex)clusion criteri|eligibility criteri|enrol+ment criteri|incorrectly enrol|"
    r"re-?screen|re-?test)",
    re.IGNORECASE,
)
_ROMAN = {"i": 1, "v": 5, "x": 10}
_ENDS = (".", ";", ":", "?", "!")
_OPEN_ENDS = (".", ",", ";", " and", " or", " of", " the", " a", " in", " to", " with")
_CONJUNCTIONS = frozenset({"AND", "OR", "And", "Or", "PLUS", "NOT", "CCI", "PPD"})
_DEPTH = 4


@dataclass(frozen=True, slots=True)
class Mark:
    """What stands before an item: its style (items of one list share it), its value in the order, how it is printed."""

    style: str
    value: int
    printed: str
    length: int

    @property
    def ordered(self) -> bool:
        """Whether it counts: a number or a letter, no bullet."""
        return self.value > 0


def mark(text: str, stem: str = "") -> Mark | None:
    """The mark a line begins with, if it begins with one; `stem` is the number of the section it stands in.

    >>> mark("[16b] Evidence from ECG").value, mark("I 01. Adults").printed, mark("18 to 55 years")
    (16, 'I 01', None)
    >>> mark("3.1.4 Age over 18", stem="3.1").value
    4
    """
    if stem and (m := _SECTION.match(text)) and m["stem"] == stem:
        return Mark("section", int(m["last"]), f"{m['stem']}.{m['last']}", m.end())
    if not (m := _MARK.match(text)):
        return None
    if m["bullet"]:
        return Mark(m["bullet"], 0, "", m.end())
    if m["number"]:
        if not m["close"] and (m["open"] or not int(m["number"])):
            return None
        style = f"{m['open']}{(m['prefix'] or '').strip(' -')}1{m['close'].rstrip('.') or m['close']}"
        return Mark(style, int(m["number"]), f"{m['prefix'] or ''}{m['number']}{m['suffix']}", m.end())
    letters = m["letters"]
    roman = len(letters) > 1 or letters == "i"
    value = _roman(letters) if roman else ord(letters.lower()) - 96
    kind = "i" if roman else "A" if letters.isupper() else "a"
    return Mark(f"{m['aopen']}{kind}{m['aclose'][:1]}", value, letters, m.end())


def _roman(letters: str) -> int:
    values = [_ROMAN[c] for c in letters]
    return sum(-v if v < max(values[k + 1 :], default=0) else v for k, v in enumerate(values))


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
    marks = _marks(rows, stem)
    outer = _outer_style(marks, first)
    if outer is None:
        return [] if nested else _paragraphs(rows)
    style, ordered = outer
    if ordered:
        starts = _ordered_starts(rows, marks, style, first)
    else:
        starts = [k for k, m in enumerate(marks) if m and m.style == style]
    width = _width(rows)
    parts: list[Part] = []
    group = ""
    for k, begin in enumerate(starts):
        previous = starts[k - 1] if k else -1
        head = begin if nested else _heading_start(rows, marks, previous, begin, width)
        if head < begin:
            group = " ".join(row.text.strip() for row in rows[head:begin])
            if parts:
                parts[-1] = replace(parts[-1], rows=parts[-1].rows[: head - previous])
        found = marks[begin]
        assert found is not None
        until = starts[k + 1] if k + 1 < len(starts) else len(rows)
        parts.append(Part(found, _unmarked(rows[begin:until], found), group))
    return [part for part in parts if any(row.text.strip() for row in part.rows)]


def _marks(rows: Sequence[Row], stem: str) -> list[Mark | None]:
    """The mark of each line; i, v and x are letters where a list of letters has come that far, else Roman numbers."""
    marks: list[Mark | None] = []
    last: dict[str, int] = {}
    for row in rows:
        m = mark(row.text, stem)
        if m and len(m.printed) == 1 and m.printed in _ROMAN:
            style = m.style.replace("i", "a")
            if last.get(style) == ord(m.printed) - 97:
                m = replace(m, style=style, value=ord(m.printed) - 96)
        if m:
            last[m.style] = m.value
        marks.append(m)
    return marks


def _unmarked(rows: Sequence[Row], found: Mark) -> tuple[Row, ...]:
    """The rows of an item without the mark; a mark that stands on a line of its own goes with its line."""
    row = rows[0]
    rest = row.text[found.length :]
    if not rest.strip() and len(rows) > 1:
        return tuple(rows[1:])
    return (replace(row, start=row.start + found.length, text=rest), *rows[1:])


def _outer_style(marks: Sequence[Mark | None], first: int) -> tuple[str, bool] | None:
    """The style of the outermost list (and whether it is ordered): the one that begins first, unless a numbered
    list begins after a few bullets of an introduction and then runs through the whole."""
    seen: dict[str, int] = {}
    chains: dict[str, tuple[int, int]] = {}  # style -> next value wanted, position of the last member
    lengths: Counter[str] = Counter()
    for k, m in enumerate(marks):
        if m is None:
            continue
        if not m.ordered:
            seen.setdefault(m.style, k)
            lengths[m.style] += 1
        elif m.style not in chains:
            if m.value in (1, first):
                seen.setdefault(m.style, k)
                chains[m.style] = (m.value + 1, k)
                lengths[m.style] = 1
        elif chains[m.style][0] <= m.value <= chains[m.style][0] + 2:
            chains[m.style] = (m.value + 1, k)
            lengths[m.style] += 1
    if not seen:
        return None
    if "section" in seen and any(n > 2 and s in chains and s != "section" for s, n in lengths.items()):
        del seen["section"]  # headings of groups, the items are numbered within them
    outer = min(seen, key=lambda s: seen[s])
    if outer not in chains:
        spans = {s: chains[s][1] - seen[s] for s in chains if lengths[s] > 2}
        longest = max(spans, key=lambda s: spans[s], default=None)
        if longest and spans[longest] > 0.6 * len(marks) and lengths[longest] >= 4:
            outer = longest
    return outer, outer in chains


def _ordered_starts(rows: Sequence[Row], marks: Sequence[Mark | None], style: str, first: int) -> list[int]:
    """The rows where the items of an ordered list begin: each number follows the one before; a number out of order
    belongs to a list inside the item, or begins a new count under a new heading."""
    places = [(k, m.value) for k, m in enumerate(marks) if m and m.style == style]
    width = _width(rows)
    starts: list[int] = []
    wanted = 0
    for i, (k, value) in enumerate(places):
        rest = [v for _, v in places[i + 1 :]]
        if not starts:
            if value in (1, first):
                starts.append(k)
                wanted = value + 1
        elif value == wanted:
            again = rest.index(value) if value in rest else -1
            onward = rest.index(value + 1) if value + 1 in rest else len(rest)
            if 0 <= again < onward and _inside(places[:i], starts[-1], value):
                continue
            starts.append(k)
            wanted = value + 1
        elif wanted < value <= wanted + 3 and wanted not in rest and not _inside(places[:i], starts[-1], value):
            starts.append(k)
            wanted = value + 1
        elif value == 1 and wanted not in rest and _heading_start(rows, marks, starts[-1], k, width) < k:
            starts.append(k)
            wanted = 2
    return starts


def _inside(before: Sequence[tuple[int, int]], start: int, value: int) -> bool:
    """Whether `value` goes on counting a list that was opened inside the item that began at row `start`."""
    return bool(before) and before[-1][0] > start and before[-1][1] == value - 1


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
        if above is not None and not row.heading and not _closed(above, width):
            break
        head -= 1
    return head


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
