"""What stands before the items of a list: numbers, letters, bullets; which of them belong to one list."""

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace

from pipeline.generate.offline.protocol.criteria import Row

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
_ROMAN = {"i": 1, "v": 5, "x": 10}
_INDENT = 9.0  # points


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


def marks_of(rows: Sequence[Row], stem: str) -> list[Mark | None]:
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
    return _indented(rows, marks)


def _indented(rows: Sequence[Row], marks: list[Mark | None]) -> list[Mark | None]:
    """Bullets of one glyph told apart by how far they are indented, where the parser says so."""
    places: dict[str, list[float]] = {}
    for row, m in zip(rows, marks, strict=True):
        if m and not m.ordered and row.left is not None:
            places.setdefault(m.style, []).append(row.left)
    steps = {style: _steps(lefts) for style, lefts in places.items()}
    return [
        replace(m, style=f"{m.style}{bisect_right(steps[m.style], row.left)}")
        if m and row.left is not None and len(steps.get(m.style, ())) > 1
        else m
        for row, m in zip(rows, marks, strict=True)
    ]


def _steps(lefts: list[float]) -> list[float]:
    """Where each level of indentation begins."""
    steps: list[float] = []
    last = float("-inf")
    for left in sorted(lefts):
        if left - last > _INDENT:
            steps.append(left)
        last = left
    return steps
