"""Tells the lines of a table of contents from the headings they name."""

import re
from collections.abc import Sequence
from itertools import pairwise

from pipeline.parse.heading_candidate import LEADERS, Candidate
from schemas import Line

_CONTENTS = re.compile(r"(?:table\s+of\s+)?contents|index", re.IGNORECASE)


def without_contents(text: str, lines: Sequence[Line], found: list[Candidate]) -> list[Candidate]:
    """Leave out the lines of tables of contents: leaders, rows of page numbers, headings that come again further on."""
    marker = next((c.start for c in found if _CONTENTS.fullmatch(c.title)), -1)
    if marker < 0:
        for line in lines[: max(400, len(lines) // 8)]:
            if line.end - line.start < 24 and _CONTENTS.fullmatch(text[line.start : line.end].strip()):
                marker = line.start
                break
    last = {_name(c): c.start for c in found}
    contents: list[bool] = []
    for i, c in enumerate(found):
        listed = False
        if c.page_ref >= 0:
            line = lines[c.index]
            near = [n.page_ref for n in found[max(0, i - 4) : i + 5] if n.page_ref > 0]
            listed = sum(a <= b for a, b in pairwise(near)) >= 3 or bool(
                LEADERS.search(text, line.start, min(line.end, line.start + 400))
            )
        again = last[_name(c)] > c.start
        contents.append(listed or (again and 0 <= marker < c.start < marker + len(text) // 4))
    kept = []
    for i, c in enumerate(found):
        before = next((found[j].index for j in range(i - 1, max(-1, i - 4), -1) if contents[j]), -99)
        after = next((found[j].index for j in range(i + 1, min(len(found), i + 4)) if contents[j]), 10**9)
        between = c.index - before <= 4 and after - c.index <= 4
        if not contents[i] and not between:
            kept.append(c)
    return kept


def _name(c: Candidate) -> tuple[tuple[int, ...], str]:
    """What a heading and the line of the contents that names it have in common; of an annex, its number."""
    words = c.number if c.series == "annex" else c.title
    return c.key, re.sub(r"[\W\d]+", " ", words.lower()).strip()[:32]
