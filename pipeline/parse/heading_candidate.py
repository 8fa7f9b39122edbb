"""A line that may be a heading: what is known of it, and how titles are told from sentences."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from schemas import Line

Series = Literal["decimal", "article", "annex", "letter", "plain", "run_in"]

HEAD = 240  # characters of a line that are looked at
RUN_IN = re.compile(
    r"(?P<title>[\"“(]?[A-Z][^.:;\n]{1,70}?)(?:\s?[.:]{1,2}[\"”]?[*_]{0,3}\s*(?=\s[A-Z\"“(\[$]|$)|\s(?:--?|[–—])\s|\s(?=\d{1,2}-\d{1,2}\s))"
)
LEADERS = re.compile(r"(?:\.\s?){4}|·{3}|…\s?…|_{4,}\s*\d|\t+\s*\d{1,3}\s*$|\s{4,}\d{1,3}\s*$")
_PAGE_AT_END = re.compile(r"\s(\d{1,3}|[ivxl]{1,5})$")
SENTENCE = re.compile(
    r"\b(?:[Ss]hall|SHALL|will|WILL|must|MUST|may|is|IS|are|ARE|was|were|has|HAS|have|agrees?|AGREES?|should|can|hereby|HEREBY|does|be|means)\b"
    r"|[a-z]\. [A-Z]"
)
MARKS = "#*_ \t\xa0"


@dataclass(slots=True)
class Candidate:
    """A line (or the head of one) that may be a heading.

    `key` is its number as integers (empty without one); `weight` says how much it looks like a heading (0: undecided);
    `page_ref` is the page number at its end, as lines of a table of contents have (-1: none, 0: dot leaders).
    """

    index: int
    start: int
    body: int
    series: Series
    number: str
    key: tuple[int, ...]
    title: str
    weight: float
    size: float = 0.0
    bold: bool = False
    caps: bool = False
    page_ref: int = -1


@dataclass(frozen=True, slots=True)
class Face:
    """How the body of the document is set: its font size, and whether bold type tells headings apart."""

    size: float
    bold_tells: bool

    def weight(self, line: Line) -> float:
        """How much the type of a line speaks for a heading."""
        larger = self.size > 0 and line.size > self.size * 1.08
        smaller = 0 < line.size < self.size * 0.85
        bold = self.bold_tells and line.bold
        plain = -0.8 if self.bold_tells and not larger else 0.0
        return (1.5 if bold else plain) + (1.0 if larger else 0.0) - (1.0 if smaller else 0.0)


def body_face(lines: Sequence[Line]) -> Face:
    """The face most characters are set in."""
    sizes: Counter[float] = Counter()
    bold = total = 0
    for line in lines[:: max(1, len(lines) // 1500)]:
        length = line.end - line.start
        sizes[line.size] += length
        total += length
        bold += length if line.bold else 0
    return Face(sizes.most_common(1)[0][0] if sizes else 0.0, 0 < bold < 0.35 * total)


def ended_before(text: str, lines: Sequence[Line], index: int) -> bool:
    """Whether the line before ends a sentence or paragraph, so that a new one can begin."""
    if index == 0:
        return True
    before = lines[index - 1]
    return text[before.start : before.end].rstrip()[-1:] in {"", ".", ":", ";", "_", ")"} or (
        lines[index].start - before.end > 1 and text[before.end : lines[index].start].count("\n") > 1
    )


def runs_on(text: str, lines: Sequence[Line], index: int) -> bool:
    """Whether the line before is a full one that does not end its sentence."""
    before = lines[index - 1] if index else None
    return before is not None and before.end - before.start > 60 and not ended_before(text, lines, index)


def page_reference(title: str) -> int:
    """The page number that a line of a table of contents ends with, 0 for leaders without a number, -1 for neither.

    >>> page_reference("Study Design ........ 12"), page_reference("Study Design")
    (12, -1)
    """
    number = _PAGE_AT_END.search(title)
    if number:
        return int(number[1]) if number[1].isdigit() else 0
    return 0 if LEADERS.search(title) else -1


def letter_case(title: str) -> tuple[bool, bool]:
    """Whether a title is in capitals, and whether it is in Title Case (each longer word capitalised).

    >>> letter_case("RENT AND DEPOSIT"), letter_case("Date of the Rent"), letter_case("Date of payment of rent")
    ((True, True), (False, True), (False, False))
    """
    if title.upper() == title:
        return (True, True) if sum(map(str.isalpha, title)) >= 3 else (False, False)
    longer = [word for word in re.findall(r"[^\W\d_][\w’'-]*", title) if len(word) > 3]
    lower = sum(word[0].islower() for word in longer)
    return False, bool(longer) and lower <= len(longer) // 4


def roman(numeral: str) -> int:
    """The value of a Roman numeral.

    >>> roman("XIV")
    14
    """
    values = [{"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}[c] for c in numeral]
    return sum(-v if any(v < w for w in values[i + 1 : i + 2]) else v for i, v in enumerate(values))
