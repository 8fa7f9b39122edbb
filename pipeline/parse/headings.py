"""Finds the lines that could be headings, and says how much each looks like one; `sections.py` decides which are."""

import re
from collections.abc import Sequence

from pipeline.parse.heading_candidate import HEAD, MARKS, Candidate, Face, roman
from pipeline.parse.headings_numbered import decimal, inside, title_below, titled, worded
from pipeline.parse.headings_plain import plain
from schemas import Line, Page

_SKIPPED = frozenset({"header", "footer", "page_number", "table", "footnote"})
_LONG = 1500  # from this length a line is a whole contract in one paragraph and headings are sought inside it
_DECIMAL = re.compile(
    r"(?P<word>(?:SECTION|Section|Sec\.|§)\s{0,3})?(?P<number>\d{1,2}(?:\.\d{1,3}){0,5})(?!\d|[.,]\d|[-/]\d)(?P<point>[.):])?(?P<gap>\s*)"
)
_WORDED = re.compile(
    r"(?P<word>ARTICLE|Article|CHAPTER|Chapter|PART|Part|APPENDIX|Appendix|EXHIBIT|Exhibit|SCHEDULE|Schedule|ANNEX|Annex"
    r"|ATTACHMENT|Attachment|RIDER|Rider)"
    r"\s{1,3}(?P<number>[IVXLC]{1,6}|\d{1,2}[A-Z]?|[A-Z](?:-\d{1,2})?)\b(?!-|/)(?P<point>\s{0,2}[.:)—–-])?(?P<gap>\s*)"
)
_ROMAN = re.compile(r"(?P<number>[IVX]{1,5})\.(?P<gap>\s+(?=[A-Z])|$)")
_LETTER = re.compile(r"(?P<number>[A-H])\.(?P<gap>\s+)(?=[A-Z])")


def text_lines(pages: Sequence[Page]) -> list[Line]:
    """The lines in which a heading can stand, in reading order."""
    return [line for page in pages for line in page.lines if line.kind not in _SKIPPED and line.end > line.start]


def candidates(text: str, lines: Sequence[Line], face: Face) -> list[Candidate]:
    """Every line that may be a heading, in reading order; those of a table of contents among them."""
    found: list[Candidate] = []
    for index, line in enumerate(lines):
        start = line.start
        first = text[start]
        if first in MARKS:
            head = text[start : min(line.end, start + HEAD)].lstrip(MARKS)
            if not head:
                continue
            start = text.index(head, start)
            first = head[0]
        if first.isupper() or first.isdigit() or first in "§“\"'" or line.kind == "heading":
            head = text[start : min(line.end, start + HEAD)].rstrip(MARKS)
            candidate = _read(text, lines, index, start, head, face)
            if candidate is not None:
                found.append(candidate)
        if line.end - line.start > _LONG:
            found.extend(inside(text, index, line))
    return found


def _read(text: str, lines: Sequence[Line], index: int, start: int, head: str, face: Face) -> Candidate | None:
    """The candidate that a line is, if it is one: numbered first, then worded, then by its looks."""
    first = head[0]
    if (first.isdigit() or first in "§S") and (match := _DECIMAL.match(head)):
        return decimal(text, lines, index, start, head, face, match)
    if first in "ACEPSR" and (match := _WORDED.match(head)):
        return worded(text, lines, index, start, head, face, match)
    if first in "IVX" and (match := _ROMAN.match(head)):
        key = (roman(match["number"]),)
        if match.end() == len(head):
            return title_below(text, lines, index, start, head, face, "article", key)
        return titled(lines, index, start, head, face, match, "article", key)
    if first <= "H" and (match := _LETTER.match(head)):
        return titled(lines, index, start, head, face, match, "letter", (ord(first) - 64,))
    return plain(text, lines, index, start, head, face)
