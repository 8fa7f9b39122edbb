"""Footnote marks in a schedule: what a cell prints, parted into its text and the marks of the notes it refers to."""

import re
from collections.abc import Collection

_MARK = re.compile(r"[*†‡§¶#ǁ‖^]+|[a-z]{1,2}(?![a-z])|\d{1,2}(?!\d)", re.IGNORECASE)
_MARK_SIGNS = frozenset("*†‡§¶#ǁ‖^")
_TICKED = re.compile(
    r"(\(?[Xx✓√✔☑•●\uf0fc\uf0d6]\)?)\s?([a-z]{1,2}|\d{1,2}|[*†‡§¶#ǁ‖^]{1,3})((?:\s?,\s?(?:[a-z]{1,2}|\d{1,2}|[*†‡§¶#]+))*)"
)
_SIGNED = re.compile(r"(.{0,80}?[^\s*†‡§¶#ǁ‖^])\s?([*†‡§¶#ǁ‖^]{1,3}(?:\s?,\s?[*†‡§¶#ǁ‖^]{1,3})*)")
_LONGEST = 2_000
_MOST = 12  # marks of one cell


def parted(text: str, printed: str, known: Collection[str] = ()) -> tuple[str, tuple[str, ...]]:
    """A cell's text without footnote marks, and the marks.

    Args:
        text: what the cell says; raised marks may be left out already.
        printed: the same place in the document's text, marks and line breaks included; "" if that is not contiguous.
        known: marks of the footnotes below the table, as far as they are known.

    >>> parted("X", "Xa,b"), parted("Xc", "Xc"), parted("2 mL", "2 mL"), parted("Weight†", "Weight†")
    (('X', ('a', 'b')), ('X', ('c',)), ('2 mL', ()), ('Weight', ('†',)))
    """
    said = " ".join(text.split())
    marks = list(raised(said, printed, known))
    match = _TICKED.fullmatch(said) or _SIGNED.fullmatch(said)
    if match:
        said = match.group(1)
        marks = [*split_marks("".join(match.groups()[1:]), known), *marks]
    return said, tuple(dict.fromkeys(marks))


def raised(text: str, printed: str, known: Collection[str] = ()) -> tuple[str, ...]:
    """The marks that the document's text has and the cell's text has not, in their order.

    >>> raised("Week 68 to Week 140 (Q12W)", "Week 68a to Week\\n140 (Q12W)b"), raised("Hematology", "Hematology n, z")
    (('a', 'b'), ('n', 'z'))
    """
    if len(printed) > _LONGEST or len(printed) <= len(text):
        return ()
    said = [c for c in text if not c.isspace()]
    marks: list[str] = []
    extra, place = "", 0
    for c in printed:
        if c.isspace():
            extra += " " if extra else ""
        elif place < len(said) and c == said[place]:
            place += 1
            marks += split_marks(extra, known)
            extra = ""
        else:
            extra += c
    if place < len(said):
        return ()  # the cell's text was changed on the way: what is left over says nothing
    return tuple(dict.fromkeys([*marks, *split_marks(extra, known)]))[:_MOST]


def split_marks(text: str, known: Collection[str] = ()) -> list[str]:
    """Marks printed together, one by one: letters and numbers by commas or as the known notes have them, signs by kind.

    >>> split_marks("a, b"), split_marks("ab", {"a", "b"}), split_marks("10"), split_marks("†‡")
    (['a', 'b'], ['a', 'b'], ['10'], ['†', '‡'])
    """
    marks: list[str] = []
    for mark in _MARK.findall(text):
        if mark in known or len(mark) == 1 or len(set(mark)) == 1:
            marks.append(mark)
        elif _MARK_SIGNS.issuperset(mark) or all(c in known for c in mark):
            marks += list(mark)
        else:
            marks.append(mark)
    return marks
